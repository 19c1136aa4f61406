import type { Value } from '#src/plan/item.ts';
import type { ColumnShape } from '../workspace.ts';
import { dayOf, instantOf, PARIS } from './dates.ts';
import type { CustomValue, NewCustomField } from './endpoints/custom-fields.ts';
import { OPTIONS_LIMIT } from './limits.ts';
import { fitLine } from './markdown.ts';
import type { CustomFieldItem } from './schema.ts';
import { fitTyped, percentOf, type TypedValue } from './typed-value.ts';

/** Columns of a register as custom fields, where the plan has them. What a card then shows fits as on a typed line. */

/**
 * Numbers, dates, ticks and choices, which Trello checks and sorts. Texts stay lines: each field shows on every card of
 * the board, of which there may be 50, and a text gains nothing by it.
 */
const TYPES: Readonly<Partial<Record<ColumnShape['type'], NewCustomField['type']>>> = {
  number: 'number',
  amount: 'number',
  percent: 'number',
  date: 'date',
  select: 'list',
  checkbox: 'checkbox',
};

export interface CustomFieldShape {
  readonly name: string;
  readonly type: NewCustomField['type'];
  /** Titles, in the order of the column's options. */
  readonly options: readonly string[];
}

/** `undefined` for a column that is better off in the description. Percents are told by the name. */
export function customFieldFor({ title, type, options }: ColumnShape): CustomFieldShape | undefined {
  const kind = TYPES[type];
  if (kind === undefined || options.length > OPTIONS_LIMIT) return undefined;
  const name = type === 'percent' && !title.includes('%') ? `${fitLine(title)} (%)` : fitLine(title);
  return { name, type: kind, options: options.map((option) => fitLine(option.title)) };
}

/** What is to be set; `undefined` when the field cannot show it: an option that is not there, for instance. */
export function customValue(
  column: ColumnShape,
  value: Value,
  idOfOption: (key: string) => string | undefined,
  zone = PARIS,
): CustomValue | undefined {
  const fitted = fitTyped(column.type, value);
  switch (TYPES[column.type]) {
    case 'number':
      return { number: typeof fitted === 'number' ? shownNumber(column, fitted) : null };
    case 'date':
      return { date: typeof fitted === 'string' ? (instantOf(fitted, zone) ?? null) : null };
    case 'checkbox':
      return { checked: fitted === true ? true : null };
    case 'list':
      return optionValue(String(fitted ?? ''), idOfOption);
    default:
      return undefined;
  }
}

function shownNumber({ type }: ColumnShape, value: number): number {
  return type === 'percent' ? percentOf(value) : value;
}

function optionValue(key: string, idOfOption: (key: string) => string | undefined): CustomValue | undefined {
  if (key === '') return { option: null };
  const option = idOfOption(key);
  return option === undefined ? undefined : { option };
}

/** What a card says of the column. A card without a value of that field (`item` undefined) leaves it blank. */
export function readCustomValue(
  column: ColumnShape,
  item: CustomFieldItem | undefined,
  keyOfOption: (id: string) => string | undefined,
  zone = PARIS,
): TypedValue {
  const { value, idValue } = item ?? {};
  switch (TYPES[column.type]) {
    case 'number':
      return readNumber(column, value?.number);
    case 'date':
      return readDate(value?.date, zone);
    case 'checkbox':
      return { value: value?.checked === 'true' };
    default:
      return readOption(idValue ?? undefined, keyOfOption);
  }
}

/** A value that is there, be it one that we do not understand. */
export function hasValue(item: CustomFieldItem | undefined): item is CustomFieldItem {
  return item !== undefined && Boolean(item.idValue ?? item.value);
}

function readNumber(column: ColumnShape, text: string | undefined): TypedValue {
  if (text === undefined || text.trim() === '') return { value: null };
  const number = Number(text);
  if (!Number.isFinite(number)) return { unreadable: 'number' };
  return { value: column.type === 'percent' ? number / 100 : number };
}

function readDate(instant: string | undefined, zone: string): TypedValue {
  if (instant === undefined || instant === '') return { value: null };
  const day = dayOf(instant, zone);
  return day === undefined ? { unreadable: 'date' } : { value: day };
}

function readOption(id: string | undefined, keyOfOption: (id: string) => string | undefined): TypedValue {
  if (id === undefined) return { value: '' };
  const key = keyOfOption(id);
  return key === undefined ? { unreadable: 'option' } : { value: key };
}
