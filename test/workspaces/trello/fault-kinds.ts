import type { Fault } from '../../simulators/trello/faults.ts';
import type { Strike } from '../faults/trial.ts';

/** Every kind of request that the first apply of the plan sends. */
export const FIRST_APPLY_KINDS = [
  'organizations.boards',
  'boards.create',
  'lists.create',
  'labels.create',
  'boards.retrieve',
  'organizations.retrieve',
  'organizations.members',
  'boards.members.update',
  'cards.create of a line',
  'checklists.create',
  'checkItems.create',
  'checklists.create as a copy',
  'cards.comments.create',
  'cards.create of the overview',
  'attachments.list',
  'attachments.create',
];

/** Every kind that an apply sends once people have edited the plan and its template has gone on. */
export const EDITS_KINDS = [
  'boards.retrieve',
  'lists.create',
  'labels.create',
  'cards.create of a line',
  'cards.update',
  'checklists.create',
  'checklists.create as a copy',
  'checkItems.create',
  'checkItems.update name',
  'cards.checkItems.delete',
  'cards.comments.create',
  'cards.comments.update',
  'attachments.list',
  'attachments.create',
  'attachments.delete',
];

/** Every kind that finding the plan again without the store sends. */
export const LOST_STORE_KINDS = [
  'organizations.boards',
  'boards.retrieve',
  'lists.create',
  'cards.create of a line',
  'cards.update',
  'attachments.list',
  'attachments.create',
  'attachments.delete',
];

const lost: Fault = { type: 'reset', when: 'after' };
const down: Fault = { type: 'status', status: 500, when: 'before' };

function lostThenDown(kind: string, look: string): Strike<Fault> {
  return { kind, fault: lost, force: 'once', also: { kind: look, fault: down } };
}

/** The answer to a create is lost, and then the look for what it has made fails as well. */
export const FIRST_APPLY_LOOKS = [
  lostThenDown('boards.create', 'organizations.boards'),
  lostThenDown('lists.create', 'boards.retrieve'),
  lostThenDown('labels.create', 'boards.labels'),
  lostThenDown('cards.create of a line', 'boards.retrieve'),
  lostThenDown('checklists.create', 'cards.checklists'),
  lostThenDown('checklists.create as a copy', 'cards.checklists'),
  lostThenDown('checkItems.create', 'cards.checklists'),
  lostThenDown('cards.comments.create', 'cards.actions'),
  lostThenDown('cards.create of the overview', 'boards.retrieve'),
  lostThenDown('attachments.create', 'attachments.list'),
];

export const EDITS_LOOKS = [
  lostThenDown('labels.create', 'boards.labels'),
  lostThenDown('checklists.create', 'cards.checklists'),
  lostThenDown('checkItems.create', 'cards.checklists'),
  lostThenDown('attachments.create', 'attachments.list'),
];
