import { type Content, cellXml, columnName, parseReference, reference } from './cell.ts';
import type { StoredRow, StoredSheet } from './stored-sheet.ts';
import { attributes, child, childrenOf, type Element, escapeXml, isTrue, Splices } from './xml.ts';

export interface CellEdit {
  readonly content: Content;
  readonly style: number;
}

/** What is to be different in a sheet. */
export interface SheetEdits {
  /** By row, then by column. */
  readonly cells: ReadonlyMap<number, ReadonlyMap<number, CellEdit>>;
  readonly hidden: ReadonlyMap<number, boolean>;
  /** In points, by row. */
  readonly heights: ReadonlyMap<number, number>;
  /** Relationships by the reference of the cell that they link. */
  readonly links: ReadonlyMap<string, string>;
  /** Formulas that took their text from a cell that is edited, with the text of their own. */
  readonly unshared: ReadonlyMap<Element, string>;
  readonly filter: string | undefined;
  readonly drawing: string | undefined;
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

/** The text of the sheet with the edits. What they do not name stays as it is stored, to the byte. */
export function renderSheet(stored: StoredSheet, edits: SheetEdits): string {
  const splices = new Splices();
  renderRows(stored, edits, splices);
  renderLinks(stored, edits, splices);
  renderDimension(stored, edits, splices);
  const filter = child(stored.root, 'autoFilter');
  if (filter && edits.filter) splices.attribute(stored.text, filter, 'ref', edits.filter);
  if (edits.drawing !== undefined) {
    const xml = `<${stored.root.prefix}drawing${relationshipAttributes(stored, edits.drawing)}/>`;
    splices.insert(placeOf(stored, 'drawing'), xml);
  }
  return splices.apply(stored.text);
}

function renderRows(stored: StoredSheet, edits: SheetEdits, splices: Splices): void {
  const touched = new Set([...edits.cells.keys(), ...edits.hidden.keys(), ...unsharedRows(stored, edits)]);
  const rows = [...stored.rows.keys()];
  const atEnd: string[] = [];
  let next = 0;
  for (const number of [...touched].sort((a, b) => a - b)) {
    while ((rows[next] ?? Number.POSITIVE_INFINITY) < number) next += 1;
    const row = stored.rows.get(number);
    const following = stored.rows.get(rows[next] ?? 0);
    if (row) splices.replace(row.element.start, row.element.end, rowXml(stored, edits, number, row));
    else if (following) splices.insert(following.element.start, newRowXml(stored, edits, number));
    else atEnd.push(newRowXml(stored, edits, number));
  }
  if (atEnd.length > 0) splices.append(stored.data, atEnd.join(''));
}

function unsharedRows({ rows }: StoredSheet, { unshared }: SheetEdits): readonly number[] {
  if (unshared.size === 0) return [];
  const has = ({ cells }: StoredRow) =>
    [...cells.values()].some(({ element }) => unshared.has(child(element, 'f') ?? element));
  return [...rows].filter(([, row]) => has(row)).map(([number]) => number);
}

function rowXml(
  stored: StoredSheet,
  edits: SheetEdits,
  number: number,
  { element, cells }: StoredRow,
): string {
  const edited: ReadonlyMap<number, CellEdit> = edits.cells.get(number) ?? new Map();
  const columns = [...new Set([...cells.keys(), ...edited.keys()])].sort((a, b) => a - b);
  const inside = columns.map((column) => {
    const edit = edited.get(column);
    const cell = cells.get(column);
    if (edit) return cellXml(stored.root.prefix, reference(number, column), edit.style, edit.content);
    return cell ? keptCellXml(stored, edits, cell.element, reference(number, column)) : '';
  });
  const extensions = element.children
    .filter(({ name }) => name !== 'c')
    .map((one) => stored.text.slice(one.start, one.end));
  return `${rowTag(stored, edits, number, element)}${inside.join('')}${extensions.join('')}</${element.prefix}row>`;
}

function keptCellXml({ text }: StoredSheet, { unshared }: SheetEdits, element: Element, at: string): string {
  const splices = new Splices();
  if (element.attributes.r === undefined) splices.attribute(text, element, 'r', at);
  const formula = child(element, 'f');
  const written = formula && unshared.get(formula);
  if (formula && written !== undefined) {
    const xml = `<${formula.prefix}f>${escapeXml(written)}</${formula.prefix}f>`;
    splices.replace(formula.start, formula.end, xml);
  }
  if (splices.isEmpty) return text.slice(element.start, element.end);
  return splices.apply(text.slice(0, element.end)).slice(element.start);
}

function rowTag({ text }: StoredSheet, edits: SheetEdits, number: number, element: Element): string {
  const splices = new Splices();
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== element.attributes[name])
      splices.attribute(text, element, name, value);
  };
  set('r', String(number));
  if (!isTrue(element.attributes.customHeight)) set('ht', edits.heights.get(number)?.toString());
  const hidden = edits.hidden.get(number);
  if (hidden !== undefined) set('hidden', hidden ? '1' : '0');
  set('spans', spansWith(element.attributes.spans, [...(edits.cells.get(number)?.keys() ?? [])]));
  const tag = splices.apply(text.slice(0, element.openEnd)).slice(element.start);
  return element.selfClosing ? `${tag.slice(0, -2)}>` : tag;
}

/** The columns that a row says it spans, with those given. */
function spansWith(spans: string | undefined, columns: readonly number[]): string | undefined {
  const [from, to] = (spans ?? '').split(':').map(Number);
  if (!from || !to) return spans;
  return `${Math.min(from, ...columns)}:${Math.max(to, ...columns)}`;
}

function newRowXml(
  { root: { prefix } }: StoredSheet,
  { cells, heights, hidden }: SheetEdits,
  number: number,
): string {
  const edits = [...(cells.get(number) ?? [])].sort(([a], [b]) => a - b);
  const inside = edits.map(([column, { style, content }]) =>
    cellXml(prefix, reference(number, column), style, content),
  );
  const flags = { r: number, ht: heights.get(number), hidden: hidden.get(number) ? 1 : undefined };
  return `<${prefix}row${attributes(flags)}>${inside.join('')}</${prefix}row>`;
}

function renderLinks(stored: StoredSheet, { links }: SheetEdits, splices: Splices): void {
  if (links.size === 0) return;
  const p = stored.root.prefix;
  const list = child(stored.root, 'hyperlinks');
  for (const old of childrenOf(list, 'hyperlink')) {
    if (links.has(old.attributes.ref ?? '')) splices.replace(old.start, old.end, '');
  }
  const xml = [...links]
    .map(([ref, id]) => `<${p}hyperlink${attributes({ ref })}${relationshipAttributes(stored, id)}/>`)
    .join('');
  if (list) splices.append(list, xml);
  else splices.insert(placeOf(stored, 'hyperlinks'), `<${p}hyperlinks>${xml}</${p}hyperlinks>`);
}

/** The prefix that the sheet has given to relationships, or one of our own. */
function relationshipAttributes({ root }: StoredSheet, id: string): string {
  const known = Object.keys(root.attributes).find((name) => root.attributes[name] === OFFICE);
  if (known?.startsWith('xmlns:')) return attributes({ [`${known.slice('xmlns:'.length)}:id`]: id });
  return attributes({ 'xmlns:link': OFFICE, 'link:id': id });
}

function placeOf({ root }: StoredSheet, name: (typeof AFTER_DATA)[number]): number {
  const later: readonly string[] = AFTER_DATA.slice(AFTER_DATA.indexOf(name) + 1);
  return root.children.find((one) => later.includes(one.name))?.start ?? root.closeStart;
}

function renderDimension({ root, text }: StoredSheet, { cells }: SheetEdits, splices: Splices): void {
  const dimension = child(root, 'dimension');
  const [start = '', end = start] = (dimension?.attributes.ref ?? '').split(':');
  const known = parseReference(end);
  if (!dimension || !known) return;
  let { row, column } = known;
  for (const [number, edits] of cells) {
    row = Math.max(row, number);
    for (const one of edits.keys()) column = Math.max(column, one);
  }
  if (row === known.row && column === known.column) return;
  splices.attribute(text, dimension, 'ref', `${start}:${columnName(column)}${row}`);
}
