import { asText, type Json, type JsonObject } from '../json.ts';
import { membershipOf } from './access.ts';
import { boardData, tellUpdate } from './actions.ts';
import { invalidValue } from './api-error.ts';
import { makeLabel } from './labels.ts';
import { makeList } from './lists.ts';
import {
  requirePremium,
  requireRoom,
  requireRoomForBoard,
  requireRoomForCollaborator,
} from './plan-gates.ts';
import type { Board, Member, Organization, Role } from './records.ts';
import type { Caller, World } from './world.ts';

const usualLists = ['To Do', 'Doing', 'Done'];
const usualColors = ['green', 'yellow', 'orange', 'red', 'purple', 'blue'];

/** With the usual lists and labels unless they are declined. */
export function makeBoard(
  world: World,
  caller: Caller,
  organization: Organization | undefined,
  sent: JsonObject,
): Board {
  const board = emptyBoard(world, caller, organization, sent);
  world.act(caller, 'createBoard', { board: boardData(board) });
  const labels = sent.defaultLabels === false ? [] : usualColors;
  for (const color of labels) makeLabel(world, caller, board, { name: '', color });
  const lists = sent.defaultLists === false ? [] : usualLists;
  for (const name of lists) makeList(world, caller, board, { name, pos: 'bottom' });
  return board;
}

export function emptyBoard(
  world: World,
  caller: Caller,
  organization: Organization | undefined,
  sent: JsonObject,
): Board {
  const idOrganization = organization?.id ?? null;
  if (caller.credential !== undefined) requireRoomForBoard(world, idOrganization);
  return world.add<Board>({
    kind: 'board',
    id: world.newId(),
    shortLink: world.newShortLink(),
    name: asText(sent.name),
    desc: asText(sent.desc),
    closed: false,
    idOrganization,
    type: null,
    prefs: { ...usualPrefs(), ...prefsFrom(sent, 'prefs_') },
    memberships: [{ id: world.newId(), memberId: caller.memberId, role: 'admin' }],
    activeAt: world.now(),
    nextCardNumber: 1,
  });
}

function usualPrefs(): JsonObject {
  return {
    permissionLevel: 'private',
    hideVotes: false,
    voting: 'disabled',
    comments: 'members',
    invitations: 'members',
    selfJoin: true,
    cardCovers: true,
    isTemplate: false,
    cardAging: 'regular',
    background: 'blue',
  };
}

/** `prefs_voting` when a board is made, `prefs/voting` when it is changed. */
function prefsFrom(sent: JsonObject, prefix: 'prefs_' | 'prefs/'): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(sent).flatMap(([key, value]) =>
      key.startsWith(prefix) && value !== undefined ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
}

export function changeBoard(world: World, caller: Caller, board: Board, sent: JsonObject): void {
  if (sent.closed === false && board.closed && caller.credential !== undefined) {
    requireRoomForBoard(world, board.idOrganization);
  }
  for (const key of ['name', 'desc', 'closed'] as const) {
    const value = sent[key];
    const old = board[key];
    if (value === undefined || value === old) continue;
    Object.assign(board, { [key]: value });
    const data = { board: { ...boardData(board), [key]: value } };
    tellUpdate(world, caller, 'board', data, { [key]: old });
    world.touch(board);
  }
  for (const [key, value] of Object.entries(prefsFrom(sent, 'prefs/'))) {
    const old = board.prefs[key];
    if (old === value) continue;
    board.prefs[key] = value;
    const data = { board: { ...boardData(board), prefs: { [key]: value } } };
    tellUpdate(world, caller, 'board', data, { prefs: { [key]: old } });
  }
}

/** Adds a member, or gives another role. @throws ApiError where the plan, the board or the invitation forbids it. */
export function setRole(world: World, caller: Caller, board: Board, member: Member, role: Role): void {
  if (role === 'observer' && caller.credential !== undefined) requirePremium(world, 'Observers are');
  // Who is invited becomes an admin only once they have come.
  if (role === 'admin' && !member.confirmed) throw invalidValue('type');
  const membership = membershipOf(board, member.id);
  if (membership !== undefined) {
    membership.role = role;
    return;
  }
  const inWorkspace = world.organizations.get(board.idOrganization ?? '')?.memberIds.has(member.id) === true;
  if (!inWorkspace && caller.credential !== undefined) requireRoomForCollaborator(world, board);
  requireRoom(world, 'boards.totalMembersPerBoard', board.memberships.length);
  board.memberships.push({ id: world.newId(), memberId: member.id, role });
  const data = { board: boardData(board), idMemberAdded: member.id, memberType: role };
  world.act(caller, 'addMemberToBoard', data, { aboutMemberId: member.id });
}

/** They leave its cards, too. */
export function removeMember(world: World, caller: Caller, board: Board, member: Member): void {
  board.memberships = board.memberships.filter(({ memberId }) => memberId !== member.id);
  for (const card of world.cardsOf(board.id)) {
    card.idMembers = card.idMembers.filter((id) => id !== member.id);
  }
  const data = { board: boardData(board), idMember: member.id };
  world.act(caller, 'removeMemberFromBoard', data, { aboutMemberId: member.id });
}
