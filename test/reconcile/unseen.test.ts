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
