import { describe, expect, it } from 'vitest';
import { compareRolls, isNothing, platformKey, type Roll, rollOf } from '#src/watch/platforms.ts';

const named = (...names: string[]) => names.map((name) => ({ name, since: null }));
const roll = (registered: string[], waiting: string[] = []): Roll =>
  rollOf([
    { status: 'registered', platforms: named(...registered) },
    { status: 'waiting', platforms: named(...waiting) },
  ]);

/** The lists as they are read one after the other; gives what each reading tells. */
function told(first: Roll, ...more: Roll[]) {
  let known = compareRolls({}, first).roll;
  return more.map((now) => {
    const { roll: next, change } = compareRolls(known, now);
    known = next;
    return change;
  });
}

describe('the official lists', () => {
  it('tell who is new, and who has moved from one list to the other', () => {
    const [change] = told(roll(['Alpha'], ['Beta', 'Gamma']), roll(['Alpha', 'Beta', 'Delta'], ['Gamma']));

    expect(change).toEqual({
      added: [{ name: 'Delta', status: 'registered' }],
      removed: [],
      moved: [{ name: 'Beta', from: 'waiting', to: 'registered' }],
    });
  });

  it('tell that one is gone the second time that it is on neither, and once', () => {
    const without = roll(['Alpha']);

    const changes = told(roll(['Alpha', 'Beta']), without, without, without);

    expect(changes.map(({ removed }) => removed.map(({ name }) => name))).toEqual([[], ['Beta'], []]);
  });

  it('tell a move, not a loss, when the second list follows a reading later', () => {
    const changes = told(roll(['Alpha', 'Beta']), roll(['Alpha']), roll(['Alpha'], ['Beta']));

    expect(changes.map(isNothing)).toEqual([true, false]);
    expect(changes[1]?.moved).toEqual([{ name: 'Beta', from: 'registered', to: 'waiting' }]);
  });

  it('hold a platform once, as registered, while it is on both', () => {
    expect(roll(['Alpha'], ['ALPHA SAS'])).toEqual({ alpha: { name: 'Alpha', status: 'registered' } });
  });

  it.each([
    ['Éditeur & Cie SAS', 'editeur cie'],
    ['EDITEUR ET CIE', 'editeur et cie'],
    ['Alpha-Facture', 'alpha facture'],
    ['SA', 'sa'],
  ])('know « %s » as %s', (name, key) => {
    expect(platformKey(name)).toBe(key);
  });
});
