import { describe, expect, it } from 'vitest';
import { planTemplate } from './fault-matrix.ts';
import { TrelloTeam } from './team.ts';

async function teamAtWork(): Promise<TrelloTeam> {
  const team = await TrelloTeam.start({ template: planTemplate() });
  await team.cycle();
  await team.time.advance(10 * 60_000);
  return team;
}

describe('a label that people have deleted', () => {
  it('is not put back on a card that they have deleted as well', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    person.deleteLabel(team.board, 'Lead');
    person.delete(look.cardNamed(team.board, 'two').id);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(look.cardNamed(team.board, 'one').labels).toEqual(['Lead']);
    expect((await team.agreed()).get('first/two')?.fields.archived).toBe(true);
  });

  it('is put back on cards that are put away, which are brought back as they were', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    const { id } = look.cardNamed(team.board, 'three');
    person.archive(id);
    await team.cycle();
    person.deleteLabel(team.board, 'Lead');
    await team.cycle();
    person.restore(id);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(look.card(id).labels).toEqual(['Lead']);
    expect((await team.agreed()).get('second/three')?.fields.role).toBe('lead');
  });

  it('is put back also by the run after one that died before it was', async () => {
    const team = await teamAtWork();
    const { person, look, faults } = team.trello;
    person.deleteLabel(team.board, 'Lead');
    faults.on('cards.update', { type: 'status', status: 503, when: 'before' }, { times: 1_000 });
    const struck = await team.cycle();
    faults.clear();
    team.restart();

    await team.cycle();

    expect(struck.failures).toHaveLength(1);
    expect(look.cardNamed(team.board, 'one').labels).toEqual(['Lead']);
    expect((await team.agreed()).get('first/one')?.fields.role).toBe('lead');
  });
});
