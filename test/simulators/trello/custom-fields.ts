import { asObjects, asText, isObject, type Json, type JsonObject } from '../json.ts';
import { boardData, tell } from './actions.ts';
import { invalidValue } from './api-error.ts';
import { requireRoom } from './plan-gates.ts';
import { positionFor } from './positions.ts';
import type { Board, Card, CustomField, FieldOption, FieldType } from './records.ts';
import { keptDate } from './times.ts';
import type { Caller, World } from './world.ts';

export function makeField(world: World, caller: Caller, board: Board, sent: JsonObject): CustomField {
  const fields = world.customFieldsOf(board.id);
  requireRoom(world, 'customFields.perBoard', fields.length);
  const field = world.add<CustomField>({
    kind: 'customField',
    id: world.newId(),
    idBoard: board.id,
    name: asText(sent.name),
    type: asText(sent.type) as FieldType,
    pos: positionFor(sent.pos, fields),
    onCardFront: sent.display_cardFront !== false,
    options: [],
  });
  for (const option of asObjects(sent.options)) makeOption(world, field, option);
  world.act(
    caller,
    'createCustomField',
    { board: boardData(board), customField: fieldData(field) },
    { hidden: true },
  );
  return field;
}

function fieldData({ id, name, type }: CustomField): JsonObject {
  return { id, name, type };
}

/** @throws ApiError 400 on a field that is no list, and on an option without a text. */
export function makeOption(world: World, field: CustomField, sent: JsonObject): FieldOption {
  const text = isObject(sent.value) ? asText(sent.value.text) : '';
  if (field.type !== 'list' || text === '') throw invalidValue('value');
  requireRoom(world, 'customFieldOptions.perField', field.options.length);
  const option: FieldOption = {
    id: world.newId(),
    text,
    color: asText(sent.color) || 'none',
    pos: positionFor(sent.pos, field.options),
  };
  field.options.push(option);
  return option;
}

/** The option of that text, which cards lose that bore it. */
export function removeOption(world: World, field: CustomField, text: string): void {
  const at = field.options.findIndex((option) => option.text === text);
  const [removed] = at < 0 ? [] : field.options.splice(at, 1);
  for (const card of world.cardsOf(field.idBoard))
    if (removed && card.fieldValues.get(field.id)?.idValue === removed.id) card.fieldValues.delete(field.id);
}

export function removeField(world: World, field: CustomField): void {
  for (const card of world.cardsOf(field.idBoard)) card.fieldValues.delete(field.id);
  world.remove(field);
}

/**
 * Takes `{ value: { text: "…" } }`, `{ idValue: "…" }`, and `""` in either to clear it.
 * @throws ApiError 400 on a value of another type, and on one that is no text.
 */
export function setFieldValue(
  world: World,
  caller: Caller,
  card: Card,
  field: CustomField,
  sent: JsonObject,
): void {
  const old = card.fieldValues.get(field.id);
  const fresh = field.type === 'list' ? chosen(field, sent) : typed(world, field, sent);
  if (fresh === undefined) card.fieldValues.delete(field.id);
  else card.fieldValues.set(field.id, { id: old?.id ?? world.newId(), ...fresh });
  const told = {
    customField: fieldData(field),
    customFieldItem: { idCustomField: field.id, ...fresh },
    old: field.type === 'list' ? { idValue: old?.idValue ?? null } : { value: old?.value ?? null },
  };
  tell(world, caller, 'updateCustomFieldItem', card, told);
  world.touch(card);
}

interface Value {
  readonly value: JsonObject | null;
  readonly idValue: string | null;
}

/** Undefined: it is cleared. */
function chosen(field: CustomField, { value, idValue }: JsonObject): Value | undefined {
  if (value !== undefined && value !== '') throw invalidValue('value');
  if (idValue === '' || idValue === null) return undefined;
  if (!field.options.some(({ id }) => id === idValue)) throw invalidValue('idValue');
  return { value: null, idValue: asText(idValue) };
}

const valueKeys = { text: 'text', number: 'number', date: 'date', checkbox: 'checked' } as const;

function typed(world: World, field: CustomField, { value, idValue }: JsonObject): Value | undefined {
  if (idValue !== undefined || field.type === 'list') throw invalidValue('idValue');
  if (value === '') return undefined;
  const key = valueKeys[field.type];
  const given = isObject(value) && Object.keys(value).join() === key ? value[key] : undefined;
  // Every value is a text, numbers and ticks too.
  if (typeof given !== 'string') throw invalidValue('value');
  const kept = valueFrom(world, field.type, given);
  if (kept === undefined) throw invalidValue('value');
  return { value: { [key]: kept }, idValue: null };
}

function valueFrom(world: World, type: FieldType, given: string): Json | undefined {
  switch (type) {
    case 'number':
      return given.trim() === '' || Number.isNaN(Number(given)) ? undefined : given;
    case 'date':
      return given === '' ? undefined : keptDate(given, world.settings);
    case 'checkbox':
      return given === 'true' || given === 'false' ? given : undefined;
    default:
      return given;
  }
}
