import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '#src/watch/compare.ts';
import { excerptOf } from '#src/watch/excerpt.ts';
import { hasKeyword } from '#src/watch/keywords.ts';
import type { Entry, Reading } from '#src/watch/reading.ts';
import { Sick } from '#src/watch/sickness.ts';
import type { Snapshot } from '#src/watch/snapshot.ts';

const today = '2026-11-23';
const page = (...lines: string[]): Reading => ({ kind: 'text', lines });
const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  title: id,
  text: `text of ${id}`,
  link: null,
  date: null,
  ...more,
});
const news = (...entries: Entry[]): Reading => ({ kind: 'news', entries });
const records = (...entries: Entry[]): Reading => ({ kind: 'records', entries });

/** One reading after the other; gives the changes of each. */
function readings(first: Reading, ...more: Reading[]) {
  let snapshot: Snapshot | undefined;
  return [first, ...more].map((reading) => {
    const found = compare(snapshot, reading, { today });
    snapshot = found.snapshot;
    return found.changes;
  });
}
function sicknessOf(before: Reading | undefined, after: Reading) {
  const known = before && compare(undefined, before, { today }).snapshot;
  try {
    compare(known, after, { today });
  } catch (error) {
    if (error instanceof Sick) return error.sickness.why;
    throw error;
  }
  return 'well';
}

describe('the first reading', () => {
  it.each([page('a'), news(entry('a')), records(entry('a'))])('says nothing', (reading) => {
    expect(readings(reading, reading)).toEqual([[], []]);
  });
});

describe('a page', () => {
  it('tells what was added, removed and written anew', () => {
    const [, changes] = readings(
      page('Titre', 'La date est le 1er septembre 2027.', 'Une phrase.', 'Fin'),
      page('Titre', 'La date est le 1er décembre 2027.', 'Une phrase.', 'Un ajout.', 'Fin'),
    );

    expect(changes).toMatchObject([
      {
        entry: null,
        added: ['Un ajout.'],
        removed: [],
        changed: [
          { before: 'La date est le 1er septembre 2027.', after: 'La date est le 1er décembre 2027.' },
        ],
      },
    ]);
  });

  it('whatever it says, is compared without loss: what is kept, added and taken away makes the new text', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const text = fc.array(line, { minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [, changes = []] = readings(page(...before), page(...after));
        const [change] = changes;
        const count = (lines: readonly string[]) => lines.toSorted().join('');
        const gone = [...(change?.removed ?? []), ...(change?.changed ?? []).map((one) => one.before)];
        const come = [...(change?.added ?? []), ...(change?.changed ?? []).map((one) => one.after)];
        expect(count([...before, ...come])).toBe(count([...after, ...gone]));
        expect(changes.length === 0).toBe(before.join() === after.join());
      }),
    );
  });
});

describe('a feed', () => {
  it('tells each new entry once, also when an old one comes back', () => {
    const told = readings(
      news(entry('a'), entry('b')),
      news(entry('b'), entry('c')),
      news(entry('a'), entry('c')),
      news(entry('d')),
    );

    expect(told.map((changes) => changes.map((one) => one.entry?.title))).toEqual([[], ['c'], [], ['d']]);
  });

  it('that begins empty is well', () => {
    expect(readings(news(), news(), news(entry('a')))[2]).toHaveLength(1);
  });
});

describe('records', () => {
  const before = records(entry('a'), entry('b'), entry('c'));

  it('tell a new one and a new version', () => {
    const [, changes] = readings(
      before,
      records(entry('a'), entry('b', { text: 'new' }), entry('c'), entry('d')),
    );

    expect(changes).toMatchObject([
      { entry: { title: 'b' }, changed: [{ before: 'text of b', after: 'new' }] },
      { entry: { title: 'd' }, added: ['text of d'] },
    ]);
  });

  it('count one as removed the second time that it is missing, and once', () => {
    const short = records(entry('a'), entry('b'));

    const told = readings(before, short, short, short);

    expect(told.map((changes) => changes.map((one) => one.removed))).toEqual([[], [], [['text of c']], []]);
  });

  it('say nothing of one that was missing once', () => {
    expect(readings(before, records(entry('a'), entry('b')), before).flat()).toEqual([]);
  });
});

describe('a sick source', () => {
  const long = Array.from({ length: 40 }, (_, index) => `Une phrase assez longue, la n° ${index}.`);

  it.each([
    ['an empty page', page(...long), page(), 'empty'],
    ['an empty page, the first time', undefined, page(), 'empty'],
    ['an empty feed that was not', news(entry('a')), news(), 'empty'],
    ['a text that lost most of its length', page(...long), page(...long.slice(0, 15)), 'shrunk'],
    [
      'records that are mostly gone',
      records(...'abcde'.split('').map((id) => entry(id))),
      records(entry('a')),
      'shrunk',
    ],
    [
      'a page of maintenance',
      page(...long),
      page('Site en maintenance', 'Revenez plus tard.'),
      'maintenance',
    ],
    [
      'a page of maintenance, the first time',
      undefined,
      page('Le service est momentanément indisponible.'),
      'maintenance',
    ],
    ['a page that keeps robots out', undefined, page('Vérifiez que vous n’êtes pas un robot'), 'maintenance'],
    ['a text that lost a little', page(...long), page(...long.slice(0, 30)), 'well'],
    [
      'a long text about maintenance',
      undefined,
      page(...long, 'Un contrat en maintenance.', ...long),
      'well',
    ],
  ] as const)('%s', (_what, before, after, expected) => {
    expect(sicknessOf(before, after)).toBe(expected);
  });
});

describe('keywords', () => {
  it.each([
    ['facturation électronique', 'La FACTURATION ELECTRONIQUE arrive', true],
    ['facture', 'Les factures', false],
    ['factur*', 'Les factures', true],
    ['289 bis', 'art. 289\u00a0bis du CGI', true],
    ['289 bis', 'art. 1289 bis', false],
    ['e-reporting', 'L’e‑reporting commence', true],
    ['TVA', 'La TVA, enfin', true],
    ['TVA', 'TVAnnexe', false],
    [['CIBS', 'TVA'], 'La TVA passe au CIBS', true],
    [['CIBS', 'TVA'], 'La TVA reste', false],
    ['données de transaction', 'donnees de transaction', true],
  ])('%j in « %s »: %s', (keyword, text, expected) => {
    expect(hasKeyword([keyword], text)).toBe(expected);
  });

  it('decide what of a page counts', () => {
    const before = compare(undefined, page('A', 'B', 'C'), { today }).snapshot;
    const count = (line: string) =>
      compare(before, page('A', line, 'C'), { today, keywords: ['e-reporting'] }).changes.length;

    expect([count('L’e-reporting change'), count('Autre chose')]).toEqual([1, 0]);
  });
});

describe('an excerpt', () => {
  it('shows what differs with a few words around it', () => {
    const words = Array.from({ length: 60 }, (_, index) => `mot${index}`);
    const after = words.with(30, 'AUTRE');

    const { snippets } = excerptOf({
      added: [],
      removed: [],
      changed: [{ before: words.join(' '), after: after.join(' ') }],
    });

    expect(snippets).toEqual([
      {
        kind: 'changed',
        before: '… mot24 mot25 mot26 mot27 mot28 mot29 mot30 mot31 mot32 mot33 mot34 mot35 mot36 …',
        after: '… mot24 mot25 mot26 mot27 mot28 mot29 AUTRE mot31 mot32 mot33 mot34 mot35 mot36 …',
      },
    ]);
  });

  it('is short, whatever has changed', () => {
    const many = Array.from({ length: 100 }, () => 'x'.repeat(5000));

    const { snippets, more } = excerptOf({ added: many, removed: many, changed: [] });

    expect(snippets).toHaveLength(5);
    expect(more).toBe(195);
    expect(snippets.every((one) => one.kind !== 'changed' && one.text.length <= 240)).toBe(true);
  });
});
