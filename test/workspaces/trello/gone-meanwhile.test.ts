import { describe, expect, it } from 'vitest';
import { voice } from '#src/reconcile/replica.ts';
import { nextTemplate, planTemplate } from './fault-matrix.ts';
import { TrelloTeam } from './team.ts';

/** Somebody deletes the card for good once we have read the board. */
function deleteAfterReading(team: TrelloTeam, name: string): void {
  const { id } = team.trello.look.cardNamed(team.board, name);
  let isDone = false;
  team.trello.beforeAnswer = ({ route }) => {
    if (isDone || route !== 'boards.retrieve') return;
    isDone = true;
    team.trello.person.delete(id);
  };
}

async function teamBeforeUpgrade(plan: 'free' | 'standard' = 'free'): Promise<TrelloTeam> {
  const team = await TrelloTeam.start({ template: planTemplate(), trello: { plan } });
  expect((await team.cycle()).failures).toEqual([]);
  await team.time.advance(300_000);
  team.options = { ...team.options, template: nextTemplate() };
  team.restart();
  return team;
}

describe('a card that is deleted between our read and our write', () => {
  it.each([
    ['whose text and points were to change', 'one', 'first/one'],
    ['that was to stay as it was', 'two', 'first/two'],
  ])('%s, stops nothing: the rest is written, and the next cycle archives it', async (_what, name, key) => {
    const team = await teamBeforeUpgrade();
    deleteAfterReading(team, name);

    const report = await team.cycle();
    const next = await team.cycle();
    team.trello.log.clear();
    const last = await team.cycle();

    expect([report.failures, next.failures, last.failures]).toEqual([[], [], []]);
    expect(team.trello.look.cards(team.board).map((card) => card.name)).toEqual(
      expect.arrayContaining(['five', 'six']),
    );
    expect((await team.agreed()).get(key)?.fields.archived).toBe(true);
    expect(team.trello.log.writes()).toEqual([]);
  });

  it('is told', async () => {
    const team = await teamBeforeUpgrade();
    deleteAfterReading(team, 'one');

    const report = await team.cycle();

    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/a supprimé.*«.one.»/),
    ]);
    expect(report.remarks.map((remark) => remark('en'))).toEqual([expect.stringMatching(/deleted “one”/)]);
  });

  it('is not missed when its first checklist was to be made', async () => {
    const team = await TrelloTeam.start({ template: planTemplate() });
    await team.cycle();
    const { person, look, world } = team.trello;
    const four = look.cardNamed(team.board, 'four').id;
    team.options = { ...team.options, template: nextTemplate() };
    team.restart();
    expect(world.checklistsOf(four)).toEqual([]);
    team.trello.beforeAnswer = ({ route }) => {
      if (route === 'cards.update' && world.get('card', four)) person.delete(four);
    };

    const report = await team.cycle();
    const next = await team.cycle();

    expect([report.failures, next.failures]).toEqual([[], []]);
    expect((await team.agreed()).get('second/four')?.fields.archived).toBe(true);
  });

  it('may be one with custom fields', async () => {
    const team = await teamBeforeUpgrade('standard');
    const dearer = { key: 'tools:scale', kind: 'row', parent: 'tools', fields: { cost: 40 } } as const;
    team.options = { ...team.options, voices: [voice('elsewhere', [dearer])] };
    deleteAfterReading(team, 'Scale');

    const report = await team.cycle();
    await team.cycle();

    const routes = team.trello.log.all().map(({ route, status }) => `${route} ${status}`);
    expect(report.failures).toEqual([]);
    expect(routes).toContain('cards.customFields.update 404');
    expect((await team.agreed()).get('tools:scale')?.fields.archived).toBe(true);
  });
});
