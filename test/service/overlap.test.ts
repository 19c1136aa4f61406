import { describe, expect, it } from 'vitest';
import { runCycle } from '#src/service/cycle.ts';
import { LiveTeam } from './live-team.ts';

const KEY = 'first/two';

const isWrite = ({ method, route }: { readonly method: string; readonly route: string | undefined }) =>
  method !== 'GET' && route !== 'dataSources.query' && route !== 'search';

describe('a webhook, the schedule and a command at the same moment', () => {
  it('take turns: the edit is written once in each other place', async () => {
    const live = await LiveTeam.start();
    const { team } = live;
    const byHand = await team.openAfresh();
    const deps = await team.deps();
    await live.hands.excel.setTitle(KEY, 'Une fois');
    team.notion.log.clear();
    team.trello.log.clear();

    const [, , { conflicts, failures }] = await Promise.all([
      live.round(),
      live.round(),
      team.finish(runCycle(byHand, 'sync', deps)),
    ]);

    expect(conflicts).toEqual([]);
    expect(failures).toEqual([]);
    expect([...team.notion.log.all()].filter(isWrite).map(({ route }) => route)).toEqual(['pages.update']);
    expect([...team.trello.log.all()].filter(isWrite)).toHaveLength(1);
    const log = await (await team.store()).readAudit('martin', { key: KEY });
    expect(log.filter(({ field }) => field === 'title')).toHaveLength(1);
  });

  it('find nothing to do once that is done', async () => {
    const live = await LiveTeam.start();
    await live.hands.notion.setDue(KEY, '2027-03-01');
    await live.pass(300_000);
    live.team.notion.log.clear();
    live.team.trello.log.clear();

    await live.pass(300_000);

    expect([...live.team.notion.log.all()].filter(isWrite)).toEqual([]);
    expect([...live.team.trello.log.all()].filter(isWrite)).toEqual([]);
  });
});
