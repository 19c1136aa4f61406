import { describe, expect, it } from 'vitest';
import {
  Action,
  Attachment,
  Board,
  BoardBundle,
  Card,
  Checklist,
  CustomFieldItem,
  createdAt,
  isOrdinary,
  Label,
  Member,
  Organization,
  rowsOf,
  Webhook,
} from '#src/workspaces/trello/schema.ts';
import { aCard, BOARD_ID, CARD_ID, LIST_ID } from './things.ts';

const aBundle = (changes: object = {}) => ({
  id: BOARD_ID,
  name: 'Plan',
  desc: '',
  closed: false,
  lists: [],
  cards: [],
  checklists: [],
  labels: [],
  members: [],
  customFields: [],
  actions: [],
  ...changes,
});

describe('what real answers hold', () => {
  it.each([
    [
      'a member without picture',
      Member,
      { id: LIST_ID, username: 'claire', fullName: null, avatarHash: null },
    ],
    ['a label of a new shade', Label, { id: LIST_ID, name: 'x', color: 'green_dark' }],
    ['a label without colour or name', Label, { id: LIST_ID, name: null, color: null }],
    [
      'a personal board',
      Board,
      { id: BOARD_ID, name: 'x', closed: false, idOrganization: null, starred: null },
    ],
    ['an upload', Attachment, { id: LIST_ID, name: 'x', bytes: 4, mimeType: null, previews: [{}] }],
    [
      'a card with odd extras',
      Card,
      aCard({ descData: null, checkItemStates: null, cover: { idUploadedBackground: 'x' } }),
    ],
    [
      'an item of a checklist with nameData null',
      Checklist,
      {
        id: LIST_ID,
        idCard: CARD_ID,
        name: 'x',
        pos: 1,
        checkItems: [{ id: CARD_ID, name: 'y', state: 'complete', pos: 2, nameData: null, due: null }],
      },
    ],
    [
      'an option of a list as a value',
      CustomFieldItem,
      { idCustomField: LIST_ID, idValue: CARD_ID, value: null },
    ],
    ['a text as a value', CustomFieldItem, { idCustomField: LIST_ID, value: { text: 'x' } }],
    [
      'an action of a new type',
      Action,
      { id: LIST_ID, type: 'newThing', date: '2026-11-23T08:00:00.000Z', data: null },
    ],
    ['a webhook', Webhook, { id: LIST_ID, idModel: BOARD_ID, callbackURL: 'https://x', active: true }],
  ] as const)('is taken: %s', (_name, schema, raw) => {
    expect(schema.safeParse(raw).error).toBeUndefined();
  });

  it('keeps the limits that can be read', () => {
    const openPerBoard = { status: 'ok', disableAt: 5000, warnAt: 4500, count: 12 };
    const raw = { cards: { openPerBoard, odd: 'x' }, lists: null };

    const { limits } = Board.parse({ id: BOARD_ID, name: 'x', closed: false, limits: raw });

    expect(limits?.cards?.openPerBoard).toEqual({ status: 'ok', disableAt: 5000, count: 12 });
    expect(limits?.cards?.odd).toBeUndefined();
    expect(Organization.parse({ id: BOARD_ID, limits: 'x' }).limits).toBeUndefined();
  });

  it('writes ids one way', () => {
    expect(Label.parse({ id: LIST_ID.toUpperCase() }).id).toBe(LIST_ID);
  });
});

describe('what decides', () => {
  it.each(['id', 'name', 'desc', 'closed', 'idList', 'due', 'dueComplete', 'idLabels', 'idMembers'])(
    'is not guessed: a card without %s is not read',
    (field) => {
      expect(Card.safeParse(aCard({ [field]: undefined })).success).toBe(false);
      expect(Card.safeParse(aCard({ [field]: 42 })).success).toBe(false);
    },
  );

  it('is not guessed: a date that is none, a state that we do not know', () => {
    expect(Card.safeParse(aCard({ due: 'Invalid date' })).success).toBe(false);
    const item = { id: CARD_ID, name: 'y', state: 'half', pos: 2 };
    const checklist = Checklist.parse({ id: LIST_ID, idCard: CARD_ID, checkItems: [item] });
    expect(checklist.checkItems).toEqual({ rows: [], unreadable: 1 });
  });

  it.each(['lists', 'cards', 'checklists', 'labels', 'members', 'customFields'])(
    'is not guessed: a board without its %s is not a board without any',
    (field) => {
      expect(BoardBundle.safeParse(aBundle()).success).toBe(true);
      expect(BoardBundle.safeParse(aBundle({ [field]: undefined })).success).toBe(false);
    },
  );
});

describe('rows', () => {
  it('that cannot be read are counted, and hide no others', () => {
    const bundle = BoardBundle.parse(aBundle({ cards: [aCard(), { id: 'odd' }, null] }));

    expect(bundle.cards.rows.map(({ id }) => id)).toEqual([CARD_ID]);
    expect(bundle.cards.unreadable).toBe(2);
    expect(rowsOf(Card).safeParse({}).success).toBe(false);
  });
});

describe('a card', () => {
  it.each([
    [{}, true],
    [{ cardRole: null, mirrorSourceId: null, isTemplate: false }, true],
    [{ cardRole: 'separator' }, false],
    [{ cardRole: 'something-new' }, false],
    [{ mirrorSourceId: LIST_ID }, false],
    [{ isTemplate: true }, false],
  ])('with %j is one of the team’s: %s', (changes, ordinary) => {
    expect(isOrdinary(Card.parse(aCard(changes)))).toBe(ordinary);
  });

  it('tells by its id when it was made', () => {
    expect(createdAt('5f2b1c3d4e5f6a7b8c9d0e1f')).toBe(0x5f2b1c3d * 1000);
  });
});
