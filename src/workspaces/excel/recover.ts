import { nameKey } from '#src/reconcile/names.ts';
import type { Book, SheetEntry } from './book.ts';
import { Grid, SEARCHED_ROWS } from './grid.ts';
import { belongs } from './identify.ts';
import { MARKERS, type SheetLayout } from './layout.ts';
import type { Sheet } from './sheet.ts';

/** So much of a sheet's columns must be there for a row to be taken for the one that names them. */
const ENOUGH = 0.5;

interface NamingRow {
  readonly row: number;
  readonly fields: ReadonlyMap<string, number>;
  /** The row holds the titles that people see, since the hidden one with the fields is gone. */
  readonly isHeader: boolean;
}

/**
 * Knows a sheet again whose hidden marker row or key column has been deleted, by the names of its columns, and puts
 * the marker back. `undefined` when too few of its columns can be told.
 */
export async function recoverGrid(
  book: Book,
  entry: SheetEntry,
  layout: SheetLayout,
): Promise<Grid | undefined> {
  const sheet = await book.sheet(entry);
  const naming = namingRow(sheet, layout);
  if (!naming) return undefined;

  const { row, fields, isHeader } = naming;
  const column = keyColumnOf(sheet, layout, naming) ?? sheet.lastColumn + 1;
  if (sheet.textOf(row, column, false) !== layout.marker)
    sheet.set(row, column, { type: 'text', text: layout.marker });
  return new Grid(book, entry, sheet, {
    marker: layout.marker,
    row,
    column,
    ...(isHeader && { header: { row, fields } }),
  });
}

function namingRow(sheet: Sheet, layout: SheetLayout): NamingRow | undefined {
  const byField = new Map(layout.columns.map(({ field }) => [field, field]));
  const byTitle = new Map(layout.columns.map(({ field, header }) => [nameKey(header), field]));
  for (const row of sheet.rows().filter((one) => one <= SEARCHED_ROWS)) {
    for (const [names, isHeader] of [
      [byField, false],
      [byTitle, true],
    ] as const) {
      const fields = fieldsIn(sheet, row, (text) => names.get(isHeader ? nameKey(text) : text.trim()));
      if (fields.size >= layout.columns.length * ENOUGH) return { row, fields, isHeader };
    }
  }
  return undefined;
}

function fieldsIn(
  sheet: Sheet,
  row: number,
  fieldOf: (text: string) => string | undefined,
): ReadonlyMap<string, number> {
  const fields = new Map<string, number>();
  for (const column of sheet.columnsOf(row)) {
    const field = fieldOf(sheet.textOf(row, column, false));
    if (field !== undefined && !fields.has(field)) fields.set(field, column);
  }
  return fields;
}

/** The column that still holds keys, if one does. */
function keyColumnOf(sheet: Sheet, layout: SheetLayout, naming: NamingRow): number | undefined {
  for (const row of sheet.rows()) {
    for (const column of sheet.columnsOf(row)) {
      const text = sheet.textOf(row, column, false).trim();
      if (text === MARKERS.header || text === layout.marker) return column;
    }
  }
  return firstKey(sheet, layout, new Set(naming.fields.values()));
}

function firstKey(sheet: Sheet, layout: SheetLayout, named: ReadonlySet<number>): number | undefined {
  for (const row of sheet.rows()) {
    const column = sheet.columnsOf(row).find((one) => {
      if (named.has(one)) return false;
      const text = sheet.textOf(row, one, false).trim();
      return /^[a-z][a-z0-9/#:@-]+$/.test(text) && belongs(layout, text);
    });
    if (column !== undefined) return column;
  }
  return undefined;
}
