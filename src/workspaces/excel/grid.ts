import type { Book, SheetEntry } from './book.ts';
import type { Content, Shown } from './cell.ts';
import { MARKERS } from './layout.ts';
import type { Sheet } from './sheet.ts';

/** How far down and how far right a marker may have been moved before its sheet counts as gone. */
export const SEARCHED_ROWS = 60;
const PREFIX = 'jalon:';

/**
 * A sheet of ours as it lies in a workbook that people have rearranged: which column holds which field, which
 * row which key. The marker's own row names the columns, its own column holds the keys of the rows.
 */
export class Grid {
  readonly entry: SheetEntry;
  readonly sheet: Sheet;
  readonly marker: string;
  readonly markerRow: number;
  readonly keyColumn: number;
  readonly headerRow: number;
  readonly date1904: boolean;
  readonly #columns: Map<string, number> = new Map();

  constructor(book: Book, entry: SheetEntry, sheet: Sheet, place: MarkerPlace) {
    this.entry = entry;
    this.sheet = sheet;
    this.marker = place.marker;
    this.markerRow = place.row;
    this.keyColumn = place.column;
    this.date1904 = book.date1904;
    if (place.header) {
      this.#columns = new Map(place.header.fields);
      this.headerRow = place.header.row;
      return;
    }
    for (const column of sheet.columnsOf(place.row)) {
      const field = this.text(place.row, column).trim();
      if (column !== place.column && field !== '' && !this.#columns.has(field))
        this.#columns.set(field, column);
    }
    const below = sheet.rows().filter((row) => row > place.row);
    this.headerRow = below.find((row) => this.keyOf(row) === MARKERS.header) ?? place.row + 1;
  }

  /** `undefined` when nobody can tell any more where the field is. */
  columnOf(field: string): number | undefined {
    return this.#columns.get(field);
  }

  /** Makes room for a field behind all that the sheet holds. */
  addColumn(field: string): number {
    const column = this.sheet.lastColumn + 1;
    this.sheet.set(this.markerRow, column, { type: 'text', text: field });
    this.#columns.set(field, column);
    return column;
  }

  /** Rows below the header that hold anything, from top to bottom. */
  dataRows(): readonly number[] {
    return this.sheet.rows().filter((row) => row > this.headerRow && row <= this.sheet.lastRow);
  }

  keyOf(row: number): string {
    return this.text(row, this.keyColumn).trim();
  }

  setKey(row: number, key: string): void {
    this.sheet.set(row, this.keyColumn, { type: 'text', text: key });
  }

  text(row: number, column: number): string {
    return this.sheet.textOf(row, column, this.date1904);
  }

  /** `''` also where the column is gone. */
  fieldText(row: number, field: string): string {
    const column = this.columnOf(field);
    return column === undefined ? '' : this.text(row, column);
  }

  shown(row: number, field: string): Shown {
    const column = this.columnOf(field);
    return column === undefined ? { type: 'blank' } : this.sheet.shown(row, column);
  }

  set(row: number, field: string, content: Content, style?: number): void {
    const column = this.columnOf(field);
    if (column !== undefined) this.sheet.set(row, column, content, style);
  }

  /** A row below all that the sheet holds. */
  newRow(): number {
    return Math.max(this.sheet.lastRow, this.headerRow) + 1;
  }
}

export interface MarkerPlace {
  readonly marker: string;
  readonly row: number;
  readonly column: number;
  /** Where the row with the fields is gone: the titles that people see name the columns. */
  readonly header?: { readonly row: number; readonly fields: ReadonlyMap<string, number> };
}

/** Every sheet that carries a marker of ours, by marker: several where someone has copied a sheet. */
export async function findGrids(book: Book): Promise<ReadonlyMap<string, readonly Grid[]>> {
  const grids = new Map<string, Grid[]>();
  for (const entry of book.sheets) {
    if (!(await book.mayHold(entry, PREFIX))) continue;
    const sheet = await book.sheet(entry);
    const place = findMarker(sheet);
    if (place)
      grids.set(place.marker, [...(grids.get(place.marker) ?? []), new Grid(book, entry, sheet, place)]);
  }
  return grids;
}

function findMarker(sheet: Sheet): MarkerPlace | undefined {
  for (const row of sheet.rows()) {
    if (row > SEARCHED_ROWS) return undefined;
    for (const column of sheet.columnsOf(row)) {
      const shown = sheet.shown(row, column);
      const marker = shown.type === 'text' ? shown.text.trim() : '';
      if (marker.startsWith(PREFIX) && marker !== MARKERS.header) return { marker, row, column };
    }
  }
  return undefined;
}
