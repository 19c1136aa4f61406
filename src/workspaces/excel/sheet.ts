import { type Content, reference, type Shown, shownText } from './cell.ts';
import { frenchDate, fromSerial } from './dates.ts';
import { shiftFormula } from './formula.ts';
import { type CellEdit, renderSheet } from './render-sheet.ts';
import { StoredSheet } from './stored-sheet.ts';
import type { Styles } from './styles.ts';
import { looksLikeFormula } from './text.ts';
import { child, type Element } from './xml.ts';

/** One sheet with the edits that have been made to it: it shows them at once, and `toText` writes them out. */
export class Sheet {
  readonly #stored: StoredSheet;
  readonly #styles: Styles;
  readonly #cells = new Map<number, Map<number, CellEdit>>();
  readonly #hidden = new Map<number, boolean>();
  readonly #heights = new Map<number, number>();
  readonly #links = new Map<string, string>();
  readonly #unshared = new Map<Element, string>();
  #filter: string | undefined;
  #drawing: string | undefined;
  /** Cells that held a formula and no longer do. */
  readonly lostFormulas: string[] = [];
  /** The last row and column that hold anything. */
  lastRow: number;
  lastColumn: number;

  /** @throws Damaged when the text is not that of a sheet. */
  constructor(text: string, strings: readonly string[], styles: Styles) {
    this.#stored = new StoredSheet(text, strings, styles);
    this.#styles = styles;
    this.lastRow = this.#stored.lastRow;
    this.lastColumn = this.#stored.lastColumn;
  }

  /** Numbers of the rows that are there, ascending. */
  rows(): readonly number[] {
    return [...new Set([...this.#stored.rows.keys(), ...this.#cells.keys()])].sort((a, b) => a - b);
  }

  columnsOf(row: number): readonly number[] {
    const stored = this.#stored.rows.get(row)?.cells.keys() ?? [];
    const edited = this.#cells.get(row)?.keys() ?? [];
    return [...new Set([...stored, ...edited])].sort((a, b) => a - b);
  }

  shown(row: number, column: number): Shown {
    const edit = this.#edit(row, column);
    return edit
      ? shownContent(edit.content, this.#styles.isDate(edit.style))
      : this.#stored.shown(row, column);
  }

  /** What a reader sees as text: a date in the French way, a formula's value. */
  textOf(row: number, column: number, date1904: boolean): string {
    const shown = this.shown(row, column);
    if (shown.type === 'text') return shown.text;
    if (shown.type === 'boolean') return String(shown.boolean);
    if (shown.type !== 'number') return '';
    const iso = shown.date ? fromSerial(shown.number, date1904) : undefined;
    return iso === undefined ? String(shown.number) : frenchDate(iso);
  }

  hasFormula(row: number, column: number): boolean {
    const edit = this.#edit(row, column);
    return edit ? edit.content.type === 'formula' : this.#stored.formula(row, column) !== undefined;
  }

  styleOf(row: number, column: number): number {
    return this.#edit(row, column)?.style ?? this.#stored.style(row, column);
  }

  /** In digits of the usual font; 0 for a hidden column. */
  columnWidth(column: number): number {
    return this.#stored.columnWidth(column);
  }

  /** Puts the content into the cell, which keeps its look unless one is given. */
  set(row: number, column: number, content: Content, style = this.styleOf(row, column)): void {
    const risky = content.type === 'text' && looksLikeFormula(content.text);
    this.#dropFormula(row, column, content);
    const edits = this.#cells.get(row) ?? new Map<number, CellEdit>();
    edits.set(column, { content, style: risky ? this.#styles.quoted(style) : style });
    this.#cells.set(row, edits);
    this.lastRow = Math.max(this.lastRow, row);
    this.lastColumn = Math.max(this.lastColumn, column);
  }

  /** What the cell holds, to be put into another cell of the workbook; of a formula only its value. */
  copyOf(row: number, column: number): Content {
    const edit = this.#edit(row, column);
    if (edit) return edit.content.type === 'formula' ? plainContent(edit.content.value) : edit.content;
    const element = this.#stored.cell(row, column)?.element;
    const kept = element?.children.filter(({ name }) => name === 'v' || name === 'is') ?? [];
    if (!element || kept.length === 0) return { type: 'blank' };
    const inside = kept.map(({ start, end }) => this.#stored.text.slice(start, end)).join('');
    return { type: 'stored', as: element.attributes.t, inside, shows: this.#stored.shown(row, column) };
  }

  setHidden(row: number, hidden: boolean): void {
    if (this.isHidden(row) !== hidden) this.#hidden.set(row, hidden);
  }

  isHidden(row: number): boolean {
    return this.#hidden.get(row) ?? this.#stored.isHidden(row);
  }

  /** In points. A height that someone has set by hand stays. */
  setHeight(row: number, points: number): void {
    this.#heights.set(row, points);
  }

  /** Makes the filter reach down to the row, so that sorting takes it along; returns its range when it has changed. */
  extendFilter(row: number): string | undefined {
    const range = child(this.#stored.root, 'autoFilter')?.attributes.ref ?? '';
    const found = /^(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?)(\d+)$/.exec(range);
    if (!found || Number(found[2]) >= row) return undefined;
    this.#filter = `${found[1]}${row}`;
    return this.#filter;
  }

  /** Links the cell; `relationship` is an id of the sheet's relationships. */
  link(row: number, column: number, relationship: string): void {
    if (this.#stored.link(row, column) !== relationship)
      this.#links.set(reference(row, column), relationship);
  }

  /** Only for a sheet that has no drawing yet. */
  addDrawing(relationship: string): void {
    this.#drawing = relationship;
  }

  get isChanged(): boolean {
    const named = this.#filter !== undefined || this.#drawing !== undefined;
    return named || this.#cells.size + this.#hidden.size + this.#links.size > 0;
  }

  toText(): string {
    return renderSheet(this.#stored, {
      cells: this.#cells,
      hidden: this.#hidden,
      heights: this.#heights,
      links: this.#links,
      unshared: this.#unshared,
      filter: this.#filter,
      drawing: this.#drawing,
    });
  }

  #edit(row: number, column: number): CellEdit | undefined {
    return this.#cells.get(row)?.get(column);
  }

  #dropFormula(row: number, column: number, content: Content): void {
    const formula = this.#stored.formula(row, column);
    if (!formula) return;
    if (content.type !== 'formula') this.lostFormulas.push(reference(row, column));
    if (formula.attributes.t === 'shared' && formula.attributes.ref) this.#unshare(row, column, formula);
  }

  /** Writes out the formulas that have taken their text from this one, which is about to go. */
  #unshare(masterRow: number, masterColumn: number, master: Element): void {
    for (const [row, { cells }] of this.#stored.rows) {
      for (const column of cells.keys()) {
        const formula = this.#stored.formula(row, column);
        if (!formula || formula === master || formula.attributes.si !== master.attributes.si) continue;
        if (formula.text !== '') continue;
        this.#unshared.set(formula, shiftFormula(master.text, row - masterRow, column - masterColumn));
      }
    }
  }
}

function plainContent(value: string | number): Content {
  return typeof value === 'number' ? { type: 'number', number: value } : { type: 'text', text: value };
}

function shownContent(content: Content, date: boolean): Shown {
  switch (content.type) {
    case 'blank':
      return content;
    case 'stored':
      return content.shows;
    case 'text':
      return shownText(content.text);
    case 'number':
      return { type: 'number', number: content.number, date };
    case 'formula':
      return typeof content.value === 'number'
        ? { type: 'number', number: content.value, date }
        : shownText(content.value);
  }
}
