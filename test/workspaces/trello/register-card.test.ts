import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields, Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { DESCRIPTION_LIMIT } from '#src/workspaces/trello/limits.ts';
import { readMarker } from '#src/workspaces/trello/marker.ts';
import {
  describeRow,
  fitRow,
  isUntitled,
  type RowText,
  readRow,
} from '#src/workspaces/trello/register-card.ts';
import { REGISTER } from './plan.ts';
import { aKey, anyText } from './texts.ts';

const RUNS = 300;
const KEY = 'tools:erp';
const FIELDS: Fields = {
  tool: 'ERP',
  version: '12.4',
  volume: 1250,
  price: 49.9,
  share: 0.07,
  since: '2027-01-12',
  state: 'to-check',
  receives: true,
  link: 'https://example.org/a_b*c',
  email: 'claire@example.org',
  owner: 'Claire',
  why: 'Il émet les factures.\n\nToutes.',
  notes: '',
};

const write = (text: Partial<RowText> = {}) => describeRow({ fields: FIELDS, ...text }, KEY, REGISTER, 'fr');
const read = (desc: string, name = 'ERP') => readRow({ name, desc }, REGISTER, 'fr');
const edited = (from: string | RegExp, to: string) => read(write().text.replace(from, to));

describe('a card of a register', () => {
  it('has a line for each column, a section for each long text, and the marker', () => {
    expect(write()).toEqual({
      name: 'ERP',
      cut: [],
      text: [
        [
          '- **Version\u00a0:** 12.4',
          '- **Factures par mois\u00a0:** 1250',
          '- **Prix : par mois (€ HT)\u00a0:** 49,9\u00a0€',
          '- **Part\u00a0:** 7\u00a0%',
          '- **Depuis le\u00a0:** 12/01/2027',
          '- **État\u00a0:** À vérifier',
          '- **Réception\u00a0:** oui',
          '- **Lien\u00a0:** https://example.org/a_b*c',
          '- **Courriel\u00a0:** claire@example.org',
          '- **Responsable\u00a0:** Claire',
        ].join('\n'),
        '### Pourquoi\nIl émet les factures.\n\nToutes.',
        '### Remarques',
        '`jalon-ref:tools:erp`',
      ].join('\n\n'),
    });
  });

  it('says the same when it is read', () => {
    expect(read(write().text)).toEqual({ key: KEY, fields: FIELDS, kept: {}, rest: '', remarks: [] });
  });

  it('shows blank columns, for the team to fill in', () => {
    const { name, text } = describeRow({ fields: {} }, KEY, REGISTER, 'fr');

    expect(name).toBe('(sans titre)');
    expect(text).toContain('- **Version\u00a0:**\n- **Factures');
    expect(text).toContain('- **Réception\u00a0:** non');
    expect(read(text, name).fields).toEqual({
      ...{ tool: '', version: '', volume: null, price: null, share: null, since: null, state: '' },
      ...{ receives: false, link: '', email: '', owner: '', why: '', notes: '' },
    });
  });

  it('of any values says them as they fit, in both languages, beside any key', () => {
    const aNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0.07, 0.1 + 0.2, 1e21, 5e-324, -0));
    const aDate = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    const anything = fc.oneof(
      anyText,
      aNumber,
      fc.boolean(),
      fc.constant(null),
      fc.array(anyText, { maxLength: 2 }),
    );
    const someFields = fc.record({
      tool: anyText,
      version: anyText,
      volume: aNumber,
      price: aNumber,
      share: aNumber,
      since: aDate.map((date) => date.toISOString().slice(0, 10)),
      state: fc.constantFrom('to-check', 'ok', 'gone', ''),
      receives: fc.boolean(),
      link: anyText,
      email: anyText,
      owner: anyText,
      why: anyText,
      notes: anything,
    });
    fc.assert(
      fc.property(someFields, aKey, fc.constantFrom('fr' as const, 'en' as const), (fields, key, locale) => {
        const { name, text, cut } = describeRow({ fields }, key, REGISTER, locale);

        const reading = readRow({ name, desc: text }, REGISTER, locale);

        expect([reading.key, reading.rest, cut]).toEqual([key, '', []]);
        for (const [field, value] of Object.entries(fields)) {
          const fitted = fitRow(REGISTER, field, value);
          expect([field, fitted, sameValue(reading.fields[field], fitted)]).toEqual([field, fitted, true]);
          expect(sameValue(fitRow(REGISTER, field, fitted), fitted)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it.each<[string, Value, Value]>([
    ['volume', 'viele', null],
    ['volume', Number.POSITIVE_INFINITY, null],
    ['share', 1e308, null],
    ['since', '2027-02-30', null],
    ['since', 42, null],
    ['receives', 'oui', false],
    ['version', ' a\n b ', 'a b'],
    ['version', 4, '4'],
    ['why', ' a\n b ', 'a\n b'],
    ['link', '[x](https://example.org)', 'https://example.org'],
    ['owner', ['Claire', 'Paul'], 'Claire, Paul'],
    ['unknown', 'x', 'x'],
  ])('shows in %s for %j the value %j', (field, value, fitted) => {
    expect(fitRow(REGISTER, field, value)).toEqual(fitted);
  });

  it('is cut where Trello cannot hold it, and then says nothing of what was cut', () => {
    const { text, cut } = write({ fields: { ...FIELDS, why: 'x'.repeat(20_000) } });

    expect(cut).toEqual(['why']);
    expect(text.length).toBeLessThanOrEqual(DESCRIPTION_LIMIT);
    const { why: _, ...others } = FIELDS;
    expect(read(text).fields).toEqual(others);
    expect(readMarker(text).key).toBe(KEY);
  });
});

describe('a card that Trello cannot hold', () => {
  it('keeps the words of the team, which stand nowhere else', () => {
    const rest = 'Demander à Ada. '.repeat(600).trim();

    const { text, cut } = write({ fields: { ...FIELDS, why: 'x'.repeat(20_000) }, rest });

    expect(cut).toEqual(['why']);
    expect(text.length).toBeLessThanOrEqual(DESCRIPTION_LIMIT);
    expect(read(text).rest).toBe(rest);
  });

  it('says of its columns what stands there whole', () => {
    const { text, cut } = write({
      fields: { ...FIELDS, version: 'v'.repeat(9_000), owner: 'o'.repeat(9_000) },
    });

    const { version, owner, link, email, ...others } = read(text).fields;

    expect(cut).toEqual(['owner']);
    expect([version, owner]).toEqual(['v'.repeat(9_000), undefined]);
    expect([link, email]).toEqual([FIELDS.link, FIELDS.email]);
    expect(others).toMatchObject({ tool: 'ERP', volume: 1250, why: FIELDS.why });
  });

  it('fits whatever the lengths, and is known by its key', () => {
    const aLong = fc.tuple(fc.constantFrom('a', '漢', 'x\n', '- **Version :** 3\n'), fc.nat({ max: 16_000 }));
    const text = aLong.map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)).slice(0, 16_000));
    fc.assert(
      fc.property(text, text, text, aKey, (rest, why, version, key) => {
        const made = describeRow({ fields: { why, version }, rest }, key, REGISTER, 'fr');

        expect(made.text.length).toBeLessThanOrEqual(DESCRIPTION_LIMIT);
        expect(read(made.text).key).toBe(key);
      }),
      { numRuns: RUNS / 5 },
    );
  });
});

describe('people who fill a card in', () => {
  it.each<[string, string, string, Value]>([
    ['volume', '1250', '1\u202f300', 1300],
    ['volume', '1250', '1.300,5', 1300.5],
    ['volume', '1250', '1,300.5', 1300.5],
    ['volume', '1250', '−12', -12],
    ['price', '49,9\u00a0€', '50 € HT', 50],
    ['share', '7\u00a0%', '12,5%', 0.125],
    ['share', '7\u00a0%', '12', 0.12],
    ['share', '7\u00a0%', '0,5', 0.5],
    ['since', '12/01/2027', '2027-01-13', '2027-01-13'],
    ['since', '12/01/2027', '1er mars 2027', '2027-03-01'],
    ['since', '12/01/2027', '13.1.27', '2027-01-13'],
    ['state', 'À vérifier', 'CONFORME', 'ok'],
    ['state', 'À vérifier', '', ''],
    ['receives', 'oui', '☐', false],
    ['receives', 'oui', 'X', true],
    ['receives', 'oui', '', false],
    [
      'link',
      'https://example.org/a_b*c',
      '[ici](https://martin.example "smartCard-inline")',
      'https://martin.example',
    ],
    ['email', 'claire@example.org', '[a@b.fr](mailto:a@b.fr)', 'a@b.fr'],
    ['email', 'claire@example.org', '<a@b.fr>', 'a@b.fr'],
    ['version', '12.4', 'a : b', 'a : b'],
    ['version', '12.4', '\\*12\\*', '*12*'],
    ['version', '12.4', '**12**', '**12**'],
  ])('may type into %s, in place of %s, %j', (field, from, to, value) => {
    const reading = edited(`:** ${from}`, `:** ${to}`);

    expect(reading.fields).toEqual({ ...FIELDS, [field]: value });
    expect(reading.remarks).toEqual([]);
  });

  it.each([
    ['- **Version\u00a0:** 12.4', 'Version: 13'],
    ['- **Version\u00a0:** 12.4', '* version :13'],
    ['- **Version\u00a0:** 12.4', '**Version : 13**'],
    ['- **Version\u00a0:** 12.4', '3. __Version__ : 13'],
    ['- **Version\u00a0:** 12.4', '- **Version** \uff1a 13'],
  ])('may write the line %j as %j', (from, to) => {
    expect(edited(from, to).fields).toEqual({ ...FIELDS, version: '13' });
  });

  it('may move lines, and write their own between them, which stay', () => {
    const line = '- **Version\u00a0:** 12.4\n';
    const text = write()
      .text.replace(line, '')
      .replace('### Pourquoi', `Demander à Ada.\n${line}\nMerci\n\n### Pourquoi`);

    const reading = read(text);

    expect(reading).toMatchObject({ fields: FIELDS, rest: 'Demander à Ada.\n\nMerci' });
    expect(read(write({ rest: reading.rest }).text)).toEqual(reading);
  });

  it('and who copy a line do not change what the first one says', () => {
    const reading = edited('- **Factures', '- **Version\u00a0:** 99\n- **Factures');

    expect(reading.fields).toEqual(FIELDS);
    expect(reading.rest).toBe('- **Version\u00a0:** 99');
  });

  it('and who delete a line say nothing of its column', () => {
    const { version: _, ...others } = FIELDS;

    expect(edited('- **Version\u00a0:** 12.4\n', '').fields).toEqual(others);
  });

  it.each([
    ['volume', '1250', 'environ 1300', /«\u00a0environ 1300\u00a0».*n’est pas un nombre/],
    ['volume', '1250', '1300 ?', /nombre/],
    ['since', '12/01/2027', '31/02/2027', /date/],
    ['state', 'À vérifier', 'Peut-être', /À vérifier, Conforme/],
    ['receives', 'oui', 'bientôt', /ni oui ni non/],
  ])('and who type into %s, in place of %s, %j are told, and keep it', (field, from, to, words) => {
    const reading = edited(`:** ${from}`, `:** ${to}`);

    expect(reading.fields).not.toHaveProperty(field);
    expect(reading.kept).toEqual({ [field]: to });
    expect(reading.remarks.map((remark) => remark('fr'))).toEqual([expect.stringMatching(words)]);
    expect(read(write({ kept: reading.kept }).text).kept).toEqual(reading.kept);
  });

  it('may rename the card, or leave it without a name', () => {
    expect(read(write().text, 'Le nouvel ERP').fields.tool).toBe('Le nouvel ERP');
    expect(read(write().text, '(untitled)').fields.tool).toBe('');
    expect([isUntitled(' \n'), isUntitled('(sans titre)'), isUntitled('ERP')]).toEqual([true, true, false]);
  });

  it('may write anything at all, and it settles once it was written', () => {
    fc.assert(
      fc.property(anyText, anyText, (name, desc) => {
        const reading = read(desc, name);

        const again = describeRow(reading, KEY, REGISTER, 'fr');
        const settled = read(again.text, again.name);

        expect(settled.kept).toEqual(reading.kept);
        for (const [field, value] of Object.entries(reading.fields)) {
          expect([field, sameValue(settled.fields[field], value)]).toEqual([field, true]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the time it takes to read a card', () => {
  it.each(['**', ':', ' :', '- ', '[', '](', 'Version:', '\\', '1,', ' '])(
    'stays short when it is full of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(DESCRIPTION_LIMIT / piece.length));
      const start = performance.now();

      for (const column of ['Version', 'Lien', 'Factures par mois', 'Depuis le']) read(`${column}: ${text}`);

      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});
