import type { Json } from '../json.ts';
import { invalidId, invalidValue, noPermission, notFound, notModelled } from './api-error.ts';
import { isId } from './parameters.ts';
import { requireEditable } from './plan-gates.ts';
import type { Board, Member, Membership, Organization, Thing } from './records.ts';
import type { Caller, World } from './world.ts';

type Kind = Thing['kind'];
type Found<K extends Kind> = Extract<Thing, { kind: K }>;

const shortNamed: readonly Kind[] = ['board', 'card'];

export function membershipOf(board: Board, memberId: string): Membership | undefined {
  return board.memberships.find((membership) => membership.memberId === memberId);
}

export function maySee(world: World, caller: Caller, board: Board): boolean {
  if (caller.credential === undefined || membershipOf(board, caller.memberId) !== undefined) return true;
  const level = board.prefs.permissionLevel;
  return level === 'public' || (level === 'org' && isInWorkspaceOf(world, caller, board));
}

function mayEdit(world: World, caller: Caller, board: Board): boolean {
  if (caller.credential === undefined) return true;
  const membership = membershipOf(board, caller.memberId);
  if (membership !== undefined) return membership.role !== 'observer';
  return board.prefs.permissionLevel === 'org' && isInWorkspaceOf(world, caller, board);
}

function isInWorkspaceOf(world: World, { memberId }: Caller, { idOrganization }: Board): boolean {
  return world.organizations.get(idOrganization ?? '')?.memberIds.has(memberId) === true;
}

/**
 * What the path names, and the caller may see.
 * @throws ApiError 400 on a malformed id; 404 when it is not there; 401 (or 404, if so set) when it is not visible.
 */
export function requireVisible<K extends Kind>(world: World, caller: Caller, kind: K, id: string): Found<K> {
  if (!isId(id) && !(shortNamed.includes(kind) && /^[0-9A-Za-z]{8}$/.test(id))) throw invalidId();
  const found = world.get(kind, id);
  if (found === undefined) throw notFound();
  if (!maySee(world, caller, world.boardOf(found))) {
    throw world.settings.hiddenStatus === 404 ? notFound() : noPermission(kind);
  }
  return found;
}

/** The same, to be changed. @throws ApiError also 401 for an observer; 403 when the plan makes it view-only. */
export function requireToEdit<K extends Kind>(world: World, caller: Caller, kind: K, id: string): Found<K> {
  const found = requireVisible(world, caller, kind, id);
  requireWritable(world, caller, kind, found);
  return found;
}

/** The board itself, which may be closed: it is to be reopened or deleted. */
export function requireBoardToEdit(world: World, caller: Caller, id: string): Board {
  const board = requireVisible(world, caller, 'board', id);
  requireEditor(world, caller, 'board', board);
  return board;
}

function requireWritable(world: World, caller: Caller, kind: Kind, thing: Thing): void {
  const board = world.boardOf(thing);
  requireEditor(world, caller, kind, board);
  // What a closed board takes is not written down anywhere; nothing of ours should try.
  if (board.closed) throw notModelled('the board is closed.');
}

function requireEditor(world: World, caller: Caller, kind: Kind, board: Board): void {
  if (!mayEdit(world, caller, board)) throw noPermission(kind);
  requireEditable(world, board, caller);
}

/** What a parameter names, to be filled. @throws ApiError 400 when there is no such thing. */
export function requireNamed<K extends Kind>(
  world: World,
  caller: Caller,
  kind: K,
  id: Json | undefined,
  parameter: string,
): Found<K> {
  const found = requireSource(world, caller, kind, id, parameter);
  requireWritable(world, caller, kind, found);
  return found;
}

/** What a parameter names, to be copied: it has only to be visible. @throws ApiError 400. */
export function requireSource<K extends Kind>(
  world: World,
  caller: Caller,
  kind: K,
  id: Json | undefined,
  parameter: string,
): Found<K> {
  const found = world.get(kind, String(id));
  if (!isId(id) || found === undefined) throw invalidValue(parameter);
  if (!maySee(world, caller, world.boardOf(found))) throw noPermission(kind);
  return found;
}

/** By id, user name or `me`. @throws ApiError 404. */
export function requireMember(world: World, caller: Caller, name: string): Member {
  const member = world.findMember(name === 'me' ? caller.memberId : name);
  if (member === undefined || name.includes('@')) throw notFound();
  return member;
}

/** By id or name. @throws ApiError 404 when it is not there; 401 for who is not in it. */
export function requireOrganization(world: World, caller: Caller, name: string): Organization {
  const found = findOrganization(world, name);
  if (found === undefined) throw notFound();
  if (!found.memberIds.has(caller.memberId)) throw noPermission('org');
  return found;
}

export function findOrganization(world: World, idOrName: string): Organization | undefined {
  return [...world.organizations.values()].find(({ id, name }) => id === idOrName || name === idOrName);
}
