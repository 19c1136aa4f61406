import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectionSettings, createConnections } from '#src/service/connections.ts';
import { createLog } from '#src/service/log.ts';
import { getBoard } from '#src/workspaces/trello/endpoints/boards.ts';
import { boardIn } from '../simulators/trello/client.ts';
import { startTrello, type TrelloSimulator } from '../simulators/trello/simulator.ts';
import { FakeTime } from '../support/fake-time.ts';
import { until } from './listening-post.ts';

let trello: TrelloSimulator;
beforeEach(async () => {
  trello = await startTrello({ refusesSecretsInUrl: true });
});
afterEach(() => trello.stop());

const SECRET = 'the-secret-of-the-app';

function connect(more: Partial<ConnectionSettings> = {}) {
  const lines: string[] = [];
  const log = createLog({
    level: 'trace',
    run: 'test',
    secrets: [],
    stream: { write: (line) => lines.push(line) },
  });
  const connections = createConnections({
    notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
    trello: { baseUrl: trello.url, ratePer10Seconds: 100 },
    log,
    ...more,
  });
  return { connections, lines };
}

describe('the connections to Trello', () => {
  it('are one for a key and a token, whichever project asks', async () => {
    const { connections } = connect();
    const { key, token } = trello;

    const [one, same, other] = await Promise.all([
      connections.trello({ key, token, secret: undefined }),
      connections.trello({ key, token, secret: undefined }),
      connections.trello({ key, token: 'another-token', secret: undefined }),
    ]);

    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(one.boards({ project: 'martin' })).toBe(one.boards({ project: 'lebrun' }));
  });

  it('reach Trello, and log what was sent without key, token or secret', async () => {
    const { connections, lines } = connect();
    const { key, token } = trello;
    const board = await boardIn(trello);
    const connection = await connections.trello({ key, token, secret: SECRET });

    const outcome = await connection.client.call({ project: 'martin' }, getBoard(board));

    expect(outcome.kind).toBe('ok');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        msg: 'trello request',
        level: 20,
        project: 'martin',
        method: 'GET',
        path: `/boards/${board}`,
        status: 200,
        outcome: 'ok',
      }),
    ]);
    for (const value of [key, token, SECRET]) expect(lines.join()).not.toContain(value);
  });

  it('tell whoever watches what was sent, what became of it, and when Trello wants a pause', async () => {
    const time = new FakeTime();
    const told: string[] = [];
    const { connections } = connect({
      time,
      random: () => 0,
      observer: {
        sent: (service, { outcome }) => void told.push(`${service} ${outcome}`),
        paused: (service) => void told.push(`${service} pauses`),
      },
    });
    const { key, token } = trello;
    const board = await boardIn(trello);
    const { client } = await connections.trello({ key, token, secret: undefined });
    trello.faults.when(() => true, { type: 'rate', which: 'token', when: 'before' });

    const first = client.call({ project: 'martin' }, getBoard(board));
    await until(() => connections.waiting().trello === 1);
    const waiting = connections.waiting();
    await time.next();

    expect((await first).kind).toBe('ok');
    expect(told).toEqual(['trello pauses', 'trello notNow', 'trello ok']);
    expect(waiting).toEqual({ notion: 0, trello: 1 });
    expect(connections.waiting()).toEqual({ notion: 0, trello: 0 });
  });
});
