import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkedId,
  checkedIdOrLink,
  checkedName,
  type Endpoint,
  isTrelloId,
  requestOf,
} from '#src/workspaces/trello/endpoint.ts';
import * as boards from '#src/workspaces/trello/endpoints/boards.ts';
import * as cards from '#src/workspaces/trello/endpoints/cards.ts';
import * as checklists from '#src/workspaces/trello/endpoints/checklists.ts';
import * as customFields from '#src/workspaces/trello/endpoints/custom-fields.ts';
import * as people from '#src/workspaces/trello/endpoints/people.ts';
import * as webhooks from '#src/workspaces/trello/endpoints/webhooks.ts';
import { isRepeatable } from '#src/workspaces/trello/repeatable.ts';
import { BOARD_ID, CARD_ID, LIST_ID } from './things.ts';

const LABEL_ID = '5f2b1c3d4e5f6a7b8c9d0ccc';

/** What is sent, a query and a JSON body as objects. */
async function sentBy(endpoint: Endpoint<unknown>) {
  const { method, path, query, body } = await requestOf(endpoint);
  const sent = query === '' ? {} : { query: Object.fromEntries(new URLSearchParams(query)) };
  const json = typeof body === 'string' ? { body: JSON.parse(body) as unknown } : {};
  return { request: `${method} ${path}`, ...sent, ...json };
}

describe('an endpoint', () => {
  it('that reads says in its address what it wants', async () => {
    expect(await sentBy(boards.getBoardComments(BOARD_ID, CARD_ID))).toEqual({
      request: `GET /boards/${BOARD_ID}/actions`,
      query: {
        filter: 'commentCard',
        fields: 'idMemberCreator,type,date,data',
        limit: '1000',
        before: CARD_ID,
      },
    });
    expect(await sentBy(boards.getBoardCards(BOARD_ID, CARD_ID))).toMatchObject({
      request: `GET /boards/${BOARD_ID}/cards/all`,
      query: { before: CARD_ID, limit: '1000', sort: '-id' },
    });
    expect(await sentBy(people.getMe())).toMatchObject({ request: 'GET /members/me' });
    expect(await sentBy(webhooks.getMyWebhooks())).toEqual({
      request: 'GET /members/me/tokens',
      query: { webhooks: 'true' },
    });
  });

  it('brings a whole board in one request', async () => {
    const { query } = (await sentBy(boards.getBoardBundle(BOARD_ID))) as { query: object };

    expect(query).toMatchObject({
      lists: 'all',
      cards: 'all',
      checklists: 'all',
      labels: 'all',
      labels_limit: '1000',
      members: 'all',
      customFields: 'true',
      card_customFieldItems: 'true',
    });
  });

  it('that writes says everything in its body', async () => {
    expect(await sentBy(boards.createBoard({ name: 'Plan', desc: 'x' }))).toEqual({
      request: 'POST /boards',
      body: { name: 'Plan', desc: 'x', defaultLists: false, defaultLabels: false },
    });
    expect(await sentBy(boards.createLabel({ idBoard: BOARD_ID, name: 'Rôle', color: null }))).toEqual({
      request: 'POST /labels',
      body: { idBoard: BOARD_ID, name: 'Rôle', color: null },
    });
    expect(await sentBy(checklists.createCheckItem(LIST_ID, { name: 'x', pos: 1, checked: false }))).toEqual({
      request: `POST /checklists/${LIST_ID}/checkItems`,
      body: { name: 'x', pos: 1, checked: false },
    });
    expect(await sentBy(people.inviteMember(BOARD_ID, 'claire@example.org', 'Claire'))).toEqual({
      request: `PUT /boards/${BOARD_ID}/members`,
      body: { email: 'claire@example.org', fullName: 'Claire', type: 'normal' },
    });
  });

  it('carries 16,384 characters of any script in its body, never in its address', async () => {
    const desc = '漢'.repeat(16_384);

    const request = await requestOf(cards.createCard({ idList: LIST_ID, name: 'x', desc }));

    expect(request.query).toBe('');
    expect(JSON.parse(String(request.body))).toMatchObject({ desc });
  });

  it('keeps null, joins ids, each once, and leaves out what is not said', async () => {
    const changes = { due: null, start: null, idLabels: [LABEL_ID, LIST_ID, LABEL_ID], idMembers: [] };

    expect(await sentBy(cards.updateCard(CARD_ID, changes))).toEqual({
      request: `PUT /cards/${CARD_ID}`,
      body: { due: null, start: null, idLabels: `${LABEL_ID},${LIST_ID}`, idMembers: '' },
    });
  });

  it('copies a card with the parts that are wanted', async () => {
    const copy = {
      idList: LIST_ID,
      name: 'x',
      idCardSource: CARD_ID,
      keepFromSource: ['checklists'],
    } as const;

    expect(await sentBy(cards.createCard(copy))).toMatchObject({
      request: 'POST /cards',
      body: { idCardSource: CARD_ID, keepFromSource: 'checklists' },
    });
  });

  it.each([
    [{ number: 1.5 }, { value: { number: '1.5' } }],
    [{ checked: true }, { value: { checked: 'true' } }],
    [{ date: null }, { value: '' }],
    [{ option: LABEL_ID }, { idValue: LABEL_ID }],
    [{ option: null }, { idValue: '' }],
  ] as const)('writes a custom field %j as Trello wants it', async (value, body) => {
    expect(await sentBy(customFields.setCustomFields(CARD_ID, [{ idCustomField: LIST_ID, value }]))).toEqual({
      request: `PUT /cards/${CARD_ID}/customFields`,
      body: { customFieldItems: [{ idCustomField: LIST_ID, ...body }] },
    });
  });

  it('makes a custom field with its options in order', async () => {
    const field = { idBoard: BOARD_ID, name: 'État', type: 'list', pos: 1, options: ['a', 'b'] } as const;

    expect(await sentBy(customFields.createCustomField(field))).toMatchObject({
      request: 'POST /customFields',
      body: { modelType: 'board', options: [{ value: { text: 'a' } }, { value: { text: 'b' }, pos: 2048 }] },
    });
  });

  it('refuses an upload whose name would be cut', () => {
    const upload = { bytes: new Uint8Array(1), name: 'x'.repeat(257), mimeType: 'image/png' };

    expect(() => cards.uploadAttachment(CARD_ID, upload)).toThrow(TypeError);
  });

  it('makes one request, no fewer and no more', async () => {
    const answer = boards.getBoard(BOARD_ID).answer;
    const none = { answer, send: async () => undefined };
    const two: Endpoint<unknown> = {
      answer,
      send: async (trello) => {
        await trello.sendRequest({ url: '/a' });
        await trello.sendRequest({ url: '/b' });
      },
    };

    await expect(requestOf(none)).rejects.toThrow('one request');
    await expect(requestOf(two)).rejects.toThrow('one request');
  });
});

describe('an id', () => {
  const mischief = [
    '../boards/z',
    'a#b',
    'a?b',
    '',
    'me/tokens',
    `${CARD_ID}/x`,
    '5f2b1c3d4e5f6a7b8c9d0e1g',
    '%2e%2e',
  ];

  it.each(mischief)('that leads elsewhere never becomes a path: %j', async (id) => {
    expect(() => cards.updateCard(id, {})).toThrow(TypeError);
    expect(() => cards.createCard({ idList: id, name: 'x' })).toThrow(TypeError);
    expect(() => cards.updateCard(CARD_ID, { idLabels: [id] })).toThrow(TypeError);
    expect(() => boards.getBoard(id)).toThrow(TypeError);
    expect(() => people.getMember(`${id}!`)).toThrow(TypeError);
  });

  it('is found out even when an endpoint forgets to look', async () => {
    const url = '/cards/../boards/z';

    const careless = requestOf({ send: (trello) => trello.sendRequest({ url }) });

    await expect(careless).rejects.toThrow(TypeError);
  });

  it('is 24 hexadecimal digits, a short link 8 letters or digits, a name a word', () => {
    expect(checkedId(CARD_ID.toUpperCase())).toBe(CARD_ID.toUpperCase());
    expect(checkedIdOrLink('AbCd1234')).toBe('AbCd1234');
    expect(checkedName('boulangerie_martin')).toBe('boulangerie_martin');
    expect([isTrelloId(CARD_ID), isTrelloId('AbCd1234')]).toEqual([true, false]);
  });

  it('of any text makes a safe path or none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        let endpoint: Endpoint<unknown>;
        try {
          endpoint = people.getOrganization(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        const { path } = await requestOf(endpoint);
        expect(new URL(`https://trello.test/1${path}`).pathname).toBe(`/1/organizations/${text}`);
      }),
    );
  });
});

describe('doing it twice', () => {
  it.each([
    ['GET', '/cards/x', true],
    ['DELETE', '/cards/x', true],
    ['PUT', '/cards/x', true],
    ['PUT', '/cards/x/checkItem/y', true],
    ['PUT', `/boards/x/members/y`, true],
    ['PUT', '/boards/x/members', false],
    ['POST', '/cards', false],
    ['POST', '/cards/x/idLabels', false],
    ['POST', '/cards/x/attachments', false],
    ['PATCH', '/cards/x', false],
  ])('%s %s leaves the same as doing it once: %s', (method, path, repeatable) => {
    expect(isRepeatable(method, path)).toBe(repeatable);
  });
});
