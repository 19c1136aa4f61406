import { requireNamed, requireToEdit, requireVisible } from '../access.ts';
import { changeLabel, labelColors, makeLabel, removeLabel } from '../labels.ts';
import * as p from '../parameters.ts';
import type { Board } from '../records.ts';
import { renderLabel } from '../render.ts';
import { type Answer, type Context, deleted, param, type Route } from './context.ts';

const color = p.nullable(p.oneOf(...labelColors));

export const labelRoutes = {
  'labels.create': {
    method: 'POST',
    path: 'labels',
    endpoint: (context) => {
      const { world, caller, given } = context;
      return createLabel(context, requireNamed(world, caller, 'board', given.idBoard, 'idBoard'));
    },
    parameters: { name: p.text(), color, idBoard: p.id },
    required: ['name', 'color', 'idBoard'],
  },
  'boards.labels.create': {
    method: 'POST',
    path: 'boards/:id/labels',
    endpoint: (context) =>
      createLabel(context, requireToEdit(context.world, context.caller, 'board', param(context, 'id'))),
    parameters: { name: p.text(), color },
    required: ['name', 'color'],
  },
  'labels.retrieve': {
    method: 'GET',
    path: 'labels/:id',
    endpoint: (context) => ({
      body: renderLabel(
        context.world,
        requireVisible(context.world, context.caller, 'label', param(context, 'id')),
      ),
    }),
  },
  'labels.update': {
    method: 'PUT',
    path: 'labels/:id',
    endpoint: updateLabel,
    parameters: { name: p.text(), color },
  },
  'labels.delete': { method: 'DELETE', path: 'labels/:id', endpoint: deleteLabel },
} as const satisfies Record<string, Route>;

function createLabel({ world, caller, given }: Context, board: Board): Answer {
  const { uses: _uses, ...label } = renderLabel(world, makeLabel(world, caller, board, given));
  return { body: { ...label, limits: {} } };
}

function updateLabel(context: Context): Answer {
  const { world, caller, given } = context;
  const label = requireToEdit(world, caller, 'label', param(context, 'id'));
  changeLabel(world, caller, label, given);
  return { body: renderLabel(world, label) };
}

function deleteLabel(context: Context): Answer {
  const { world, caller } = context;
  removeLabel(world, caller, requireToEdit(world, caller, 'label', param(context, 'id')));
  return deleted;
}
