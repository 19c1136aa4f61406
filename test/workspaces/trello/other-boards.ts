import { FaultTrial, type Scene, settle } from '../faults/trial.ts';
import { GROUND, nextTemplate, planTemplate } from './fault-matrix.ts';
import { TrelloTeam } from './team.ts';

const PEOPLE = { people: { lead: { name: 'Marc', trello: 'marcpetit' }, helper: { name: 'Paul' } } };

/** A list for each status. */
export const STATUS_TRIAL = new FaultTrial({
  ...GROUND,
  start: () => TrelloTeam.start({ template: planTemplate(), layout: 'status', project: PEOPLE }),
});

/** A board that the team has already, and one of its lists bears a name of ours. */
export const NAMED_TRIAL = new FaultTrial({
  ...GROUND,
  start: async () => {
    const team = await TrelloTeam.start({ template: planTemplate(), project: PEOPLE });
    const { person } = team.trello;
    const board = person.addBoard('Compta');
    person.addList(board.id, 'first');
    team.options = { ...team.options, board: board.id };
    return team;
  },
});

export const STATUS_EDITS: Scene<TrelloTeam> = {
  name: 'an apply after cards were moved, archived and deleted, with a list for each status',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    const { person, look } = team.trello;
    const cardOf = (name: string) => look.cardNamed(team.board, name).id;
    person.move(cardOf('one'), look.list(team.board, 'Fait').id);
    person.tick(cardOf('one'), 'Point a');
    person.deleteLabel(team.board, 'first');
    person.renameList(look.list(team.board, 'Bloqué').id, 'Coincé');
    person.archive(cardOf('four'));
    person.delete(cardOf('two'));
    team.options = { ...team.options, template: nextTemplate() };
    team.restart();
  },
};
