export const CARD_ID = '5f2b1c3d4e5f6a7b8c9d0e1f';
export const LIST_ID = '5f2b1c3d4e5f6a7b8c9d0aaa';
export const BOARD_ID = '5f2b1c3d4e5f6a7b8c9d0bbb';

/** As Trello shows it. */
export function aCard(changes: object = {}): object {
  return {
    id: CARD_ID,
    name: 'Choisir',
    desc: '',
    closed: false,
    idBoard: BOARD_ID,
    idList: LIST_ID,
    pos: 16384,
    due: null,
    start: null,
    dueComplete: false,
    idLabels: [],
    idMembers: [],
    shortLink: 'AbCd1234',
    dateLastActivity: '2026-11-23T08:00:00.000Z',
    ...changes,
  };
}
