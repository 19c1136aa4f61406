import { asText, type JsonObject } from '../../json.ts';
import { maySee, requireOrganization } from '../access.ts';
import { invalidValue } from '../api-error.ts';
import * as p from '../parameters.ts';
import { fieldsOf, memberFields, membersById } from '../reading.ts';
import type { Board } from '../records.ts';
import { pick } from '../render.ts';
import { renderBoard } from '../render-board.ts';
import { renderOrganization } from '../render-organization.ts';
import type { Caller, World } from '../world.ts';
import { boardFields } from './board-bundle.ts';
import { type Answer, type Context, param, type Route } from './context.ts';

export const organizationFields = [
  'name',
  'displayName',
  'desc',
  'url',
  'limits',
  'premiumFeatures',
  'idBoards',
  'products',
];

export const boardListReads: p.Parameters = {
  filter: p.oneOf('all', 'closed', 'members', 'open', 'organization', 'public', 'starred'),
  fields: p.fields(boardFields),
};

export const organizationRoutes = {
  'organizations.retrieve': {
    method: 'GET',
    path: 'organizations/:id',
    endpoint: retrieveOrganization,
    parameters: { fields: p.fields(organizationFields) },
  },
  'organizations.boards': {
    method: 'GET',
    path: 'organizations/:id/boards',
    endpoint: organizationBoards,
    parameters: boardListReads,
  },
  'organizations.members': {
    method: 'GET',
    path: 'organizations/:id/members',
    endpoint: organizationMembers,
    parameters: { fields: p.fields(memberFields) },
  },
} as const satisfies Record<string, Route>;

function retrieveOrganization(context: Context): Answer {
  const { world, caller, given } = context;
  const organization = requireOrganization(world, caller, param(context, 'id'));
  return { body: pick(renderOrganization(world, organization), fieldsOf(given)) };
}

function organizationBoards(context: Context): Answer {
  const { world, caller, given } = context;
  const { id } = requireOrganization(world, caller, param(context, 'id'));
  const boards = world.boards().filter(({ idOrganization }) => idOrganization === id);
  return { body: readBoards(world, caller, boards, given) };
}

function organizationMembers(context: Context): Answer {
  const { world, caller, given } = context;
  const { memberIds } = requireOrganization(world, caller, param(context, 'id'));
  const members = membersById(world, [...memberIds]);
  return { body: members.map((member) => pick(member, fieldsOf(given))) };
}

/** A list of boards carries every field, unless fewer are asked for. */
export function readBoards(
  world: World,
  caller: Caller,
  boards: readonly Board[],
  given: JsonObject,
): JsonObject[] {
  const filter = asText(given.filter) || 'all';
  if (!['all', 'open', 'closed'].includes(filter)) throw invalidValue('filter');
  return boards
    .filter((board) => maySee(world, caller, board))
    .filter(({ closed }) => filter === 'all' || closed === (filter === 'closed'))
    .map((board) => pick(renderBoard(world, board, fieldsOf(given)), fieldsOf(given)));
}
