import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NeedsAttention, NotNow, Refused } from '#src/errors.ts';
import { createConnections } from '#src/service/connections.ts';
import type { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import { dropWebhook, findWebhook, keepWebhook } from '#src/workspaces/trello/hooks.ts';
import { type Callback, startCallback } from '../../simulators/trello/callback.ts';
import { boardIn, one } from '../../simulators/trello/client.ts';
import type { Fault } from '../../simulators/trello/faults.ts';
import { startTrello, type TrelloSimulator } from '../../simulators/trello/simulator.ts';
import { memory } from './memory.ts';

let trello: TrelloSimulator;
let callback: Callback;
let connection: TrelloConnection;
let board: string;
beforeEach(async () => {
  trello = await startTrello({ refusesSecretsInUrl: true });
  callback = await startCallback();
  connection = await connect();
  board = await boardIn(trello);
});
afterEach(async () => {
  await trello.stop();
  await callback[Symbol.asyncDispose]();
});

function connect(token = trello.token): Promise<TrelloConnection> {
  const settings = {
    notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
    trello: { baseUrl: trello.url, ratePer10Seconds: 100 },
  };
  return createConnections(settings).trello({ key: trello.key, token, secret: undefined });
}

function desk(first: Readonly<Record<string, string>> = {}) {
  return { connection, project: 'martin', memory: memory(first) };
}

function wish(changes: { readonly board?: string; readonly callbackURL?: string } = {}) {
  return { board, callbackURL: callback.url, ...changes };
}

function hooks() {
  return [...trello.world.webhooks.values()];
}

/** How many requests of each route the work has cost. */
async function requests(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = trello.log.all().length;
  await work();
  const names = trello.log
    .all()
    .slice(before)
    .map(({ route }) => String(route));
  return Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((n) => n === name).length]),
  );
}

describe('the webhook of a board', () => {
  it('is made where it is missing, and its id is kept at once', async () => {
    const at = desk();

    const hook = await keepWebhook(at, wish());

    expect(hooks()).toMatchObject([
      { id: hook.id, idModel: board, callbackURL: callback.url, description: 'Jalon: martin', active: true },
    ]);
    expect(at.memory.kept.get('webhook')).toBe(hook.id);
  });

  it('costs one request while all is well', async () => {
    const at = desk();
    await keepWebhook(at, wish());

    expect(await requests(() => keepWebhook(at, wish()))).toEqual({ 'webhooks.retrieve': 1 });
    expect(hooks()).toHaveLength(1);
  });

  it('is found again when its id is forgotten', async () => {
    const { id } = await keepWebhook(desk(), wish());
    const at = desk();

    expect((await keepWebhook(at, wish())).id).toBe(id);
    expect(at.memory.kept.get('webhook')).toBe(id);
    expect(hooks()).toHaveLength(1);
  });

  it.each(['no-id', '5f2b8c9d0e1a2b3c4d5e6f70'])('is made again when %s is remembered of it', async (id) => {
    const at = desk({ webhook: id });

    const hook = await keepWebhook(at, wish());

    expect(hooks().map((one) => one.id)).toEqual([hook.id]);
    expect(at.memory.kept.get('webhook')).toBe(hook.id);
  });

  it('is switched on again', async () => {
    const at = desk();
    await keepWebhook(at, wish());
    for (const hook of hooks()) hook.active = false;

    expect((await keepWebhook(at, wish())).active).toBe(true);
    expect(hooks()).toMatchObject([{ active: true }]);
  });

  it('is switched on again when its id is forgotten as well', async () => {
    await keepWebhook(desk(), wish());
    for (const hook of hooks()) hook.active = false;

    await keepWebhook(desk(), wish());

    expect(hooks()).toMatchObject([{ active: true }]);
  });

  it('moves when our address has changed', async () => {
    const at = desk();
    const { id } = await keepWebhook(at, wish());
    const callbackURL = `${callback.url}/2`;

    await keepWebhook(at, wish({ callbackURL }));

    expect(hooks()).toMatchObject([{ id, callbackURL }]);
  });

  it('does not move beside one that is at the new address already', async () => {
    const callbackURL = `${callback.url}/2`;
    const { id } = await keepWebhook(desk(), wish({ callbackURL }));
    const at = desk();
    await keepWebhook(at, wish());

    await keepWebhook(at, wish({ callbackURL }));

    expect(hooks().map((hook) => hook.id)).toEqual([id]);
    expect(at.memory.kept.get('webhook')).toBe(id);
  });

  it('follows the project to another board', async () => {
    const at = desk();
    await keepWebhook(at, wish());
    const other = await boardIn(trello, 'Autre');

    await keepWebhook(at, wish({ board: other }));

    expect(hooks()).toMatchObject([{ idModel: other }]);
  });

  it('leaves those of other boards, other addresses and other tokens alone', async () => {
    const other = await boardIn(trello, 'Autre');
    await one(trello, 'POST', 'webhooks', { idModel: other, callbackURL: callback.url });
    await one(trello, 'POST', 'webhooks', { idModel: board, callbackURL: `${callback.url}/sister` });
    const second = trello.addCredential(trello.key, 'second-token');
    connection = await connect(second.token);
    await keepWebhook(desk(), wish());
    connection = await connect();

    const { id } = await keepWebhook(desk(), wish());
    await keepWebhook(desk({ webhook: id }), wish());

    expect(hooks()).toHaveLength(4);
  });

  it('is not asked for twice where Trello refuses to list them', async () => {
    trello.faults.on('members.tokens', {
      type: 'status',
      status: 401,
      body: { message: 'missing scopes' },
      when: 'before',
    });

    await keepWebhook(desk(), wish());

    expect(hooks()).toHaveLength(1);
  });
});

describe('an unclear answer', () => {
  const done: Fault[] = [
    { type: 'status', status: 502, when: 'after' },
    { type: 'html', status: 200, when: 'after' },
    { type: 'not-json', when: 'after' },
    { type: 'accepted', when: 'after' },
    { type: 'reset', when: 'after' },
    { type: 'cut', when: 'after' },
  ];

  it.each(done)('to the making is followed by a look, which finds it: $type', async (fault) => {
    const at = desk();
    trello.faults.on('webhooks.create', fault);

    const counts = await requests(() => keepWebhook(at, wish()));

    expect(counts['webhooks.create']).toBe(1);
    expect(hooks().map(({ id }) => id)).toEqual([at.memory.kept.get('webhook')]);
  });

  it('to the making of which nothing is found is left for the next time', async () => {
    const at = desk();
    trello.faults.on('webhooks.create', { type: 'status', status: 502, when: 'before' });

    const counts = await requests(async () => {
      await expect(keepWebhook(at, wish())).rejects.toBeInstanceOf(NotNow);
    });
    await keepWebhook(at, wish());

    expect(counts['webhooks.create']).toBe(1);
    expect(hooks()).toHaveLength(1);
  });

  it('makes no second one, whoever else has made it meanwhile', async () => {
    const [one, two] = await Promise.all([keepWebhook(desk(), wish()), keepWebhook(desk(), wish())]);

    expect(one.id).toBe(two.id);
    expect(hooks()).toHaveLength(1);
  });
});

describe('an address that does not answer', () => {
  it('is told in Trello’s words, with what to do', async () => {
    callback.answers.HEAD = 405;

    const error: unknown = await keepWebhook(desk(), wish()).catch((one: unknown) => one);

    expect(error).toBeInstanceOf(NeedsAttention);
    const { said } = error as NeedsAttention;
    expect(said('fr')).toMatch(
      /Trello refuse de signaler les changements à cette adresse \(http.*got 405.*PUBLIC_URL/,
    );
    expect(said('en')).toMatch(/Trello refuses to tell this address of changes \(http.*got 405.*PUBLIC_URL/);
  });

  it('leaves the webhook where it was', async () => {
    const at = desk();
    await keepWebhook(at, wish());
    callback.answers.HEAD = 500;

    await expect(keepWebhook(at, wish({ callbackURL: `${callback.url}/2` }))).rejects.toBeInstanceOf(
      NeedsAttention,
    );

    expect(hooks()).toMatchObject([{ callbackURL: callback.url }]);
  });

  it('is told from a token that is refused', async () => {
    trello.revoke();

    await expect(keepWebhook(desk(), wish())).rejects.toBeInstanceOf(Refused);
  });
});

describe('a look', () => {
  it('finds the webhook, or not, and changes nothing', async () => {
    const before = await findWebhook(desk(), wish());
    const at = desk();
    const { id } = await keepWebhook(at, wish());
    for (const hook of hooks()) hook.active = false;

    const remembered = await findWebhook(at, wish());
    const forgotten = desk();
    const listed = await findWebhook(forgotten, wish());

    expect(before).toBeUndefined();
    expect([remembered, listed]).toMatchObject([
      { id, active: false },
      { id, active: false },
    ]);
    expect(forgotten.memory.get('webhook')).toBeUndefined();
  });
});

describe('a webhook that is no longer wanted', () => {
  it('is taken away, and forgotten', async () => {
    const at = desk();
    await keepWebhook(at, wish());
    await one(trello, 'POST', 'webhooks', { idModel: board, callbackURL: `${callback.url}/sister` });

    await dropWebhook(at);

    expect(hooks()).toMatchObject([{ callbackURL: `${callback.url}/sister` }]);
    expect(at.memory.kept.size).toBe(0);
    expect(await requests(() => dropWebhook(at))).toEqual({});
  });

  it.each(['no-id', '5f2b8c9d0e1a2b3c4d5e6f70'])('may be gone already: %s', async (id) => {
    const at = desk({ webhook: id });

    await dropWebhook(at);

    expect(at.memory.kept.size).toBe(0);
  });

  it('is remembered as long as Trello has not surely taken it away', async () => {
    const at = desk();
    const { id } = await keepWebhook(at, wish());
    trello.revoke();

    await expect(dropWebhook(at)).rejects.toBeInstanceOf(Refused);

    expect(at.memory.kept.get('webhook')).toBe(id);
  });
});
