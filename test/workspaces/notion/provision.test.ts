import { describe, expect, it } from 'vitest';
import { NotionTeam } from './team.ts';

describe('a first apply', () => {
  it('makes the page, the plan and the register whose step has begun', async () => {
    const team = await NotionTeam.start();

    const report = await team.cycle();

    expect(report.failures.map(({ error }) => error)).toEqual([]);
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([]);
    console.log(
      JSON.stringify(team.notion.log.counts()),
      report.workspaces,
      team.notion.look.blocksCreated(),
    );
    console.log(JSON.stringify(team.notion.look.picture(team.notion.home.id), null, 1).slice(0, 9000));
  });
});
