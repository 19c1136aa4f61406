import { ApiError } from './api-error.ts';
import { type LimitName, objectLimits } from './object-limits.ts';
import type { Board } from './records.ts';
import type { Caller, World } from './world.ts';

/** No public record tells the body of such a refusal, only that there is one. */
function refusedByPlan(world: World, error: string, message: string): ApiError {
  return new ApiError(world.settings.planRefusalStatus, { error, message });
}

function isFree(world: World): boolean {
  return world.settings.plan === 'free';
}

/** Counts open boards, those from before included. */
export function openBoards(world: World, idOrganization: string): number {
  const open = world.boards().filter((board) => !board.closed && board.idOrganization === idOrganization);
  return world.settings.boardsBefore + open.length;
}

/** Members of the workspace and guests of its boards, those from before and the invited included. */
export function collaborators(world: World, idOrganization: string): number {
  const ids = new Set(world.organizations.get(idOrganization)?.memberIds);
  for (const board of world.boards()) {
    if (board.idOrganization !== idOrganization || board.closed) continue;
    for (const { memberId } of board.memberships) ids.add(memberId);
  }
  return world.settings.collaboratorsBefore + ids.size;
}

/** @throws ApiError when a Free workspace has all the open boards that it may have. */
export function requireRoomForBoard(world: World, idOrganization: string | null): void {
  if (idOrganization === null || !isFree(world)) return;
  if (openBoards(world, idOrganization) >= world.settings.freeBoards) {
    throw refusedByPlan(world, 'BOARD_LIMIT_EXCEEDED', 'Workspace has reached its limit of open boards');
  }
}

/** @throws ApiError when a Free workspace takes nobody new. */
export function requireRoomForCollaborator(world: World, { idOrganization }: Board): void {
  if (idOrganization === null || !isFree(world)) return;
  if (collaborators(world, idOrganization) >= world.settings.freeCollaborators) {
    throw refusedByPlan(world, 'USER_LIMIT_EXCEEDED', 'Workspace has reached its limit of collaborators');
  }
}

/** @throws ApiError when a Free workspace has more people than it may: its boards can only be viewed. */
export function requireEditable(world: World, { idOrganization }: Board, caller: Caller): void {
  if (idOrganization === null || !isFree(world) || caller.credential === undefined) return;
  if (collaborators(world, idOrganization) > world.settings.freeCollaborators) {
    throw refusedByPlan(world, 'USER_LIMIT_EXCEEDED', 'Board is view only');
  }
}

/** @throws ApiError on Free. */
export function requirePaidPlan(world: World, feature: string): void {
  if (isFree(world)) throw refusedByPlan(world, 'PLAN_REQUIRED', `${feature} not available on this plan`);
}

/** @throws ApiError below Premium. */
export function requirePremium(world: World, feature: string): void {
  if (world.settings.plan === 'premium') return;
  throw refusedByPlan(world, 'PLAN_REQUIRED', `${feature} not available on this plan`);
}

/** Whether the date and the member of a check item are kept. @throws ApiError where a test wants them refused. */
export function keepsItemDetails(world: World): boolean {
  if (!isFree(world)) return true;
  if (world.settings.advancedChecklistsOnFree === 'refused')
    requirePaidPlan(world, 'Advanced checklists are');
  return false;
}

export function limitOf(world: World, name: LimitName): number {
  return world.settings.limits[name] ?? objectLimits[name];
}

/** @throws ApiError when `count` objects are as many as there may be. */
export function requireRoom(world: World, name: LimitName, count: number): void {
  if (count < limitOf(world, name)) return;
  const message = `Limit exceeded: ${name}`;
  throw refusedByPlan(world, 'LIMIT_EXCEEDED', message);
}
