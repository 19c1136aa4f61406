import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asObjects, type JsonObject } from '../json.ts';
import { cardIn, clockAt, type Ids, json, made, many, one, planIn, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello({ now: clock.now, plan: 'standard' });
  plan = await planIn(trello);
});
afterEach(() => trello.stop());

/** What our service asks for in one request. */
const bundle = [
  'fields=name,desc,closed,dateLastActivity,idOrganization,shortUrl,limits',
  'lists=all&list_fields=name,closed,pos',
  'cards=all&card_fields=name,desc,idList,closed,pos,due,start,dueComplete,idLabels,idMembers,idChecklists',
  'card_attachments=true&card_attachment_fields=name,url,isUpload,date&card_customFieldItems=true',
  'checklists=all&checklist_fields=name,idCard,pos',
  'labels=all&labels_limit=1000&members=all&member_fields=username,fullName&customFields=true',
].join('&');

describe('a board', () => {
  it('brings nothing along that was not asked for', async () => {
    const board = await one(trello, 'GET', `boards/${plan.board}`);

    expect(Object.keys(board).toSorted()).toEqual([
      'closed',
      'desc',
      'descData',
      'id',
      'idEnterprise',
      'idOrganization',
      'labelNames',
      'name',
      'pinned',
      'prefs',
      'shortUrl',
      'url',
    ]);
  });

  it('brings everything in one request', async () => {
    const label = await made(trello, 'POST', 'labels', { name: 'Urgent', color: 'red', idBoard: plan.board });
    const card = await cardIn(trello, plan.list, { idLabels: label, urlSource: 'https://example.org/k/1' });
    const checklist = await made(trello, 'POST', 'checklists', { idCard: card, name: 'Étapes' });
    await json(trello, 'POST', `checklists/${checklist}/checkItems`, { name: 'Lire' });
    trello.person.addField(plan.board, 'Effort', 'number');
    trello.person.setField(card, 'Effort', { value: { number: '3' } });

    const board = await one(trello, 'GET', `boards/${plan.board}?${bundle}`);

    expect(board).toMatchObject({
      lists: [{ id: plan.list, name: 'Cadrer', closed: false, pos: 16_384 }],
      cards: [
        {
          id: card,
          idList: plan.list,
          idLabels: [label],
          idChecklists: [checklist],
          attachments: [{ url: 'https://example.org/k/1', isUpload: false }],
          customFieldItems: [{ value: { number: '3' } }],
        },
      ],
      checklists: [{ idCard: card, name: 'Étapes', checkItems: [{ name: 'Lire', state: 'incomplete' }] }],
      labels: [{ name: 'Urgent', color: 'red', uses: 1 }],
      members: [{ username: 'clairemorel', fullName: 'Claire Morel' }],
      customFields: [{ name: 'Effort', type: 'number' }],
      limits: { cards: { openPerBoard: { status: 'ok', disableAt: 5000 } } },
    });
    expect(Object.keys(asObjects(board.cards)[0] ?? {})).not.toContain('badges');
  });

  it('brings fifty labels unless more are asked for', async () => {
    for (let index = 0; index < 51; index += 1) trello.person.addLabel(plan.board, `n° ${index}`);

    const few = await one(trello, 'GET', `boards/${plan.board}?labels=all`);
    const all = await one(trello, 'GET', `boards/${plan.board}?labels=all&labels_limit=1000`);

    expect([asObjects(few.labels).length, asObjects(all.labels).length]).toEqual([50, 51]);
  });

  it('hangs checklists in cards when asked there', async () => {
    const card = await cardIn(trello, plan.list);
    trello.person.addChecklist(card, 'Étapes', ['Lire']);

    const board = await one(trello, 'GET', `boards/${plan.board}?cards=all&card_checklists=all`);

    expect(board.cards).toMatchObject([{ checklists: [{ name: 'Étapes', checkItems: [{ name: 'Lire' }] }] }]);
    expect(board).not.toHaveProperty('checklists');
  });

  it('brings the cards that have changed since a time', async () => {
    const still = await cardIn(trello, plan.list, { name: 'Calme' });
    const moved = await cardIn(trello, plan.list, { name: 'Vive' });
    clock.pass(60_000);
    const since = clock.now().toISOString();
    await json(trello, 'PUT', `cards/${moved}`, { name: 'Plus vive' });

    const path = `boards/${plan.board}?cards=all&card_fields=name&cards_modifiedSince=${since}`;
    const { cards } = await one(trello, 'GET', path);

    expect(cards).toEqual([{ id: moved, name: 'Plus vive' }]);
    expect(still).not.toBe(moved);
  });

  it('brings archived lists and cards, or leaves them out', async () => {
    const archived = await cardIn(trello, plan.list, { name: 'Archivée' });
    await cardIn(trello, plan.list, { name: 'Ouverte' });
    trello.person.archive(archived);
    const closed = trello.person.addList(plan.board, 'Vieille');
    trello.person.archiveList(closed.id);
    const read = (query: string) => one(trello, 'GET', `boards/${plan.board}?${query}`);
    const names = (value: unknown) => asObjects(value as JsonObject[]).map(({ name }) => name);

    const all = await read('lists=all&cards=all');
    const open = await read('lists=open&cards=open');
    const gone = await read('lists=closed&cards=closed');

    expect([names(all.lists), names(all.cards)]).toEqual([
      ['Cadrer', 'Vieille'],
      ['Archivée', 'Ouverte'],
    ]);
    expect([names(open.lists), names(open.cards)]).toEqual([['Cadrer'], ['Ouverte']]);
    expect([names(gone.lists), names(gone.cards)]).toEqual([['Vieille'], ['Archivée']]);
  });

  it.each([
    'lists=some',
    'cards=true',
    'card_fields=colour',
    'labels_limit=1001',
    'customFields=all',
    'checklist=all',
  ])('refuses %s', async (query) => {
    expect(await refusal(trello, 'GET', `boards/${plan.board}?${query}`)).toMatch(/^400/);
  });
});

describe('lists of cards', () => {
  it('are paged backwards by the oldest id', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await cardIn(trello, plan.list, { name });
    const page = (before: string) =>
      many(trello, 'GET', `boards/${plan.board}/cards?fields=name&limit=2&sort=-id${before}`);

    const names = [];
    let before = '';
    for (let cards = await page(before); cards.length > 0; cards = await page(before)) {
      names.push(...cards.map(({ name }) => name));
      before = `&before=${cards.at(-1)?.id}`;
    }

    expect(names).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('are bounded by when cards were created, not changed', async () => {
    const old = await cardIn(trello, plan.list, { name: 'Vieille' });
    clock.pass(60_000);
    const since = clock.now().toISOString();
    await cardIn(trello, plan.list, { name: 'Neuve' });
    trello.person.rename(old, 'Retouchée');

    const cards = await many(trello, 'GET', `boards/${plan.board}/cards?since=${since}`);

    expect(cards).toMatchObject([{ name: 'Neuve' }]);
  });

  it('take the filter in the path, too', async () => {
    trello.person.archive(await cardIn(trello, plan.list));

    expect(await many(trello, 'GET', `boards/${plan.board}/cards/closed`)).toHaveLength(1);
    expect(await refusal(trello, 'GET', `boards/${plan.board}/cards/some`)).toBe(
      '400 invalid value for filter',
    );
  });

  it('are too much with their actions', async () => {
    await using small = await startTrello({ cardsWithActions: 1 });
    const { board, list } = await planIn(small);
    for (const name of ['a', 'b']) await cardIn(small, list, { name });

    const refused = await refusal(small, 'GET', `boards/${board}?cards=all&card_actions=commentCard`);

    expect(refused).toMatch(/^403 .*"API_TOO_MANY_CARDS_REQUESTED"/);
    expect(await many(small, 'GET', `boards/${board}/cards`)).toHaveLength(2);
  });

  it('are too much with what happened on their board, where a test wants it', async () => {
    await using small = await startTrello({ cardsWithBoardActions: 1 });
    const { board, list } = await planIn(small);
    for (const name of ['a', 'b']) await cardIn(small, list, { name });

    const refused = await refusal(small, 'GET', `boards/${board}?cards=all&actions=commentCard`);

    expect(refused).toMatch(/^403 .*"API_TOO_MANY_CARDS_REQUESTED"/);
    expect((await one(small, 'GET', `boards/${board}?cards=all`)).cards).toHaveLength(2);
  });

  it('come in pages that are shorter than asked for, where a test wants it', async () => {
    await using small = await startTrello({ cardsPerPage: 1 });
    const { board, list } = await planIn(small);
    for (const name of ['a', 'b']) await cardIn(small, list, { name });

    expect(await many(small, 'GET', `boards/${board}/cards?limit=1000&sort=-id`)).toMatchObject([
      { name: 'b' },
    ]);
  });

  it('see a fresh card late where a test wants it, while its own address finds it', async () => {
    await using slow = await startTrello({ cardLag: 1 });
    const { board, list } = await planIn(slow);
    const id = await cardIn(slow, list);
    const count = async () => asObjects((await one(slow, 'GET', `boards/${board}?cards=all`)).cards).length;

    const counts = [await count(), await count()];

    expect(counts).toEqual([0, 1]);
    expect(await one(slow, 'GET', `cards/${id}`)).toMatchObject({ id });
  });

  it('hang in lists', async () => {
    await cardIn(trello, plan.list);

    const lists = await many(
      trello,
      'GET',
      `boards/${plan.board}/lists?cards=open&card_fields=name&fields=name`,
    );

    expect(lists).toMatchObject([{ name: 'Cadrer', cards: [{ name: 'Une tâche' }] }]);
  });
});

describe('a card', () => {
  it('brings what is asked for', async () => {
    const card = await cardIn(trello, plan.list, { idMembers: trello.person.id });
    trello.person.comment(card, 'Vu');

    const query = 'fields=name&members=true&member_fields=username&actions=commentCard&list=true&board=true';
    const answer = await one(trello, 'GET', `cards/${card}?${query}`);

    expect(answer).toMatchObject({
      id: card,
      members: [{ username: 'clairemorel' }],
      actions: [{ type: 'commentCard', data: { text: 'Vu' } }],
      list: { name: 'Cadrer' },
      board: { name: 'Plan' },
    });
    expect(answer).not.toHaveProperty('desc');
  });
});

describe('a batch', () => {
  it('reads up to ten addresses, each answered for itself', async () => {
    const urls = [`/boards/${plan.board}?fields=name,closed`, '/cards/6f00000000000000000000aa'];

    const answers = await json(trello, 'GET', `batch?urls=${batched(urls)}`);

    expect(answers).toEqual([
      { '200': { id: plan.board, name: 'Plan', closed: false } },
      { name: 'TrelloError', message: 'The requested resource was not found.', statusCode: 404 },
    ]);
  });

  it('is cut at every comma, so that each address must be encoded of itself', async () => {
    const path = `/boards/${plan.board}?fields=name,closed`;

    expect(await refusal(trello, 'GET', `batch?urls=${encodeURIComponent(path)}`)).toMatch(
      /“closed” is no address for a batch/,
    );
  });

  it('has no more than ten', async () => {
    const urls = Array.from({ length: 11 }, () => `/boards/${plan.board}`);

    expect(await refusal(trello, 'GET', `batch?urls=${batched(urls)}`)).toBe('400 invalid value for urls');
  });

  it('knows no version in its addresses', async () => {
    const urls = [`/1/boards/${plan.board}`];

    expect(await refusal(trello, 'GET', `batch?urls=${batched(urls)}`)).toMatch(/is no address for a batch/);
  });
});

/** Commas inside an address are encoded, then all of it once more as the value of a parameter. */
function batched(urls: readonly string[]): string {
  return encodeURIComponent(urls.map((url) => url.replaceAll(',', '%2C')).join(','));
}
