import { DESCRIPTION_LIMIT } from './limits.ts';

/**
 * A card is known by its key, which stands on the last line of its description, as code: the one place that a Free
 * board offers, that the create itself can carry, and in which Trello's editor changes no sign.
 */

/** Not a word of any language: "jalon : signature" is something that a team may well write. */
const NAME = 'jalon-ref';

/** Signs that mean nothing in Markdown. All others are written as in a URL. */
const PLAIN = /[A-Za-z0-9/:#-]/;

/** The whole key, as it stands in a description. */
export function markerOf(key: string): string {
  return `\`${NAME}:${encoded(key)}\``;
}

function encoded(key: string): string {
  const signs = [...key.toWellFormed()];
  return signs
    .map((sign, index) => {
      // At the end a colon would look like a sentence's own.
      const isPlain = PLAIN.test(sign) && (index < signs.length - 1 || /[A-Za-z0-9]/.test(sign));
      return isPlain ? sign : [...Buffer.from(sign)].map(hex).join('');
    })
    .join('');
}

function hex(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** How many characters a description has left beside the marker. */
export function roomBeside(key: string): number {
  return DESCRIPTION_LIMIT - markerOf(key).length - BETWEEN.length;
}

const BETWEEN = '\n\n';

/** @throws RangeError when both do not fit into a description: the marker is never cut, nor left out. */
export function withMarker(text: string, key: string): string {
  if (text.length > roomBeside(key)) throw new RangeError('The text leaves no room for the marker.');
  return text === '' ? markerOf(key) : `${text}${BETWEEN}${markerOf(key)}`;
}

/** With whatever people or their editors have put around it: other quotes, stars, a link, blanks, capitals, escapes. */
const MARKER =
  /[`*_~[]{0,6}(?<![\p{L}\p{N}])jalon\\?-ref[ \t\u00a0\u202f]{0,4}[:\uff1a][ \t\u00a0\u202f]{0,4}`?((?:\\?[A-Za-z0-9/:#%-]){1,4000})(?:\]\([^)\n]{0,4000}\)|[`*_~\]]{0,6})/giu;

/** Most texts of people hold none, and there may be thousands. */
const HINT = /jalon\\?-ref/i;

export interface MarkedText {
  /** `undefined`: there is none; people may have deleted it, or written the card themselves. */
  readonly key: string | undefined;
  /** What stands around the marker, before and after it, without it. */
  readonly text: string;
}

/** The last marker counts: a description that was pasted into another one brings its own along. Never throws. */
export function readMarker(description: string): MarkedText {
  const text = description.replace(/\r\n?/g, '\n');
  if (!HINT.test(text)) return { key: undefined, text: text.trim() };
  const found = [...text.matchAll(MARKER)].at(-1);
  const key = decoded(found?.[1] ?? '');
  if (!found || key === '') return { key: undefined, text: text.trim() };
  const before = text.slice(0, found.index).trimEnd();
  const after = text.slice(found.index + found[0].length).trim();
  return {
    key,
    text: [before, after]
      .filter((part) => part !== '')
      .join('\n')
      .trim(),
  };
}

function decoded(text: string): string {
  const key = text.replaceAll('\\', '').replace(/[/:#-]+$/, '');
  try {
    return decodeURIComponent(key);
  } catch {
    return '';
  }
}
