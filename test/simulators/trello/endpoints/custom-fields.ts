import { asObjects, asText, type JsonObject } from '../../json.ts';
import { requireNamed, requireToEdit, requireVisible } from '../access.ts';
import { invalidValue, notFound } from '../api-error.ts';
import { makeField, makeOption, removeField, setFieldValue } from '../custom-fields.ts';
import * as p from '../parameters.ts';
import { requirePaidPlan } from '../plan-gates.ts';
import { fieldValuesOf } from '../reading.ts';
import { type Card, type CustomField, fieldTypes } from '../records.ts';
import { renderField, renderFieldValues } from '../render.ts';
import type { Caller, World } from '../world.ts';
import { type Answer, type Context, deleted, param, type Route } from './context.ts';

/** An object, or the empty text that clears it. */
const value: p.Parameter = (given, settings) => (given === '' ? '' : p.object(given, settings));
const idValue: p.Parameter = (given, settings) => (given === '' ? '' : p.nullable(p.id)(given, settings));

export const customFieldRoutes = {
  'customFields.create': {
    method: 'POST',
    path: 'customFields',
    endpoint: createField,
    parameters: {
      idModel: p.id,
      modelType: p.oneOf('board'),
      name: p.name,
      type: p.oneOf(...fieldTypes),
      pos: p.position,
      options: p.list(p.object),
      display_cardFront: p.flag,
    },
    required: ['idModel', 'modelType', 'name', 'type', 'pos'],
  },
  'boards.customFields': { method: 'GET', path: 'boards/:id/customFields', endpoint: boardFields },
  'customFields.retrieve': {
    method: 'GET',
    path: 'customFields/:id',
    endpoint: (context) => ({ body: renderField(paidField(context, requireVisible)) }),
  },
  'customFields.update': {
    method: 'PUT',
    path: 'customFields/:id',
    endpoint: updateField,
    parameters: { name: p.name, pos: p.position },
  },
  'customFields.delete': { method: 'DELETE', path: 'customFields/:id', endpoint: deleteField },
  'customFields.options.create': {
    method: 'POST',
    path: 'customFields/:id/options',
    endpoint: createOption,
    parameters: { value: p.object, color: p.text(), pos: p.position },
    required: ['value'],
  },
  'cards.customFieldItems': {
    method: 'GET',
    path: 'cards/:id/customFieldItems',
    endpoint: cardValues,
  },
  'cards.customField.update': {
    method: 'PUT',
    path: 'cards/:id/customField/:idCustomField/item',
    endpoint: updateValue,
    parameters: { value, idValue },
  },
  'cards.customFields.update': {
    method: 'PUT',
    path: 'cards/:id/customFields',
    endpoint: updateValues,
    parameters: { customFieldItems: p.list(p.object) },
    required: ['customFieldItems'],
  },
} as const satisfies Record<string, Route>;

type Find = (world: World, caller: Caller, kind: 'customField', id: string) => CustomField;

function paidField(context: Context, find: Find): CustomField {
  const field = find(context.world, context.caller, 'customField', param(context, 'id'));
  requirePaidPlan(context.world, 'Custom fields are');
  return field;
}

function createField({ world, caller, given }: Context): Answer {
  const board = requireNamed(world, caller, 'board', given.idModel, 'idModel');
  requirePaidPlan(world, 'Custom fields are');
  if (given.options !== undefined && given.type !== 'list') throw invalidValue('options');
  return { body: renderField(makeField(world, caller, board, given)) };
}

function boardFields(context: Context): Answer {
  const { world, caller } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const fields = world.settings.plan === 'free' ? [] : world.customFieldsOf(board.id);
  return { body: fields.map(renderField) };
}

function updateField(context: Context): Answer {
  const field = paidField(context, requireToEdit);
  const { name, pos } = context.given;
  if (typeof name === 'string') field.name = name;
  if (typeof pos === 'number') field.pos = pos;
  return { body: renderField(field) };
}

function deleteField(context: Context): Answer {
  removeField(context.world, paidField(context, requireToEdit));
  return deleted;
}

function createOption(context: Context): Answer {
  const field = paidField(context, requireToEdit);
  const { id, text, color, pos } = makeOption(context.world, field, context.given);
  return { body: { id, idCustomField: field.id, value: { text }, color, pos } };
}

function cardValues(context: Context): Answer {
  const card = requireVisible(context.world, context.caller, 'card', param(context, 'id'));
  return { body: fieldValuesOf(context.world, card) };
}

function updateValue(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const field = fieldOfCard(world, card, param(context, 'idCustomField'));
  setFieldValue(world, caller, card, field, given);
  const shown = renderFieldValues(card).find(({ idCustomField }) => idCustomField === field.id);
  return { body: shown ?? { idCustomField: field.id, value: null, idValue: null } };
}

function updateValues(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const sent = asObjects(given.customFieldItems).map(({ idCustomField, ...item }: JsonObject) => ({
    field: fieldOfCard(world, card, asText(idCustomField)),
    item: p.readParameters(item, { value, idValue }, [], world.settings),
  }));
  for (const { field, item } of sent) setFieldValue(world, caller, card, field, item);
  return { body: renderFieldValues(card) };
}

function fieldOfCard(world: World, card: Card, id: string): CustomField {
  const field = world.get('customField', id);
  if (field?.idBoard !== card.idBoard) throw notFound();
  requirePaidPlan(world, 'Custom fields are');
  return field;
}
