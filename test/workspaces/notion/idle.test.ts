import { describe, expect, it } from 'vitest';
import { NotionTeam } from './team.ts';

async function settledTeam(options: Parameters<typeof NotionTeam.start>[0] = {}): Promise<NotionTeam> {
  const team = await NotionTeam.start(options);
  await team.cycle();
  await team.cycle();
  await team.time.advance(300_000);
  await glance(team);
  team.notion.log.clear();
  return team;
}

async function glance(team: NotionTeam): Promise<string | undefined> {
  const workspace = await team.workspace();
  return team.finish(Promise.resolve(workspace.glance?.()));
}

describe('a quiet place', () => {
  it('is not read again point by point after it was made', async () => {
    const team = await NotionTeam.start();
    await team.cycle();
    team.notion.log.clear();

    await team.cycle();

    expect(team.notion.log.counts()).toEqual({ 'dataSources.retrieve': 2, 'dataSources.query': 2 });
  });

  it('costs one question for all projects of the connection, and none that was just asked', async () => {
    const team = await settledTeam();

    const first = await glance(team);
    await team.time.advance(10_000);
    const second = await glance(team);
    const third = await glance(team);

    expect([first, second, third]).toEqual([first, first, first]);
    expect(first).not.toBeUndefined();
    expect(team.notion.log.counts()).toEqual({ search: 1 });
  });

  it('shows at a glance that someone has edited it, once search knows', async () => {
    const team = await settledTeam({ notion: { searchLag: 2 } });
    const before = await glance(team);
    const plan = team.notion.look.dataSource('Plan');
    const one = team.notion.look.rows(plan.id)[0];

    team.notion.person.edit(one?.id ?? '', { Notes: { rich_text: [{ text: { content: 'vu' } }] } });
    const signs: (string | undefined)[] = [];
    for (let n = 0; n < 4; n += 1) {
      await team.time.advance(10_000);
      signs.push(await glance(team));
    }

    expect(signs[0]).toBe(before);
    expect(signs.at(-1)).not.toBe(before);
  });

  it('shows at a glance that a webhook has named it', async () => {
    const team = await settledTeam();
    const before = await glance(team);
    const plan = team.notion.look.dataSource('Plan');

    (await team.workspace()).hear?.([plan.id]);

    expect(await glance(team)).not.toBe(before);
  });

  it('cannot tell when Notion does not answer, so that it is read', async () => {
    const team = await settledTeam();
    await team.time.advance(10_000);
    team.notion.faults.on('search', {
      type: 'status',
      status: 400,
      code: 'validation_error',
      when: 'before',
    });

    expect(await glance(team)).toBeUndefined();
  });
});

describe('what no sign tells', () => {
  it('is found by reading everything, which comes round within a fixed share of the rate', async () => {
    const team = await settledTeam();
    const plan = team.notion.look.dataSource('Plan');
    const one = team.notion.look.rows(plan.id)[0];
    const [todo] = team.notion.look.blocks(one?.id ?? '');
    await tickByApi(team, String(todo?.id));
    await team.cycle('sync');
    const before = (await team.agreed()).get('first/one#a')?.fields.done;

    await team.time.advance(3_600_000);
    const sign = await glance(team);
    await team.cycle('sync');

    expect(before).toBe(false);
    expect(sign).toBeUndefined();
    expect((await team.agreed()).get('first/one#a')?.fields.done).toBe(true);
  });

  it('comes round the more rarely, the more there is to read', async () => {
    const team = await settledTeam();

    const alone = team.connection.fullCheckEveryMs;
    for (let n = 0; n < 1000; n += 1) team.connection.noteFullRead(`project ${n}`, 60);

    expect(alone).toBe(600_000);
    // 60,000 requests at a fifth of 180 a minute.
    expect(team.connection.fullCheckEveryMs / 60_000).toBeCloseTo(60_000 / 36, -1);
  });
});

/** Another bot ticks a point: the page keeps the time of its last edit. */
async function tickByApi({ notion }: NotionTeam, block: string): Promise<void> {
  const other = notion.addConnection('Autre', 'ntn_another');
  notion.share(notion.home.id, other);
  await fetch(`${notion.url}/v1/blocks/${block}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${other.token}`, 'notion-version': '2026-03-11' },
    body: JSON.stringify({ to_do: { checked: true } }),
  });
}
