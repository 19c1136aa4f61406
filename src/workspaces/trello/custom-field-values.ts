import type { Value } from '#src/plan/item.ts';
import type { ColumnShape } from '../workspace.ts';
import { dayOf, instantOf, PARIS } from './dates.ts';
import type { CustomValue, NewCustomField } from './endpoints/custom-fields.ts';
import { fitLine } from './markdown.ts';
import type { CustomFieldItem } from './schema.ts';
import { fitTyped, percentOf, type TypedValue } from './typed-value.ts';

/** Columns of a register as custom fields, where the plan has them. What a card then shows fits as on a typed line. */

const TYPES: Readonly<Record<ColumnShape['type'], NewCustomField['type'] | undefined>> = {
  text: 'text',
  // One line is all that a custom field shows: long texts stay in the description.
  'long-text': undefined,
  number: 'number',
  amount: 'number',
  percent: 'number',
  date: 'date',
  select: 'list',
  checkbox: 'checkbox',
  url: 'text',
  email: 'text',
  person: 'text',
};

export interface WantedCustomField {
  readonly name: string;
  readonly type: NewCustomField['type'];
  /** Titles, in the order of the column's options. */
  readonly options: readonly string[];
}

/** `undefined` for a column that is better off in the description. Percents are told by the name. */
export function customFieldFor({ title, type, options }: ColumnShape): WantedCustomField | undefined {
  const kind = TYPES[type];
  if (kind === undefined) return undefined;
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
    case 'text':
      return { text: fitted === '' ? null : String(fitted) };
    case undefined:
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
    case 'list':
      return readOption(idValue ?? undefined, keyOfOption);
    default:
      return { value: fitTyped(column.type, value?.text ?? '') };
  }
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
