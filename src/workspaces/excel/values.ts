import type { Value } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import { BLANK, type Content, type Shown, textContent } from './cell.ts';
import { fromSerial, parseDate, toSerial } from './dates.ts';
import { type ColumnLayout, TICK } from './layout.ts';
import { momentOf, momentSerial, parseMoment } from './moments.ts';
import { cellText, joinNames, splitNames } from './text.ts';

/** A cell that cannot be taken for a value of its column, and why. */
export interface Unreadable {
  readonly unreadable: 'label' | 'date' | 'number' | 'check' | 'error';
}
export type Decoded = { readonly value: Value } | Unreadable;

const YES: ReadonlySet<string> = new Set([
  '☑',
  '✓',
  '✔',
  '☒',
  'x',
  'oui',
  'yes',
  'vrai',
  'true',
  '1',
  'o',
  'y',
  'ok',
]);
const NO: ReadonlySet<string> = new Set(['☐', 'non', 'no', 'faux', 'false', '0', 'n', '-']);

/** The texts that formulas count as a tick. */
export const TICKED: readonly string[] = [TICK.on, 'x', 'oui', 'yes', 'vrai', 'true', '1', '✓', '✔'];

/** What the cell of this column holds for a value. A value of another type than the column's is written as text. */
export function encode(column: ColumnLayout, value: Value | undefined, date1904: boolean): Content {
  if (column.kind === 'check') return textContent(value === true ? TICK.on : TICK.off);
  if (value === undefined || value === null || value === '') return BLANK;
  if (typeof value === 'object') return textContent(encodeList(column, value));
  if (typeof value === 'number') return Number.isFinite(value) ? { type: 'number', number: value } : BLANK;
  if (typeof value === 'boolean') return textContent(value ? TICK.on : TICK.off);
  if (column.kind === 'label') return textContent(cellText(column.vocabulary?.labelOf(value) ?? value));
  if (column.kind === 'moment') return encodeMoment(column, value, date1904);
  const serial = column.kind === 'date' ? toSerial(value, date1904) : undefined;
  return serial === undefined ? textContent(cellText(value)) : { type: 'number', number: serial };
}

function encodeList(column: ColumnLayout, value: readonly string[]): string {
  const { vocabulary } = column;
  return vocabulary ? cellText(value.map((key) => vocabulary.labelOf(key)).join(', ')) : joinNames(value);
}

function encodeMoment({ timeZone }: ColumnLayout, instant: string, date1904: boolean): Content {
  const serial = timeZone === undefined ? undefined : momentSerial(instant, timeZone, date1904);
  return serial === undefined ? BLANK : { type: 'number', number: serial };
}

/** The value that a cell of this column shows. `text` is what a reader sees in it. */
export function decode(column: ColumnLayout, shown: Shown, text: string, date1904: boolean): Decoded {
  if (shown.type === 'error') return { unreadable: 'error' };
  switch (column.kind) {
    case 'label':
      return decodeLabel(column, text);
    case 'labels':
      return decodeLabels(column, text);
    case 'names':
      return { value: splitNames(text) };
    case 'date':
      return decodeDate(
        shown,
        (serial) => fromSerial(serial, date1904),
        (typed) => parseDate(typed),
      );
    case 'moment':
      return decodeMoment(column, shown, date1904);
    case 'number':
    case 'amount':
    case 'percent':
      return decodeNumber(shown);
    case 'check':
      return decodeCheck(shown, text);
    default:
      return { value: text };
  }
}

function decodeLabel(column: ColumnLayout, text: string): Decoded {
  if (text.trim() === '') return { value: '' };
  const key = column.vocabulary?.keyOf(text);
  return key === undefined ? { unreadable: 'label' } : { value: key };
}

function decodeLabels(column: ColumnLayout, text: string): Decoded {
  const keys = new Set<string>();
  const names = text.split(/[,;\n]/);
  for (let at = 0; at < names.length; ) {
    if (names[at]?.trim() === '') {
      at += 1;
      continue;
    }
    const found = longestLabel(column, names, at);
    if (!found) return { unreadable: 'label' };
    keys.add(found.key);
    at = found.next;
  }
  return { value: [...keys] };
}

/** A label may itself hold commas: the longest stretch of names that is a label is taken. */
function longestLabel(
  column: ColumnLayout,
  names: readonly string[],
  at: number,
): { readonly key: string; readonly next: number } | undefined {
  for (let next = names.length; next > at; next -= 1) {
    const key = column.vocabulary?.keyOf(names.slice(at, next).join(','));
    if (key !== undefined) return { key, next };
  }
  return undefined;
}

function decodeMoment({ timeZone = 'UTC' }: ColumnLayout, shown: Shown, date1904: boolean): Decoded {
  return decodeDate(
    shown,
    (serial) => momentOf(serial, timeZone, date1904),
    (typed) => parseMoment(typed, timeZone),
  );
}

function decodeDate(
  shown: Shown,
  ofSerial: (serial: number) => string | undefined,
  ofText: (typed: string) => string | undefined,
): Decoded {
  if (shown.type === 'blank' || (shown.type === 'text' && shown.text.trim() === '')) return { value: null };
  const value =
    shown.type === 'number' ? ofSerial(shown.number) : shown.type === 'text' ? ofText(shown.text) : undefined;
  return value === undefined ? { unreadable: 'date' } : { value };
}

function decodeNumber(shown: Shown): Decoded {
  if (shown.type === 'blank') return { value: null };
  if (shown.type === 'number') return { value: shown.number };
  if (shown.type !== 'text') return { unreadable: 'number' };
  const bare = shown.text.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
  if (bare === '') return { value: null };
  const [, digits = '', percent] = /^([+-]?\d+(?:\.\d+)?)(%?)$/.exec(bare) ?? [];
  if (digits === '') return { unreadable: 'number' };
  return { value: percent ? Number(digits) / 100 : Number(digits) };
}

function decodeCheck(shown: Shown, text: string): Decoded {
  if (shown.type === 'boolean') return { value: shown.boolean };
  // The name key drops emoji, and some programs draw the tick as one.
  const word = nameKey(text) || text.replace(/[\ufe0e\ufe0f\s]/g, '');
  if (word === '' || NO.has(word)) return { value: false };
  return YES.has(word) ? { value: true } : { unreadable: 'check' };
}
