import { columnName, parseReference } from './cell.ts';

/** Texts and quoted sheet names, in which nothing is a reference. */
const QUOTED = /("(?:[^"]|"")*"|'(?:[^']|'')*')/;
const CELL = /(?<![\p{L}\p{N}_.$\\])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\p{L}\p{N}_(.])/gu;
const COLUMNS = /(?<![\p{L}\p{N}_.$\\])(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\p{L}\p{N}_(.])/gu;
const ROWS = /(?<![\p{L}\p{N}_.$\\:])(\$?)(\d{1,7}):(\$?)(\d{1,7})(?![\p{L}\p{N}_(.:])/gu;

/** The formula as a program copies it to a cell that many rows down and columns to the right. */
export function shiftFormula(formula: string, rows: number, columns: number): string {
  const column = (fixed: string, name: string) => {
    const number = parseReference(`${name}1`)?.column ?? 1;
    return fixed + (fixed ? name : columnName(Math.max(1, number + columns)));
  };
  const row = (fixed: string, number: string) =>
    fixed + (fixed ? number : String(Math.max(1, Number(number) + rows)));
  return formula
    .split(QUOTED)
    .map((piece, index) => {
      if (index % 2 === 1) return piece;
      return piece
        .replace(CELL, (_, a: string, b: string, c: string, d: string) => column(a, b) + row(c, d))
        .replace(
          COLUMNS,
          (_, a: string, b: string, c: string, d: string) => `${column(a, b)}:${column(c, d)}`,
        )
        .replace(ROWS, (_, a: string, b: string, c: string, d: string) => `${row(a, b)}:${row(c, d)}`);
    })
    .join('');
}
