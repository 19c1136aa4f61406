import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields, Item } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import type { Replica, Shown } from '#src/reconcile/replica.ts';
import {
  asTyped,
  type Holds,
  holdBack,
  readHolds,
  SETTLE_MS,
  toShowAgain,
  unlessHeld,
  writeHolds,
} from '#src/service/settle.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 0, 30);
const NOBODY: Holds = new Map();
const REGISTERS = {
  registers: [
    {
      key: 'tools',
      title: 'Tools',
      summary: '',
      step: 'first',
      planned: [],
      columns: [
        { key: 'name', title: 'Name', type: 'text', help: '', options: [] },
        { key: 'cost', title: 'Cost', type: 'amount', help: '', options: [] },
      ],
    },
  ],
} as const;

const one = anItem('first/one', { notes: '', archived: false });
const agreed = agreedOn(one);

function edited(item: Item, fields: Fields, ago = 5_000): Shown {
  return { ...item, fields: { ...item.fields, ...fields }, editedAt: new Date(NOW - ago).toISOString() };
}

/** A place that has shown what was agreed, and shows these items now. */
function place(id: string, base: ReadonlyMap<string, Item>, ...shown: readonly Shown[]): Replica {
  return {
    id,
    authority: 'person',
    shows: new Map(shown.map((item) => [item.key, item])),
    complete: false,
    removed: new Set(),
    seen: new Map([...base].map(([key, { fields }]) => [key, fields])),
    holds: () => true,
    fit: (_item, _field, value) => value,
  };
}

function live(replica: Replica, before: Holds = NOBODY) {
  return { replica, isLive: true, before };
}

/** What comes to be agreed once the places have settled as far as they have. */
function outcomeOf(places: Parameters<typeof holdBack>[0], now = NOW, base = agreed) {
  const settling = holdBack(places, base, REGISTERS, now);
  return { settling, outcome: reconcile(base, settling.replicas) };
}

const notesOf = ({ outcome }: ReturnType<typeof outcomeOf>) => outcome.agreed.get('first/one')?.fields.notes;

describe('a text that is being typed', () => {
  it('stays where it is until nobody has edited it for a minute', () => {
    const typing = place('notion:a', agreed, edited(one, { notes: 'Appel' }));

    expect(notesOf(outcomeOf([live(typing)]))).toBe('');
    expect(notesOf(outcomeOf([live(typing)], NOW - 5_000 + SETTLE_MS))).toBe('Appel');
  });

  it('does not keep a status, a date or a name of the same item waiting', () => {
    const typing = place(
      'notion:a',
      agreed,
      edited(one, { notes: 'Appel', status: 'done', due: '2026-12-01', people: ['Claire'] }),
    );

    const { outcome } = outcomeOf([live(typing)]);

    expect(outcome.agreed.get('first/one')?.fields).toMatchObject({
      notes: '',
      status: 'done',
      due: '2026-12-01',
      people: ['Claire'],
    });
  });

  it('is not seen, and not written over by what was agreed elsewhere', () => {
    const typing = place('notion:a', agreed, edited(one, { notes: 'Appel', status: 'done' }));

    const { outcome } = outcomeOf([live(typing), live(place('trello:b', agreed))]);

    expect(outcome.seen.find(({ replica }) => replica === 'notion:a')?.fields).toMatchObject({
      notes: '',
      status: 'done',
    });
    expect(outcome.writes.get('notion:a')).toBeUndefined();
  });

  it('waits from when it was seen where a clock runs ahead', () => {
    const ahead = place('notion:a', agreed, edited(one, { notes: 'Appel' }, -300_000));
    const first = holdBack([live(ahead)], agreed, REGISTERS, NOW);
    const before = first.holds.get('notion:a') ?? NOBODY;

    expect(first.until).toBe(NOW + SETTLE_MS);
    expect(notesOf(outcomeOf([live(ahead, before)], NOW + SETTLE_MS))).toBe('Appel');
  });

  it('waits to the end of the minute where edits are dated by the minute', () => {
    const ago = NOW - Date.UTC(2026, 10, 23, 8, 59);
    const typing = place('notion:a', agreed, edited(one, { notes: 'Appel' }, ago));

    expect(notesOf(outcomeOf([live(typing)]))).toBe('');
  });

  it('is carried in the end, however long someone goes on typing', () => {
    let before = NOBODY;
    let carried: number | undefined;
    for (let now = NOW; carried === undefined && now < NOW + 3_600_000; now += 10_000) {
      const item = { ...edited(one, { notes: `Appel ${now}` }), editedAt: new Date(now).toISOString() };
      const { settling, outcome } = outcomeOf([live(place('notion:a', agreed, item), before)], now);
      before = settling.holds.get('notion:a') ?? NOBODY;
      if (outcome.agreed.get('first/one')?.fields.notes !== '') carried = now - NOW;
    }

    expect(carried).toBe(600_000);
  });

  it('keeps a text that was changed elsewhere meanwhile waiting with it, so that the later edit wins', () => {
    const typing = place('notion:a', agreed, edited(one, { notes: 'Appel' }));
    const earlier = place('trello:b', agreed, edited(one, { notes: 'Avant' }, 300_000));
    const book = {
      replica: place('excel:c', agreed, edited(one, { notes: 'Classeur' }, 400_000)),
      isLive: false,
      before: NOBODY,
    };

    const now = outcomeOf([live(typing), live(earlier), book]);
    const then = outcomeOf([live(typing), live(earlier), book], NOW + SETTLE_MS);

    expect(notesOf(now)).toBe('');
    expect([...now.settling.holds.keys()].sort()).toEqual(['excel:c', 'notion:a', 'trello:b']);
    expect(notesOf(then)).toBe('Appel');
    expect(
      then.outcome.happenings
        .filter(({ kind }) => kind === 'conflict')
        .map(({ old }) => old)
        .sort(),
    ).toEqual(['Avant', 'Classeur']);
  });

  it('waits for nobody in a file, which is saved, nor where nobody tells the time', () => {
    const book = {
      replica: place('excel:c', agreed, edited(one, { notes: 'Classeur' })),
      isLive: false,
      before: NOBODY,
    };
    const { editedAt: _at, ...timeless } = edited(one, { notes: 'Sans heure' });

    expect(notesOf(outcomeOf([book]))).toBe('Classeur');
    expect(notesOf(outcomeOf([live(place('trello:b', agreed, timeless))]))).toBe('Sans heure');
  });

  it('is a point’s or a row’s as well, but for what is chosen there or counted', () => {
    const point = aPoint('first/one', 'a', { archived: false });
    const row: Item = {
      key: 'tools:scale',
      kind: 'row',
      parent: 'tools',
      fields: { name: 'Scale', cost: 1, archived: false },
    };
    const base = agreedOn(one, point, row);
    const { editedAt: _none, ...words } = edited(point, { title: 'Point', done: true });
    const shown = place('trello:b', base, edited(one, {}), words, edited(row, { name: 'Balance', cost: 2 }));

    const { outcome } = outcomeOf([live(shown)], NOW, base);

    expect(outcome.agreed.get('first/one#a')?.fields).toMatchObject({ title: 'a', done: true });
    expect(outcome.agreed.get('tools:scale')?.fields).toMatchObject({ name: 'Scale', cost: 2 });
  });

  it('is a whole item where people add one, with its points', () => {
    const added = edited(anItem('own-1', { title: 'App' }), {});
    const point = { ...aPoint('own-1', 'own-2'), fields: { title: 'Po', done: false } };
    const shown = place('notion:a', agreed, added, point);

    const now = outcomeOf([live(shown)]);
    const then = outcomeOf([live(shown)], NOW + SETTLE_MS);

    expect([...now.outcome.agreed.keys()]).toEqual(['first/one']);
    expect([...toShowAgain(now.settling.holds.get('notion:a') ?? NOBODY)]).toContain('own-1');
    expect([...then.outcome.agreed.keys()]).toEqual(['first/one', 'own-1', 'own-1#own-2']);
  });

  it('is no sign that another point was removed, where another wording looks like another point', () => {
    const point = aPoint('first/one', 'a', { archived: false });
    const base = agreedOn(one, point);
    const { editedAt: _none, ...reworded } = edited(aPoint('first/one', 'own-1', { title: 'Po' }), {});
    const shown = { ...place('notion:a', base, edited(one, {}), reworded), removed: new Set([point.key]) };

    const now = outcomeOf([live(shown)], NOW, base);
    const then = outcomeOf([live(shown)], NOW + SETTLE_MS, base);

    expect(now.outcome.agreed.get(point.key)?.fields.archived).toBe(false);
    expect(now.outcome.changed).toEqual([]);
    expect(then.outcome.agreed.get(point.key)?.fields.archived).toBe(true);
  });

  it('is left in the place by a write of something else, and is still to be read afterwards', () => {
    const typing = place('trello:b', agreed, edited(one, { notes: 'Appel' }));
    const { settling } = outcomeOf([live(typing)]);
    const holds = settling.holds.get('trello:b');

    expect(asTyped(one, holds).fields.notes).toBe('Appel');
    expect(unlessHeld('first/one', { notes: 'Appel', status: 'done' }, holds)).toEqual({ status: 'done' });
  });
});

describe('what is held back', () => {
  const text = fc.constantFrom('', 'a', 'ab', 'abc');
  const ago = fc.integer({ min: -600_000, max: 600_000 });
  const shown = fc.record({
    notes: text,
    title: fc.constantFrom('first/one', 'b'),
    status: fc.constantFrom('todo', 'done'),
    ago,
  });

  it('is never agreed, never seen, never lost: once it settles, all is as if nobody had waited', () => {
    fc.assert(
      fc.property(shown, shown, (a, b) => {
        const places = [a, b].map(({ ago: since, ...fields }, index) =>
          live(place(`notion:${index}`, agreed, edited(one, fields, since))),
        );
        const settling = holdBack(places, agreed, REGISTERS, NOW);
        const first = reconcile(agreed, settling.replicas);
        const seen = (id: string, before: Replica['seen']) => {
          const update = first.seen.find(({ replica }) => replica === id);
          return new Map(update?.fields ? [[update.key, update.fields]] : before);
        };
        const later = places.map(({ replica }) => ({
          replica: { ...replica, seen: seen(replica.id, replica.seen) },
          isLive: true,
          before: settling.holds.get(replica.id) ?? NOBODY,
        }));
        // Whoever was not held back has been written to meanwhile: only what was held back is left to be told.
        const held = later.filter(({ replica }) => settling.holds.has(replica.id));
        const settled = holdBack(held, first.agreed, REGISTERS, NOW + 20 * 60_000);
        const last = reconcile(first.agreed, settled.replicas);

        expect(settled.until).toBeUndefined();
        for (const [id, holds] of settling.holds) {
          for (const [field, { shown: words }] of holds.get('first/one') ?? []) {
            const stands = last.agreed.get('first/one')?.fields[field];
            const isTold = last.happenings.some(
              (h) => h.field === field && (h.old === JSON.parse(words) || h.new === JSON.parse(words)),
            );
            expect(stands === JSON.parse(words) || isTold, `${id} ${field}`).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from the store as it went in; what cannot be read was held back by nobody', () => {
    const hold = fc.record({ shown: fc.string(), since: fc.integer(), first: fc.integer() });
    const holds = fc.dictionary(fc.string(), fc.dictionary(fc.string(), hold)).map((kept) => {
      const entries = Object.entries(kept).map(
        ([key, held]) => [key, new Map(Object.entries(held))] as const,
      );
      return new Map(entries);
    });
    fc.assert(
      fc.property(holds, (some) => {
        expect(readHolds(writeHolds(some))).toEqual(some);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (any) => {
        expect(readHolds(any)).toBeInstanceOf(Map);
      }),
    );
  });
});
