import { type Locale, say } from '#src/i18n/message.ts';
import { PRINT_PAGE, UNKNOWN_LABEL } from '#src/i18n/workbook.ts';
import type { Blueprint } from '../workspace.ts';
import { cellXml, columnName, textContent } from './cell.ts';
import { type ColumnLayout, MARKERS, type SheetLayout } from './layout.ts';
import { entryName, listName } from './lists.ts';
import { columnLook, HEADER_LOOK, INK, shade, tint } from './look.ts';
import type { Look, Styles } from './styles.ts';
import { attributes, escapeXml } from './xml.ts';

/** Rows for which drop-downs and colours are prepared: beyond them, cells are plain. */
export const PREPARED_ROWS = 3000;
const FIRST_ROW = 3;
const NAMESPACES =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
  ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

interface Rule {
  readonly columns: readonly [string, string];
  readonly formula: string;
  readonly look: Look;
}

/** The text of a new sheet for this layout: its columns, header, drop-downs and colours, no item yet. */
export function itemSheet(layout: SheetLayout, blueprint: Blueprint, styles: Styles): string {
  const last = columnName(layout.columns.length + 1);
  const frozen = layout.kind === 'task' ? 3 : 2;
  return sheetText({
    color: layout.color,
    view: paneXml(frozen),
    columns: columnsXml(layout, styles),
    rows: headerRows(layout, styles),
    after:
      `<autoFilter ref="B2:${last}2"/>` +
      rulesXml([...itemRules(layout, blueprint), ...tickRules(layout)], styles) +
      validationsXml(layout, blueprint.locale) +
      printXml(blueprint.locale, layout.kind === 'check' ? 'portrait' : 'landscape'),
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
    columnXml(index + 2, { width, style: styles.add({ vertical: 'top', wrap: true }) }),
  );
  return sheetText({
    color: INK.quiet,
    view: paneXml(1),
    columns: columnXml(1, { width: 4, hidden: true }) + columns.join(''),
    rows:
      `<row r="1" hidden="1">${cellXml('', 'A1', 0, textContent(marker))}</row>` +
      `<row r="2" ht="30" customHeight="1">${cellXml('', 'A2', 0, textContent(MARKERS.header))}${cellXml('', 'B2', quiet, textContent(note))}</row>`,
    after: printXml(locale, 'landscape'),
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

export function printXml(locale: Locale, orientation: 'landscape' | 'portrait'): string {
  const page = escapeXml(say(locale, PRINT_PAGE));
  return (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>` +
    `<headerFooter><oddFooter>&amp;L&amp;9&amp;A&amp;R&amp;9${page}</oddFooter></headerFooter>`
  );
}

function paneXml(frozenColumns: number): string {
  const corner = `${columnName(frozenColumns + 1)}${FIRST_ROW}`;
  return (
    `<pane xSplit="${frozenColumns}" ySplit="2" topLeftCell="${corner}" activePane="bottomRight" state="frozen"/>` +
    `<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="${corner}" sqref="${corner}"/>`
  );
}

function columnsXml(layout: SheetLayout, styles: Styles): string {
  const columns = layout.columns.map((column, index) =>
    columnXml(index + 2, {
      width: column.width,
      hidden: column.hidden,
      style: styles.add(columnLook(column)),
    }),
  );
  return columnXml(1, { width: 4, hidden: true }) + columns.join('');
}

function headerRows(layout: SheetLayout, styles: Styles): string {
  const header = styles.add(HEADER_LOOK);
  const row = (number: number, first: string, texts: readonly string[], style: number) =>
    [first, ...texts]
      .map((text, index) => cellXml('', columnName(index + 1) + number, style, textContent(text)))
      .join('');
  const fields = layout.columns.map(({ field }) => field);
  const headers = layout.columns.map((column) => column.header);
  return (
    `<row r="1" hidden="1">${row(1, layout.marker, fields, 0)}</row>` +
    `<row r="2" ht="32" customHeight="1">${row(2, MARKERS.header, headers, header)}</row>`
  );
}

/** The letter of a field's column in a sheet as it is first made. */
function letterOf(layout: SheetLayout, field: string): string {
  return columnName(layout.columns.findIndex((column) => column.field === field) + 2);
}

function itemRules(layout: SheetLayout, blueprint: Blueprint): readonly Rule[] {
  if (layout.kind !== 'task') return optionRules(layout, blueprint);
  const at = (field: string) => letterOf(layout, field);
  const [step, title, status, priority, due] = ['step', 'title', 'status', 'priority', 'due'].map(at) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const last = columnName(layout.columns.length + 1);
  const is = (column: string, list: string, key: string) => `$${column}${FIRST_ROW}=${entryName(list, key)}`;
  const cell = (column: string, list: string, key: string, look: Look): Rule => ({
    columns: [column, column],
    formula: is(column, list, key),
    look,
  });
  const late = `AND(ISNUMBER($${due}${FIRST_ROW}),$${due}${FIRST_ROW}<TODAY(),NOT(${is(status, 'status', 'done')}),NOT(${is(status, 'status', 'dropped')}))`;
  const lateLook: Look = { font: { bold: true, color: INK.red }, fill: INK.redSoft };
  return [
    { columns: [title, title], formula: late, look: lateLook },
    { columns: [due, due], formula: late, look: lateLook },
    cell(status, 'status', 'todo', { font: { color: INK.text }, fill: INK.greySoft }),
    cell(status, 'status', 'doing', { font: { bold: true, color: INK.blue }, fill: INK.blueSoft }),
    cell(status, 'status', 'blocked', { font: { bold: true, color: INK.amber }, fill: INK.amberSoft }),
    cell(status, 'status', 'done', { font: { bold: true, color: INK.green }, fill: INK.greenSoft }),
    cell(status, 'status', 'dropped', { font: { italic: true, color: INK.quiet }, fill: INK.greySoft }),
    ...blueprint.steps.map(({ key, color }) =>
      cell(step, 'step', key, {
        font: { bold: true, color: shade(color.slice(1)) },
        fill: tint(color.slice(1), 0.16),
      }),
    ),
    {
      columns: [title, title],
      formula: is(status, 'status', 'dropped'),
      look: { font: { strike: true, color: INK.quiet } },
    },
    {
      columns: [title, last],
      formula: `OR(${is(status, 'status', 'done')},${is(status, 'status', 'dropped')})`,
      look: { font: { color: INK.quiet } },
    },
    cell(priority, 'priority', 'urgent', { font: { bold: true, color: INK.red } }),
    cell(priority, 'priority', 'high', { font: { bold: true, color: INK.amber } }),
  ];
}

/** Registers show the colours that the template gives to options. */
function optionRules(layout: SheetLayout, blueprint: Blueprint): readonly Rule[] {
  const shape = blueprint.registers.find(({ key }) => key === layout.parent);
  return (shape?.columns ?? []).flatMap((column) =>
    column.options.flatMap(({ key, color }) => {
      if (!color) return [];
      const letter = letterOf(layout, column.key);
      const formula = `$${letter}${FIRST_ROW}=${entryName(`${layout.parent}_${column.key}`, key)}`;
      const look: Look = {
        font: { bold: true, color: shade(color.slice(1)) },
        fill: tint(color.slice(1), 0.16),
      };
      return [{ columns: [letter, letter] as const, formula, look }];
    }),
  );
}

function tickRules(layout: SheetLayout): readonly Rule[] {
  return layout.columns
    .filter(({ kind }) => kind === 'check')
    .map(({ field }) => {
      const letter = letterOf(layout, field);
      const formula = `$${letter}${FIRST_ROW}=${entryName('tick', '☑')}`;
      return {
        columns: [letter, letter],
        formula,
        look: { font: { bold: true, color: INK.green }, fill: INK.greenSoft },
      };
    });
}

function rulesXml(rules: readonly Rule[], styles: Styles): string {
  return rules
    .map(({ columns: [from, to], formula, look }, index) => {
      const range = `${from}${FIRST_ROW}:${to}${PREPARED_ROWS}`;
      const rule = attributes({ type: 'expression', dxfId: styles.differential(look), priority: index + 1 });
      return `<conditionalFormatting sqref="${range}"><cfRule${rule}><formula>${escapeXml(formula)}</formula></cfRule></conditionalFormatting>`;
    })
    .join('');
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
