import { LOST_SHEETS } from '#src/i18n/lost-sheets.ts';
import { type Message, type Said, said, say } from '#src/i18n/message.ts';
import { REMARKS, SHEET_NAMES } from '#src/i18n/workbook.ts';
import { ORPHAN_COMMENT } from '#src/i18n/workbook-comments.ts';
import { ARCHIVED, type Item, type Value } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { Blueprint, Memory, Named, ShownItem } from '../workspace.ts';
import { aboutFinder } from './about.ts';
import type { Book } from './book.ts';
import { findGrids, type Grid } from './grid.ts';
import { type FoundSheet, identify, type Surroundings } from './identify.ts';
import {
  ABOUT_LIST,
  type ColumnLayout,
  type Layout,
  layoutOf,
  MARKERS,
  type SheetLayout,
  sheetsOf,
} from './layout.ts';
import { formerLabels } from './lists.ts';
import { fitMoment } from './moments.ts';
import { recoverGrid } from './recover.ts';
import { knownColumns, knownName, knownRows } from './remembered.ts';
import { decode, type Unreadable } from './values.ts';

/** What a workbook is read with. */
export interface Scene {
  readonly blueprint: Blueprint;
  readonly memory: Memory;
  /** What was last agreed, or else what the template holds. */
  readonly known: ReadonlyMap<string, Item>;
  /** Of the team. */
  readonly timeZone: string;
}

/** What a workbook holds of ours. A sheet that is gone is not in `sheets`. */
export interface Survey {
  readonly layout: Layout;
  readonly sheets: ReadonlyMap<string, FoundSheet>;
  readonly archive: Grid | undefined;
  readonly dashboard: Grid | undefined;
  readonly lists: Grid | undefined;
  /** Markers that are gone from sheets which are still there: what these do not show is no sign of a deletion. */
  readonly unmarked: ReadonlySet<string>;
  readonly remarks: readonly Said[];
}

export interface Contents {
  readonly items: readonly ShownItem[];
  readonly removed: readonly string[];
  readonly complete: boolean;
  readonly remarks: readonly Said[];
}

/** Finds our sheets by their markers, whatever they are called now, and tells which item each row is. */
export async function survey(book: Book, scene: Scene): Promise<Survey> {
  const { blueprint, memory } = scene;
  const grids = await findGrids(book);
  const remarks: Said[] = [];
  const pick = (marker: string, name: string) => {
    const [first, ...others] = byName(grids.get(marker) ?? [], knownName(memory, marker) ?? name);
    for (const other of others) {
      remarks.push(said(REMARKS.copiedSheet, { sheet: other.entry.name, used: first?.entry.name ?? '' }));
    }
    return first;
  };
  const words = (message: Message) => say(blueprint.locale, message);
  const lists = pick(MARKERS.lists, words(SHEET_NAMES.lists));
  const formerly = formerLabels(lists);
  const layout = layoutOf(blueprint, scene.timeZone, formerly);

  const sheets = new Map<string, FoundSheet>();
  const unmarked = new Set<string>();
  for (const one of sheetsOf(layout)) {
    const marked = pick(one.marker, one.name);
    const { grid, remark } = await known(book, one, marked, memory);
    if (remark) {
      unmarked.add(one.marker);
      remarks.push(remark);
    }
    if (!grid) continue;
    const around = surroundings(one, scene, sheets, formerly(ABOUT_LIST));
    sheets.set(one.marker, { layout: one, grid, identities: identify(grid, one, around) });
  }
  return {
    layout,
    sheets,
    archive: pick(MARKERS.archive, words(SHEET_NAMES.archive)),
    dashboard: pick(MARKERS.dashboard, words(SHEET_NAMES.dashboard)),
    lists,
    unmarked,
    remarks,
  };
}

/** `sheets` are those that have been looked at before this one. */
function surroundings(
  { marker, kind }: SheetLayout,
  { memory, known }: Scene,
  sheets: ReadonlyMap<string, FoundSheet>,
  listed: readonly Named[],
): Surroundings {
  const plan = sheets.get(MARKERS.plan);
  return {
    known: knownRows(memory, marker),
    ownerOf: kind === 'comment' ? aboutFinder(sheets.values(), listed) : taskFinder(plan),
    isTaken: (key) => kind === 'comment' && known.has(key),
  };
}

/** The sheet by its marker, or else, since people delete hidden rows and columns, by its name and the titles in it. */
async function known(
  book: Book,
  layout: SheetLayout,
  marked: Grid | undefined,
  memory: Memory,
): Promise<{ readonly grid: Grid | undefined; readonly remark?: Said }> {
  if (marked && layout.columns.some(({ field }) => marked.columnOf(field) !== undefined))
    return { grid: marked };
  const name = knownName(memory, layout.marker);
  const entry = marked?.entry ?? book.sheets.find((one) => name !== undefined && one.name === name);
  if (!entry) return { grid: undefined };
  const found = await recoverGrid(book, entry, layout);
  if (marked) return { grid: found ?? marked };
  return { grid: found, remark: said(found ? LOST_SHEETS.found : LOST_SHEETS.unknown, entry.name) };
}

/** The items that the workbook shows. */
export function contents(survey: Survey, { memory, known }: Scene, editedAt: string): Contents {
  const isKnown = knownName(memory, MARKERS.plan) !== undefined;
  const reader = new Reader(survey.layout, editedAt, isKnown, known);
  for (const layout of sheetsOf(survey.layout)) {
    const found = survey.sheets.get(layout.marker);
    if (found) reader.readSheet(found, knownColumns(memory, layout.marker));
    else
      reader.sheetGone(
        layout,
        survey.unmarked.has(layout.marker) ? undefined : knownName(memory, layout.marker),
      );
  }
  if (survey.unmarked.size > 0) reader.complete = false;
  if (survey.archive) reader.readArchive(survey.archive);
  const { items, removed, complete } = reader;
  return {
    items: [...items.values()],
    removed: removed.filter((key) => !items.has(key)),
    complete,
    remarks: [...survey.remarks, ...reader.remarks],
  };
}

/** The sheet of that name first: of a sheet and its copy, the copy is the one that has been renamed. */
function byName(grids: readonly Grid[], name: string): readonly Grid[] {
  return grids.toSorted((a, b) => Number(b.entry.name === name) - Number(a.entry.name === name));
}

function taskFinder(plan: FoundSheet | undefined): (title: string) => string | undefined {
  const tasks = new Map<string, string>();
  for (const { row, key } of plan?.identities.rows ?? []) {
    const name = nameKey(plan?.grid.fieldText(row, 'title') ?? '');
    if (!tasks.has(name)) tasks.set(name, key);
  }
  return (title) => (nameKey(title) === '' ? undefined : tasks.get(nameKey(title)));
}

class Reader {
  readonly items = new Map<string, ShownItem>();
  readonly removed: string[] = [];
  readonly remarks: Said[] = [];
  complete = true;
  readonly #layout: Layout;
  readonly #editedAt: string;
  /** Whether anything is remembered of the workbook: without it nobody can tell a new sheet from a lost one. */
  readonly #isKnown: boolean;
  readonly #known: ReadonlyMap<string, Item>;

  constructor(layout: Layout, editedAt: string, isKnown: boolean, known: ReadonlyMap<string, Item>) {
    this.#layout = layout;
    this.#editedAt = editedAt;
    this.#isKnown = isKnown;
    this.#known = known;
  }

  /**
   * Told only of a sheet that was there before; a register that a new template brings was never there, and hides
   * nothing. Neither does the sheet of comments, which most workbooks do without.
   */
  sheetGone(layout: SheetLayout, formerName: string | undefined): void {
    if (formerName !== undefined) this.remarks.push(said(REMARKS.sheetGone, formerName || layout.name));
    if (formerName !== undefined || (!this.#isKnown && layout.kind !== 'comment')) this.complete = false;
  }

  readSheet({ layout, grid, identities }: FoundSheet, knownColumns: ReadonlySet<string>): void {
    for (const column of layout.columns) {
      if (column.kind === 'display' || grid.columnOf(column.field) !== undefined) continue;
      const wasThere = knownColumns.has(column.field);
      if (wasThere || !this.#isKnown) this.complete = false;
      if (!wasThere) continue;
      this.remarks.push(said(REMARKS.columnGone, { sheet: grid.entry.name, column: column.header }));
    }
    const orphan = layout.kind === 'comment' ? ORPHAN_COMMENT : REMARKS.orphanPoint;
    for (const { row, owner } of identities.orphans) {
      this.remarks.push(said(orphan, { sheet: grid.entry.name, row, found: owner.slice(0, 80) }));
    }
    this.removed.push(...identities.emptied.map(({ key }) => key));
    for (const { row, key, stamped } of identities.rows) {
      const fields = this.#readRow(layout, grid, row, stamped);
      if (layout.kind === 'comment') this.#completeComment(fields, key, stamped);
      this.#add({ key, kind: layout.kind, parent: parentOf(layout, key), fields });
    }
  }

  /**
   * Where a key stands both in its sheet and in the archive, the sheet counts: someone has copied the row back. A
   * comment that someone has put there was said all the same, and stays in the other places.
   */
  readArchive(grid: Grid): void {
    for (const row of grid.dataRows()) {
      const key = grid.keyOf(row);
      const layout = key === '' ? undefined : this.#layoutOfKey(key);
      if (!layout || layout.kind === 'comment' || this.items.has(key)) continue;
      this.#add({ key, kind: layout.kind, parent: parentOf(layout, key), fields: { [ARCHIVED]: true } });
    }
  }

  #layoutOfKey(key: string): SheetLayout | undefined {
    return layoutOfKey(this.#layout, key);
  }

  #add(item: Item): void {
    this.items.set(item.key, { ...item, editedAt: this.#editedAt });
  }

  #readRow(layout: SheetLayout, grid: Grid, row: number, stamped: boolean): Record<string, Value> {
    const fields: Record<string, Value> = {};
    for (const column of layout.columns) {
      if (column.kind === 'display') continue;
      const at = grid.columnOf(column.field);
      if (at === undefined) continue;
      const decoded = decode(column, grid.sheet.shown(row, at), grid.text(row, at), grid.date1904);
      if ('unreadable' in decoded) this.#remark(decoded, column, grid, row, at);
      else fields[column.field] = decoded.value;
    }
    this.#complete(fields, layout, grid, row, stamped);
    fields[ARCHIVED] = false;
    return fields;
  }

  /** A row of the team's own starts in the first step, to be done; of a known row, a cell that must not be blank says nothing. */
  #complete(
    fields: Record<string, Value>,
    layout: SheetLayout,
    grid: Grid,
    row: number,
    stamped: boolean,
  ): void {
    if (layout.kind !== 'row' && fields.title === '') {
      delete fields.title;
      this.remarks.push(said(REMARKS.untitled, { sheet: grid.entry.name, row }));
    }
    if (layout.kind !== 'task') return;
    const first = layout.columns.find(({ field }) => field === 'step')?.vocabulary?.entries[0]?.key ?? '';
    for (const [field, start] of [
      ['status', 'todo'],
      ['step', first],
    ] as const) {
      if (fields[field] !== undefined && fields[field] !== '') continue;
      if (stamped) delete fields[field];
      else fields[field] = start;
    }
  }

  /**
   * Of a comment that is new to us, what its author has left blank: it was said here, at the latest when the file was
   * saved. Of a known one, a blank cell says nothing.
   */
  #completeComment(fields: Record<string, Value>, key: string, stamped: boolean): void {
    const isNew = !this.#known.has(key);
    if (isNew && !stamped) fields.origin = 'excel';
    const at = fitMoment(this.#editedAt, this.#layout.timeZone);
    const start = { author: '', origin: 'excel', at };
    for (const [field, value] of Object.entries(start)) {
      if ((fields[field] ?? '') !== '') continue;
      if (isNew) fields[field] = value;
      else delete fields[field];
    }
  }

  #remark({ unreadable }: Unreadable, column: ColumnLayout, grid: Grid, row: number, at: number): void {
    const shown = grid.sheet.shown(row, at);
    const found = shown.type === 'error' ? shown.text : grid.text(row, at);
    const cell = { sheet: grid.entry.name, row, column: column.header, found: found.slice(0, 80) };
    const expected = column.vocabulary?.labels.join(', ') ?? '';
    this.remarks.push(said(REMARKS[unreadable], { ...cell, expected }));
  }
}

export function parentOf(layout: SheetLayout, key: string): string {
  if (layout.kind === 'comment') return key.split('@')[0] ?? '';
  return layout.kind === 'check' ? (key.split('#')[0] ?? '') : layout.parent;
}

/** The sheet to which an item of this key belongs; `undefined` for a key of no sheet of the blueprint. */
export function layoutOfKey(layout: Layout, key: string): SheetLayout | undefined {
  if (key.includes('@')) return layout.comments;
  if (key.includes('#')) return layout.checks;
  const register = layout.registers.find(({ parent }) => key.startsWith(`${parent}:`));
  return register ?? (key.includes('/') ? layout.plan : undefined);
}
