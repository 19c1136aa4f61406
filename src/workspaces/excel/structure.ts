import { type Locale, say } from '#src/i18n/message.ts';
import { ARCHIVE_NOTE, LISTS_NOTE, SHEET_NAMES } from '#src/i18n/workbook.ts';
import type { Blueprint, WriteOrder } from '../workspace.ts';
import { About } from './about.ts';
import { itemSheet, plainSheet } from './author.ts';
import { type Book, rangeOf, type SheetEntry, type SheetOptions } from './book.ts';
import { columnName, textContent } from './cell.ts';
import { dashboardSheet } from './dashboard-sheet.ts';
import { findGrids, type Grid } from './grid.ts';
import { isWanted } from './held.ts';
import type { FoundSheet } from './identify.ts';
import {
  ABOUT_LIST,
  type ColumnLayout,
  type Layout,
  MARKERS,
  pagesAcross,
  type SheetLayout,
  sheetsOf,
} from './layout.ts';
import { writeList, writeLists } from './lists.ts';
import { columnLook, headerLook } from './look.ts';
import type { Survey } from './read.ts';

/** The sheets of a workbook once all that the blueprint asks for is there. */
export interface Structure {
  readonly layout: Layout;
  readonly sheets: ReadonlyMap<string, FoundSheet>;
  readonly dashboard: Grid;
  /** What comments may be about; `undefined` where the workbook has no sheet for them. */
  readonly about: About | undefined;
  /** The sheet has just been made: it has no items yet. */
  isNew(marker: string): boolean;
  /** Columns that had been deleted and have just been put back, still empty. */
  readonly newColumns: readonly { readonly marker: string; readonly column: ColumnLayout }[];
  /** Labels differ from those that the workbook has shown until now. */
  readonly relabelled: boolean;
  /** The archive, made when first needed. */
  archive(): Promise<Grid>;
  readonly knownArchive: Grid | undefined;
}

/**
 * Adds the sheets and columns that are missing; that of the comments once there is one. What is there stays where and
 * as people have put it.
 */
export async function complete(book: Book, survey: Survey, order: WriteOrder): Promise<Structure> {
  const { blueprint, agreed } = order;
  const { layout } = survey;
  const added = new Set<string>();
  const add: Add = async (marker, name, text, options = {}) => {
    added.add(marker);
    return gridOf(book, await book.addSheet(name, text, options), marker);
  };
  const dashboardName = say(blueprint.locale, SHEET_NAMES.dashboard);
  const dashboard =
    survey.dashboard ?? (await add(MARKERS.dashboard, dashboardName, dashboardSheet(blueprint, book.styles)));

  const sheets = new Map<string, FoundSheet>();
  for (const one of sheetsOf(layout)) {
    const known = survey.sheets.get(one.marker);
    if (!known && one.kind === 'comment' && !hasComments(order)) continue;
    const after = one.kind === 'comment' ? sheets.get(MARKERS.checks)?.grid.entry : undefined;
    const grid =
      known?.grid ?? (await add(one.marker, one.name, itemSheet(one, blueprint, book.styles), { after }));
    if (!known) prepareToPrint(book, grid, one);
    sheets.set(
      one.marker,
      known ?? { layout: one, grid, identities: { rows: [], emptied: [], orphans: [] } },
    );
  }
  const lists = survey.lists ?? (await addLists(book, blueprint, add));
  const relabelled = writeLists(book, lists, layout) && survey.lists !== undefined;
  const about = sheets.has(MARKERS.comments) ? new About(agreed, blueprint) : undefined;
  if (about) writeList(book, lists, ABOUT_LIST, about.list);
  const newColumns = [...sheets.values()].flatMap((found) => restoreColumns(book, found, blueprint.locale));

  let archive = survey.archive;
  return {
    layout,
    sheets,
    dashboard,
    about,
    isNew: (marker) => added.has(marker),
    newColumns,
    relabelled,
    archive: async () => {
      archive ??= await addArchive(book, blueprint, layout, add);
      return archive;
    },
    get knownArchive() {
      return archive;
    },
  };
}

type Add = (marker: string, name: string, text: string, options?: SheetOptions) => Promise<Grid>;

function hasComments({ agreed }: WriteOrder): boolean {
  return [...agreed.values()].some((item) => item.kind === 'comment' && isWanted(item, agreed));
}

function addLists(book: Book, { locale }: Blueprint, add: Add): Promise<Grid> {
  const text = plainSheet(MARKERS.lists, say(locale, LISTS_NOTE), [], locale, book.styles);
  return add(MARKERS.lists, say(locale, SHEET_NAMES.lists), text, { hidden: true });
}

/** Most rows come from the plan: they find its columns again, on screen and on paper. */
async function addArchive(book: Book, { locale }: Blueprint, { plan }: Layout, add: Add): Promise<Grid> {
  const widths = plan.columns.map(({ width }) => width);
  const text = plainSheet(MARKERS.archive, say(locale, ARCHIVE_NOTE), widths, locale, book.styles);
  const grid = await add(MARKERS.archive, say(locale, SHEET_NAMES.archive), text);
  prepareToPrint(book, grid, plan);
  return grid;
}

async function gridOf(book: Book, entry: SheetEntry, marker: string): Promise<Grid> {
  const grid = (await findGrids(book)).get(marker)?.find((one) => one.entry.part === entry.part);
  if (!grid) throw new Error(`the new sheet ${entry.name} has lost its marker`);
  return grid;
}

/**
 * The header on every page, and the first column where a register takes several pages side by side; of the plan,
 * the columns that fit on a page that can be read.
 */
function prepareToPrint(book: Book, { entry, headerRow }: Grid, layout: SheetLayout): void {
  const header = rangeOf(entry, `$${headerRow}:$${headerRow}`);
  const across = layout.kind === 'row' && pagesAcross(layout) > 1;
  book.define('_xlnm.Print_Titles', across ? `${rangeOf(entry, '$B:$B')},${header}` : header, entry);
  const points = layout.columns.findIndex(({ field }) => field === 'points');
  if (points >= 0) book.define('_xlnm.Print_Area', rangeOf(entry, `$B:$${columnName(points + 2)}`), entry);
}

function restoreColumns(
  book: Book,
  { layout, grid }: FoundSheet,
  locale: Locale,
): { marker: string; column: ColumnLayout }[] {
  return layout.columns
    .filter((column) => grid.columnOf(column.field) === undefined)
    .map((column) => {
      const at = grid.addColumn(column.field);
      grid.sheet.set(grid.headerRow, at, textContent(column.header), book.styles.add(headerLook(column)));
      const look = book.styles.add(columnLook(column, locale));
      for (const row of grid.dataRows()) grid.sheet.set(row, at, { type: 'blank' }, look);
      return { marker: layout.marker, column };
    });
}
