import { asText, type JsonObject } from '../json.ts';
import { boardData, listData, tellUpdate } from './actions.ts';
import { invalidValue, notModelled } from './api-error.ts';
import { requireRoom } from './plan-gates.ts';
import { positionFor } from './positions.ts';
import type { Board, List } from './records.ts';
import type { Caller, World } from './world.ts';

export function makeList(world: World, caller: Caller, board: Board, sent: JsonObject): List {
  requireRoomForList(world, board);
  const list = world.add<List>({
    kind: 'list',
    id: world.newId(),
    idBoard: board.id,
    name: asText(sent.name),
    closed: false,
    // Unlike a card, a list goes to the front when nothing is said.
    pos: positionFor(sent.pos ?? 'top', world.listsOf(board.id)),
  });
  world.act(caller, 'createList', { board: boardData(board), list: listData(list) });
  world.touch(board);
  return list;
}

function requireRoomForList(world: World, board: Board): void {
  const lists = world.listsOf(board.id);
  requireRoom(world, 'lists.openPerBoard', lists.filter(({ closed }) => !closed).length);
  requireRoom(world, 'lists.totalPerBoard', lists.length);
}

export function changeList(world: World, caller: Caller, list: List, sent: JsonObject): void {
  const board = world.need('board', list.idBoard);
  if (sent.idBoard !== undefined && sent.idBoard !== board.id) {
    throw notModelled('lists are not moved to another board.');
  }
  if (sent.closed === false && list.closed) requireRoomForList(world, board);
  const pos =
    sent.pos === undefined
      ? list.pos
      : positionFor(
          sent.pos,
          world.listsOf(board.id).filter(({ id }) => id !== list.id),
        );
  const wanted = { name: sent.name ?? list.name, closed: sent.closed ?? list.closed, pos };
  for (const key of ['name', 'closed', 'pos'] as const) {
    const old = list[key];
    if (wanted[key] === old) continue;
    Object.assign(list, { [key]: wanted[key] });
    const data = { board: boardData(board), list: { ...listData(list), [key]: list[key] } };
    tellUpdate(world, caller, 'list', data, { [key]: old });
    world.touch(board);
  }
}

/** @throws ApiError 400 while the list is open. */
export function removeList(world: World, caller: Caller, list: List): void {
  if (!list.closed) throw invalidValue('closed');
  world.remove(list);
  const board = world.need('board', list.idBoard);
  world.act(caller, 'deleteList', { board: boardData(board), list: listData(list) }, { hidden: true });
  world.touch(board);
}
