import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asObject, type JsonObject } from '../json.ts';
import { type Callback, startCallback } from './callback.ts';
import { cardIn, clockAt, type Ids, json, made, many, one, planIn, raw, refusal } from './client.ts';
import { MAX_TRIES } from './postman.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
let callback: Callback;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello({ now: clock.now });
  callback = await startCallback();
  plan = await planIn(trello);
});
afterEach(async () => {
  await trello.stop();
  await callback[Symbol.asyncDispose]();
});

function watch(idModel = plan.board): Promise<JsonObject> {
  return one(trello, 'POST', 'webhooks', { callbackURL: callback.url, idModel, description: 'Jalon' });
}

function typesPosted(): unknown[] {
  return callback.posts.map(({ body }) => asObject(body.action).type);
}

describe('a webhook', () => {
  it('is made once its callback has answered 200 to a HEAD', async () => {
    const webhook = await watch();

    expect(webhook).toMatchObject({
      idModel: plan.board,
      callbackURL: callback.url,
      description: 'Jalon',
      active: true,
      consecutiveFailures: 0,
      firstConsecutiveFailDate: null,
    });
  });

  it('is refused otherwise, in JSON that says what was answered', async () => {
    callback.answers.HEAD = 405;

    const answer = await raw(trello, 'POST', 'webhooks', { callbackURL: callback.url, idModel: plan.board });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      message: `URL (${callback.url}) did not return 200 status code, got 405`,
      error: 'ERROR',
    });
  });

  it.each([
    ['an address where nobody is', { callbackURL: 'http://127.0.0.1:9/' }, /could not be reached/],
    ['an address that is none', { callbackURL: 'jalon' }, /Invalid callback URL jalon/],
    ['a model that is none', { idModel: '6f00000000000000000000aa' }, /^400 invalid value for idModel$/],
    ['a parameter that is not known', { idmodel: 'x' }, /no parameter “idmodel”/],
  ])('is refused with %s', async (_name, values, text) => {
    const body = { callbackURL: callback.url, idModel: plan.board, ...values };

    expect(await refusal(trello, 'POST', 'webhooks', body)).toMatch(text);
  });

  it('is there once for a callback, a model and a token', async () => {
    await watch();

    const body = { callbackURL: callback.url, idModel: plan.board };

    expect(await refusal(trello, 'POST', 'webhooks', body)).toBe(
      '400 A webhook with that callback, model, and token already exists',
    );
  });

  it('is read, listed, changed and deleted by its token only', async () => {
    const { id } = await watch();
    const stranger = trello.addCredential(trello.key, 'stranger');
    const headers = {
      authorization: `OAuth oauth_consumer_key="${trello.key}", oauth_token="${stranger.token}"`,
    };

    const changed = await one(trello, 'PUT', `webhooks/${id}`, { active: false, description: 'Autre' });
    const listed = await many(trello, 'GET', `tokens/${trello.token}/webhooks`);
    const given = await many(trello, 'GET', 'members/me/tokens?webhooks=true');
    const strange = await refusal(trello, 'GET', `webhooks/${id}`, undefined, headers);
    await json(trello, 'DELETE', `webhooks/${id}`);

    expect(changed).toMatchObject({ active: false, description: 'Autre' });
    expect(listed).toEqual([changed]);
    expect(given.map(({ webhooks }) => webhooks)).toEqual([[changed], []]);
    expect(JSON.stringify(given)).not.toContain(trello.token);
    expect(strange).toMatch(/^404/);
    expect(await many(trello, 'GET', `tokens/${trello.token}/webhooks`)).toEqual([]);
  });

  it('goes with its token', async () => {
    await watch();

    trello.revoke();
    trello.person.addCard(plan.list, 'Une tâche');

    expect(trello.postman.waiting()).toEqual([]);
  });
});

describe('a post', () => {
  it('tells action, model and webhook, and is signed over its bytes and the address', async () => {
    await watch();
    await cardIn(trello, plan.list, { name: 'Échéance' });

    await trello.postman.deliverAll();

    const [post] = callback.posts;
    const { appSecret } = trello.world.settings;
    const signature = createHmac('sha1', appSecret).update(`${post?.raw}${callback.url}`).digest('base64');
    expect(post?.body).toMatchObject({
      action: { type: 'createCard', data: { card: { name: 'Échéance' }, board: { id: plan.board } } },
      model: { id: plan.board },
      webhook: { description: 'Jalon' },
    });
    expect(post?.headers).toMatchObject({ 'x-trello-webhook': signature, 'user-agent': 'Trello' });
  });

  it('says who wrote, where the write said it, and nothing where a person did', async () => {
    await watch();
    const body = { idList: plan.list, name: 'Une tâche' };
    await raw(trello, 'POST', 'cards', body, { 'x-trello-client-identifier': 'jalon-7f3a' });
    trello.person.addCard(plan.list, 'Une autre');

    await trello.postman.deliverAll();

    expect(callback.posts.map(({ headers }) => headers['x-trello-client-identifier'])).toEqual([
      'jalon-7f3a',
      undefined,
    ]);
    expect(trello.log.writes().map(({ clientIdentifier }) => clientIdentifier)).toContain('jalon-7f3a');
  });

  it('tells of labels, which no action keeps: the card, and each label', async () => {
    await watch();
    const card = trello.person.addCard(plan.list, 'Une tâche');
    trello.person.addLabel(plan.board, 'Urgent', 'red');
    trello.person.label(card.id, 'Urgent');

    await trello.postman.deliverAll();

    expect(typesPosted()).toEqual(['createCard', 'createLabel', 'updateCard', 'addLabelToCard']);
    expect(asObject(callback.posts[2]?.body.action).data).toMatchObject({ old: { idLabels: [] } });
    expect(trello.look.actions(plan.board).at(-1)?.type).toBe('createCard');
  });

  it('tells of one card what concerns it', async () => {
    const card = trello.person.addCard(plan.list, 'Une tâche');
    await watch(card.id);
    trello.person.addCard(plan.list, 'Une autre');
    trello.person.rename(card.id, 'Renommée');

    await trello.postman.deliverAll();

    expect(typesPosted()).toEqual(['updateCard']);
  });

  it.each(['organization', 'person'] as const)(
    'tells of the %s what is done on its boards',
    async (model) => {
      await watch(trello[model].id);
      trello.person.addCard(plan.list, 'Une tâche');

      await trello.postman.deliverAll();

      expect(typesPosted()).toEqual(['createCard']);
    },
  );

  it('comes when a test wants it, in the order that it wants, and as often', async () => {
    await watch();
    const card = trello.person.addCard(plan.list, 'Une tâche');
    trello.person.rename(card.id, 'Renommée');
    const [first] = trello.postman.waiting();

    await trello.postman.deliverAll((waiting) => waiting.toReversed());
    if (first !== undefined) await trello.postman.deliver(first);

    expect(typesPosted()).toEqual(['updateCard', 'createCard', 'createCard']);
    const ids = callback.posts.map(({ body }) => asObject(body.action).id);
    expect(ids[1]).toBe(ids[2]);
  });

  it('may be lost', async () => {
    await watch();
    trello.person.addCard(plan.list, 'Une tâche');

    trello.postman.dropAll();
    await trello.postman.deliverAll();

    expect(callback.posts).toEqual([]);
  });

  it('is tried four times in all, and failures are counted until one passes', async () => {
    const { id } = await watch();
    trello.person.addCard(plan.list, 'Une tâche');
    callback.answers.POST = 500;

    for (let tries = 0; tries < MAX_TRIES; tries += 1) await trello.postman.deliverAll();
    const failing = await one(trello, 'GET', `webhooks/${id}`);
    trello.person.addCard(plan.list, 'Une autre');
    callback.answers.POST = 200;
    await trello.postman.deliverAll();

    expect(callback.posts).toHaveLength(MAX_TRIES + 1);
    expect(failing).toMatchObject({
      consecutiveFailures: MAX_TRIES,
      firstConsecutiveFailDate: '2026-11-23T09:00:00.000Z',
    });
    expect(await one(trello, 'GET', `webhooks/${id}`)).toMatchObject({
      consecutiveFailures: 0,
      active: true,
    });
  });

  it('that is answered 410 is the last', async () => {
    const { id } = await watch();
    trello.person.addCard(plan.list, 'Une tâche');
    callback.answers.POST = 410;

    await trello.postman.deliverAll();

    expect(trello.postman.waiting()).toEqual([]);
    expect((await raw(trello, 'GET', `webhooks/${id}`)).status).toBe(404);
  });

  it('switches its webhook off after thirty days and a thousand failures, not before', async () => {
    const { id } = await watch();
    trello.person.addCard(plan.list, 'Une tâche');
    const webhook = trello.world.webhooks.get(String(id));
    callback.answers.POST = 500;
    if (webhook !== undefined) webhook.failures = 1000;
    await trello.postman.deliverAll();
    const early = webhook?.active;

    clock.pass(31 * 86_400_000);
    await trello.postman.deliverAll();

    expect([early, webhook?.active]).toEqual([true, false]);
  });

  it('comes twice from the webhooks of two tokens', async () => {
    await watch();
    const other = trello.addCredential(trello.key, 'other');
    const authorization = `OAuth oauth_consumer_key="${other.key}", oauth_token="${other.token}"`;
    const body = { callbackURL: callback.url, idModel: plan.board };
    await raw(trello, 'POST', 'webhooks', body, { authorization });

    await made(trello, 'POST', 'cards', { idList: plan.list, name: 'Une tâche' });

    expect(trello.postman.waiting()).toHaveLength(2);
  });
});
