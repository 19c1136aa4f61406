import { ARCHIVED, type Fields, type Item } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import type { ColumnShape, RegisterShape } from '../workspace.ts';
import { customValue, hasValue } from './custom-field-values.ts';
import type { Desk } from './desk.ts';
import type { CardChanges } from './endpoints/cards.ts';
import type { CustomValue, FieldValue } from './endpoints/custom-fields.ts';
import type { KeptRow } from './read-row.ts';
import { describeRow } from './register-card.ts';
import type { Filled } from './remembered.ts';
import { type FieldPlace, type RowFields, readPlace } from './row-fields.ts';
import type { Card, CustomFieldItem } from './schema.ts';

/** What the card of a row is to be given. */
export interface RowContent {
  readonly changes: CardChanges;
  /** Set before the description gives up the lines of these columns. */
  readonly values: readonly FieldValue[];
  /** The custom fields that hold the card's values afterwards. */
  readonly filled: Filled;
  readonly cut: readonly string[];
}

export interface RowOrder {
  readonly item: Item;
  readonly register: RegisterShape;
  /** What is to be shown; empty when a value is only to change its place. */
  readonly fields: Fields;
  /** The card as it is, where there is one. */
  readonly present: Card | undefined;
  readonly kept: KeptRow | undefined;
}

/**
 * Each value stands in one place: in the custom field of its column where the board has one that can show it, else on
 * a typed line. One that stands in the wrong place, since the plan of the workspace has changed or people have deleted
 * a field, is moved.
 */
export function rowContent(
  order: RowOrder,
  present: RowFields,
  { blueprint, timeZone }: Pick<Desk, 'blueprint' | 'timeZone'>,
): RowContent {
  const { item, register, fields, kept } = order;
  const standing = order.present?.id === '' ? undefined : order.present;
  const raw = Object.fromEntries(Object.entries(kept?.kept ?? {}).filter(([field]) => !(field in fields)));
  const homes = register.columns
    .slice(1)
    .map((column) => homeOf(column, order, raw, present.of(register, column), timeZone));
  const inFields = new Set(homes.filter(({ value }) => value !== undefined).map(({ column }) => column.key));
  const isDescribed = !standing || homes.some((home) => isLineWrong(home, order));
  const isNamed = !standing || (register.columns[0]?.key ?? '') in fields;
  const text = { fields: item.fields, kept: raw, rest: kept?.rest, elsewhere: inFields };
  const described =
    isNamed || isDescribed ? describeRow(text, item.key, register, blueprint.locale) : undefined;
  return {
    changes: {
      ...(isNamed && described && described.name !== standing?.name && { name: described.name }),
      ...(isDescribed && described && described.text !== standing?.desc && { desc: described.text }),
      ...(ARCHIVED in fields && order.present !== undefined && { closed: fields[ARCHIVED] === true }),
    },
    values: homes.flatMap((home) => valueToSet(home, order, timeZone)),
    filled: Object.fromEntries(homes.flatMap((home) => filledBy(home, kept?.filled))),
    cut: isDescribed ? (described?.cut ?? []) : [],
  };
}

interface Home {
  readonly column: ColumnShape;
  readonly place: FieldPlace | undefined;
  /** What the field is to hold; `undefined` where the value stands on a line. */
  readonly value: CustomValue | undefined;
  /** People have typed behind the column what we do not understand: it is theirs until the column changes elsewhere. */
  readonly isTheirs: boolean;
}

function homeOf(
  column: ColumnShape,
  { item }: RowOrder,
  raw: Readonly<Record<string, string>>,
  place: FieldPlace | undefined,
  timeZone: string,
): Home {
  const isTheirs = column.key in raw;
  const value =
    place && !isTheirs
      ? customValue(column, item.fields[column.key] ?? null, (key) => place.options.get(key), timeZone)
      : undefined;
  return { column, place, value, isTheirs };
}

/** Its line is there and must not be, or is not there and must be, or says something else. */
function isLineWrong({ column, value, isTheirs }: Home, { fields, kept }: RowOrder): boolean {
  const isLined = kept?.lined.has(column.key) ?? false;
  if (value !== undefined) return isLined;
  if (isTheirs) return false;
  return column.key in fields || (!isLined && kept?.filled[column.key] !== undefined);
}

function valueToSet(
  home: Home,
  { fields, kept, present }: RowOrder,
  timeZone: string,
): readonly FieldValue[] {
  const { column, place, isTheirs } = home;
  if (!place || isTheirs) return [];
  const isFilled = kept?.filled[column.key] === place.id;
  if (isFilled && !(column.key in fields)) return [];
  const wanted = home.value ?? customValue(column, null, () => undefined, timeZone);
  if (!wanted || shows(column, place, wanted, present, timeZone)) return [];
  return [{ idCustomField: place.id, value: wanted }];
}

/** Whether the field already shows it; not where Trello has not told what it shows. */
function shows(
  column: ColumnShape,
  place: FieldPlace,
  wanted: CustomValue,
  present: Card | undefined,
  timeZone: string,
): boolean {
  const isBlank = Object.values(wanted).every((value) => value === null);
  if (!present) return isBlank;
  if (!present.customFieldItems) return false;
  const item = present.customFieldItems.rows.find(({ idCustomField }) => idCustomField === place.id);
  if (!hasValue(item)) return isBlank;
  const [shown, asked] = [item, itemOf(place.id, wanted)].map((one) =>
    readPlace(column, place, one, timeZone),
  );
  return Boolean(
    shown && asked && 'value' in shown && 'value' in asked && sameValue(shown.value, asked.value),
  );
}

/** As Trello would tell it. */
function itemOf(idCustomField: string, wanted: CustomValue): CustomFieldItem {
  if ('option' in wanted) return { idCustomField, idValue: wanted.option, value: null };
  const [[type, content] = ['number', null]] = Object.entries(wanted);
  return { idCustomField, idValue: null, value: content === null ? null : { [type]: String(content) } };
}

function filledBy(
  { column, place, value, isTheirs }: Home,
  before: Filled = {},
): readonly (readonly [string, string])[] {
  if (place && value !== undefined) return [[column.key, place.id]];
  const known = isTheirs ? before[column.key] : undefined;
  return known === undefined ? [] : [[column.key, known]];
}
