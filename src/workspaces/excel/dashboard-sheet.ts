import { type Locale, type Message, say } from '#src/i18n/message.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { Blueprint } from '../workspace.ts';
import { columnXml, printXml, sheetText } from './author.ts';
import { cellXml, columnName, reference, textContent } from './cell.ts';
import { dashboardRules } from './dashboard-rules.ts';
import { MARKERS } from './layout.ts';
import { FORMATS, HEADER_LOOK, INK, percentFormat } from './look.ts';
import type { Room } from './picture.ts';
import type { Look, Styles } from './styles.ts';
import { attributes } from './xml.ts';

/** Rows kept for steps and dates; those not needed yet are hidden, so that nothing ever has to be moved. */
export const STEP_SLOTS = 9;
export const DATE_SLOTS = 12;
/** The size, in points, of what is read once: notes and sources. */
export const SMALL = 10;

/** The tables stand in the first columns; the next one, for what is to be known, has the picture above it. */
const WIDTHS = [42, 17, 15, 30, 130, 13] as const;
const TABLE_COLUMNS = 4;
const LAST_COLUMN = WIDTHS.length + 1;
const PIXELS_PER_DIGIT = 7;
const PIXELS_PER_POINT = 4 / 3;

const FIRST_STEP = 10;
const FIRST_DATE = FIRST_STEP + STEP_SLOTS + 3;
const NOTICE_ROW = FIRST_DATE + DATE_SLOTS + 2;

/** In points. The rows of the steps share the room that the picture beside them needs. */
const HEIGHTS = {
  company: 38,
  title: 22,
  space: 10,
  cardLabel: 24,
  card: 38,
  section: 28,
  header: 24,
} as const;
const STEPS_HEIGHT = 160;
const LEAST_STEP_HEIGHT = 24;

/** The hidden row that tells what the dashboard was made from. */
export const DIGEST_ROW = 'digest';

const CARD: Look = {
  font: { size: 20, bold: true, color: INK.navy },
  fill: INK.panel,
  vertical: 'center',
  horizontal: 'left',
  indent: 1,
};
const CELL: Look = { line: INK.frame, vertical: 'center' };
const TEXT: Look = { ...CELL, horizontal: 'left', indent: 1, wrap: true };
const FIGURE: Look = { ...CELL, horizontal: 'center' };

function looks(locale: Locale) {
  return {
    company: { font: { size: 22, bold: true, color: INK.navy }, vertical: 'center' },
    title: { font: { size: 13, color: INK.quiet }, vertical: 'center' },
    cardLabel: {
      font: { size: 10, color: INK.quiet },
      fill: INK.panel,
      vertical: 'bottom',
      horizontal: 'left',
      indent: 1,
    },
    card: CARD,
    cardShare: { ...CARD, format: percentFormat(locale) },
    cardDate: { ...CARD, format: FORMATS.date },
    section: { font: { size: 14, bold: true, color: INK.navy }, vertical: 'center' },
    header: HEADER_LOOK,
    headerCentered: { ...HEADER_LOOK, horizontal: 'center', indent: 0 },
    name: { ...TEXT, font: { bold: true } },
    text: { ...TEXT, font: { size: SMALL } },
    link: { ...TEXT, font: { size: SMALL, color: INK.link, underline: true } },
    number: FIGURE,
    share: { ...FIGURE, font: { bold: true }, format: percentFormat(locale) },
    date: { ...FIGURE, font: { bold: true }, format: FORMATS.date },
    verified: { ...FIGURE, font: { size: SMALL, color: INK.quiet }, format: FORMATS.date },
    none: { font: { size: SMALL, color: INK.quiet }, vertical: 'center' },
    notice: { font: { italic: true, size: SMALL, color: INK.quiet }, vertical: 'top', wrap: true },
  } satisfies Record<string, Look>;
}
type LookName = keyof ReturnType<typeof looks>;

interface Line {
  readonly number: number;
  readonly key: string;
  readonly height: number;
  readonly cells?: readonly (readonly [text: string, look: LookName])[];
  readonly hidden?: boolean;
  /** Its height follows its texts until someone sets it by hand. */
  readonly fits?: boolean;
}

/** The layout of the dashboard, by the words of its locale: what never changes once the sheet is there. */
export function dashboardSheet(blueprint: Blueprint, styles: Styles): string {
  const { locale } = blueprint;
  const named = looks(locale);
  const rows = linesOf(blueprint).map((line) => lineXml(line, (name) => styles.add(named[name])));
  const fields = WIDTHS.map((_, index) =>
    cellXml('', reference(1, index + 2), 0, textContent(`c${index + 1}`)),
  );
  const marker = `<row r="1" hidden="1">${cellXml('', 'A1', 0, textContent(MARKERS.dashboard))}${fields.join('')}</row>`;
  const { rules, extension } = dashboardRules(
    {
      lateCard: 'D6',
      days: { column: 'D', first: FIRST_DATE, last: FIRST_DATE + DATE_SLOTS - 1 },
      shares: Array.from({ length: STEP_SLOTS }, (_, at) => `E${FIRST_STEP + at}`),
    },
    blueprint,
    styles,
  );
  return sheetText({
    color: INK.navy,
    view: '<selection activeCell="B2" sqref="B2"/>',
    columns:
      columnXml(1, { width: 4, hidden: true }) +
      WIDTHS.map((width, index) => columnXml(index + 2, { width })).join(''),
    rows: marker + rows.join(''),
    after:
      `<mergeCells count="1"><mergeCell ref="B${NOTICE_ROW}:${columnName(LAST_COLUMN)}${NOTICE_ROW}"/></mergeCells>` +
      rules +
      printXml(locale, { orientation: 'landscape', pagesHigh: 1 }) +
      extension,
  });
}

/** The room at the right of the figures, above the dates, as it is in a sheet that has just been made. */
export function pictureRoom({ steps }: Blueprint): Room {
  const { company, title, space, cardLabel, card, section, header } = HEIGHTS;
  const above = company + title + space + cardLabel + card + space + section + header;
  const digits = WIDTHS.slice(TABLE_COLUMNS).reduce((sum, width) => sum + width, 0);
  return {
    column: TABLE_COLUMNS + 1,
    row: 1,
    width: digits * PIXELS_PER_DIGIT,
    height: Math.floor((above + stepHeight(steps.length) * steps.length) * PIXELS_PER_POINT),
  };
}

function stepHeight(steps: number): number {
  return Math.max(LEAST_STEP_HEIGHT, Math.floor(STEPS_HEIGHT / Math.max(1, steps)));
}

function linesOf({ locale, steps }: Blueprint): readonly Line[] {
  const words = (message: Message) => say(locale, message);
  const { company, title, space, cardLabel, card, section, header } = HEIGHTS;
  const slots = (count: number, first: number, kind: string, looks: readonly LookName[]) =>
    Array.from({ length: count }, (_, index) => ({
      number: first + index,
      key: `${kind}-${index + 1}`,
      cells: looks.map((look) => ['', look] as const),
      height: stepHeight(steps.length),
    }));
  return [
    { number: 2, key: 'company', height: company, cells: [['', 'company']] },
    { number: 3, key: 'title', height: title, cells: [['', 'title']] },
    { number: 4, key: 'space', height: space },
    {
      number: 5,
      key: 'card-labels',
      height: cardLabel,
      cells: [
        [words(DASHBOARD.progress), 'cardLabel'],
        [words(DASHBOARD.done), 'cardLabel'],
        [words(DASHBOARD.late), 'cardLabel'],
        [words(DASHBOARD.nextDate), 'cardLabel'],
      ],
    },
    {
      number: 6,
      key: 'cards',
      height: card,
      cells: [
        ['', 'cardShare'],
        ['', 'card'],
        ['', 'card'],
        ['', 'cardDate'],
      ],
    },
    { number: 7, key: 'space-2', height: space },
    { number: 8, key: 'steps', height: section, cells: [[words(DASHBOARD.steps), 'section']] },
    {
      number: 9,
      key: 'steps-header',
      height: header,
      cells: [
        [words(DASHBOARD.step), 'header'],
        [words(DASHBOARD.done), 'headerCentered'],
        [words(DASHBOARD.total), 'headerCentered'],
        [words(DASHBOARD.progress), 'headerCentered'],
      ],
    },
    ...slots(STEP_SLOTS, FIRST_STEP, 'step', ['name', 'number', 'number', 'share']).map((line, index) => ({
      ...line,
      hidden: index >= steps.length,
    })),
    { number: FIRST_DATE - 3, key: 'space-3', height: space },
    { number: FIRST_DATE - 2, key: 'dates', height: section, cells: [[words(DASHBOARD.dates), 'section']] },
    {
      number: FIRST_DATE - 1,
      key: 'dates-header',
      height: header,
      cells: [
        [words(DASHBOARD.what), 'header'],
        [words(DASHBOARD.date), 'headerCentered'],
        [words(DASHBOARD.daysLeft), 'headerCentered'],
        [words(DASHBOARD.source), 'header'],
        [words(DASHBOARD.toKnow), 'header'],
        [words(DASHBOARD.verified), 'headerCentered'],
      ],
    },
    ...slots(DATE_SLOTS, FIRST_DATE, 'date', ['name', 'date', 'number', 'link', 'text', 'verified']).map(
      (line) => ({ ...line, hidden: true, fits: true }),
    ),
    { number: NOTICE_ROW - 2, key: 'no-dates', height: 22, cells: [['', 'none']], hidden: true },
    { number: NOTICE_ROW - 1, key: 'space-4', height: space },
    { number: NOTICE_ROW, key: 'notice', height: 30, cells: [['', 'notice']] },
    { number: NOTICE_ROW + 1, key: DIGEST_ROW, height: 15, cells: [['', 'notice']], hidden: true },
  ];
}

function lineXml({ number, key, height, cells = [], hidden, fits }: Line, style: (name: LookName) => number) {
  const written = cells.map(([text, look], index) =>
    cellXml('', reference(number, index + 2), style(look), textContent(text)),
  );
  const flags = { r: number, ht: height, customHeight: fits ? undefined : 1, hidden: hidden ? 1 : undefined };
  return `<row${attributes(flags)}>${cellXml('', `A${number}`, 0, textContent(key))}${written.join('')}</row>`;
}
