import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { AGREED, type Replica } from '#src/reconcile/replica.ts';
import { agreedOn, anItem } from '../builders/items.ts';

/** A place that was last seen to show the one, and shows the other; it cuts texts where `longest` says so. */
function place(id: string, last: Fields, shown: Fields, longest = Number.POSITIVE_INFINITY): Replica {
  const item = (fields: Fields) => anItem('a/1', { archived: false, ...fields });
  return {
    id,
    authority: 'person',
    shows: new Map([['a/1', item(shown)]]),
    complete: false,
    removed: new Set(),
    seen: new Map([['a/1', item(last).fields]]),
    holds: () => true,
    fit: (_item, _field, value) => (typeof value === 'string' ? value.slice(0, longest) : value),
  };
}

const agreedNotes = (notes: string) => agreedOn(anItem('a/1', { archived: false, notes }));

function conflictsOf(base: ReturnType<typeof agreedNotes>, ...places: readonly Replica[]) {
  const { happenings, agreed } = reconcile(base, places);
  const conflicts = happenings.filter(({ kind }) => kind === 'conflict');
  return { conflicts, notes: agreed.get('a/1')?.fields.notes };
}

describe('an edit of what was not seen', () => {
  it('stands, and keeps what was agreed elsewhere and had not come there yet', () => {
    const { conflicts, notes } = conflictsOf(
      agreedNotes('From elsewhere'),
      place('trello', { notes: 'Before' }, { notes: 'Edited' }),
    );

    expect(notes).toBe('Edited');
    expect(conflicts).toEqual([
      { kind: 'conflict', key: 'a/1', field: 'notes', actor: AGREED, old: 'From elsewhere', new: 'Edited' },
    ]);
  });

  it('stands, and keeps the whole of a text of which the place shows only the beginning', () => {
    const whole = 'A long text with an end';

    const { conflicts, notes } = conflictsOf(
      agreedNotes(whole),
      place('trello', { notes: whole.slice(0, 6) }, { notes: 'A short' }, 6),
    );

    expect(notes).toBe('A short');
    expect(conflicts).toMatchObject([{ actor: AGREED, old: whole, new: 'A short' }]);
  });

  it('is told where the place says itself that it shows no more than a part', () => {
    const trello = place('trello', { notes: 'Whole' }, { notes: 'Part' });

    const { conflicts } = conflictsOf(agreedNotes('Whole'), { ...trello, showsWhole: () => false });

    expect(conflicts).toMatchObject([{ actor: AGREED, old: 'Whole', new: 'Part' }]);
  });

  it('is never told of one that changes what it shows', () => {
    const text = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(text, text, (agreed, edited) => {
        const { conflicts } = conflictsOf(
          agreedNotes(agreed),
          place('trello', { notes: agreed }, { notes: edited }),
        );

        expect(conflicts).toEqual([]);
      }),
    );
  });
});

describe('an edit that was made before what was agreed meanwhile', () => {
  const late = (editedAt: string) => {
    const found = place('trello', { notes: 'Before' }, { notes: 'Edited' });
    return { ...found, shows: new Map([...found.shows].map(([key, item]) => [key, { ...item, editedAt }])) };
  };
  const agreedAt = () => '2026-11-25T15:00:00.000Z';

  it('does not stand against it, and is kept and told', () => {
    const base = agreedNotes('From elsewhere');
    const early = late('2026-11-25T10:00:00.000Z');

    const { agreed, happenings, writes } = reconcile(base, [early], agreedAt);

    expect(agreed.get('a/1')?.fields.notes).toBe('From elsewhere');
    expect(happenings).toEqual([
      { kind: 'conflict', key: 'a/1', field: 'notes', actor: 'trello', old: 'Edited', new: 'From elsewhere' },
    ]);
    expect(writes.get('trello')).toMatchObject([{ kind: 'update', fields: { notes: 'From elsewhere' } }]);
  });

  it('stands when it was made after it, or when nobody can tell', () => {
    for (const editedAt of ['2026-11-25T16:00:00.000Z', '']) {
      const { agreed } = reconcile(agreedNotes('From elsewhere'), [late(editedAt)], agreedAt);
      expect(agreed.get('a/1')?.fields.notes).toBe('Edited');
    }
  });

  it('stands where the place showed what was agreed: it was edited with open eyes', () => {
    const found = place('trello', { notes: 'From elsewhere' }, { notes: 'Edited' });
    const { agreed } = reconcile(agreedNotes('From elsewhere'), [found], agreedAt);

    expect(agreed.get('a/1')?.fields.notes).toBe('Edited');
  });
});
