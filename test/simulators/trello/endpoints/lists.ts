import { requireNamed, requireSource, requireToEdit, requireVisible } from '../access.ts';
import { copyList } from '../copies.ts';
import { changeList, makeList, removeList } from '../lists.ts';
import * as p from '../parameters.ts';
import { listFields, readLists } from '../reading.ts';
import { renderList } from '../render.ts';
import { type Answer, type Context, deletedValue, param, type Route } from './context.ts';

export const listRoutes = {
  'lists.create': {
    method: 'POST',
    path: 'lists',
    endpoint: createList,
    parameters: { name: p.name, idBoard: p.id, pos: p.position, idListSource: p.id },
    required: ['name', 'idBoard'],
  },
  'boards.lists.create': {
    method: 'POST',
    path: 'boards/:id/lists',
    endpoint: (context) => {
      const { world, caller, given } = context;
      const board = requireToEdit(world, caller, 'board', param(context, 'id'));
      return { body: renderList(makeList(world, caller, board, given)) };
    },
    parameters: { name: p.name, pos: p.position },
    required: ['name'],
  },
  'lists.retrieve': {
    method: 'GET',
    path: 'lists/:id',
    endpoint: retrieveList,
    parameters: { fields: p.fields(listFields) },
  },
  'lists.update': {
    method: 'PUT',
    path: 'lists/:id',
    endpoint: updateList,
    parameters: { name: p.name, closed: p.flag, pos: p.position, idBoard: p.id },
  },
  'lists.delete': { method: 'DELETE', path: 'lists/:id', endpoint: deleteList },
} as const satisfies Record<string, Route>;

function createList({ world, caller, given }: Context): Answer {
  const board = requireNamed(world, caller, 'board', given.idBoard, 'idBoard');
  if (given.idListSource === undefined) return { body: renderList(makeList(world, caller, board, given)) };
  const source = requireSource(world, caller, 'list', given.idListSource, 'idListSource');
  return { body: renderList(copyList(world, caller, board, source, given)) };
}

function retrieveList(context: Context): Answer {
  const { world, caller, given } = context;
  const list = requireVisible(world, caller, 'list', param(context, 'id'));
  return { body: readLists(world, [list], given)[0] ?? null };
}

function updateList(context: Context): Answer {
  const { world, caller, given } = context;
  const list = requireToEdit(world, caller, 'list', param(context, 'id'));
  changeList(world, caller, list, given);
  return { body: renderList(list) };
}

function deleteList(context: Context): Answer {
  const { world, caller } = context;
  removeList(world, caller, requireToEdit(world, caller, 'list', param(context, 'id')));
  return deletedValue;
}
