import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnections } from '#src/service/connections.ts';
import { boardWebhook } from '#src/workspaces/trello/board-webhook.ts';
import type { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';
import { type Callback, startCallback } from '../../simulators/trello/callback.ts';
import { boardIn } from '../../simulators/trello/client.ts';
import { startTrello, type TrelloSimulator } from '../../simulators/trello/simulator.ts';
import { memory } from './memory.ts';

let trello: TrelloSimulator;
let callback: Callback;
let connection: TrelloConnection;
let board: string;
beforeEach(async () => {
  trello = await startTrello({ now: () => new Date('2026-11-23T09:00:00Z') });
  callback = await startCallback();
  connection = await createConnections({
    notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
    trello: { baseUrl: trello.url, ratePer10Seconds: 100 },
  }).trello({ key: trello.key, token: trello.token, secret: undefined });
  board = await boardIn(trello);
});
afterEach(async () => {
  await trello.stop();
  await callback[Symbol.asyncDispose]();
});

function webhook(callbackURL: string | undefined = callback.url) {
  return boardWebhook({
    connection,
    project: 'martin',
    callbackURL,
    boardOf: (remembered) => remembered.get('board'),
  });
}

function told(diagnosis: Diagnosis | undefined): string | undefined {
  return diagnosis && `${diagnosis.level}: ${diagnosis.said('en')}`;
}

describe('the webhook of a board, as the port knows it', () => {
  it('is kept, and looked at', async () => {
    const order = { memory: memory({ board }) };

    const before = await webhook().look(order);
    const kept = await webhook().keep(order);
    const after = await webhook().look(order);

    expect([told(before), told(kept), told(after)]).toEqual([
      expect.stringMatching(/^warning: The board has no webhook yet\..*127\.0\.0\.1/),
      expect.stringMatching(/^ok: The webhook of the board is active/),
      expect.stringMatching(/^ok: The webhook of the board is active/),
    ]);
    expect(trello.world.webhooks.size).toBe(1);
  });

  it('says since when Trello has failed to deliver', async () => {
    const order = { memory: memory({ board }) };
    await webhook().keep(order);
    for (const hook of trello.world.webhooks.values()) {
      hook.failures = 12;
      hook.failingSince = Date.parse('2026-11-20T10:00:00Z');
    }

    const state = await webhook().look(order);

    expect(state?.said('fr')).toMatch(
      /^Depuis le 20\u00a0novembre\u00a02026, Trello .* \(12\u00a0échecs de suite\)/,
    );
    expect(told(state)).toMatch(
      /^warning: Since 20\u00a0November\u00a02026, Trello .* \(12\u00a0failures in a row\)/,
    );
  });

  it('says that Trello has switched it off, until it is kept', async () => {
    const order = { memory: memory({ board }) };
    await webhook().keep(order);
    for (const hook of trello.world.webhooks.values()) hook.active = false;

    expect(told(await webhook().look(order))).toMatch(/^warning: Trello has switched/);
    expect(told(await webhook().keep(order))).toMatch(/^ok/);
  });

  it('has nothing to say while there is no board', async () => {
    const order = { memory: memory() };

    expect(await webhook().look(order)).toBeUndefined();
    expect(await webhook().keep(order)).toBeUndefined();
    expect(trello.world.webhooks.size).toBe(0);
  });

  it('is taken away once we are not to be told any more', async () => {
    const order = { memory: memory({ board }) };
    await webhook().keep(order);
    const off = boardWebhook({ connection, project: 'martin', callbackURL: undefined, boardOf: () => board });

    expect(await off.look(order)).toBeUndefined();
    expect(trello.world.webhooks.size).toBe(1);
    expect(await off.keep(order)).toBeUndefined();
    expect(trello.world.webhooks.size).toBe(0);
  });

  it('tells what Trello refuses rather than throw it', async () => {
    callback.answers.HEAD = 404;

    const state = await webhook().keep({ memory: memory({ board }) });

    expect(told(state)).toMatch(/^warning: Trello refuses to tell this address.*got 404/);
  });
});
