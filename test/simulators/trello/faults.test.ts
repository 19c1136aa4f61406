import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorization, type Ids, planIn, raw } from './client.ts';
import { type Fault, nameOf, passingFaults } from './faults.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello();
  plan = await planIn(trello);
});
afterEach(() => trello.stop());

/** A create whose answer is read whole. */
async function create(signal?: AbortSignal): Promise<'answered' | 'no answer'> {
  try {
    const response = await fetch(`${trello.url}/cards`, {
      method: 'POST',
      headers: { authorization: authorization(trello), 'content-type': 'application/json' },
      body: JSON.stringify({ idList: plan.list, name: 'Une tâche' }),
      ...(signal === undefined ? {} : { signal }),
    });
    await response.text();
    return 'answered';
  } catch {
    return 'no answer';
  }
}

/** The same, given up once the fault has struck, where it leaves us waiting for ever. */
async function createUnder(fault: Fault): Promise<'answered' | 'no answer'> {
  const client = new AbortController();
  const answer = create(client.signal);
  if (fault.type === 'stall') {
    const struck = () => trello.log.all('cards.create')[0];
    const done = () => struck()?.fault !== undefined && struck()?.committed === (fault.when === 'after');
    await expect.poll(done, { interval: 2 }).toBe(true);
    client.abort();
  }
  return answer;
}

describe('a fault', () => {
  it.each(passingFaults().map((fault) => [nameOf(fault), fault] as const))('%s', async (name, fault) => {
    trello.faults.on('cards.create', fault);

    const answer = await createUnder(fault);
    const retried = await create();

    const [struck] = trello.log.all('cards.create');
    const silent = ['reset', 'stall', 'cut'].includes(fault.type);
    expect(answer).toBe(silent ? 'no answer' : 'answered');
    expect(struck).toMatchObject({ fault: name, committed: fault.when === 'after' });
    expect(retried).toBe('answered');
    expect(trello.look.cards(plan.board)).toHaveLength(fault.when === 'after' ? 2 : 1);
    expect(trello.faults.waiting()).toBe(0);
  });

  it('has a name of its own', () => {
    const names = passingFaults().map(nameOf);

    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    [{ type: 'status', status: 504, when: 'before' }, 504, 'text/plain', /upstream/],
    [{ type: 'status', status: 400, body: { error: 'ERROR' }, when: 'before' }, 400, 'json', /"ERROR"/],
    [{ type: 'rate', which: 'database', when: 'before' }, 429, 'json', /API_TOKEN_DB_LIMIT_EXCEEDED/],
    [{ type: 'html', status: 200, when: 'after' }, 200, 'text/html', /Maintenance/],
    [{ type: 'not-json', when: 'after' }, 200, 'text/plain', /nothing/],
    [{ type: 'accepted', when: 'after' }, 202, 'json', /^\{\}$/],
  ] as const)('is answered as it says: %o', async (fault, status, type, body) => {
    trello.faults.on('boards.lists', fault);

    const answer = await raw(trello, 'GET', `boards/${plan.board}/lists`);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(await answer.text()).toMatch(body);
  });

  it('strikes the request that it was meant for, and as often', async () => {
    const gone: Fault = { type: 'status', status: 504, when: 'before' };
    trello.faults.on('boards.lists', gone, { skip: 1, times: 2 });
    const ask = async () => (await raw(trello, 'GET', `boards/${plan.board}/lists`)).status;

    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 504, 504, 200]);
  });

  it('strikes by the index of a request, or by anything that it says', async () => {
    const gone: Fault = { type: 'status', status: 500, when: 'before' };
    trello.faults.at(2, gone);
    trello.faults.when(({ body }) => body?.name === 'Autre', gone);
    const post = async (name: string) =>
      (await raw(trello, 'POST', 'cards', { idList: plan.list, name })).status;

    expect([await post('Une'), await post('Une'), await post('Autre'), await post('Autre')]).toEqual([
      500, 200, 500, 200,
    ]);
  });

  it('does not hide that a request is refused: it strikes once one commits', async () => {
    trello.faults.on('cards.create', { type: 'reset', when: 'after' });

    const refused = await raw(trello, 'POST', 'cards', { idList: 'x' });

    expect(refused.status).toBe(400);
  });

  it('may be called off', async () => {
    trello.faults.on('cards.create', { type: 'reset', when: 'before' });

    trello.faults.clear();

    expect(await create()).toBe('answered');
  });
});

describe('a test', () => {
  it('is told when a request has done its work, before the answer leaves', async () => {
    const seen: number[] = [];
    trello.beforeAnswer = ({ index }) => {
      seen.push(index, trello.look.cards(plan.board).length);
    };

    await create();

    expect(seen).toEqual([2, 1]);
  });

  it('sees that a client has given up', async () => {
    const fault: Fault = { type: 'stall', when: 'after', headers: false };
    trello.faults.on('cards.create', fault);

    await createUnder(fault);

    await expect.poll(() => trello.log.all('cards.create')[0]?.abandoned).toBe(true);
  });

  it('counts requests by endpoint, and sees what went wrong', async () => {
    await create();
    await raw(trello, 'GET', 'nothing/here');

    expect(trello.log.counts()).toEqual({
      'boards.create': 1,
      'lists.create': 1,
      'cards.create': 1,
      unknown: 1,
    });
    expect(trello.log.all().at(-1)).toMatchObject({ status: 404, code: 'Cannot GET /1/nothing/here' });
  });
});
