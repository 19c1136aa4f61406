import type { Named } from '../workspace.ts';
import { type Book, rangeOf } from './book.ts';
import { columnName, textContent } from './cell.ts';
import type { Grid } from './grid.ts';
import type { Layout } from './layout.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Lists whose single entries colours and formulas point at. */
const POINTED_AT: ReadonlySet<string> = new Set(['status', 'priority', 'step', 'tick']);

/** The name under which drop-downs know a list. */
export function listName(list: string): string {
  return `jalon_${word(list)}`;
}

/** The name under which colours and formulas know one label of a list. */
export function entryName(list: string, key: string): string {
  return `jalon_${word(list)}.${word(key)}`;
}

/** Names in formulas allow few characters. */
function word(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]/gu, (char) =>
    char === '-' ? '_' : `u${char.codePointAt(0)?.toString(16)}`,
  );
}

/** The labels that the workbook shows until now, whatever the blueprint calls them by now. */
export function formerLabels(grid: Grid | undefined): (list: string) => readonly Named[] {
  return (list) => {
    if (!grid) return [];
    return grid.dataRows().flatMap((row) => {
      const key = grid.fieldText(row, list);
      return key === '' ? [] : [{ key, title: grid.fieldText(row, labelField(list)) }];
    });
  };
}

/** Brings the hidden sheet of lists up to date; returns whether a label has changed. */
export function writeLists(book: Book, grid: Grid, layout: Layout): boolean {
  let changed = false;
  for (const [list, vocabulary] of layout.lists) {
    changed = writeList(book, grid, list, vocabulary) || changed;
    nameEntries(book, grid, list, vocabulary, layout);
  }
  return changed;
}

/** Brings one list up to date, with the name under which drop-downs know it; returns whether a label has changed. */
export function writeList(book: Book, grid: Grid, list: string, vocabulary: Vocabulary): boolean {
  const changed = fillList(grid, list, vocabulary);
  const { column, first } = placeOf(grid, list);
  const last = first + Math.max(vocabulary.entries.length, 1) - 1;
  book.define(listName(list), rangeOf(grid.entry, `$${column}$${first}:$${column}$${last}`));
  return changed;
}

function labelField(list: string): string {
  return `${list}:label`;
}

function fillList(grid: Grid, list: string, { entries }: Vocabulary): boolean {
  for (const field of [list, labelField(list)]) if (grid.columnOf(field) === undefined) grid.addColumn(field);
  const first = grid.headerRow + 1;
  const rows = Math.max(entries.length, grid.sheet.lastRow - grid.headerRow);
  let changed = false;
  for (let index = 0; index < rows; index += 1) {
    const { key, title } = entries[index] ?? { key: '', title: '' };
    for (const [field, text] of [
      [list, key],
      [labelField(list), title],
    ] as const) {
      if (grid.fieldText(first + index, field) === text) continue;
      grid.set(first + index, field, textContent(text));
      changed = true;
    }
  }
  return changed;
}

function placeOf(grid: Grid, list: string): { readonly column: string; readonly first: number } {
  return { column: columnName(grid.columnOf(labelField(list)) ?? 1), first: grid.headerRow + 1 };
}

function nameEntries(book: Book, grid: Grid, list: string, { entries }: Vocabulary, layout: Layout): void {
  const { column, first } = placeOf(grid, list);
  const register = layout.registers.some(({ parent }) => list.startsWith(`${parent}_`));
  if (!POINTED_AT.has(list) && !register) return;
  for (const [index, { key }] of entries.entries()) {
    book.define(entryName(list, key), rangeOf(grid.entry, `$${column}$${first + index}`));
  }
}
