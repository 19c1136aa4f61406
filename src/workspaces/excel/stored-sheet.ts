import { parseReference, reference, type Shown, shownText } from './cell.ts';
import { Damaged } from './damage.ts';
import type { Styles } from './styles.ts';
import { decodeEscapes } from './text.ts';
import { child, childrenOf, type Element, isTrue, parseXml } from './xml.ts';

export interface StoredCell {
  readonly element: Element;
  readonly style: number;
}

export interface StoredRow {
  readonly element: Element;
  readonly cells: ReadonlyMap<number, StoredCell>;
}

interface ColumnRange {
  readonly min: number;
  readonly max: number;
  readonly style: number;
  readonly width: number;
}

/** Of a column that says nothing, in digits of the usual font. */
const USUAL_WIDTH = 8.43;

/** One sheet as a program has saved it. */
export class StoredSheet {
  readonly text: string;
  readonly root: Element;
  readonly data: Element;
  /** In ascending order, as they are stored. */
  readonly rows = new Map<number, StoredRow>();
  lastRow = 0;
  lastColumn = 0;
  readonly #strings: readonly string[];
  readonly #styles: Styles;
  readonly #columns: readonly ColumnRange[];

  /** @throws Damaged when the text is not that of a sheet. */
  constructor(text: string, strings: readonly string[], styles: Styles) {
    this.text = text;
    this.root = parseXml(text);
    const data = child(this.root, 'sheetData');
    if (!data) throw new Damaged('broken', { cause: new Error('no sheetData') });
    this.data = data;
    this.#strings = strings;
    this.#styles = styles;
    this.#columns = childrenOf(child(this.root, 'cols'), 'col').map(({ attributes: a }) => ({
      min: Number(a.min),
      max: Number(a.max),
      style: Number(a.style ?? 0),
      width: isTrue(a.hidden) ? 0 : Number(a.width ?? USUAL_WIDTH),
    }));
    this.#readRows();
  }

  cell(row: number, column: number): StoredCell | undefined {
    return this.rows.get(row)?.cells.get(column);
  }

  formula(row: number, column: number): Element | undefined {
    return child(this.cell(row, column)?.element, 'f');
  }

  shown(row: number, column: number): Shown {
    const cell = this.cell(row, column);
    return cell ? this.#shownIn(cell) : { type: 'blank' };
  }

  /** The cell's own style, or that of its column. */
  style(row: number, column: number): number {
    return this.cell(row, column)?.style ?? this.#columnRange(column)?.style ?? 0;
  }

  /** In digits of the usual font; 0 for a hidden column. */
  columnWidth(column: number): number {
    return this.#columnRange(column)?.width ?? USUAL_WIDTH;
  }

  isHidden(row: number): boolean {
    return isTrue(this.rows.get(row)?.element.attributes.hidden);
  }

  /** The relationship of the cell's link, if it has one. */
  link(row: number, column: number): string | undefined {
    const at = reference(row, column);
    const links = childrenOf(child(this.root, 'hyperlinks'), 'hyperlink');
    const found = links.find(({ attributes }) => attributes.ref === at);
    const name = Object.keys(found?.attributes ?? {}).find((one) => one.endsWith(':id'));
    return name === undefined ? undefined : found?.attributes[name];
  }

  #columnRange(column: number): ColumnRange | undefined {
    return this.#columns.find(({ min, max }) => min <= column && column <= max);
  }

  #readRows(): void {
    let number = 0;
    for (const element of childrenOf(this.data, 'row')) {
      number = Number(element.attributes.r ?? number + 1);
      this.rows.set(number, { element, cells: this.#readCells(element, number) });
    }
  }

  #readCells(row: Element, number: number): ReadonlyMap<number, StoredCell> {
    const cells = new Map<number, StoredCell>();
    let column = 0;
    for (const element of childrenOf(row, 'c')) {
      column = parseReference(element.attributes.r ?? '')?.column ?? column + 1;
      cells.set(column, { element, style: Number(element.attributes.s ?? 0) });
      // Programs also keep empty cells that only have a look: they do not count as used.
      if (element.children.length === 0) continue;
      this.lastRow = Math.max(this.lastRow, number);
      this.lastColumn = Math.max(this.lastColumn, column);
    }
    return cells;
  }

  #shownIn({ element, style }: StoredCell): Shown {
    const type = element.attributes.t ?? 'n';
    const raw = child(element, 'v')?.text ?? '';
    if (type === 'inlineStr') return shownText(richText(child(element, 'is')));
    if (raw === '') return { type: 'blank' };
    if (type === 's') return shownText(this.#strings[Number(raw)] ?? '');
    if (type === 'str') return shownText(decodeEscapes(raw));
    if (type === 'd') return shownText(raw);
    if (type === 'b') return { type: 'boolean', boolean: isTrue(raw) };
    if (type === 'e') return { type: 'error', text: raw };
    return { type: 'number', number: Number(raw), date: this.#styles.isDate(style) };
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
