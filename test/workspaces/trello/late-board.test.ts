import { describe, expect, it } from 'vitest';
import { pictureOf, planTemplate } from './fault-matrix.ts';
import { TrelloTeam } from './team.ts';

/** Requests that pass before a fresh card is shown among the others: of a first apply, some are still missing at its end. */
const CARD_LAG = 20;

async function teamWithLateBoard(): Promise<TrelloTeam> {
  const team = await TrelloTeam.start({ template: planTemplate(), trello: { cardLag: CARD_LAG } });
  expect((await team.cycle()).failures).toEqual([]);
  team.restart();
  team.trello.log.clear();
  return team;
}

describe('a board that shows fresh cards late', () => {
  it('loses none of them: that a card is not shown proves nothing', async () => {
    const team = await teamWithLateBoard();
    const before = pictureOf(team.trello, team.board);

    const report = await team.cycle();

    expect(team.trello.log.all('cards.retrieve')).not.toEqual([]);
    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]).toMatchObject({ created: 0, updated: 0, archived: 0, removed: [] });
    expect(pictureOf(team.trello, team.board)).toEqual(before);
    expect([...(await team.agreed()).values()].filter(({ fields }) => fields.archived === true)).toEqual([]);
  });

  it('keeps the card of the overview up to date', async () => {
    const team = await teamWithLateBoard();
    const { person, look, world } = team.trello;
    await team.cycle();
    Object.assign(world.settings, { cardLag: 0 });
    person.complete(look.cardNamed(team.board, 'one').id);

    await team.cycle();

    expect(look.cardNamed(team.board, 'Avancement du plan').desc).toContain('1 sur 4');
  });
});

describe('a card of the plan that is not on its board any more', () => {
  it('is put away in the plan when people have moved it to another board, or made it a template', async () => {
    const team = await TrelloTeam.start({ template: planTemplate() });
    await team.cycle();
    const { person, look } = team.trello;
    const other = person.addList(person.addBoard('Une autre').id, 'Ailleurs');
    person.edit(look.cardNamed(team.board, 'three').id, { idBoard: other.idBoard, idList: other.id });
    person.makeTemplate(look.cardNamed(team.board, 'four').id);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    const away = [...(await team.agreed()).values()].filter(({ fields }) => fields.archived === true);
    expect(away.filter(({ kind }) => kind === 'task').map(({ key }) => key)).toEqual([
      'second/three',
      'second/four',
    ]);
  });
});
