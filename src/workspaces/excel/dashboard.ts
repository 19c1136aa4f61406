import { createHash } from 'node:crypto';
import { type Locale, type Message, say } from '#src/i18n/message.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { ObligationState, Overview } from '#src/metrics/overview.ts';
import type { Blueprint } from '../workspace.ts';
import { columnXml, printXml, sheetText } from './author.ts';
import { BLANK, type Content, cellXml, columnName, quoteSheet, reference, textContent } from './cell.ts';
import { frenchDate, toSerial } from './dates.ts';
import type { Grid } from './grid.ts';
import { MARKERS } from './layout.ts';
import { entryName } from './lists.ts';
import { FORMATS, HEADER_LOOK, INK } from './look.ts';
import type { Look, Styles } from './styles.ts';
import { cellText } from './text.ts';
import { attributes } from './xml.ts';

/** Rows kept for steps and dates; those not needed yet are hidden, so that nothing ever has to be moved. */
const STEP_SLOTS = 9;
const DATE_SLOTS = 10;
const SHOWN_DATES = 8;
const WIDTHS = [50, 17, 17, 24, 38, 56] as const;
const LAST_COLUMN = WIDTHS.length + 1;

const FIRST_STEP = 10;
const FIRST_DATE = FIRST_STEP + STEP_SLOTS + 3;
const NOTICE_ROW = FIRST_DATE + DATE_SLOTS + 2;

const DIGEST_ROW = 'digest';

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

/** What the dashboard is made from; equal digests, equal dashboards. Days left are a formula: time alone changes nothing. */
export function digestOf(overview: Overview, blueprint: Blueprint): string {
  const { progress, steps, late } = overview;
  const dates = upcoming(overview).map(({ daysLeft: _, ...rest }) => rest);
  const shown = {
    progress,
    steps,
    late: late.length,
    dates,
    blueprint: [blueprint.company, blueprint.title, blueprint.notice, blueprint.locale],
  };
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex');
}

function upcoming({ obligations }: Overview): readonly ObligationState[] {
  return obligations
    .filter(({ daysLeft }) => daysLeft >= 0)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .slice(0, SHOWN_DATES);
}

/** The digest of the figures that the dashboard shows; `''` when it shows none yet. It goes with the file, also when an older copy is put back. */
export function shownDigest(grid: Grid): string {
  const row = grid.sheet.rows().find((one) => grid.keyOf(one) === DIGEST_ROW);
  return row === undefined ? '' : grid.fieldText(row, 'c1');
}

/** A link that the dashboard asks for; relationships are made by who writes the workbook. */
export interface WantedLink {
  readonly row: number;
  readonly column: number;
  readonly url: string;
}

/** Puts the figures into the dashboard, found row by row under the keys of its hidden column. */
export function fillDashboard(
  grid: Grid,
  plan: Grid | undefined,
  overview: Overview,
  blueprint: Blueprint,
): readonly WantedLink[] {
  const filler = new Filler(grid, plan);
  filler.put('company', 1, textContent(cellText(blueprint.company)));
  filler.put('title', 1, textContent(cellText(blueprint.title)));
  filler.put('notice', 1, textContent(cellText(blueprint.notice)));
  filler.put(DIGEST_ROW, 1, textContent(digestOf(overview, blueprint)));
  filler.cards(overview);
  filler.steps(overview, blueprint);
  filler.dates(upcoming(overview), blueprint.locale);
  return filler.links;
}

class Filler {
  readonly links: WantedLink[] = [];
  readonly #grid: Grid;
  readonly #plan: Grid | undefined;
  readonly #rows = new Map<string, number>();

  constructor(grid: Grid, plan: Grid | undefined) {
    this.#grid = grid;
    this.#plan = plan;
    for (const row of grid.sheet.rows())
      if (!this.#rows.has(grid.keyOf(row))) this.#rows.set(grid.keyOf(row), row);
  }

  put(key: string, column: number, content: Content): void {
    const row = this.#rows.get(key);
    if (row !== undefined) this.#grid.set(row, `c${column}`, content);
  }

  cards(overview: Overview): void {
    const share = this.#range('share');
    const status = this.#range('status');
    const due = this.#range('due');
    const done = overview.steps.reduce((sum, step) => sum + step.done, 0);
    const total = overview.steps.reduce((sum, step) => sum + step.total, 0);
    const open = ['done', 'dropped'].map((key) => `${status},"<>"&${entryName('status', key)}`).join(',');
    this.#live('cards', 1, `IFERROR(AVERAGE(${share}),0)`, overview.progress);
    this.#live(
      'cards',
      2,
      `COUNTIF(${status},${entryName('status', 'done')})&" / "&COUNT(${share})`,
      `${done} / ${total}`,
    );
    this.#live('cards', 3, `COUNTIFS(${due},"<"&TODAY(),${open})`, overview.late.length);
    const next = upcoming(overview)[0];
    const serial = next && toSerial(next.date, this.#grid.date1904);
    this.put('cards', 4, serial === undefined ? BLANK : { type: 'number', number: serial });
  }

  steps(overview: Overview, blueprint: Blueprint): void {
    for (let slot = 0; slot < STEP_SLOTS; slot += 1) {
      const step = blueprint.steps[slot];
      const figures = overview.steps.find(({ key }) => key === step?.key);
      const row = this.#show(`step-${slot + 1}`, step !== undefined);
      if (!step || row === undefined) continue;
      const at = reference(row, this.#grid.columnOf('c1') ?? 2);
      const [steps, status, share] = [this.#range('step'), this.#range('status'), this.#range('share')];
      this.put(`step-${slot + 1}`, 1, {
        type: 'formula',
        formula: entryName('step', step.key),
        value: cellText(step.title),
      });
      this.#live(
        `step-${slot + 1}`,
        2,
        `COUNTIFS(${steps},${at},${status},${entryName('status', 'done')})`,
        figures?.done ?? 0,
      );
      this.#live(`step-${slot + 1}`, 3, `COUNTIFS(${steps},${at},${share},">=0")`, figures?.total ?? 0);
      this.#live(
        `step-${slot + 1}`,
        4,
        `IFERROR(AVERAGEIFS(${share},${steps},${at}),0)`,
        figures?.progress ?? 0,
      );
    }
  }

  dates(obligations: readonly ObligationState[], locale: Locale): void {
    for (let slot = 0; slot < DATE_SLOTS; slot += 1) {
      const key = `date-${slot + 1}`;
      const one = obligations[slot];
      const row = this.#show(key, one !== undefined);
      if (one && row !== undefined) this.#date(key, row, one, locale);
    }
    const none = obligations.length === 0;
    this.#show('no-dates', none);
    this.put('no-dates', 1, none ? textContent(say(locale, DASHBOARD.none)) : BLANK);
  }

  #date(key: string, row: number, one: ObligationState, locale: Locale): void {
    const { date1904 } = this.#grid;
    const serial = toSerial(one.date, date1904) ?? 0;
    const verified = toSerial(one.verifiedOn, date1904);
    const at = reference(row, this.#grid.columnOf('c2') ?? 3);
    this.put(key, 1, textContent(cellText(one.title)));
    this.put(key, 2, { type: 'number', number: serial });
    this.put(key, 3, { type: 'formula', formula: `${at}-TODAY()`, value: one.daysLeft });
    this.put(key, 4, verified === undefined ? BLANK : { type: 'number', number: verified });
    this.put(key, 5, textContent(toKnow(one, locale)));
    this.put(key, 6, textContent(cellText(one.source.title)));
    const column = this.#grid.columnOf('c6');
    if (column !== undefined) this.links.push({ row, column, url: one.source.url });
  }

  /** A formula on the plan; only its value where the plan's column is gone. */
  #live(key: string, column: number, formula: string, value: string | number): void {
    const plain: Content = typeof value === 'number' ? { type: 'number', number: value } : textContent(value);
    this.put(key, column, formula.includes('#REF!') ? plain : { type: 'formula', formula, value });
  }

  #range(field: string): string {
    const column = this.#plan?.columnOf(field);
    if (!this.#plan || column === undefined) return '#REF!';
    const letter = columnName(column);
    return `${quoteSheet(this.#plan.entry.name)}!$${letter}:$${letter}`;
  }

  #show(key: string, shown: boolean): number | undefined {
    const row = this.#rows.get(key);
    if (row !== undefined) this.#grid.sheet.setHidden(row, !shown);
    return row;
  }
}

function toKnow({ confidence, postponableUntil }: ObligationState, locale: Locale): string {
  const facts = [
    confidence === 'unsettled' ? say(locale, DASHBOARD.unsettled) : '',
    postponableUntil ? say(locale, DASHBOARD.postponable, frenchDate(postponableUntil)) : '',
  ];
  const said = facts.filter((fact) => fact !== '').join('\u00a0; ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
