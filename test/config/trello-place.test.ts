import { describe, expect, it } from 'vitest';
import { boardIn, organizationIn } from '#src/config/trello-place.ts';

const ID = '5f2b8c9d0e1a2b3c4d5e6f70';

describe('a place of Trello that people name', () => {
  it.each([
    ['https://trello.com/b/AbCd1234/plan-de-martin', 'AbCd1234'],
    ['https://trello.com/b/AbCd1234', 'AbCd1234'],
    [' AbCd1234 ', 'AbCd1234'],
    [ID.toUpperCase(), ID],
    ['https://trello.com/c/AbCd1234', undefined],
    ['../members/me', undefined],
    ['Plan de Martin', undefined],
    ['', undefined],
  ])('as a board by %j is %s', (text, board) => {
    expect(boardIn(text)).toBe(board);
  });

  it.each([
    ['https://trello.com/w/boulangerie_martin/home', 'boulangerie_martin'],
    ['https://trello.com/BoulangerieMartin', 'boulangeriemartin'],
    ['boulangerie_martin', 'boulangerie_martin'],
    [ID, ID],
    ['https://trello.com/b/AbCd1234', undefined],
    ['Boulangerie Martin', undefined],
    ['../x', undefined],
  ])('as a workspace by %j is %s', (text, organization) => {
    expect(organizationIn(text)).toBe(organization);
  });
});
