import { asText } from '../../json.ts';
import { maySee, requireToEdit, requireVisible } from '../access.ts';
import { namesModel } from '../actions.ts';
import { invalidId, noPermission, notFound } from '../api-error.ts';
import { changeComment, makeComment, removeComment } from '../comments.ts';
import * as p from '../parameters.ts';
import { actionReads, actionsAsked, readActions } from '../reading.ts';
import type { Action } from '../records.ts';
import { renderAction } from '../render.ts';
import { type Answer, type Context, deletedValue, param, type Route } from './context.ts';

const comment = { parameters: { text: p.name }, required: ['text'] };

export const actionRoutes = {
  'cards.actions': {
    method: 'GET',
    path: 'cards/:id/actions',
    endpoint: cardActions,
    parameters: actionReads,
  },
  'cards.comments.create': {
    method: 'POST',
    path: 'cards/:id/actions/comments',
    endpoint: createComment,
    ...comment,
  },
  'cards.comments.update': {
    method: 'PUT',
    path: 'cards/:id/actions/:idAction/comments',
    endpoint: updateComment,
    ...comment,
  },
  'cards.comments.delete': {
    method: 'DELETE',
    path: 'cards/:id/actions/:idAction/comments',
    endpoint: deleteComment,
  },
  'actions.retrieve': {
    method: 'GET',
    path: 'actions/:idAction',
    endpoint: (context) => ({ body: renderAction(context.world, requireAction(context)) }),
  },
  'actions.update': { method: 'PUT', path: 'actions/:idAction', endpoint: updateComment, ...comment },
  'actions.delete': { method: 'DELETE', path: 'actions/:idAction', endpoint: deleteComment },
} as const satisfies Record<string, Route>;

function cardActions(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireVisible(world, caller, 'card', param(context, 'id'));
  const actions = world.actions.filter((action) => namesModel(action, 'card', card.id));
  // Without a filter a card tells comments and moves only.
  const filter = given.filter ?? ['commentCard', 'updateCard:idList'];
  if (given.format === 'count') {
    return { body: { _value: actionsAsked(actions, { ...given, filter }).length } };
  }
  return { body: readActions(world, actions, { ...given, filter }) };
}

function createComment(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  return { body: renderAction(world, makeComment(world, caller, card, asText(given.text))) };
}

function updateComment(context: Context): Answer {
  const { world, caller, given } = context;
  const action = requireComment(context);
  changeComment(world, caller, action, asText(given.text));
  return { body: renderAction(world, action) };
}

function deleteComment(context: Context): Answer {
  removeComment(context.world, context.caller, requireComment(context));
  return deletedValue;
}

function requireAction(context: Context): Action {
  const { world, caller } = context;
  const id = param(context, 'idAction');
  if (!p.isId(id)) throw invalidId();
  const action = world.actions.find((one) => one.id === id);
  const board = world.get('board', asText(Object(action?.data.board).id));
  if (action === undefined || board === undefined) throw notFound();
  if (!maySee(world, caller, board)) throw noPermission('action');
  return action;
}

/** A comment of the card that the path names, if it names one. */
function requireComment(context: Context): Action {
  const { world, caller } = context;
  const action = requireAction(context);
  const idCard = asText(Object(action.data.card).id);
  if (action.type !== 'commentCard') throw notFound();
  const named = param(context, 'id') || idCard;
  if (requireToEdit(world, caller, 'card', named).id !== idCard) throw notFound();
  return action;
}
