import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asObjects, asText, type JsonObject } from '../json.ts';
import { type Callback, startCallback } from './callback.ts';
import { boardIn, cardIn, clockAt, json, made, many, one, planIn, raw } from './client.ts';
import { type Fault, nameOf, passingFaults } from './faults.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
beforeEach(async () => {
  trello = await startTrello({ now: clock.now });
});
afterEach(() => trello.stop());

const steps = ['Comprendre', 'Choisir', 'Préparer', 'Tester', 'Tenir'];

/** A plan as a client builds it: each request once. */
async function provision(simulator: TrelloSimulator, name: string): Promise<string> {
  const board = await boardIn(simulator, name, { desc: 'plan-ref: acme' });
  const label = await made(simulator, 'POST', `boards/${board}/labels`, { name: 'Légal', color: 'red' });
  let template: string | undefined;
  for (const [index, step] of steps.entries()) {
    const list = await made(simulator, 'POST', 'lists', { name: step, idBoard: board, pos: index + 1 });
    const card = await cardIn(simulator, list, { desc: `plan-ref: t-${index}`, idLabels: label });
    if (template === undefined) {
      template = await made(simulator, 'POST', 'checklists', { idCard: card, name: 'Étapes' });
      for (const item of ['Lire', 'Faire']) {
        await json(simulator, 'POST', `checklists/${template}/checkItems`, { name: item });
      }
    } else await json(simulator, 'POST', 'checklists', { idCard: card, idChecklistSource: template });
  }
  return board;
}

describe('a client that builds a plan', () => {
  it('gets the same board in two runs, with so many requests', async () => {
    await using other = await startTrello({ seed: 'other' });

    const [first, second] = [await provision(trello, 'Plan'), await provision(other, 'Plan')];

    expect(other.look.picture(second)).toEqual(trello.look.picture(first));
    expect(trello.log.counts()).toEqual({
      'boards.create': 1,
      'boards.labels.create': 1,
      'lists.create': 5,
      'cards.create': 5,
      'checklists.create': 5,
      'checkItems.create': 2,
    });
    expect(trello.look.duplicates(first, /plan-ref: (\S+)/)).toEqual([]);
  });

  it('has the whole of it back in one request', async () => {
    const board = await provision(trello, 'Plan');

    const query = 'fields=desc&lists=all&cards=all&checklists=all&labels=all&labels_limit=1000';
    const whole = await one(trello, 'GET', `boards/${board}?${query}`);

    expect(whole.desc).toBe('plan-ref: acme');
    expect(asObjects(whole.lists).map(({ name }) => name)).toEqual(steps);
    expect(asObjects(whole.cards).map(({ desc }) => desc)).toEqual(
      steps.map((_, index) => `plan-ref: t-${index}`),
    );
    expect(asObjects(whole.checklists)).toHaveLength(5);
  });

  it('is stopped by the rate of its token when it does not pace itself', async () => {
    await using slow = await startTrello({ now: clock.now, tokenPer10Seconds: 10 });

    await expect(provision(slow, 'Plan')).rejects.toThrow(/429 .*API_TOKEN_LIMIT_EXCEEDED/);
    expect(slow.log.all().at(-1)).toMatchObject({ status: 429, committed: false });
  });
});

describe('a client that lost an answer', () => {
  const losses = passingFaults().filter(
    (fault) =>
      fault.when === 'after' &&
      ['status', 'html', 'not-json', 'accepted', 'cut', 'reset'].includes(fault.type),
  );

  it.each(losses.map((fault): [string, Fault] => [nameOf(fault), fault]))(
    'finds its card by the last line of the description: %s',
    async (_name, fault) => {
      const { board, list } = await planIn(trello);
      trello.faults.on('cards.create', fault);

      await raw(trello, 'POST', 'cards', { idList: list, name: 'Une tâche', desc: 'Texte\nplan-ref: t-1' })
        .then((response) => response.text())
        .catch(() => undefined);
      const { cards } = await one(trello, 'GET', `boards/${board}?cards=all&card_fields=desc`);

      const found = asObjects(cards).filter(({ desc }) => asText(desc).endsWith('plan-ref: t-1'));
      expect(found).toHaveLength(1);
    },
  );

  it('finds a list by its name, since it has nothing else', async () => {
    const board = await boardIn(trello);
    trello.faults.on('lists.create', { type: 'reset', when: 'after' });

    await raw(trello, 'POST', 'lists', { name: 'Cadrer', idBoard: board }).catch(() => undefined);

    expect(await many(trello, 'GET', `boards/${board}/lists?fields=name`)).toMatchObject([
      { name: 'Cadrer' },
    ]);
  });

  it('finds a board in its workspace by the description', async () => {
    trello.faults.on('boards.create', { type: 'cut', when: 'after' });

    await boardIn(trello, 'Plan', { desc: 'plan-ref: acme' }).catch(() => undefined);

    const path = `organizations/${trello.organization.id}/boards?fields=name,desc,dateLastActivity&filter=open`;
    expect(await many(trello, 'GET', path)).toMatchObject([{ name: 'Plan', desc: 'plan-ref: acme' }]);
  });

  it('finds in the actions what was created since it began', async () => {
    const { board, list } = await planIn(trello);
    clock.pass(60_000);
    const start = clock.now().toISOString();
    trello.faults.on('cards.create', { type: 'reset', when: 'after' });

    await cardIn(trello, list).catch(() => undefined);

    const path = `boards/${board}/actions?filter=createCard,copyCard,createList,createBoard&since=${start}`;
    expect(await many(trello, 'GET', path)).toMatchObject([
      { type: 'createCard', idMemberCreator: trello.person.id },
    ]);
  });

  it('makes a second card when it just sends again', async () => {
    const { board, list } = await planIn(trello);
    trello.faults.on('cards.create', { type: 'status', status: 504, when: 'after' });

    await cardIn(trello, list, { desc: 'plan-ref: t-1' }).catch(() => undefined);
    await cardIn(trello, list, { desc: 'plan-ref: t-1' });

    expect(trello.look.duplicates(board, /plan-ref: (\S+)/)).toEqual(['t-1']);
  });

  it('may put and delete again without harm', async () => {
    const { board, list } = await planIn(trello);
    const card = await cardIn(trello, list);
    const write = () => json(trello, 'PUT', `cards/${card}`, { name: 'Autre', due: '2027-01-15T11:00:00Z' });

    await write();
    const actions = trello.look.actions(board).length;
    await write();
    await json(trello, 'DELETE', `cards/${card}`);
    const again = await raw(trello, 'DELETE', `cards/${card}`);

    expect(trello.look.actions(board)).toHaveLength(actions + 1);
    expect(again.status).toBe(404);
  });
});

describe('a client that listens', () => {
  let callback: Callback;
  beforeEach(async () => {
    callback = await startCallback();
  });
  afterEach(() => callback[Symbol.asyncDispose]());

  it('tells its own echoes from what people did', async () => {
    const { board, list } = await planIn(trello);
    await json(trello, 'POST', 'webhooks', { callbackURL: callback.url, idModel: board });
    const own = { 'x-trello-client-identifier': 'jalon' };
    const created = await raw(trello, 'POST', 'cards', { idList: list, name: 'Une tâche' }, own);
    const { id } = (await created.json()) as JsonObject;
    trello.person.complete(asText(id));

    await trello.postman.deliverAll();

    const foreign = callback.posts.filter(({ headers }) => headers['x-trello-client-identifier'] !== 'jalon');
    expect(foreign).toMatchObject([
      { body: { action: { type: 'updateCard', data: { old: { dueComplete: false } } } } },
    ]);
  });

  it('hears nothing while its webhook is off, and reads what it missed', async () => {
    const { board, list } = await planIn(trello);
    const body = { callbackURL: callback.url, idModel: board, active: false };
    await json(trello, 'POST', 'webhooks', body);
    const [last] = await many(trello, 'GET', `boards/${board}/actions?limit=1`);

    trello.person.addCard(list, 'Une tâche');
    await trello.postman.deliverAll();

    expect(callback.posts).toEqual([]);
    expect(await many(trello, 'GET', `boards/${board}/actions?since=${last?.id}`)).toMatchObject([
      { type: 'createCard' },
    ]);
  });
});
