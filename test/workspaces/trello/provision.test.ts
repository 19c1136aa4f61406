import { describe, expect, it } from 'vitest';
import { TrelloTeam } from './team.ts';

describe('a first apply', () => {
  it('makes the board', async () => {
    const team = await TrelloTeam.start();
    const report = await team.cycle();
    console.log(
      report.failures.map((f) => f.error),
      report.remarks.map((r) => r('fr')),
      report.workspaces,
    );
    console.log(team.trello.log.counts());
    console.log(JSON.stringify(team.trello.look.picture(team.board), null, 1).slice(0, 12000));
    team.trello.log.clear();
    const again = await team.cycle();
    console.log(again.workspaces, again.failures, team.trello.log.counts());
    expect(report.failures).toEqual([]);
  });
});
