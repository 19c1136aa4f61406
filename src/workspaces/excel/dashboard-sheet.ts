import { type Message, say } from '#src/i18n/message.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { Blueprint } from '../workspace.ts';
import { columnXml, printXml, sheetText } from './author.ts';
import { cellXml, columnName, reference, textContent } from './cell.ts';
import { MARKERS } from './layout.ts';
import { FORMATS, HEADER_LOOK, INK } from './look.ts';
import type { Look, Styles } from './styles.ts';
import { attributes } from './xml.ts';

/** Rows kept for steps and dates; those not needed yet are hidden, so that nothing ever has to be moved. */
export const STEP_SLOTS = 9;
export const DATE_SLOTS = 10;
const WIDTHS = [50, 17, 17, 24, 38, 56] as const;
const LAST_COLUMN = WIDTHS.length + 1;

const FIRST_STEP = 10;
const FIRST_DATE = FIRST_STEP + STEP_SLOTS + 3;
const NOTICE_ROW = FIRST_DATE + DATE_SLOTS + 2;

/** The hidden row that tells what the dashboard was made from. */
export const DIGEST_ROW = 'digest';

const LOOKS = {
  company: { font: { size: 22, bold: true, color: INK.navy }, vertical: 'center' },
  title: { font: { size: 13, color: INK.quiet }, vertical: 'center' },
  cardLabel: { font: { size: 10, color: INK.quiet }, fill: INK.panel, vertical: 'bottom', indent: 1 },
  cardValue: {
    font: { size: 20, bold: true, color: INK.navy },
    fill: INK.panel,
    vertical: 'center',
    horizontal: 'left',
    indent: 1,
  },
  cardShare: {
    font: { size: 20, bold: true, color: INK.navy },
    fill: INK.panel,
    vertical: 'center',
    horizontal: 'left',
    indent: 1,
    format: FORMATS.percent,
  },
  cardDate: {
    font: { size: 20, bold: true, color: INK.navy },
    fill: INK.panel,
    vertical: 'center',
    horizontal: 'left',
    indent: 1,
    format: FORMATS.date,
  },
  section: { font: { size: 14, bold: true, color: INK.navy }, vertical: 'center' },
  header: HEADER_LOOK,
  headerCentered: { ...HEADER_LOOK, horizontal: 'center' },
  step: { font: { bold: true }, line: INK.frame, vertical: 'center', wrap: true },
  text: { line: INK.frame, vertical: 'center', wrap: true },
  number: { line: INK.frame, vertical: 'center', horizontal: 'center' },
  share: {
    font: { bold: true },
    line: INK.frame,
    vertical: 'center',
    horizontal: 'center',
    format: FORMATS.percent,
  },
  date: {
    font: { bold: true },
    line: INK.frame,
    vertical: 'center',
    horizontal: 'center',
    format: FORMATS.date,
  },
  verified: {
    font: { color: INK.quiet },
    line: INK.frame,
    vertical: 'center',
    horizontal: 'center',
    format: FORMATS.date,
  },
  link: { font: { color: INK.link, underline: true }, line: INK.frame, vertical: 'center', wrap: true },
  notice: { font: { italic: true, size: 10, color: INK.quiet }, vertical: 'top', wrap: true },
} as const satisfies Record<string, Look>;
type LookName = keyof typeof LOOKS;

/** The layout of the dashboard, by the words of its locale: what never changes once the sheet is there. */
export function dashboardSheet(blueprint: Blueprint, styles: Styles): string {
  const words = (message: Message) => say(blueprint.locale, message);
  const style = (name: LookName) => styles.add(LOOKS[name]);
  const line = (
    number: number,
    key: string,
    height: number,
    cells: readonly (readonly [string, LookName])[],
    hidden = false,
  ) => {
    const written = cells.map(([text, look], index) =>
      cellXml('', reference(number, index + 2), style(look), textContent(text)),
    );
    return `<row${attributes({ r: number, ht: height, customHeight: 1, hidden: hidden ? 1 : undefined })}>${cellXml('', `A${number}`, 0, textContent(key))}${written.join('')}</row>`;
  };
  const fields = WIDTHS.map((_, index) =>
    cellXml('', reference(1, index + 2), 0, textContent(`c${index + 1}`)),
  );
  const slots = (count: number, first: number, kind: string, shown: number, looks: readonly LookName[]) =>
    Array.from({ length: count }, (_, index) =>
      line(
        first + index,
        `${kind}-${index + 1}`,
        kind === 'date' ? 34 : 26,
        looks.map((look) => ['', look] as const),
        index >= shown,
      ),
    ).join('');
  const rows = [
    `<row r="1" hidden="1">${cellXml('', 'A1', 0, textContent(MARKERS.dashboard))}${fields.join('')}</row>`,
    line(2, 'company', 38, [['', 'company']]),
    line(3, 'title', 22, [['', 'title']]),
    line(4, 'space', 10, []),
    line(5, 'card-labels', 24, [
      [words(DASHBOARD.progress), 'cardLabel'],
      [words(DASHBOARD.done), 'cardLabel'],
      [words(DASHBOARD.late), 'cardLabel'],
      [words(DASHBOARD.nextDate), 'cardLabel'],
    ]),
    line(6, 'cards', 38, [
      ['', 'cardShare'],
      ['', 'cardValue'],
      ['', 'cardValue'],
      ['', 'cardDate'],
    ]),
    line(7, 'space-2', 12, []),
    line(8, 'steps', 28, [[words(DASHBOARD.steps), 'section']]),
    line(9, 'steps-header', 24, [
      [words(DASHBOARD.step), 'header'],
      [words(DASHBOARD.done), 'headerCentered'],
      [words(DASHBOARD.total), 'headerCentered'],
      [words(DASHBOARD.progress), 'headerCentered'],
    ]),
    slots(STEP_SLOTS, FIRST_STEP, 'step', blueprint.steps.length, ['step', 'number', 'number', 'share']),
    line(FIRST_DATE - 3, 'space-3', 14, []),
    line(FIRST_DATE - 2, 'dates', 28, [[words(DASHBOARD.dates), 'section']]),
    line(FIRST_DATE - 1, 'dates-header', 24, [
      [words(DASHBOARD.what), 'header'],
      [words(DASHBOARD.date), 'headerCentered'],
      [words(DASHBOARD.daysLeft), 'headerCentered'],
      [words(DASHBOARD.verified), 'headerCentered'],
      [words(DASHBOARD.toKnow), 'header'],
      [words(DASHBOARD.source), 'header'],
    ]),
    slots(DATE_SLOTS, FIRST_DATE, 'date', 0, ['step', 'date', 'number', 'verified', 'text', 'link']),
    line(NOTICE_ROW - 2, 'no-dates', 22, [['', 'notice']], true),
    line(NOTICE_ROW - 1, 'space-4', 14, []),
    line(NOTICE_ROW, 'notice', 48, [['', 'notice']]),
    line(NOTICE_ROW + 1, DIGEST_ROW, 15, [['', 'notice']], true),
  ];
  return sheetText({
    color: INK.navy,
    view: '<selection activeCell="B2" sqref="B2"/>',
    columns:
      columnXml(1, { width: 4, hidden: true }) +
      WIDTHS.map((width, index) => columnXml(index + 2, { width })).join(''),
    rows: rows.join(''),
    after:
      `<mergeCells count="1"><mergeCell ref="B${NOTICE_ROW}:${columnName(LAST_COLUMN)}${NOTICE_ROW}"/></mergeCells>` +
      rulesXml(blueprint, styles) +
      printXml(blueprint.locale, 'landscape'),
  });
}

/** Bars in the colours of the steps; days that are running out. */
function rulesXml(blueprint: Blueprint, styles: Styles): string {
  let priority = 0;
  const rule = (range: string, inside: (priority: number) => string) => {
    priority += 1;
    return `<conditionalFormatting sqref="${range}">${inside(priority)}</conditionalFormatting>`;
  };
  const days = `D${FIRST_DATE}:D${FIRST_DATE + DATE_SLOTS - 1}`;
  const soon = (limit: number, look: Look) =>
    rule(days, (at) => {
      const flags = attributes({ type: 'expression', dxfId: styles.differential(look), priority: at });
      return `<cfRule${flags}><formula>AND(ISNUMBER(D${FIRST_DATE}),D${FIRST_DATE}&lt;=${limit})</formula></cfRule>`;
    });
  const bars = Array.from({ length: STEP_SLOTS }, (_, index) => {
    const color = blueprint.steps[index]?.color.slice(1).toUpperCase() ?? INK.quiet;
    return rule(
      `E${FIRST_STEP + index}`,
      (at) =>
        `<cfRule type="dataBar" priority="${at}"><dataBar><cfvo type="num" val="0"/><cfvo type="num" val="1"/><color rgb="FF${color}"/></dataBar></cfRule>`,
    );
  });
  const late = rule('D6', (at) => {
    const flags = attributes({
      type: 'expression',
      dxfId: styles.differential({ font: { color: INK.red } }),
      priority: at,
    });
    return `<cfRule${flags}><formula>AND(ISNUMBER(D6),D6&gt;0)</formula></cfRule>`;
  });
  return (
    soon(30, { font: { bold: true, color: INK.red }, fill: INK.redSoft }) +
    soon(90, { font: { bold: true, color: INK.amber }, fill: INK.amberSoft }) +
    late +
    bars.join('')
  );
}
