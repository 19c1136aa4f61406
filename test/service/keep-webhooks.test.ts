import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { webhookKeeper } from '#src/service/keep-webhooks.ts';
import type { Diagnosis, WebhookOrder, Workspace } from '#src/workspaces/workspace.ts';
import { FakeTime } from '../support/fake-time.ts';
import { memory } from '../workspaces/trello/memory.ts';

const HOUR = 60 * 60_000;
const NEVER = new AbortController().signal;

/** A keeper, and a project whose workspace does as it is told. */
function stage(keep: (order: WebhookOrder) => Promise<Diagnosis | undefined>) {
  const time = new FakeTime();
  const lines: { msg: string; level: number; why?: string }[] = [];
  const memories = new Map<string, ReturnType<typeof memory>>();
  const asked: WebhookOrder[] = [];
  const keeper = webhookKeeper({
    store: {
      memory: async (slug, replica) => {
        const known = memories.get(`${slug} ${replica}`) ?? memory();
        memories.set(`${slug} ${replica}`, known);
        return known;
      },
    },
    time,
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  });
  const webhook = {
    keep: (order: WebhookOrder) => {
      asked.push(order);
      return keep(order);
    },
    look: async () => undefined,
  };
  const place = (id: string, more: Partial<Workspace> = {}) => ({ id, ...more }) as Workspace;
  const project = { slug: 'martin', workspaces: [place('excel:a.xlsx'), place('trello:b', { webhook })] };
  return { time, keeper, project, asked, lines, memories };
}

const active: Diagnosis = { level: 'ok', said: () => 'active' };

describe('the webhooks of a project', () => {
  it('are looked after with the memory of their workspace, once an hour', async () => {
    const { time, keeper, project, asked, memories, lines } = stage(async () => active);

    await keeper(project, NEVER);
    await time.advance(HOUR - 1);
    await keeper(project, NEVER);
    expect(asked).toHaveLength(1);
    await time.advance(1);
    await keeper(project, NEVER);

    expect(asked).toHaveLength(2);
    expect(asked[0]?.memory).toBe(memories.get('martin trello:b'));
    expect(lines).toEqual([]);
  });

  it('are looked after at once when the file of the project has changed', async () => {
    const { keeper, project, asked } = stage(async () => active);

    await keeper(project, NEVER);
    await keeper({ ...project }, NEVER);

    expect(asked).toHaveLength(2);
  });

  it('are told of in the log while they do not work', async () => {
    const { keeper, project, lines } = stage(async () => ({
      level: 'warning',
      said: (l) => `switched off ${l}`,
    }));

    await keeper(project, NEVER);

    expect(lines).toMatchObject([{ level: 40, msg: 'webhook does not work', why: 'switched off en' }]);
  });

  it('hurt nothing when they fail in a way that nobody foresaw', async () => {
    const { time, keeper, project, asked, lines } = stage(async () => {
      throw new Error('a mistake of ours');
    });

    await keeper(project, NEVER);
    await time.advance(HOUR);
    await keeper(project, NEVER);

    expect(asked).toHaveLength(2);
    expect(lines[0]).toMatchObject({ level: 40, msg: 'webhook not looked after', project: 'martin' });
  });

  it('are left without a word when the service stops meanwhile', async () => {
    const stopping = new AbortController();
    const { keeper, project, lines } = stage(async () => {
      stopping.abort();
      throw stopping.signal.reason;
    });

    await keeper(project, stopping.signal);

    expect(lines).toEqual([]);
  });
});
