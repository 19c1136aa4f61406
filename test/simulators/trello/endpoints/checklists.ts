import { asText } from '../../json.ts';
import { requireNamed, requireSource, requireToEdit, requireVisible } from '../access.ts';
import { invalidId, invalidValue, notFound } from '../api-error.ts';
import {
  changeChecklist,
  changeItem,
  itemsInOrder,
  makeChecklist,
  makeItem,
  removeChecklist,
  removeItem,
} from '../checklists.ts';
import * as p from '../parameters.ts';
import { checklistFields, fieldsOf, readChecklist } from '../reading.ts';
import type { Card, CheckItem, Checklist } from '../records.ts';
import { renderChecklist, renderItem } from '../render.ts';
import { type Answer, type Context, deleted, param, type Route } from './context.ts';

const make: p.Parameters = { name: p.name, pos: p.position, idChecklistSource: p.id };
const reads: p.Parameters = { fields: p.fields(checklistFields), checkItems: p.oneOf('all', 'none') };
const itemDetails: p.Parameters = {
  due: p.date,
  dueReminder: p.nullable(p.whole(-1, 100_000)),
  idMember: p.nullable(p.id),
};

export const checklistRoutes = {
  'checklists.create': {
    method: 'POST',
    path: 'checklists',
    endpoint: (context) => {
      const { world, caller, given } = context;
      return createChecklist(context, requireNamed(world, caller, 'card', given.idCard, 'idCard'));
    },
    parameters: { ...make, idCard: p.id },
    required: ['idCard'],
  },
  'cards.checklists.create': {
    method: 'POST',
    path: 'cards/:id/checklists',
    endpoint: (context) =>
      createChecklist(context, requireToEdit(context.world, context.caller, 'card', param(context, 'id'))),
    parameters: make,
  },
  'cards.checklists': {
    method: 'GET',
    path: 'cards/:id/checklists',
    endpoint: cardChecklists,
    parameters: reads,
  },
  'checklists.retrieve': {
    method: 'GET',
    path: 'checklists/:id',
    endpoint: retrieveChecklist,
    parameters: reads,
  },
  'checklists.update': {
    method: 'PUT',
    path: 'checklists/:id',
    endpoint: updateChecklist,
    parameters: { name: p.name, pos: p.position },
  },
  'checklists.delete': { method: 'DELETE', path: 'checklists/:id', endpoint: deleteChecklist },
  'checkItems.list': { method: 'GET', path: 'checklists/:id/checkItems', endpoint: listItems },
  'checkItems.create': {
    method: 'POST',
    path: 'checklists/:id/checkItems',
    endpoint: createItem,
    parameters: { name: p.name, pos: p.position, checked: p.flag, ...itemDetails },
    required: ['name'],
  },
  'checkItems.update': {
    method: 'PUT',
    path: 'cards/:id/checkItem/:idCheckItem',
    endpoint: updateItem,
    parameters: {
      name: p.name,
      pos: p.position,
      state: p.oneOf('complete', 'incomplete'),
      idChecklist: p.id,
      ...itemDetails,
    },
  },
  'checkItems.delete': {
    method: 'DELETE',
    path: 'checklists/:id/checkItems/:idCheckItem',
    endpoint: deleteItem,
  },
  'cards.checkItems.delete': {
    method: 'DELETE',
    path: 'cards/:id/checkItem/:idCheckItem',
    endpoint: deleteItemOfCard,
  },
} as const satisfies Record<string, Route>;

function createChecklist({ world, caller, given }: Context, card: Card): Answer {
  if (given.idChecklistSource !== undefined) {
    requireSource(world, caller, 'checklist', given.idChecklistSource, 'idChecklistSource');
  }
  return { body: renderChecklist(world, makeChecklist(world, caller, card, given)) };
}

function cardChecklists(context: Context): Answer {
  const { world, caller, given } = context;
  const { id } = requireVisible(world, caller, 'card', param(context, 'id'));
  return { body: world.checklistsOf(id).map((one) => readChecklist(world, one, fieldsOf(given))) };
}

function retrieveChecklist(context: Context): Answer {
  const { world, caller, given } = context;
  const checklist = requireVisible(world, caller, 'checklist', param(context, 'id'));
  return { body: readChecklist(world, checklist, fieldsOf(given)) };
}

function updateChecklist(context: Context): Answer {
  const { world, caller, given } = context;
  const checklist = requireToEdit(world, caller, 'checklist', param(context, 'id'));
  changeChecklist(world, caller, checklist, given);
  return { body: renderChecklist(world, checklist) };
}

function deleteChecklist(context: Context): Answer {
  const { world, caller } = context;
  removeChecklist(world, caller, requireToEdit(world, caller, 'checklist', param(context, 'id')));
  return deleted;
}

function listItems(context: Context): Answer {
  const { world, caller } = context;
  const checklist = requireVisible(world, caller, 'checklist', param(context, 'id'));
  return { body: itemsInOrder(checklist).map((item) => renderItem(checklist, item)) };
}

function createItem(context: Context): Answer {
  const { world, caller, given } = context;
  const checklist = requireToEdit(world, caller, 'checklist', param(context, 'id'));
  return { body: { ...renderItem(checklist, makeItem(world, caller, checklist, given)), limits: {} } };
}

function updateItem(context: Context): Answer {
  const { world, caller, given } = context;
  const { checklist, item, card } = itemOfCard(context);
  const target =
    given.idChecklist === undefined ? checklist : world.get('checklist', asText(given.idChecklist));
  if (target?.idCard !== card.id) throw invalidValue('idChecklist');
  changeItem(world, caller, checklist, item, given);
  return { body: renderItem(target, item) };
}

function deleteItem(context: Context): Answer {
  const { world, caller } = context;
  const checklist = requireToEdit(world, caller, 'checklist', param(context, 'id'));
  const item = checklist.items.find(({ id }) => id === param(context, 'idCheckItem'));
  if (item === undefined) throw notFound();
  removeItem(world, caller, checklist, item);
  return deleted;
}

function deleteItemOfCard(context: Context): Answer {
  const { checklist, item } = itemOfCard(context);
  removeItem(context.world, context.caller, checklist, item);
  return deleted;
}

function itemOfCard(context: Context): { card: Card; checklist: Checklist; item: CheckItem } {
  const { world, caller } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const idItem = param(context, 'idCheckItem');
  if (!p.isId(idItem)) throw invalidId();
  for (const checklist of world.checklistsOf(card.id)) {
    const item = checklist.items.find(({ id }) => id === idItem);
    if (item !== undefined) return { card, checklist, item };
  }
  throw notFound();
}
