import { createHash } from 'node:crypto';
import { type Locale, say } from '#src/i18n/message.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { Overview } from '#src/metrics/overview.ts';
import { type LegalDate, legalDates, nextLegalDate } from '../legal-dates.ts';
import type { Blueprint } from '../workspace.ts';
import { BLANK, type Content, columnName, quoteSheet, reference, textContent } from './cell.ts';
import { DATE_SLOTS, DIGEST_ROW, SMALL, STEP_SLOTS } from './dashboard-sheet.ts';
import { toSerial } from './dates.ts';
import type { Grid } from './grid.ts';
import { linkContent } from './links.ts';
import { entryName } from './lists.ts';
import { heightFor } from './row-height.ts';
import { cellText } from './text.ts';

/** What the dashboard is made from; equal digests, equal dashboards. Days left are a formula: time alone changes the picture, once a week. */
export function digestOf(overview: Overview, { company, title, notice, locale }: Blueprint): string {
  const { progress, steps, late, week } = overview;
  const shown = {
    week,
    progress,
    steps,
    late: late.length,
    next: nextLegalDate(overview),
    dates: legalDates(overview, locale),
    blueprint: [company, title, notice, locale],
  };
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex');
}

/** The digest of the figures that the dashboard shows; `''` when it shows none yet. It goes with the file, also when an older copy is put back. */
export function shownDigest(grid: Grid): string {
  const row = grid.sheet.rows().find((one) => grid.keyOf(one) === DIGEST_ROW);
  return row === undefined ? '' : grid.fieldText(row, 'c1');
}

/** Puts the figures into the dashboard, found row by row under the keys of its hidden column. */
export function fillDashboard(
  grid: Grid,
  plan: Grid | undefined,
  overview: Overview,
  blueprint: Blueprint,
): void {
  const filler = new Filler(grid, plan);
  filler.put('company', 1, textContent(cellText(blueprint.company)));
  filler.put('title', 1, textContent(cellText(blueprint.title)));
  filler.put('notice', 1, textContent(cellText(blueprint.notice)));
  filler.put(DIGEST_ROW, 1, textContent(digestOf(overview, blueprint)));
  filler.cards(overview);
  filler.steps(overview, blueprint);
  filler.dates(legalDates(overview, blueprint.locale), overview, blueprint.locale);
}

class Filler {
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
    const next = nextLegalDate(overview);
    const serial = next && toSerial(next, this.#grid.date1904);
    this.put('cards', 4, !serial ? BLANK : { type: 'number', number: serial });
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

  dates(dates: readonly LegalDate[], { obligations }: Overview, locale: Locale): void {
    for (let slot = 0; slot < DATE_SLOTS; slot += 1) {
      const key = `date-${slot + 1}`;
      const one = dates[slot];
      const row = this.#show(key, one !== undefined);
      if (!one || row === undefined) continue;
      const daysLeft = obligations.find(({ date }) => date === one.date)?.daysLeft ?? 0;
      this.#date(key, row, one, daysLeft, locale);
      this.#fit(row, one);
    }
    const none = dates.length === 0;
    this.#show('dates-header', !none);
    this.#show('no-dates', none);
    this.put('no-dates', 1, none ? textContent(say(locale, DASHBOARD.none)) : BLANK);
  }

  #date(key: string, row: number, one: LegalDate, daysLeft: number, locale: Locale): void {
    const { date1904 } = this.#grid;
    const verified = toSerial(one.verifiedOn, date1904);
    const at = reference(row, this.#grid.columnOf('c2') ?? 3);
    const passed = one.kind === 'deadline' ? say(locale, DASHBOARD.inForce) : '';
    const isPassed = one.inForce || daysLeft < 0;
    this.put(key, 1, textContent(cellText(one.title)));
    this.put(key, 2, { type: 'number', number: toSerial(one.date, date1904) ?? 0 });
    this.put(key, 3, {
      type: 'formula',
      // An event that is today has not passed yet; a deadline binds from its day on.
      formula: `IF(${at}${one.kind === 'deadline' ? '<=' : '<'}TODAY(),"${passed}",${at}-TODAY())`,
      value: isPassed ? passed : daysLeft,
    });
    this.put(key, 4, linkContent(one.source.title, one.source.url));
    this.put(key, 5, textContent(cellText(one.toKnow)));
    this.put(key, 6, verified === undefined ? BLANK : { type: 'number', number: verified });
  }

  /** The row as high as its texts, in columns as wide as people have made them. */
  #fit(row: number, one: LegalDate): void {
    const { sheet } = this.#grid;
    const width = (column: number) => sheet.columnWidth(this.#grid.columnOf(`c${column}`) ?? column + 1);
    const height = heightFor([
      { text: one.title, width: width(1), bold: true },
      { text: one.source.title, width: width(4), size: SMALL },
      { text: one.toKnow, width: width(5), size: SMALL },
    ]);
    sheet.setHeight(row, height);
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
