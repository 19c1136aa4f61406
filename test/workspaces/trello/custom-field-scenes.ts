import { FaultTrial, type Scene, settle } from '../faults/trial.ts';
import { GROUND } from './fault-matrix.ts';
import { fieldsTemplate } from './fields-template.ts';
import { TrelloTeam } from './team.ts';

const people = { lead: { name: 'Claire' } };
const plan = 'standard';
const template = fieldsTemplate();

export const PAID = new FaultTrial({
  ...GROUND,
  start: () => TrelloTeam.start({ template, project: { people }, trello: { plan } }),
});
export const FREE = new FaultTrial({
  ...GROUND,
  start: () => TrelloTeam.start({ template, project: { people }, trello: { plan: 'free' } }),
});

function changePlan(team: TrelloTeam, to: 'free' | 'standard'): void {
  Object.assign(team.trello.world.settings, { plan: to });
  team.options = { ...team.options, trello: { plan: to } };
  team.restart();
}

export const FIRST: Scene<TrelloTeam> = { name: 'a first apply with custom fields', prepare: async () => {} };

export const DELETED: Scene<TrelloTeam> = {
  name: 'an apply after people have deleted fields and options, and edited values',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    const { person, look } = team.trello;
    person.deleteField(team.board, 'Since');
    person.deleteOption(team.board, 'State', 'Fine');
    person.setField(look.cardNamed(team.board, 'Scale').id, 'Cost', { value: '' });
    person.setField(look.cardNamed(team.board, 'Till').id, 'Cost', { value: { number: '31' } });
  },
};

export const UPGRADED: Scene<TrelloTeam> = {
  name: 'an apply after an upgrade',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    const { person, look } = team.trello;
    person.retype(look.cardNamed(team.board, 'Scale').id, (desc) => desc.replace('12,5', '49,90'));
    changePlan(team, 'standard');
  },
};

export const DOWNGRADED: Scene<TrelloTeam> = {
  name: 'an apply after a downgrade',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    const { person, look } = team.trello;
    person.setField(look.cardNamed(team.board, 'Scale').id, 'Cost', { value: { number: '49.9' } });
    await settle(team);
    changePlan(team, 'free');
  },
};

const FIELD_KINDS = ['customFields.create', 'cards.customFields.update'];

export const FIRST_KINDS = [
  ...FIELD_KINDS,
  'organizations.boards',
  'organizations.retrieve',
  'organizations.members',
  'boards.create',
  'lists.create',
  'labels.create',
  'cards.create of a line',
  'checklists.create',
  'checkItems.create',
  'cards.create of the overview',
  'attachments.list',
  'attachments.create',
];
export const DELETED_KINDS = [...FIELD_KINDS, 'boards.retrieve', 'customFields.options.create'];
export const UPGRADED_KINDS = [...FIELD_KINDS, 'boards.retrieve', 'cards.update'];
export const DOWNGRADED_KINDS = ['boards.retrieve', 'cards.update'];
