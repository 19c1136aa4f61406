import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorization, boardIn, clockAt, raw } from './client.ts';
import type { Credential } from './records.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
beforeEach(async () => {
  trello = await startTrello({
    now: clock.now,
    tokenPer10Seconds: 3,
    keyPer10Seconds: 5,
    membersPer900Seconds: 2,
    refusalsUntilClosed: 4,
  });
});
afterEach(() => trello.stop());

function ask(path = 'members/me/boards', credential: Credential = trello.credential): Promise<Response> {
  return raw(trello, 'GET', path, undefined, { authorization: authorization(trello, credential) });
}

async function statuses(count: number, path?: string, credential?: Credential): Promise<number[]> {
  const found = [];
  for (let index = 0; index < count; index += 1) found.push((await ask(path, credential)).status);
  return found;
}

describe('the rate of a token', () => {
  it('is spent in one burst, and refused without a word on how long to wait', async () => {
    const passed = await statuses(3);

    const refused = await ask();

    expect(passed).toEqual([200, 200, 200]);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.headers.get('x-rate-limit-api-token-remaining')).toBe('0');
    expect(await refused.json()).toEqual({
      error: 'API_TOKEN_LIMIT_EXCEEDED',
      message: 'Rate limit exceeded',
    });
  });

  it('is renewed after ten seconds', async () => {
    await statuses(4);
    clock.pass(9999);
    const early = await ask();
    clock.pass(1);

    expect([early.status, (await ask()).status]).toEqual([429, 200]);
  });

  it('is counted down in the headers of every answer, refusals included', async () => {
    const left = async (path?: string) => (await ask(path)).headers.get('x-rate-limit-api-token-remaining');

    expect([await left(), await left('boards/no-id'), await left()]).toEqual(['2', '1', '0']);
  });

  it('does nothing of what it refuses', async () => {
    await statuses(3);

    const refused = await raw(trello, 'POST', 'boards', { name: 'Plan' });

    expect(refused.status).toBe(429);
    expect(trello.look.boards()).toEqual([]);
    expect(trello.log.writes()).toMatchObject([{ status: 429, committed: false }]);
  });

  it('may leave its headers off a refusal', async () => {
    await using silent = await startTrello({ tokenPer10Seconds: 1, ratesOnRefusal: false });

    const [first, second] = [await raw(silent, 'GET', 'members/me'), await raw(silent, 'GET', 'members/me')];

    expect(first.headers.get('x-rate-limit-api-token-max')).toBe('1');
    expect([second.status, second.headers.get('x-rate-limit-api-token-max')]).toEqual([429, null]);
  });
});

describe('the rate of a key', () => {
  it('is shared by its tokens', async () => {
    const other = trello.addCredential(trello.key, 'other');
    await statuses(3);
    await statuses(2, undefined, other);

    const refused = await ask(undefined, other);

    expect(await refused.json()).toMatchObject({ error: 'API_KEY_LIMIT_EXCEEDED' });
  });

  it('is closed once it was refused too often, for every token of it', async () => {
    const other = trello.addCredential(trello.key, 'other');
    await statuses(3 + 4);

    const closed = await ask(undefined, other);
    clock.pass(10_000);

    expect(await closed.json()).toMatchObject({ error: 'API_KEY_LIMIT_EXCEEDED' });
    expect((await ask(undefined, other)).status).toBe(200);
  });
});

describe('the rate of members', () => {
  it('is 900 s long, and does not count what hangs below a member', async () => {
    const passed = await statuses(2, 'members/me');
    clock.pass(10_000);
    const refused = await ask('members/me');
    const below = await ask('members/me/boards');
    clock.pass(890_000);

    expect(passed).toEqual([200, 200]);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({
      error: 'RATE_LIMIT_EXCEEDED',
      message: 'Exceeded rate limit to /1/member',
    });
    expect(below.status).toBe(200);
    expect((await ask('members/me')).status).toBe(200);
  });
});

describe('a batch', () => {
  it.each([
    ['each', '0'],
    ['once', '2'],
  ] as const)('counts %s', async (batchCounts, left) => {
    await using other = await startTrello({ now: clock.now, batchCounts, tokenPer10Seconds: 4 });
    const board = await boardIn(other);

    const answer = await raw(other, 'GET', `batch?urls=/boards/${board},/boards/${board},/boards/${board}`);

    expect(answer.headers.get('x-rate-limit-api-token-remaining')).toBe(left);
  });
});

describe('the log', () => {
  it('tells how many requests came in the busiest stretch', async () => {
    await statuses(2);
    clock.pass(10_000);
    await statuses(1);

    expect([trello.log.busiest(10_000), trello.log.busiest(10_001)]).toEqual([2, 3]);
  });
});
