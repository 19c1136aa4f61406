import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asText } from '../json.ts';
import {
  authorization,
  boardIn,
  cardIn,
  clockAt,
  type Ids,
  json,
  made,
  many,
  one,
  planIn,
  refusal,
} from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello({ now: clock.now });
  plan = await planIn(trello);
});
afterEach(() => trello.stop());

/** Types of what was done since, the oldest first. */
function typesSince(count: number): string[] {
  return trello.look
    .actions(plan.board)
    .slice(count)
    .map(({ type }) => type);
}

describe('what was done', () => {
  it('to a board and its lists is kept', async () => {
    await json(trello, 'PUT', `lists/${plan.list}`, { name: 'Comprendre' });
    await json(trello, 'PUT', `boards/${plan.board}`, { name: 'Projet' });

    expect(trello.look.actions(plan.board)).toMatchObject([
      { type: 'createBoard' },
      { type: 'createList', data: { list: { name: 'Cadrer' } } },
      { type: 'updateList', data: { old: { name: 'Cadrer' }, list: { name: 'Comprendre' } } },
      { type: 'updateBoard', data: { old: { name: 'Plan' }, board: { name: 'Projet' } } },
    ]);
  });

  it('by one request that makes a card with a date and a member is told in three actions', async () => {
    await cardIn(trello, plan.list, { due: '2027-01-15T11:00:00Z', idMembers: trello.person.id });

    expect(typesSince(2)).toEqual(['updateCard', 'createCard', 'addMemberToCard']);
    expect(trello.look.actions(plan.board)[2]?.data.old).toEqual({ due: null });
  });

  it.each([
    ['name', 'Une tâche', 'Autre'],
    ['desc', '', 'Texte'],
    ['due', null, '2027-01-15T11:00:00.000Z'],
    ['start', null, '2027-01-15T11:00:00.000Z'],
    ['dueComplete', false, true],
    ['closed', false, true],
    ['pos', 16_384, 5],
  ])('to the %s of a card is told with exactly what has changed', async (key, old, value) => {
    const card = await cardIn(trello, plan.list);

    await json(trello, 'PUT', `cards/${card}`, { [key]: value });

    const { data, type } = trello.look.actions(plan.board).at(-1) ?? {};
    expect([type, data?.old]).toEqual(['updateCard', { [key]: old }]);
    expect(data?.card).toMatchObject({ id: card, [key]: value });
  });

  it('when nothing changes is nothing', async () => {
    const card = await cardIn(trello, plan.list);

    await json(trello, 'PUT', `cards/${card}`, { name: 'Une tâche', due: null });

    expect(typesSince(2)).toEqual(['createCard']);
  });

  it('when a card moves names the list before and after', async () => {
    const card = await cardIn(trello, plan.list);
    const other = trello.person.addList(plan.board, 'Choisir');

    await json(trello, 'PUT', `cards/${card}`, { idList: other.id });

    expect(trello.look.actions(plan.board).at(-1)?.data).toMatchObject({
      old: { idList: plan.list },
      listBefore: { name: 'Cadrer' },
      listAfter: { name: 'Choisir' },
    });
  });

  it('when a card leaves for another board is told on both', async () => {
    const card = await cardIn(trello, plan.list);
    const other = await boardIn(trello, 'Autre');
    await made(trello, 'POST', 'lists', { name: 'Là', idBoard: other });

    await json(trello, 'PUT', `cards/${card}`, { idBoard: other });

    expect(trello.look.actions(plan.board).at(-1)?.type).toBe('moveCardFromBoard');
    expect(trello.look.actions(other).at(-1)?.type).toBe('moveCardToBoard');
  });

  it('to labels is kept nowhere', async () => {
    const card = await cardIn(trello, plan.list);
    const label = await made(trello, 'POST', 'labels', { name: 'Urgent', color: 'red', idBoard: plan.board });
    const before = trello.look.actions(plan.board).length;

    await json(trello, 'POST', `cards/${card}/idLabels`, { value: label });
    await json(trello, 'PUT', `cards/${card}`, { idLabels: '' });
    await json(trello, 'DELETE', `labels/${label}`);

    expect(typesSince(before)).toEqual([]);
  });

  it('to checklists is kept where it is made, ticked or removed, not where an item is added', async () => {
    const card = await cardIn(trello, plan.list);
    const before = trello.look.actions(plan.board).length;

    const { id } = trello.person.addChecklist(card, 'Étapes', ['Lire']);
    trello.person.tick(card, 'Lire');
    trello.person.renameItem(card, 'Lire', 'Relire');
    trello.person.deleteChecklist(id);

    expect(typesSince(before)).toEqual([
      'addChecklistToCard',
      'updateCheckItemStateOnCard',
      'removeChecklistFromCard',
    ]);
  });

  it('names who did it', async () => {
    const card = await cardIn(trello, plan.list);

    const [action] = await many(trello, 'GET', `cards/${card}/actions?filter=createCard`);

    expect(action).toMatchObject({
      idMemberCreator: trello.person.id,
      appCreator: null,
      date: '2026-11-23T09:00:00.000Z',
      memberCreator: { username: 'clairemorel', avatarHash: null },
    });
  });
});

describe('actions', () => {
  it('are read the latest first, fifty at a time, and page by page', async () => {
    const card = await cardIn(trello, plan.list);
    for (let index = 0; index < 60; index += 1) trello.person.comment(card, `n° ${index}`);
    const path = `boards/${plan.board}/actions`;

    const usual = await many(trello, 'GET', path);
    const page = await many(trello, 'GET', `${path}?limit=25&page=2&filter=commentCard`);

    expect(usual).toHaveLength(50);
    expect(usual[0]).toMatchObject({ data: { text: 'n° 59' } });
    expect(page.map(({ data }) => data)).toMatchObject([{ text: 'n° 9' }, ...Array(9).fill({})]);
    expect(await refusal(trello, 'GET', `${path}?limit=1001`)).toBe('400 invalid value for limit');
  });

  it('are filtered by type and by the key that has changed', async () => {
    const card = await cardIn(trello, plan.list);
    trello.person.rename(card, 'Autre');
    trello.person.archive(card);
    const read = async (filter: string) =>
      (await many(trello, 'GET', `boards/${plan.board}/actions?filter=${filter}`)).map(({ type }) => type);

    expect(await read('updateCard:closed')).toEqual(['updateCard']);
    expect(await read('updateCard,createCard')).toEqual(['updateCard', 'updateCard', 'createCard']);
    expect(await read('updateCard:desc')).toEqual([]);
  });

  it('are read since an action, which is not read again, or since a time', async () => {
    const [last] = await many(trello, 'GET', `boards/${plan.board}/actions?limit=1`);
    clock.pass(60_000);
    const time = clock.now().toISOString();
    await cardIn(trello, plan.list);
    const read = (query: string) => many(trello, 'GET', `boards/${plan.board}/actions?${query}&fields=type`);

    const sinceAction = await read(`since=${last?.id}&memberCreator=false`);

    expect(sinceAction).toEqual([{ id: expect.any(String), type: 'createCard' }]);
    expect(await read(`since=${time}`)).toMatchObject([{ type: 'createCard' }]);
    expect(await read(`before=${time}`)).toHaveLength(2);
    expect(await refusal(trello, 'GET', `boards/${plan.board}/actions?since=hier`)).toMatch(/^400/);
  });

  it('are counted', async () => {
    const path = `boards/${plan.board}/actions?format=count&filter=createList`;

    expect(await json(trello, 'GET', path)).toEqual({ _value: 1 });
  });

  it('of a card are comments and moves, unless others are asked for', async () => {
    const card = await cardIn(trello, plan.list);
    trello.person.comment(card, 'Vu');

    expect(await many(trello, 'GET', `cards/${card}/actions`)).toMatchObject([{ type: 'commentCard' }]);
    expect(await many(trello, 'GET', `cards/${card}/actions?filter=all`)).toHaveLength(2);
  });
});

describe('a comment', () => {
  it('is written, edited in two ways, and deleted', async () => {
    const card = await cardIn(trello, plan.list);
    const written = await one(trello, 'POST', `cards/${card}/actions/comments`, { text: 'Un' });
    const id = asText(written.id);

    await json(trello, 'PUT', `cards/${card}/actions/${id}/comments`, { text: 'Deux' });
    const edited = await one(trello, 'PUT', `actions/${id}`, { text: 'Trois' });
    const shown = trello.look.card(card).comments;
    await json(trello, 'DELETE', `actions/${id}`);

    expect(written).toMatchObject({ type: 'commentCard', data: { text: 'Un', card: { id: card } } });
    expect(edited).toMatchObject({ id, data: { text: 'Trois', dateLastEdited: expect.any(String) } });
    expect(shown).toEqual(['Trois']);
    expect(trello.look.card(card).comments).toEqual([]);
  });

  it('has at most 16,384 characters, and at least one', async () => {
    const path = `cards/${await cardIn(trello, plan.list)}/actions/comments`;

    expect(await refusal(trello, 'POST', path, { text: 'x'.repeat(16_385) })).toBe(
      '400 invalid value for text',
    );
    expect(await refusal(trello, 'POST', path, { text: '' })).toBe('400 invalid value for text');
  });

  it('of somebody else is not edited', async () => {
    const card = await cardIn(trello, plan.list);
    trello.person.addMember(plan.board, 'marcpetit');
    const marc = trello.world.findMember('marcpetit')?.id ?? '';
    const other = trello.addCredential(trello.key, 'of-marc', { memberId: marc });
    const id = await made(trello, 'POST', `cards/${card}/actions/comments`, { text: 'Un' });
    const headers = { authorization: authorization(trello, other) };

    expect(await refusal(trello, 'PUT', `actions/${id}`, { text: 'Deux' }, headers)).toMatch(/^401/);
  });

  it('is no other action', async () => {
    const [created] = trello.look.actions(plan.board);

    expect(await refusal(trello, 'PUT', `actions/${created?.id}`, { text: 'x' })).toMatch(/^404/);
  });
});
