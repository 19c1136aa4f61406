import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECK_FIELDS, type ItemRef, TASK_FIELDS, type Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { fitField, fitName } from '#src/workspaces/trello/fit.ts';
import {
  cutText,
  escapeText,
  fitLine,
  fitText,
  linkIn,
  unescapeText,
} from '#src/workspaces/trello/markdown.ts';
import { BLUEPRINT } from './plan.ts';
import { anyText } from './texts.ts';

const TASK: ItemRef = { key: 'a/b', kind: 'task', parent: 'plan' };
const CHECK: ItemRef = { key: 'a/b#c', kind: 'check', parent: 'a/b' };
const ROW: ItemRef = { key: 'tools:erp', kind: 'row', parent: 'tools' };
const fitted = (item: ItemRef, field: string, value: Value) => fitField(item, field, value, BLUEPRINT);

describe('what Trello shows', () => {
  it.each<[string, Value, Value]>([
    ['title', ' Lire\n la\r\nloi ', 'Lire la loi'],
    ['title', 'x'.repeat(20_000), 'x'.repeat(16_384)],
    ['title', null, ''],
    ['status', 'doing', 'doing'],
    ['status', 'new', 'todo'],
    ['priority', 'new', 'normal'],
    ['role', null, ''],
    ['role', 'assistant', 'assistant'],
    ['role', 'gone', ''],
    ['with', ['b', 'a', 'b', ''], ['b', 'a']],
    ['with', 'a, b', ['a', 'b']],
    ['people', ['Claire, Paul', ' Claire '], ['Claire', 'Paul']],
    ['due', '2027-01-12T09:00:00Z', '2027-01-12'],
    ['due', '2027-02-30', null],
    ['start', 12, null],
    ['description', 'a\u0000\r\nb\u2028c \n\n', 'a\nb\nc'],
    ['description', '[https://a.fr](https://a.fr "smartCard-inline")', 'https://a.fr'],
    ['notes', 'x'.repeat(20_000), 'x'.repeat(20_000)],
    ['required', 'yes', false],
    ['archived', true, true],
    ['custom', 'x', 'x'],
    ['toString', 'x', 'x'],
  ])('of the field %s of a task for %j is %j', (field, value, shown) => {
    expect(fitted(TASK, field, value)).toEqual(shown);
  });

  it('of a point and of a line of a register is what their kind allows', () => {
    expect(fitted(CHECK, 'title', 'a\nb')).toBe('a b');
    expect(fitted(CHECK, 'done', 'yes')).toBe(false);
    expect(fitted(CHECK, 'rank', 3)).toBe(3);
    expect(fitted(ROW, 'share', 0.123456789012345)).toBe(0.123456789012);
    expect(fitted({ ...ROW, parent: 'gone' }, 'share', 'x')).toBe('x');
    expect(fitName('x'.repeat(16_383).concat('👩'))).toBe('x'.repeat(16_383));
  });

  it('stays what it is when it is shown again, for any value of any field', () => {
    const aValue: fc.Arbitrary<Value> = fc.oneof(
      anyText,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(anyText, { maxLength: 3 }),
    );
    const fields: [ItemRef, string][] = [
      ...TASK_FIELDS.map((field): [ItemRef, string] => [TASK, field]),
      ...CHECK_FIELDS.map((field): [ItemRef, string] => [CHECK, field]),
      ...(BLUEPRINT.registers[0]?.columns ?? []).map(({ key }): [ItemRef, string] => [ROW, key]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...fields), aValue, ([item, field], value) => {
        const once = fitted(item, field, value);

        expect([field, sameValue(fitted(item, field, once), once)]).toEqual([field, true]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a text on its way to Markdown and back', () => {
  const isOurs = (line: string) => /^[#*(]/.test(line.trim());

  it('is the same, whatever looks like ours in it', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (raw) => {
        const text = fitText(raw);
        const written = escapeText(text, isOurs);

        expect(unescapeText(written)).toBe(text);
        expect(written.split('\n').filter(isOurs)).toEqual([]);
      }),
    );
  });

  it('stays readable: only what must be is escaped', () => {
    const text = 'Prix : 5 * 3 = 15 € (TTC), voir [1] et C:\\Temp';

    expect(escapeText(text, isOurs)).toBe(text);
    expect(escapeText('# a\nb \\* c', isOurs)).toBe('\\# a\nb \\\\* c');
  });

  it('is cut between characters and escapes', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('ab👩', 3)).toBe('ab');
    expect(cutText('ab\\*', 3)).toBe('ab');
    expect(cutText('a\\\\b', 3)).toBe('a\\\\');
    expect(cutText('ab cd', 3)).toBe('ab');
    expect(cutText('abc', -5)).toBe('');
  });

  it('is one line where there is room for one only', () => {
    expect(fitLine('a\n\n \n b\u2029c')).toBe('a b c');
  });

  it.each([
    ['[a](https://x.fr)', 'a', 'https://x.fr'],
    ['[a](<https://x.fr> "t")', 'a', 'https://x.fr'],
    ['[a](b](c)', 'a](b', 'c'],
    ['<mailto:a@b.fr>', 'mailto:a@b.fr', 'mailto:a@b.fr'],
    ['https://x.fr', 'https://x.fr', 'https://x.fr'],
    ['javascript:x', 'javascript:x', ''],
    ['[]()', '', ''],
    ['a [b](c)', 'a [b](c)', ''],
    ['', '', ''],
  ])('holds in %j the words %j and the address %j', (line, words, href) => {
    expect(linkIn(line)).toEqual({ words, href });
  });
});
