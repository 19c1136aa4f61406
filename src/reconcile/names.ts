import type { Value } from '#src/plan/item.ts';

const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u2032\u00b4`]/g;
const SPACES = /[\s\u00a0\u202f\u2007\u2009\u200a\u2060\ufeff]+/g;
/** Zero-width characters and the variation selectors that tools add to, or drop from, emoji. */
const INVISIBLE = /[\u200b-\u200d\u00ad]|\ufe0e|\ufe0f/g;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1f1e6}-\u{1f1ff}\u20e3]/gu;
const DIACRITICS = /\p{M}/gu;
/** Words of plain ASCII with single spaces between them: already canonical, as keys, dates and statuses are. */
const PLAIN = /^[!-_a-~]+(?: [!-_a-~]+)*$/;

/**
 * A text without what the tools change on their own: Unicode form, kinds of spaces and of apostrophes,
 * emoji selectors, line ends, blanks at the ends. Two texts with the same canonical form are the same text.
 */
export function canonicalText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, "'")
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(SPACES, ' ').trim())
    .join('\n')
    .trim();
}

/**
 * The form under which names are looked up: as `canonicalText`, and blind to case, accents and emoji too.
 * A name made of emoji alone keeps them.
 */
export function nameKey(name: string): string {
  const plain = canonicalText(name);
  const folded = plain.replace(EMOJI, '').normalize('NFD').replace(DIACRITICS, '').toLowerCase();
  return folded.replace(SPACES, ' ').trim() || plain;
}

/** Whether two values are the same to a reader. Nothing, `''`, `false` and an empty list are all blank; a list is a set. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return sameSet(a, b);
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  return typeof a === 'string' && typeof b === 'string' && canonicalText(a) === canonicalText(b);
}

function isBlank(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (typeof value === 'string') return canonicalText(value) === '';
  return Array.isArray(value) && value.length === 0;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === b.length && a.every((one, index) => one === b[index])) return true;
  const left = new Set(a.map(canonicalText));
  const right = new Set(b.map(canonicalText));
  return left.size === right.size && [...left].every((one) => right.has(one));
}
