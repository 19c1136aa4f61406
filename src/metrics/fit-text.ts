/**
 * Fits texts into a picture. Drawing happens where no browser measures texts, so widths are estimated, always on
 * the wide side for the letters of French and English: a line may end early, it never runs out of the picture.
 */

/** Widest advance of each group in em, read from the semi-bold of Source Sans 3; the regular is narrower. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/\s/u, 0.21],
  [/[ijlîïIÎÏ.,;:'’|]/u, 0.29],
  [/[frt!()[\]/-]/u, 0.38],
  [/…/u, 0.97],
  [/[mwœæMWŒÆ%@—&]/u, 0.89],
  [/[acegksvxyzàâçéèêë?*"«»–\d]/u, 0.53],
  [/\p{Lu}/u, 0.75],
  [/[\p{Script=Latin}\p{P}]/u, 0.57],
  [/./u, 1.02],
];

/** An estimate of a line's width in the unit of `size`, seldom below what it is. */
export function estimateWidth(line: string, size: number): number {
  let em = 0;
  for (const character of line) em += WIDTHS.find(([some]) => some.test(character))?.[1] ?? 0;
  return em * size;
}

/** The lines of a text, none wider than `width`. No-break spaces hold; a word wider than a line is cut. */
export function wrap(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (estimateWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cut(word, width, size);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** The text on one line, ended by « … » where it does not fit. */
export function shorten(text: string, width: number, size: number): string {
  const whole = printable(text);
  if (estimateWidth(whole, size) <= width) return whole;
  const [start = ''] = wrap(whole, width - estimateWidth('…', size), size);
  return `${start.replace(/[\s\p{P}]+$/u, '')}…`;
}

function cut(word: string, width: number, size: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && estimateWidth(piece + character, size) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/**
 * One line of characters that a picture can hold: control characters would make the drawing unreadable, and emoji,
 * which no text font holds, would be drawn as empty boxes.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cn}\p{Emoji_Presentation}\p{Emoji_Modifier}]|\u200d|\ufe0f/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
