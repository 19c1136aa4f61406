import { type Locale, say } from '#src/i18n/message.ts';
import { PRINT_PAGE, UNKNOWN_LABEL } from '#src/i18n/workbook.ts';
import type { Blueprint } from '../workspace.ts';
import { cellXml, columnName, textContent } from './cell.ts';
import { FIRST_ROW, itemRules, PREPARED_ROWS } from './item-rules.ts';
import { type ColumnLayout, MARKERS, pagesAcross, type SheetLayout } from './layout.ts';
import { listName } from './lists.ts';
import { columnLook, headerLook, INK } from './look.ts';
import { heightFor } from './row-height.ts';
import type { Styles } from './styles.ts';
import { attributes, escapeXml } from './xml.ts';

const LEAST_HEADER_HEIGHT = 30;
const NAMESPACES =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
  ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** The text of a new sheet for this layout: its columns, header, drop-downs and colours, no item yet. */
export function itemSheet(layout: SheetLayout, blueprint: Blueprint, styles: Styles): string {
  const last = columnName(layout.columns.length + 1);
  const frozen = layout.kind === 'task' ? 3 : 2;
  return sheetText({
    color: layout.color,
    view: paneXml(frozen),
    columns: columnsXml(layout, blueprint.locale, styles),
    rows: headerRows(layout, styles),
    after:
      `<autoFilter ref="B2:${last}2"/>` +
      itemRules(layout, blueprint, styles) +
      validationsXml(layout, blueprint.locale) +
      printXml(blueprint.locale, printingOf(layout)),
  });
}

/** A sheet of ours that has no columns of its own: the archive, the lists. */
export function plainSheet(
  marker: string,
  note: string,
  widths: readonly number[],
  locale: Locale,
  styles: Styles,
): string {
  const quiet = styles.add({ font: { italic: true, color: INK.quiet }, vertical: 'center' });
  const columns = widths.map((width, index) =>
    columnXml(index + 2, { width, style: styles.add({ vertical: 'center', wrap: true }) }),
  );
  return sheetText({
    color: INK.quiet,
    view: paneXml(1),
    columns: columnXml(1, { width: 4, hidden: true }) + columns.join(''),
    rows:
      `<row r="1" hidden="1">${cellXml('', 'A1', 0, textContent(marker))}</row>` +
      `<row r="2" ht="30" customHeight="1">${cellXml('', 'A2', 0, textContent(MARKERS.header))}${cellXml('', 'B2', quiet, textContent(note))}</row>`,
    after: printXml(locale, { orientation: 'landscape' }),
  });
}

interface SheetText {
  readonly color: string;
  readonly view: string;
  readonly columns: string;
  readonly rows: string;
  readonly after: string;
}

export function sheetText({ color, view, columns, rows, after }: SheetText): string {
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet ${NAMESPACES}>` +
    `<sheetPr><tabColor rgb="FF${color}"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B2"/>` +
    `<sheetViews><sheetView showGridLines="0" workbookViewId="0">${view}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${rows}</sheetData>${after}</worksheet>`
  );
}

export function columnXml(
  number: number,
  { width, hidden, style }: { width: number; hidden?: boolean | undefined; style?: number },
): string {
  return `<col${attributes({ min: number, max: number, width, style, hidden: hidden ? 1 : undefined, customWidth: 1 })}/>`;
}

/** How a sheet goes onto A4 pages; a number of pages that is not given is as large as need be. */
export interface Printing {
  readonly orientation: 'landscape' | 'portrait';
  readonly pagesWide?: number;
  readonly pagesHigh?: number;
}

export function printXml(locale: Locale, { orientation, pagesWide = 1, pagesHigh = 0 }: Printing): string {
  const page = escapeXml(say(locale, PRINT_PAGE));
  return (
    '<pageMargins left="0.4" right="0.4" top="0.4" bottom="0.55" header="0.25" footer="0.25"/>' +
    `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="${pagesWide}" fitToHeight="${pagesHigh}"/>` +
    `<headerFooter><oddFooter>&amp;L&amp;9&amp;A&amp;R&amp;9${page}</oddFooter></headerFooter>`
  );
}

/** A register that is too wide to be read on one page goes onto several, side by side. */
function printingOf(layout: SheetLayout): Printing {
  if (layout.kind === 'check') return { orientation: 'portrait' };
  return { orientation: 'landscape', pagesWide: layout.kind === 'row' ? pagesAcross(layout) : 1 };
}

function paneXml(frozenColumns: number): string {
  const corner = `${columnName(frozenColumns + 1)}${FIRST_ROW}`;
  return (
    `<pane xSplit="${frozenColumns}" ySplit="2" topLeftCell="${corner}" activePane="bottomRight" state="frozen"/>` +
    `<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="${corner}" sqref="${corner}"/>`
  );
}

function columnsXml(layout: SheetLayout, locale: Locale, styles: Styles): string {
  const columns = layout.columns.map((column, index) =>
    columnXml(index + 2, {
      width: column.width,
      hidden: column.hidden,
      style: styles.add(columnLook(column, locale)),
    }),
  );
  return columnXml(1, { width: 4, hidden: true }) + columns.join('');
}

function headerRows({ marker, columns }: SheetLayout, styles: Styles): string {
  const cell = (row: number, column: number, style: number, text: string) =>
    cellXml('', columnName(column) + row, style, textContent(text));
  const fields = columns.map(({ field }, index) => cell(1, index + 2, 0, field));
  const headers = columns.map((column, index) =>
    cell(2, index + 2, styles.add(headerLook(column)), column.header),
  );
  return (
    `<row r="1" hidden="1">${cell(1, 1, 0, marker)}${fields.join('')}</row>` +
    `<row r="2" ht="${headerHeight(columns)}" customHeight="1">${cell(2, 1, 0, MARKERS.header)}${headers.join('')}</row>`
  );
}

function headerHeight(columns: readonly ColumnLayout[]): number {
  return Math.max(
    LEAST_HEADER_HEIGHT,
    heightFor(columns.map(({ header, width }) => ({ text: header, width, bold: true }))),
  );
}

function validationsXml(layout: SheetLayout, locale: Locale): string {
  const all = layout.columns.flatMap((column, index) => {
    const letter = columnName(index + 2);
    return [
      ...listValidation(column, letter, locale),
      ...helpValidation(column, index === 0 ? layout.help : '', letter),
    ];
  });
  return all.length === 0 ? '' : `<dataValidations count="${all.length}">${all.join('')}</dataValidations>`;
}

function listValidation({ list, free }: ColumnLayout, letter: string, locale: Locale): readonly string[] {
  if (list === undefined) return [];
  const strict = {
    errorStyle: 'warning',
    showErrorMessage: 1,
    errorTitle: say(locale, UNKNOWN_LABEL.title),
    error: say(locale, UNKNOWN_LABEL.text),
  };
  const flags = attributes({
    type: 'list',
    allowBlank: 1,
    ...(free ? {} : strict),
    sqref: `${letter}${FIRST_ROW}:${letter}${PREPARED_ROWS}`,
  });
  return [`<dataValidation${flags}><formula1>${listName(list)}</formula1></dataValidation>`];
}

/** The explanation that shows while the column's header is selected. */
function helpValidation(
  { header, help }: ColumnLayout,
  sheetHelp: string,
  letter: string,
): readonly string[] {
  const prompt = [sheetHelp, help].filter((text) => text !== '').join('\n\n');
  if (prompt === '') return [];
  const flags = {
    allowBlank: 1,
    showInputMessage: 1,
    promptTitle: header.slice(0, 32),
    prompt: shorten(prompt),
    sqref: `${letter}2`,
  };
  return [`<dataValidation${attributes(flags)}/>`];
}

function shorten(text: string): string {
  return text.length <= 255 ? text : `${text.slice(0, 254).replace(/[\ud800-\udbff]$/, '')}…`;
}
