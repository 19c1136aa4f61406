import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addRow, clientOf, planIn, raw, refusalOf, text, todo } from './client.ts';
import { blockedFault, type Fault, nameOf, passingFaults } from './faults.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

let notion: NotionSimulator;
let source: string;
beforeEach(async () => {
  notion = await startNotion();
  source = (await planIn(notion)).source;
});
afterEach(() => notion.stop());

/** A create whose answer is read whole, or given up after a while. */
async function create(): Promise<'answered' | 'no answer'> {
  const body = {
    parent: { type: 'data_source_id', data_source_id: source },
    properties: { Nom: { title: text('Une tâche') } },
  };
  try {
    const response = await fetch(`${notion.url}/v1/pages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${notion.token}`, 'notion-version': '2026-03-11' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(150),
    });
    await response.text();
    return 'answered';
  } catch {
    return 'no answer';
  }
}

describe('a fault', () => {
  it.each(passingFaults().map((fault) => [nameOf(fault), fault] as const))('%s', async (name, fault) => {
    notion.faults.on('pages.create', fault);

    const answer = await create();
    const retried = await create();

    const [struck] = notion.log.all('pages.create');
    const silent = ['reset', 'stall', 'cut'].includes(fault.type);
    expect(answer).toBe(silent ? 'no answer' : 'answered');
    expect(struck).toMatchObject({ fault: name, committed: fault.when === 'after' });
    expect(retried).toBe('answered');
    expect(notion.look.rows(source)).toHaveLength(fault.when === 'after' ? 2 : 1);
    expect(notion.faults.waiting()).toBe(0);
  });

  it('has a name of its own', () => {
    const names = passingFaults().map(nameOf);

    expect(new Set(names).size).toBe(names.length);
  });

  it('names what was written where it is asked to', async () => {
    const saved: Fault = {
      type: 'status',
      status: 503,
      code: 'service_unavailable',
      when: 'after',
      namesCommitted: true,
    };
    notion.faults.on('pages.create', saved);
    notion.faults.on('blocks.children.append', { ...saved, childrenCommitted: 1 });

    const page = await refusalOf(addRow(notion, source, 'Une tâche'));
    const children = [todo('a'), todo('b')];
    const append = await refusalOf(
      clientOf(notion).blocks.children.append({ block_id: notion.home.id, children }),
    );

    const [row] = notion.look.rows(source);
    const written = notion.look.blocks(notion.home.id).filter(({ type }) => type === 'to_do');
    expect(page.data).toMatchObject({ committed_resource_id: row?.id, retry_guidance: expect.any(String) });
    expect(append.data.committed_child_ids).toEqual(written.map(({ id }) => id));
    expect(written).toHaveLength(1);
  });

  it('says how long to wait, in the header and in the body, or does not', async () => {
    notion.faults.at(1, {
      type: 'status',
      status: 429,
      code: 'rate_limited',
      when: 'before',
      retryAfter: 300,
    });
    notion.faults.at(2, { type: 'status', status: 429, code: 'rate_limited', when: 'before' });

    const long = await raw(notion, 'GET', 'users/me');
    const silent = await raw(notion, 'GET', 'users/me');

    expect(long.headers.get('retry-after')).toBe('300');
    expect(await long.json()).toMatchObject({ additional_data: { retry_after: '300' } });
    expect([silent.status, silent.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('may forbid to try again', async () => {
    notion.faults.on('users.me', blockedFault);

    const refused = await refusalOf(clientOf(notion).users.me({}));

    expect(refused.data).toEqual({ rate_limit_reason: 'public_api_request_blocked' });
  });

  it('may promise the work for later', async () => {
    notion.faults.on('pages.update', { type: 'accepted', when: 'after' });

    const answer = await raw(notion, 'PATCH', `pages/${notion.home.id}`, { in_trash: false });

    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ object: 'async_task' });
  });

  it('strikes the request that it was meant for, and as often', async () => {
    const gone: Fault = { type: 'status', status: 504, code: 'gateway_timeout', when: 'before' };
    notion.faults.on('users.me', gone, { skip: 1, times: 2 });
    const ask = async () => (await raw(notion, 'GET', 'users/me')).status;

    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 504, 504, 200]);
  });

  it('does not hide that a request is refused: it strikes once one commits', async () => {
    notion.faults.on('pages.create', { type: 'reset', when: 'after' });

    const refused = await raw(notion, 'POST', 'pages', { parent: { page_id: 'x' } });

    expect(refused.status).toBe(400);
  });
});

describe('a test', () => {
  it('is told when a request has done its work, before the answer leaves', async () => {
    const seen: number[] = [];
    notion.beforeAnswer = ({ index }) => {
      seen.push(index, notion.look.rows(source).length);
    };

    await addRow(notion, source, 'Une tâche');

    expect(seen).toEqual([1, 1]);
  });

  it('sees that a client has given up', async () => {
    notion.faults.on('pages.create', { type: 'stall', when: 'after', headers: false });

    await create();
    await expect.poll(() => notion.log.all('pages.create')[0]?.abandoned).toBe(true);
  });
});
