import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleOf, peopleOf, peopleShown, readPeople } from '#src/workspaces/trello/people.ts';

const id = (n: number) => `5f2b1c3d4e5f6a7b8c9d${n.toString(16).padStart(4, '0')}`;
const MEMBERS = [
  { id: id(1), username: 'claire_m', fullName: 'Claire Martin' },
  { id: id(2), username: 'paul', fullName: 'Paul' },
  { id: id(3), username: 'paul2', fullName: 'paul' },
  { id: id(4), username: 'ada', fullName: '' },
  { id: id(5), username: 'jeanne', fullName: 'Jeanne, comptable' },
];
const people = peopleOf(
  [
    { name: 'Claire', trello: 'Claire_M' },
    { name: 'Bob', trello: 'bob' },
    { name: 'Jeanne D.', trello: 'jeanne@example.org' },
    { name: 'Zoé' },
  ],
  MEMBERS,
  new Map([['jeanne@example.org', id(5)]]),
);

describe('someone', () => {
  it('is known by the name that the project gives them, by user name or e-mail', () => {
    expect([people.nameOf(id(1)), people.idOf('claire')]).toEqual(['Claire', undefined]);
    expect([people.idOf('Claire'), people.idOf('Jeanne D.')]).toEqual([id(1), id(5)]);
    expect(people.nameOf(id(5))).toBe('Jeanne D.');
  });

  it('is else known by the name that Trello has, or by the user name', () => {
    expect([people.nameOf(id(4)), people.idOf('ada')]).toEqual(['ada', id(4)]);
    expect(people.nameOf(id(2))).toBe('Paul');
  });

  it('is nobody when several bear the name, when they are not on the board, or nobody knows them', () => {
    const double = peopleOf([], [...MEMBERS, { id: id(6), username: 'p', fullName: 'Paul' }]);

    expect(double.idOf('Paul')).toBeUndefined();
    expect([people.idOf('Bob'), people.idOf('Zoé'), people.nameOf(id(9))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is known by id', () => {
    const byId = peopleOf([{ name: 'Chef', trello: id(2).toUpperCase() }], MEMBERS);

    expect([byId.idOf('Chef'), byId.nameOf(id(2))]).toEqual([id(2), 'Chef']);
  });

  it.each([
    ['claire_m', { id: undefined, username: 'claire_m', email: '' }],
    ['@Claire_M', { id: undefined, username: 'claire_m', email: '' }],
    ['https://trello.com/u/claire_m', { id: undefined, username: 'claire_m', email: '' }],
    ['https://trello.com/claire_m/', { id: undefined, username: 'claire_m', email: '' }],
    ['Claire@Example.org', { id: undefined, username: '', email: 'claire@example.org' }],
    [id(1), { id: id(1), username: '', email: '' }],
    ['Claire Martin', { id: undefined, username: '', email: '' }],
    [undefined, { id: undefined, username: '', email: '' }],
  ])('is meant by %j', (text, handle) => {
    expect(handleOf(text)).toEqual(handle);
  });
});

describe('the people of a card', () => {
  it('are its members where Trello knows them, and names where not', () => {
    expect(peopleShown(['Claire', 'Zoé', 'Claire', 'ada, Bob'], people, [])).toEqual({
      idMembers: [id(1), id(4)],
      others: ['Zoé', 'Bob'],
    });
  });

  it('keep the members of whom we know no name, and the one of two of a name who is there', () => {
    const double = peopleOf([], [...MEMBERS, { id: id(6), username: 'p', fullName: 'Paul' }]);

    expect(peopleShown(['Paul'], double, [id(6), id(99)])).toEqual({
      idMembers: [id(99), id(6)],
      others: [],
    });
    expect(readPeople({ idMembers: [id(6), id(99)], others: [] }, double)).toEqual(['Paul']);
  });

  it('are read as they were written', () => {
    const names = fc.uniqueArray(fc.constantFrom('Claire', 'Zoé', 'ada', 'Jeanne D.', 'Bob', 'Inès'));
    fc.assert(
      fc.property(names, fc.subarray(MEMBERS.map((one) => one.id)), (all, present) => {
        const shown = readPeople(peopleShown(all, people, present), people);

        expect(new Set(shown)).toEqual(new Set(all));
      }),
    );
  });
});
