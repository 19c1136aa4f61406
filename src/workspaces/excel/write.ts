import { type Fields, type Item, isArchived, text } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { WriteOrder, Written } from '../workspace.ts';
import { Archive } from './archive.ts';
import { type Book, rangeOf } from './book.ts';
import type { Content } from './cell.ts';
import { Derived } from './derived.ts';
import { fitField, isWanted, shownFields } from './held.ts';
import type { FoundSheet } from './identify.ts';
import type { ColumnLayout } from './layout.ts';
import { linkCells, type WantedLink } from './links.ts';
import { FORMATS } from './look.ts';
import { layoutOfKey } from './read.ts';
import { fitHeight } from './row-height.ts';
import type { Structure } from './structure.ts';
import { decode, encode } from './values.ts';

/** Carries an order out on the cells of a workbook that has all its sheets. Nothing is saved here. */
export class Writer {
  readonly #book: Book;
  readonly #structure: Structure;
  readonly #order: WriteOrder;
  readonly #archive: Archive;
  readonly #derived: Derived;
  readonly #rows = new Map<string, { readonly found: FoundSheet; readonly row: number }>();
  /** Rows with a new text, or that are new to us. */
  readonly #touched = new Set<{ readonly found: FoundSheet; readonly row: number }>();
  /** Items whose row has been made by this run. */
  readonly #created = new Set<string>();
  readonly #links: (WantedLink & { readonly found: FoundSheet })[] = [];

  constructor(book: Book, structure: Structure, order: WriteOrder) {
    this.#book = book;
    this.#structure = structure;
    this.#order = order;
    this.#archive = new Archive(structure);
    this.#derived = new Derived(structure, order);
    for (const found of structure.sheets.values()) {
      for (const { key, row } of found.identities.rows) this.#rows.set(key, { found, row });
    }
  }

  async run(): Promise<readonly Written[]> {
    await this.#fillNewSheets();
    this.#stampKeys();
    const written: Written[] = [];
    for (const change of inOrder(this.#order)) written.push(await this.#carryOut(change));
    if (this.#structure.relabelled) this.#relabel();
    this.#fillNewColumns();
    this.#refreshDerived();
    for (const place of this.#touched) fitHeight(place.found.grid, place.row, place.found.layout);
    this.#extendFilters();
    await this.#writeLinks();
    return written;
  }

  async #fillNewSheets(): Promise<void> {
    for (const item of itemsInOrder(this.#order)) {
      const found = this.#sheetOf(item);
      if (!found || !this.#structure.isNew(found.layout.marker)) continue;
      if (isWanted(item, this.#order.agreed) && !this.#rows.has(item.key)) await this.#create(item, found);
    }
  }

  /** A row that a person has added, or copied, gets the key under which it has been taken up. */
  #stampKeys(): void {
    for (const found of this.#structure.sheets.values()) {
      for (const { row, key, stamped } of found.identities.rows) {
        const item = this.#order.agreed.get(key);
        if (stamped || !item) continue;
        found.grid.setKey(row, key);
        this.#touched.add({ found, row });
        for (const column of found.layout.columns) {
          const isOurs = FILLED.has(column.field) && found.grid.fieldText(row, column.field) === '';
          // Whoever copies a row copies where it was said with it.
          if (isOurs || (item.kind === 'comment' && column.field === 'origin'))
            this.#setField(found, row, column, item);
        }
      }
    }
  }

  async #carryOut(change: Change): Promise<Written> {
    const { key, item } = change;
    const { layout } = this.#structure;
    const shows = shownFields(item, layoutOfKey(layout, key), layout);
    const place = this.#rows.get(key);
    if (isArchived(item)) {
      if (place) await this.#retire(place.found, place.row, change);
      return { key, done: 'archived', shows };
    }
    const found = place?.found ?? this.#sheetOf(item);
    if (!found) return { key, done: 'adopted', shows };
    if (!place) {
      await this.#create(item, found);
      return { key, done: change.kind === 'create' ? 'created' : 'updated', shows };
    }
    this.#setFields(found, place.row, item, change.kind === 'create' ? item.fields : change.fields);
    this.#touched.add(place);
    const adopted = this.#created.has(key) ? 'created' : 'adopted';
    return { key, done: change.kind === 'create' ? adopted : 'updated', shows };
  }

  #sheetOf(item: Item): FoundSheet | undefined {
    const layout = layoutOfKey(this.#structure.layout, item.key);
    return layout && this.#structure.sheets.get(layout.marker);
  }

  /**
   * The row comes back from the archive if it is there, with all that people have put into it; and where a row of
   * that key has only been emptied, it is filled again.
   */
  async #create(item: Item, found: FoundSheet): Promise<void> {
    const emptied = found.identities.emptied.find(({ key }) => key === item.key);
    const row = emptied?.row ?? found.grid.newRow();
    await this.#archive.bringBack(item.key, found.grid, row);
    this.#rows.set(item.key, { found, row });
    this.#created.add(item.key);
    found.grid.setKey(row, item.key);
    this.#setFields(found, row, item, item.fields);
    this.#touched.add({ found, row });
  }

  async #retire(found: FoundSheet, row: number, change: Change): Promise<void> {
    if (change.kind === 'update') this.#setFields(found, row, change.item, change.fields);
    await this.#archive.putAway(change.key, found, row);
    this.#rows.delete(change.key);
  }

  #setFields(found: FoundSheet, row: number, item: Item, fields: Fields): void {
    for (const column of found.layout.columns) {
      if (column.kind !== 'display' && column.field in fields) this.#setField(found, row, column, item);
    }
  }

  /** A cell that already says so is left as it is typed. */
  #setField(found: FoundSheet, row: number, column: ColumnLayout, item: Item): void {
    const { grid } = found;
    const at = grid.columnOf(column.field);
    if (at === undefined) return;
    const value = item.fields[column.field] ?? null;
    const before = decode(column, grid.sheet.shown(row, at), grid.text(row, at), grid.date1904);
    const fitted = fitField(item, column.field, value, this.#structure.layout.timeZone);
    const same = 'value' in before && sameValue(before.value, fitted);
    const isEmptyTick = column.kind === 'check' && grid.text(row, at) === '';
    if (same && !isEmptyTick) return;
    const content = encode(column, value, grid.date1904);
    grid.sheet.set(row, at, content, this.#styleFor(found, row, at, column, content));
    if (column.kind === 'url' && typeof value === 'string')
      this.#links.push({ found, row, column: at, url: value });
  }

  /** A day in a cell that people have made plain would show as a number. */
  #styleFor({ grid }: FoundSheet, row: number, at: number, column: ColumnLayout, content: Content): number {
    const style = grid.sheet.styleOf(row, at);
    if (column.kind !== 'date' && column.kind !== 'moment') return style;
    if (content.type !== 'number' || this.#book.styles.isDate(style)) return style;
    return this.#book.styles.formatted(style, FORMATS[column.kind]);
  }

  /** The labels have been reworded, or are in another language now: cells that show the former ones follow. */
  #relabel(): void {
    for (const { found, row } of this.#rows.values()) {
      for (const column of found.layout.columns) {
        const at = found.grid.columnOf(column.field);
        if (!column.vocabulary || at === undefined) continue;
        const decoded = decode(column, found.grid.sheet.shown(row, at), found.grid.text(row, at), false);
        if (!('value' in decoded) || decoded.value === '') continue;
        const content = encode(column, decoded.value, false);
        if (content.type === 'text' && content.text !== found.grid.text(row, at))
          found.grid.sheet.set(row, at, content);
      }
    }
  }

  #fillNewColumns(): void {
    for (const { marker, column } of this.#structure.newColumns) {
      for (const [key, { found, row }] of this.#rows) {
        const item = this.#order.agreed.get(key);
        if (found.layout.marker === marker && item && column.kind !== 'display')
          this.#setField(found, row, column, item);
      }
    }
  }

  #refreshDerived(): void {
    for (const [key, { found, row }] of this.#rows) {
      const item = this.#order.agreed.get(key);
      if (item) this.#derived.refresh(found, row, item);
    }
  }

  #extendFilters(): void {
    const grown = [...this.#created].map((key) => this.#rows.get(key)?.found.grid);
    for (const grid of new Set(grown)) {
      const range = grid?.sheet.extendFilter(grid.sheet.lastRow);
      if (!grid || range === undefined) continue;
      // The filter's range stands in two places, and programs differ in which one they believe.
      this.#book.define('_xlnm._FilterDatabase', rangeOf(grid.entry, absolute(range)), grid.entry, true);
    }
  }

  async #writeLinks(): Promise<void> {
    for (const found of new Set(this.#links.map((link) => link.found))) {
      const links = this.#links.filter((link) => link.found === found);
      await linkCells(this.#book, found.grid, links);
    }
  }
}

/** What we fill in where a person has left it blank in a row of their own. */
const FILLED: ReadonlySet<string> = new Set(['step', 'status', 'at']);

function absolute(range: string): string {
  return range.replaceAll('$', '').replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}

/**
 * New rows go below each other in the order of the plan: by step, points under their task's place, by rank. Comments
 * follow each other as they were made, the newest last, where people write the next one.
 */
function inOrder(order: WriteOrder): readonly Change[] {
  const places = new Map(itemsInOrder(order).map((item, index) => [item.key, index]));
  return order.changes.toSorted((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
}

function itemsInOrder({ agreed, blueprint }: WriteOrder): readonly Item[] {
  const items = [...agreed.values()];
  const steps = new Map(blueprint.steps.map(({ key }, index) => [key, index]));
  const step = (item: Item) => steps.get(String(item.fields.step)) ?? steps.size;
  const tasks = items.filter(({ kind }) => kind === 'task').sort((a, b) => step(a) - step(b));
  const place = new Map(tasks.map(({ key }, index) => [key, index]));
  const rank = (item: Item) =>
    typeof item.fields.rank === 'number' ? item.fields.rank : Number.MAX_SAFE_INTEGER;
  const checks = items
    .filter(({ kind }) => kind === 'check')
    .sort((a, b) => (place.get(a.parent) ?? 0) - (place.get(b.parent) ?? 0) || rank(a) - rank(b));
  const comments = items
    .filter(({ kind }) => kind === 'comment')
    .sort((a, b) => compareTexts(text(a, 'at'), text(b, 'at')) || compareTexts(a.key, b.key));
  return [...tasks, ...checks, ...items.filter(({ kind }) => kind === 'row'), ...comments];
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
