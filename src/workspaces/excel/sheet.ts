import { type Content, cellXml, columnName, parseReference, reference, type Shown } from './cell.ts';
import { fromSerial } from './dates.ts';
import { shiftFormula } from './formula.ts';
import type { Styles } from './styles.ts';
import { decodeEscapes, looksLikeFormula } from './text.ts';
import { attributes, child, childrenOf, type Element, escapeXml, parseXml, Splices } from './xml.ts';

interface Cell {
  readonly element: Element;
  readonly style: number;
}

interface Row {
  readonly element: Element;
  readonly cells: ReadonlyMap<number, Cell>;
}

interface ColumnRange {
  readonly min: number;
  readonly max: number;
  readonly style: number;
  readonly width: number;
}

/** Of a column that says nothing, in digits of the usual font. */
const USUAL_WIDTH = 8.43;

interface Edit {
  readonly content: Content;
  readonly style: number;
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The elements that follow a sheet's cells, in the order that the schema asks for. */
const AFTER_DATA = [
  'sheetCalcPr',
  'sheetProtection',
  'protectedRanges',
  'scenarios',
  'autoFilter',
  'sortState',
  'dataConsolidate',
  'customSheetViews',
  'mergeCells',
  'phoneticPr',
  'conditionalFormatting',
  'dataValidations',
  'hyperlinks',
  'printOptions',
  'pageMargins',
  'pageSetup',
  'headerFooter',
  'rowBreaks',
  'colBreaks',
  'customProperties',
  'cellWatches',
  'ignoredErrors',
  'smartTags',
  'drawing',
  'legacyDrawing',
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
] as const;

/**
 * The cells of one sheet. Reading looks at what is stored; writing notes edits and renders them into the text
 * of the part, of which everything else stays as it is, to the byte.
 */
export class Sheet {
  readonly #text: string;
  readonly #root: Element;
  readonly #data: Element;
  readonly #strings: readonly string[];
  readonly #styles: Styles;
  readonly #rows = new Map<number, Row>();
  readonly #columns: readonly ColumnRange[];
  readonly #edits = new Map<number, Map<number, Edit>>();
  readonly #hidden = new Map<number, boolean>();
  readonly #heights = new Map<number, number>();
  /** Formulas that take their text from another cell, by the cell that they would have to be written out in. */
  readonly #unshared = new Map<Element, string>();
  readonly #splices = new Splices();
  readonly #links = new Map<string, string>();
  /** Cells that held a formula and no longer do. */
  readonly lostFormulas: string[] = [];
  lastRow = 0;
  lastColumn = 0;

  constructor(text: string, strings: readonly string[], styles: Styles) {
    this.#text = text;
    this.#strings = strings;
    this.#styles = styles;
    this.#root = parseXml(text);
    const data = child(this.#root, 'sheetData');
    if (!data) throw new Error('no sheetData');
    this.#data = data;
    this.#columns = childrenOf(child(this.#root, 'cols'), 'col').map(({ attributes: a }) => ({
      min: Number(a.min),
      max: Number(a.max),
      style: Number(a.style ?? 0),
      width: isTrue(a.hidden) ? 0 : Number(a.width ?? USUAL_WIDTH),
    }));
    this.#readRows();
  }

  /** Numbers of the rows that hold anything, ascending. */
  rows(): readonly number[] {
    return [...new Set([...this.#rows.keys(), ...this.#edits.keys()])].sort((a, b) => a - b);
  }

  columnsOf(row: number): readonly number[] {
    const columns = new Set([
      ...(this.#rows.get(row)?.cells.keys() ?? []),
      ...(this.#edits.get(row)?.keys() ?? []),
    ]);
    return [...columns].sort((a, b) => a - b);
  }

  shown(row: number, column: number): Shown {
    const edit = this.#edits.get(row)?.get(column);
    if (edit) return shownContent(edit.content, this.#styles.isDate(edit.style));
    const cell = this.#rows.get(row)?.cells.get(column);
    return cell ? this.#stored(cell) : { type: 'blank' };
  }

  /** What a reader sees as text: a date in the French way, a formula's value. */
  textOf(row: number, column: number, date1904: boolean): string {
    const shown = this.shown(row, column);
    if (shown.type === 'text') return shown.text;
    if (shown.type === 'boolean') return shown.boolean ? 'true' : 'false';
    if (shown.type !== 'number') return '';
    const iso = shown.date ? fromSerial(shown.number, date1904) : undefined;
    return iso ? iso.split('-').reverse().join('/') : String(shown.number);
  }

  hasFormula(row: number, column: number): boolean {
    const edit = this.#edits.get(row)?.get(column);
    if (edit) return edit.content.type === 'formula';
    return child(this.#rows.get(row)?.cells.get(column)?.element, 'f') !== undefined;
  }

  styleOf(row: number, column: number): number {
    const style = this.#edits.get(row)?.get(column)?.style ?? this.#rows.get(row)?.cells.get(column)?.style;
    return style ?? this.#columnRange(column)?.style ?? 0;
  }

  /** In digits of the usual font; 0 for a hidden column. */
  columnWidth(column: number): number {
    return this.#columnRange(column)?.width ?? USUAL_WIDTH;
  }

  #columnRange(column: number): ColumnRange | undefined {
    return this.#columns.find(({ min, max }) => min <= column && column <= max);
  }

  /** In points. A height that someone has set by hand stays. */
  setHeight(row: number, points: number): void {
    this.#heights.set(row, points);
  }

  /** Puts the content into the cell, which keeps its look unless one is given. */
  set(row: number, column: number, content: Content, style = this.styleOf(row, column)): void {
    const safe =
      content.type === 'text' && looksLikeFormula(content.text) ? this.#styles.quoted(style) : style;
    this.#dropFormula(row, column, content);
    const edits = this.#edits.get(row) ?? new Map<number, Edit>();
    edits.set(column, { content, style: safe });
    this.#edits.set(row, edits);
    this.lastRow = Math.max(this.lastRow, row);
    this.lastColumn = Math.max(this.lastColumn, column);
  }

  /** What the cell holds, to be put into another cell of the workbook; of a formula only its value. */
  copyOf(row: number, column: number): Content {
    const edit = this.#edits.get(row)?.get(column);
    if (edit) return edit.content.type === 'formula' ? plainContent(edit.content.value) : edit.content;
    const cell = this.#rows.get(row)?.cells.get(column);
    const kept = cell?.element.children.filter((one) => one.name === 'v' || one.name === 'is') ?? [];
    if (!cell || kept.length === 0) return { type: 'blank' };
    const inside = kept.map((one) => this.#text.slice(one.start, one.end)).join('');
    return { type: 'stored', as: cell.element.attributes.t, inside, shows: this.#stored(cell) };
  }

  setHidden(row: number, hidden: boolean): void {
    if (this.isHidden(row) !== hidden) this.#hidden.set(row, hidden);
  }

  isHidden(row: number): boolean {
    return this.#hidden.get(row) ?? isTrue(this.#rows.get(row)?.element.attributes.hidden);
  }

  /** Makes the filter reach down to the row, so that sorting takes new rows along; returns its range when it has changed. */
  extendFilter(row: number): string | undefined {
    const filter = child(this.#root, 'autoFilter');
    const found = /^(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?)(\d+)$/.exec(filter?.attributes.ref ?? '');
    if (!filter || !found || Number(found[2]) >= row) return undefined;
    const range = `${found[1]}${row}`;
    this.#splices.attribute(this.#text, filter, 'ref', range);
    return range;
  }

  /** The relationship of the cell's link, if it has one. */
  linkOf(row: number, column: number): string | undefined {
    const at = reference(row, column);
    const stored = childrenOf(child(this.#root, 'hyperlinks'), 'hyperlink').find(
      (one) => one.attributes.ref === at,
    );
    const name = stored && Object.keys(stored.attributes).find((one) => one.endsWith(':id'));
    return this.#links.get(at) ?? (name ? stored?.attributes[name] : undefined);
  }

  /** Links the cell; `relationship` is an id of the sheet's relationships. */
  link(row: number, column: number, relationship: string): void {
    if (this.linkOf(row, column) !== relationship) this.#links.set(reference(row, column), relationship);
  }

  /** Only for a sheet that has no drawing yet. */
  addDrawing(relationship: string): void {
    const xml = `<${this.#root.prefix}drawing xmlns:link="${OFFICE}" link:id="${relationship}"/>`;
    this.#splices.insert(this.#placeOf('drawing'), xml);
  }

  get isChanged(): boolean {
    return this.#edits.size + this.#hidden.size + this.#links.size > 0 || !this.#splices.isEmpty;
  }

  toText(): string {
    const added: string[] = [];
    const touched = new Set([...this.#edits.keys(), ...this.#hidden.keys(), ...this.#unsharedRows()]);
    const splices = this.#splices;
    for (const number of [...touched].sort((a, b) => a - b)) {
      const row = this.#rows.get(number);
      if (row) splices.replace(row.element.start, row.element.end, this.#renderRow(number, row));
      else this.#addRow(splices, number, added);
    }
    if (added.length > 0) splices.append(this.#data, added.join(''));
    this.#renderLinks(splices);
    this.#renderDimension(splices);
    return splices.apply(this.#text);
  }

  #readRows(): void {
    let number = 0;
    for (const element of childrenOf(this.#data, 'row')) {
      number = Number(element.attributes.r ?? number + 1);
      const cells = new Map<number, Cell>();
      let column = 0;
      for (const one of childrenOf(element, 'c')) {
        column = parseReference(one.attributes.r ?? '')?.column ?? column + 1;
        cells.set(column, { element: one, style: Number(one.attributes.s ?? 0) });
        // Programs also keep empty cells that only have a look: they do not count as used.
        if (one.children.length === 0) continue;
        this.lastRow = Math.max(this.lastRow, number);
        this.lastColumn = Math.max(this.lastColumn, column);
      }
      this.#rows.set(number, { element, cells });
    }
  }

  #stored({ element, style }: Cell): Shown {
    const type = element.attributes.t ?? 'n';
    const raw = child(element, 'v')?.text ?? '';
    if (type === 'inlineStr') return shownText(richText(child(element, 'is')));
    if (raw === '') return { type: 'blank' };
    if (type === 's') return shownText(this.#strings[Number(raw)] ?? '');
    if (type === 'str') return shownText(decodeEscapes(raw));
    if (type === 'd') return shownText(raw);
    if (type === 'b') return { type: 'boolean', boolean: raw === '1' || raw === 'true' };
    if (type === 'e') return { type: 'error', text: raw };
    return { type: 'number', number: Number(raw), date: this.#styles.isDate(style) };
  }

  #dropFormula(row: number, column: number, content: Content): void {
    const cell = this.#rows.get(row)?.cells.get(column);
    const formula = child(cell?.element, 'f');
    if (!formula) return;
    if (content.type !== 'formula') this.lostFormulas.push(reference(row, column));
    if (formula.attributes.t === 'shared' && formula.attributes.ref) this.#unshare(row, column, formula);
  }

  /** Writes out the formulas that have taken their text from this one, which is about to go. */
  #unshare(masterRow: number, masterColumn: number, master: Element): void {
    for (const [row, { cells }] of this.#rows) {
      for (const [column, { element }] of cells) {
        const formula = child(element, 'f');
        if (!formula || formula === master || formula.attributes.si !== master.attributes.si) continue;
        if (formula.text !== '') continue;
        this.#unshared.set(formula, shiftFormula(master.text, row - masterRow, column - masterColumn));
      }
    }
  }

  #unsharedRows(): number[] {
    if (this.#unshared.size === 0) return [];
    const has = ({ cells }: Row) =>
      [...cells.values()].some(({ element }) => this.#unshared.has(child(element, 'f') ?? element));
    return [...this.#rows].filter(([, row]) => has(row)).map(([number]) => number);
  }

  #renderRow(number: number, { element, cells }: Row): string {
    const edits = this.#edits.get(number) ?? new Map<number, Edit>();
    const columns = [...new Set([...cells.keys(), ...edits.keys()])].sort((a, b) => a - b);
    const inside = columns.map((column) => {
      const edit = edits.get(column);
      const stored = cells.get(column);
      if (edit) return cellXml(this.#root.prefix, reference(number, column), edit.style, edit.content);
      return stored ? this.#storedXml(stored.element, reference(number, column)) : '';
    });
    const extension = element.children
      .filter((one) => one.name !== 'c')
      .map((one) => this.#text.slice(one.start, one.end));
    return `${this.#rowTag(number, element)}${inside.join('')}${extension.join('')}</${element.prefix}row>`;
  }

  #storedXml(element: Element, at: string): string {
    const splices = new Splices();
    if (element.attributes.r === undefined) splices.attribute(this.#text, element, 'r', at);
    const formula = child(element, 'f');
    const written = formula && this.#unshared.get(formula);
    if (formula && written !== undefined) {
      splices.replace(
        formula.start,
        formula.end,
        `<${formula.prefix}f>${escapeXml(written)}</${formula.prefix}f>`,
      );
    }
    const whole = this.#text.slice(element.start, element.end);
    return splices.isEmpty ? whole : splices.apply(this.#text.slice(0, element.end)).slice(element.start);
  }

  #rowTag(number: number, element: Element): string {
    const splices = new Splices();
    const set = (name: string, value: string) => splices.attribute(this.#text, element, name, value);
    if (element.attributes.r === undefined) set('r', String(number));
    const height = this.#heights.get(number);
    if (height !== undefined && !isTrue(element.attributes.customHeight)) set('ht', String(height));
    const hidden = this.#hidden.get(number);
    if (hidden !== undefined) set('hidden', hidden ? '1' : '0');
    const spans = this.#spansOf(number, element.attributes.spans);
    if (spans !== element.attributes.spans && spans !== undefined) set('spans', spans);
    const tag = splices.apply(this.#text.slice(0, element.openEnd)).slice(element.start);
    return element.selfClosing ? `${tag.slice(0, -2)}>` : tag;
  }

  /** The columns that a row says it spans, with those of its edits. */
  #spansOf(number: number, spans: string | undefined): string | undefined {
    const [from, to] = (spans ?? '').split(':').map(Number);
    if (!from || !to) return spans;
    const columns = [...(this.#edits.get(number)?.keys() ?? [])];
    return `${Math.min(from, ...columns)}:${Math.max(to, ...columns)}`;
  }

  #addRow(splices: Splices, number: number, atEnd: string[]): void {
    const p = this.#root.prefix;
    const edits = [...(this.#edits.get(number) ?? [])].sort(([a], [b]) => a - b);
    const cells = edits.map(([column, { style, content }]) =>
      cellXml(p, reference(number, column), style, content),
    );
    const tag = `<${p}row${attributes({ r: number, ht: this.#heights.get(number), hidden: this.isHidden(number) ? 1 : undefined })}>`;
    const xml = `${tag}${cells.join('')}</${p}row>`;
    const next = this.#rowAfter(number);
    const place = next === undefined ? undefined : this.#rows.get(next)?.element.start;
    if (place === undefined) atEnd.push(xml);
    else splices.insert(place, xml);
  }

  /** Rows are stored in ascending order. */
  #rowAfter(number: number): number | undefined {
    for (const row of this.#rows.keys()) if (row > number) return row;
    return undefined;
  }

  #renderLinks(splices: Splices): void {
    if (this.#links.size === 0) return;
    const p = this.#root.prefix;
    const list = child(this.#root, 'hyperlinks');
    const xml: string[] = [];
    for (const [ref, id] of this.#links) {
      const old = childrenOf(list, 'hyperlink').find((one) => one.attributes.ref === ref);
      if (old) splices.replace(old.start, old.end, '');
      xml.push(`<${p}hyperlink xmlns:link="${OFFICE}" ref="${ref}" link:id="${id}"/>`);
    }
    if (list) splices.append(list, xml.join(''));
    else splices.insert(this.#placeOf('hyperlinks'), `<${p}hyperlinks>${xml.join('')}</${p}hyperlinks>`);
  }

  #placeOf(name: (typeof AFTER_DATA)[number]): number {
    const later: readonly string[] = AFTER_DATA.slice(AFTER_DATA.indexOf(name) + 1);
    return this.#root.children.find((one) => later.includes(one.name))?.start ?? this.#root.closeStart;
  }

  #renderDimension(splices: Splices): void {
    const dimension = child(this.#root, 'dimension');
    const [start = '', end = start] = (dimension?.attributes.ref ?? '').split(':');
    const known = parseReference(end);
    if (!dimension || !known) return;
    const row = Math.max(known.row, ...this.#edits.keys());
    const column = [...this.#edits.values()].reduce(
      (most, edits) => Math.max(most, ...edits.keys()),
      known.column,
    );
    if (row === known.row && column === known.column) return;
    splices.attribute(this.#text, dimension, 'ref', `${start}:${columnName(column)}${row}`);
  }
}

/** The text of a string item: its own, or that of its runs; how it is to be pronounced is no part of it. */
export function richText(item: Element | undefined): string {
  if (!item) return '';
  const pieces = item.children.filter((one) => one.name === 't' || one.name === 'r');
  return decodeEscapes(
    pieces.map((one) => (one.name === 't' ? one.text : (child(one, 't')?.text ?? ''))).join(''),
  );
}

function plainContent(value: string | number): Content {
  return typeof value === 'number' ? { type: 'number', number: value } : { type: 'text', text: value };
}

function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}

function shownText(text: string): Shown {
  return text === '' ? { type: 'blank' } : { type: 'text', text };
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
