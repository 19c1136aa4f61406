import type { Value } from '#src/plan/item.ts';

/** What one cell of Excel can hold. */
export const CELL_CHARACTERS = 32_767;

// XML 1.0 has no way to write these, not even as references.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they are
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The text that a cell shows when it is given `text`: what XML or Excel cannot hold is left out, line ends are `\n`. */
export function cellText(text: string): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '').toWellFormed();
  if (clean.length <= CELL_CHARACTERS) return clean;
  return clean.slice(0, CELL_CHARACTERS).replace(/[\ud800-\udbff]$/, '');
}

/** Names as one cell shows them: joined by commas, so a comma in a name parts it in two. */
export function joinNames(names: readonly string[]): string {
  return cellText(splitNames(names.join(', ')).join(', '));
}

export function splitNames(text: string): readonly string[] {
  const names = text.split(/[,;\n]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** What a cell shows for a value. */
export function fitValue(value: Value): Value {
  if (typeof value === 'string') return cellText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'object' && value !== null) return splitNames(joinNames(value));
  return value;
}

/** Text that a spreadsheet program would take for a formula if someone typed it. */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

/** A literal `_x0041_` in a text, kept from being read as the character it would stand for (ECMA-376, ST_Xstring). */
export function encodeEscapes(text: string): string {
  return text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}

export function decodeEscapes(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
