import { asText, type JsonObject } from '../../json.ts';
import { membershipOf, requireMember, requireToEdit, requireVisible } from '../access.ts';
import { invalidValue, notFound } from '../api-error.ts';
import { removeMember, setRole } from '../boards.ts';
import * as p from '../parameters.ts';
import { fieldsOf, memberFields, membersById } from '../reading.ts';
import type { Board, Member, Role } from '../records.ts';
import { pick, renderMember } from '../render.ts';
import { renderMemberships } from '../render-board.ts';
import { renderOrganization } from '../render-organization.ts';
import type { World } from '../world.ts';
import { type Answer, type Context, param, type Route } from './context.ts';
import { boardListReads, organizationFields, readBoards } from './organizations.ts';

const role = p.oneOf('admin', 'normal', 'observer');

export const memberRoutes = {
  'members.retrieve': {
    method: 'GET',
    path: 'members/:id',
    endpoint: retrieveMember,
    parameters: { fields: p.fields(memberFields) },
  },
  'members.boards': {
    method: 'GET',
    path: 'members/:id/boards',
    endpoint: memberBoards,
    parameters: boardListReads,
  },
  'members.organizations': {
    method: 'GET',
    path: 'members/:id/organizations',
    endpoint: memberOrganizations,
    parameters: { fields: p.fields(organizationFields) },
  },
  'members.search': {
    method: 'GET',
    path: 'search/members',
    endpoint: searchMembers,
    parameters: { query: p.text({ min: 1 }), limit: p.whole(1, 20) },
    required: ['query'],
  },
  'tokens.member': {
    method: 'GET',
    path: 'tokens/:token/member',
    endpoint: tokenMember,
    parameters: { fields: p.fields(memberFields) },
  },
  'boards.members': {
    method: 'GET',
    path: 'boards/:id/members',
    endpoint: boardMembers,
    parameters: { fields: p.fields(memberFields) },
  },
  'boards.memberships': { method: 'GET', path: 'boards/:id/memberships', endpoint: boardMemberships },
  'boards.members.invite': {
    method: 'PUT',
    path: 'boards/:id/members',
    endpoint: inviteMember,
    parameters: { email: p.text({ min: 3 }), type: role, fullName: p.name },
    required: ['email'],
  },
  'boards.members.update': {
    method: 'PUT',
    path: 'boards/:id/members/:idMember',
    endpoint: updateMember,
    parameters: { type: role, allowBillableGuest: p.flag },
    required: ['type'],
  },
  'boards.members.remove': {
    method: 'DELETE',
    path: 'boards/:id/members/:idMember',
    endpoint: dropMember,
  },
} as const satisfies Record<string, Route>;

function retrieveMember(context: Context): Answer {
  return { body: shown(context, requireMember(context.world, context.caller, param(context, 'id'))) };
}

function shown({ world, caller, given }: Context, member: Member): JsonObject {
  const own = member.id === caller.memberId && caller.credential?.scopes.includes('account') === true;
  return pick(renderMember(world, member, own ? member.email : null), fieldsOf(given));
}

function memberBoards(context: Context): Answer {
  const { world, caller, given } = context;
  const member = requireMember(world, caller, param(context, 'id'));
  const boards = world.boards().filter((board) => membershipOf(board, member.id) !== undefined);
  return { body: readBoards(world, caller, boards, given) };
}

function memberOrganizations(context: Context): Answer {
  const { world, caller, given } = context;
  const { id } = requireMember(world, caller, param(context, 'id'));
  const own = [...world.organizations.values()].filter(({ memberIds }) => memberIds.has(id));
  return { body: own.map((one) => pick(renderOrganization(world, one), fieldsOf(given))) };
}

/** By the beginning of a name, or a whole e-mail address, which the answer does not tell. */
function searchMembers({ world, given }: Context): Answer {
  const query = asText(given.query).toLowerCase();
  const found = [...world.members.values()].filter(
    ({ email, username, fullName, confirmed }) =>
      confirmed &&
      (email === query || username.startsWith(query) || fullName.toLowerCase().startsWith(query)),
  );
  const limit = typeof given.limit === 'number' ? given.limit : 8;
  return { body: found.slice(0, limit).map((member) => renderMember(world, member, null)) };
}

function tokenMember(context: Context): Answer {
  const { world, caller } = context;
  if (world.credentials.get(param(context, 'token'))?.memberId !== caller.memberId) throw notFound();
  return { body: shown(context, requireMember(world, caller, 'me')) };
}

function boardMembers(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const members = membersById(
    world,
    board.memberships.map(({ memberId }) => memberId),
  );
  return { body: members.map((member) => pick(member, fieldsOf(given) ?? ['fullName', 'username'])) };
}

function boardMemberships(context: Context): Answer {
  const { world, caller } = context;
  return { body: renderMemberships(world, requireVisible(world, caller, 'board', param(context, 'id'))) };
}

/** By e-mail; who has no account yet comes in once they follow the invitation. */
function inviteMember(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireToEdit(world, caller, 'board', param(context, 'id'));
  const email = asText(given.email);
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw invalidValue('email');
  const known = world.findMember(email);
  if (known === undefined && given.fullName === undefined) throw invalidValue('fullName');
  if (known === undefined && given.type === 'admin') throw invalidValue('type');
  const invited = () =>
    world.addMember({
      fullName: asText(given.fullName),
      username: email.replaceAll(/[^a-z0-9]/gi, '').toLowerCase(),
      email,
      confirmed: false,
    });
  setRole(world, caller, board, known ?? invited(), (asText(given.type) || 'normal') as Role);
  return { body: membersAnswer(world, board) };
}

function updateMember(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireToEdit(world, caller, 'board', param(context, 'id'));
  const member = requireMember(world, caller, param(context, 'idMember'));
  setRole(world, caller, board, member, asText(given.type) as Role);
  return { body: membersAnswer(world, board) };
}

function dropMember(context: Context): Answer {
  const { world, caller } = context;
  const board = requireToEdit(world, caller, 'board', param(context, 'id'));
  const member = requireMember(world, caller, param(context, 'idMember'));
  if (membershipOf(board, member.id) === undefined) throw notFound();
  removeMember(world, caller, board, member);
  return { body: membersAnswer(world, board) };
}

function membersAnswer(world: World, board: Board): JsonObject {
  const ids = board.memberships.map(({ memberId }) => memberId);
  return {
    id: board.id,
    members: membersById(world, ids),
    memberships: renderMemberships(world, board),
  };
}
