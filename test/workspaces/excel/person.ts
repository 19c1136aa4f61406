import { readFileSync, writeFileSync } from 'node:fs';
import { Book, type SheetEntry } from '#src/workspaces/excel/book.ts';
import { findGrids, type Grid } from '#src/workspaces/excel/grid.ts';
import { type Package, Package as Parts } from '#src/workspaces/excel/package.ts';

/** Someone who edits the workbook and saves it, in whatever program. */
export async function personEdits(file: string, edit: (hand: Hand) => void | Promise<void>): Promise<void> {
  const book = await Book.open(readFileSync(file));
  const grids = await findGrids(book);
  const grid = (marker: string) => {
    const [found] = grids.get(`jalon:${marker}`) ?? [];
    if (!found) throw new Error(`no sheet jalon:${marker}`);
    return found;
  };
  await edit({ book, grid, sheets: book.sheets });
  writeFileSync(file, await book.toBytes());
}

export interface Hand {
  readonly book: Book;
  readonly sheets: readonly SheetEntry[];
  grid(marker: string): Grid;
}

/** Someone, or some program, that changes the parts of the file themselves. */
export async function partsEdited(file: string, edit: (parts: Package) => Promise<void>): Promise<void> {
  const parts = await Parts.open(readFileSync(file));
  await edit(parts);
  writeFileSync(file, await parts.toBytes());
}

export async function replaceIn(parts: Package, name: string, edit: (text: string) => string): Promise<void> {
  parts.set(name, edit(await parts.text(name)));
}

/** The row of an item in a sheet. */
export function rowOf(grid: Grid, key: string): number {
  const row = grid.dataRows().find((one) => grid.keyOf(one) === key);
  if (row === undefined) throw new Error(`no row ${key}`);
  return row;
}

export function type(grid: Grid, row: number, field: string, text: string): void {
  grid.set(row, field, text === '' ? { type: 'blank' } : { type: 'text', text });
}

/** Moves the cells of one row to another place, as cutting and pasting does. */
export function cutAndPaste(from: Grid, row: number, to: Grid, place: number): void {
  for (const column of from.sheet.columnsOf(row)) {
    to.sheet.set(place, column, from.sheet.copyOf(row, column));
    from.sheet.set(row, column, { type: 'blank' });
  }
}
