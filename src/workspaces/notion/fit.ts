import type { Value } from '#src/plan/item.ts';
import { ARRAY_LIMIT } from './limits.ts';
import { richText, type TextPiece } from './rich-text.ts';

// Control characters other than tab and line feed: Notion refuses some, and shows none.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they are
const UNSHOWN = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A text as one property or block takes it: pieces of at most 2,000 characters, and at most 100 of them. */
export function textPieces(text: string): TextPiece[] {
  return richText(text.replace(/\r\n?/g, '\n').replace(UNSHOWN, '')).slice(0, ARRAY_LIMIT);
}

/** The text that Notion shows for `text`: all of it up to about 190,000 characters. */
export function fitText(text: string): string {
  return textPieces(text)
    .map((piece) => piece.text.content)
    .join('');
}

/** Names as one text shows them, so a comma in a name parts it in two. */
export function splitNames(text: string): readonly string[] {
  const names = fitText(text)
    .split(/[,;\n]/)
    .map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** What Notion shows for the value of any field. */
export function fitValue(value: Value): Value {
  if (typeof value === 'string') return fitText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'object' && value !== null) return splitNames(value.join(', '));
  return value;
}

/** The day of a date, its time left out; `undefined` for what is no day of the calendar. */
export function dayOf(iso: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(iso)?.[0];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day ?? '') ? day : undefined;
}
