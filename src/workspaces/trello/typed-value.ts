import { type Locale, say } from '#src/i18n/message.ts';
import { TICK } from '#src/i18n/trello-words.ts';
import type { Value } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import { frenchDate, parseDate } from '../excel/dates.ts';
import type { ColumnShape } from '../workspace.ts';
import { plainDay } from './dates.ts';
import { fitLine, fitText, linkIn } from './markdown.ts';

/** Values of a register as people type them on a card, and back. */

type Type = ColumnShape['type'];

export interface Unreadable {
  readonly unreadable: 'option' | 'date' | 'number' | 'check';
}
export type TypedValue = { readonly value: Value } | Unreadable;

/** What a card shows for a value of this column, once it was written and read. */
export function fitTyped(type: Type, value: Value): Value {
  switch (type) {
    case 'number':
    case 'amount':
      return isNumber(value) ? value + 0 : null;
    case 'percent':
      return isNumber(value) && Number.isFinite(percentOf(value)) ? percentOf(value) / 100 : null;
    case 'date':
      return typeof value === 'string' ? (plainDay(value) ?? null) : null;
    case 'checkbox':
      return value === true;
    case 'long-text':
      return fitText(asText(value));
    case 'url':
    case 'email':
      return withoutLink(fitLine(asText(value)));
    default:
      return fitLine(asText(value));
  }
}

function isNumber(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function asText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || value === false) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** A share of 1 in hundredths. Twelve digits are more than anybody means, and fewer than the multiplication gets wrong. */
export function percentOf(value: number): number {
  return Number((value * 100).toPrecision(12)) + 0;
}

/** The value as a line shows it, without Markdown's escapes; `''` for none. */
export function typedText(column: ColumnShape, value: Value, locale: Locale): string {
  const fitted = fitTyped(column.type, value);
  if (typeof fitted === 'boolean') return say(locale, fitted ? TICK.on : TICK.off);
  if (typeof fitted === 'number') return numberText(column.type, fitted, locale);
  if (typeof fitted !== 'string') return '';
  if (column.type === 'date') return locale === 'fr' ? frenchDate(fitted) : fitted;
  if (column.type !== 'select') return fitted;
  const option = column.options.find(({ key }) => key === fitted);
  // A key whose option the template no longer has stands there as code, so that it is read as a key.
  return option ? fitLine(option.title) : fitted && `\`${fitted}\``;
}

function numberText(type: Type, value: number, locale: Locale): string {
  const digits = (shown: number) => {
    const text = String(shown);
    return locale === 'fr' ? text.replace('.', ',') : text;
  };
  if (type === 'percent') return `${digits(percentOf(value))}\u00a0%`;
  return type === 'amount' ? `${digits(value)}\u00a0€` : digits(value);
}

/** The value that a line shows, as people may have typed it. Never throws. */
export function parseTyped(column: ColumnShape, text: string, locale: Locale): TypedValue {
  const typed = fitText(text);
  switch (column.type) {
    case 'number':
    case 'amount':
    case 'percent':
      return parseNumber(column.type, typed, locale);
    case 'date':
      return parseDay(typed);
    case 'checkbox':
      return parseTick(typed);
    case 'select':
      return parseOption(column, typed);
    case 'url':
    case 'email':
      return { value: withoutLink(fitLine(typed)) };
    default:
      return { value: column.type === 'long-text' ? typed : fitLine(typed) };
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

function parseNumber(type: Type, typed: string, locale: Locale): TypedValue {
  const bare = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace(/^€|€(?:HT|TTC)?$|%$/gi, '');
  if (bare === '') return { value: null };
  const digits = withPoint(bare.replace(/[\u2212\u2013]/g, '-'), locale);
  const number = NUMBER.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isFinite(number)) return { unreadable: 'number' };
  const isPercent = type === 'percent' && (typed.includes('%') || Math.abs(number) > 1);
  return { value: (isPercent ? Number(number.toPrecision(15)) / 100 : number) + 0 };
}

/** Of two kinds of separators the last one is that of the decimals; a comma alone is what it is in the language. */
function withPoint(text: string, locale: Locale): string {
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma === -1) return text.indexOf('.') === point ? text : text.replaceAll('.', '');
  if (point > comma) return text.replaceAll(',', '');
  if (point !== -1) return text.replaceAll('.', '').replace(',', '.');
  const isGrouped = /^[+-]?\d{1,3}(?:,\d{3})+$/.test(text);
  return isGrouped && locale === 'en' ? text.replaceAll(',', '') : text.replace(',', '.');
}

function parseDay(typed: string): TypedValue {
  if (typed === '') return { value: null };
  const day = parseDate(typed);
  return day === undefined ? { unreadable: 'date' } : { value: day };
}

const YES = new Set([
  'oui',
  'o',
  'yes',
  'y',
  'vrai',
  'true',
  '1',
  'x',
  'ok',
  '[x]',
  '☑',
  '✓',
  '✔',
  '✅',
  '☒',
]);
const NO = new Set(['', 'non', 'n', 'no', 'faux', 'false', '0', '-', '–', '[]', '☐', '❌']);

function parseTick(typed: string): TypedValue {
  const word = nameKey(typed).replace(/\s/g, '');
  if (NO.has(word)) return { value: false };
  return YES.has(word) ? { value: true } : { unreadable: 'check' };
}

function parseOption({ options }: ColumnShape, typed: string): TypedValue {
  if (typed === '') return { value: '' };
  const coded = /^`(.+)`$/.exec(typed)?.[1];
  const key = coded ?? options.find(({ title }) => nameKey(title) === nameKey(typed))?.key;
  return key === undefined ? { unreadable: 'option' } : { value: key };
}

/** Trello's editor makes links of addresses, and puts `mailto:` before those of people. */
function withoutLink(typed: string): string {
  const { words, href } = linkIn(typed);
  const bare = href.replace(/^mailto:/i, '') || words;
  return bare.length < typed.length ? withoutLink(bare) : bare;
}
