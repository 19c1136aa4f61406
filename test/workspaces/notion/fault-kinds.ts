import type { Fault } from '../../simulators/notion/faults.ts';
import type { Strike } from '../faults/trial.ts';

/** Every kind of request that the first apply of the plan sends. */
export const FIRST_APPLY_KINDS = [
  'pages.retrieve',
  'blocks.children.list',
  'search',
  'fileUploads.create',
  'fileUploads.send',
  'pages.create of the home page',
  'databases.create Plan',
  'dataSources.update with a relation',
  'databases.create Tools',
  'dataSources.retrieve',
  'views.list',
  'views.update',
  'views.create',
  'users.list',
  'pages.create of a task with points',
  'pages.create of a line',
  'comments.list',
  'comments.create',
];

/** Every kind that an apply sends once people have edited the plan and its template has gone on. */
export const EDITS_KINDS = [
  'dataSources.query',
  'dataSources.retrieve',
  'pages.properties.retrieve',
  'blocks.children.list',
  'dataSources.update with options',
  'databases.create Tests',
  'views.list',
  'views.update',
  'users.list',
  'pages.update',
  'pages.create of a line',
  'pages.create of a task with points',
  'blocks.update to_do',
  'blocks.delete',
  'blocks.children.append',
  'blocks.update callout',
  'blocks.update image',
  'fileUploads.create',
  'fileUploads.send',
  'comments.list',
  'comments.create',
  'comments.update',
];

/** Every kind that finding the plan again without the store sends. */
export const LOST_STORE_KINDS = [
  'pages.retrieve',
  'blocks.children.list',
  'databases.retrieve',
  'dataSources.query',
  'dataSources.retrieve',
  'pages.properties.retrieve',
  'databases.create Tests',
  'views.list',
  'views.retrieve',
  'views.update',
  'pages.update',
  'pages.create of a line',
  'blocks.update callout',
  'blocks.update image',
  'fileUploads.create',
  'fileUploads.send',
  'comments.list',
  'comments.create',
];

const lost: Fault = { type: 'reset', when: 'after' };
const down: Fault = { type: 'status', status: 500, code: 'internal_server_error', when: 'before' };

function lostThenDown(kind: string, look: string): Strike<Fault> {
  return { kind, fault: lost, force: 'once', also: { kind: look, fault: down } };
}

/** The answer to a create is lost, and then the look for what it has made fails as well. */
export const FIRST_APPLY_LOOKS = [
  lostThenDown('pages.create of the home page', 'blocks.children.list'),
  lostThenDown('pages.create of the home page', 'pages.retrieve'),
  lostThenDown('databases.create Plan', 'blocks.children.list'),
  lostThenDown('databases.create Plan', 'databases.retrieve'),
  lostThenDown('databases.create Tools', 'databases.retrieve'),
  lostThenDown('views.create', 'views.list'),
  lostThenDown('views.create', 'views.retrieve'),
  lostThenDown('pages.create of a task with points', 'dataSources.query by key'),
  lostThenDown('pages.create of a line', 'dataSources.query by key'),
  lostThenDown('comments.create', 'comments.list'),
];

export const EDITS_LOOKS = [
  lostThenDown('blocks.children.append', 'blocks.children.list'),
  lostThenDown('databases.create Tests', 'databases.retrieve'),
  lostThenDown('pages.create of a task with points', 'blocks.children.list'),
  lostThenDown('comments.create', 'comments.list'),
];
