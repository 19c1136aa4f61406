import { tell } from './actions.ts';
import { ApiError } from './api-error.ts';
import type { Action, Card } from './records.ts';
import { iso } from './times.ts';
import type { Caller, World } from './world.ts';

export function makeComment(world: World, caller: Caller, card: Card, text: string): Action {
  const action = tell(world, caller, 'commentCard', card, { text });
  world.touch(card);
  return action;
}

/** @throws ApiError 401 when it is somebody else's. */
export function changeComment(world: World, caller: Caller, comment: Action, text: string): void {
  requireOwn(caller, comment);
  comment.data.text = text;
  comment.data.dateLastEdited = iso(world.now());
  const { card, board } = comment.data;
  world.act(caller, 'updateComment', { card, board, action: { id: comment.id, text } }, { hidden: true });
}

export function removeComment(world: World, caller: Caller, comment: Action): void {
  requireOwn(caller, comment);
  world.forget(comment);
  const { card, board } = comment.data;
  world.act(caller, 'deleteComment', { card, board, action: { id: comment.id } }, { hidden: true });
}

function requireOwn(caller: Caller, comment: Action): void {
  if (comment.memberId !== caller.memberId) throw new ApiError(401, 'unauthorized permission requested');
}
