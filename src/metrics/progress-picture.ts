import type {
  BarSeriesOption,
  EChartsOption,
  GraphicComponentOption,
  TitleComponentOption,
  YAXisComponentOption,
} from 'echarts';
import { chartAlt, chartMessages } from '#src/i18n/charts.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { altTextMessage, percent, pictureMessages } from '#src/i18n/metrics.ts';
import { longDate } from '#src/i18n/plan.ts';
import { BURN_UP_HEIGHT, badge, burnUp, type Mark } from './burn-up.ts';
import { standingOutFrom } from './color.ts';
import type { Course } from './course.ts';
import { estimateWidth, printable, shorten, wrap } from './fit-text.ts';
import type { ObligationState, Overview, StepProgress } from './overview.ts';
import { ALERT, FONT_FAMILY, GREY, INK, LINE, PAPER, TRACK } from './paint.ts';
import { type UpcomingDate, upcomingDates } from './upcoming.ts';

/** A picture to be drawn: an ECharts option, and the size for which it is laid out, in CSS pixels. */
export interface Chart {
  readonly option: EChartsOption;
  readonly width: number;
  readonly height: number;
  /** What it is, in a few words. */
  readonly title: string;
  /** What it says, for those who do not see it. */
  readonly description: string;
}

/** `course`: without the progress by step, for a place that shows it beside the picture. */
export type PictureKind = 'whole' | 'course';

const WIDTH = 840;
const MARGIN = 36;
const INNER_WIDTH = WIDTH - 2 * MARGIN;
const BURN_UP_TOP = 112;
const HEADER_HEIGHT = BURN_UP_TOP + BURN_UP_HEIGHT + 14;

const STEP_SIZE = 18;
const STEP_LINE_HEIGHT = 23;
/** Kept free at the right of a step's title, for its tally and its percentage. */
const FIGURES_WIDTH = 190;
const PERCENT_WIDTH = 66;
const BAR_HEIGHT = 14;
const BAR_GAP = 7;
const ROW_GAP = 16;

const FOOTER_SIZE = 15;
const FOOTER_LINE_HEIGHT = 24;
const FOOTER_GAP = 20;
const UPCOMING_LIMIT = 3;
const BADGE_WIDTH = 28;
const DATE_WIDTH = 150;
const OBLIGATION_WIDTH = INNER_WIDTH - BADGE_WIDTH - DATE_WIDTH;

/**
 * The way of a project so far and its progress by step, with the next dates below. Pure: the same input gives the same
 * chart. The width is always the same; the height depends on the steps, their titles and the obligations, never on the
 * progress nor on the day: a picture may take the place of an earlier one as it is.
 */
export function progressChart(
  overview: Overview,
  course: Course,
  locale: Locale,
  kind: PictureKind = 'whole',
): Chart {
  const { obligations } = overview;
  const steps = kind === 'whole' ? overview.steps : [];
  const titles = steps.map(({ title }) => wrap(title, INNER_WIDTH - FIGURES_WIDTH, STEP_SIZE));
  const titleHeight = STEP_LINE_HEIGHT * Math.max(1, ...titles.map((lines) => lines.length));
  const rowHeight = titleHeight + BAR_GAP + BAR_HEIGHT + ROW_GAP;
  const rowsBottom = HEADER_HEIGHT + steps.length * rowHeight;
  const way = burnUp(
    course,
    marksOf(overview),
    { left: MARGIN, top: BURN_UP_TOP, width: INNER_WIDTH, grid: 1, xAxis: 1, yAxis: 3 },
    locale,
  );

  const option: EChartsOption = {
    animation: false,
    backgroundColor: PAPER,
    textStyle: { fontFamily: FONT_FAMILY },
    title: header(overview, locale),
    grid: [
      {
        left: MARGIN,
        right: MARGIN,
        // The bar is in the middle of its band: the band is shifted so that the title fits above the bar.
        top: HEADER_HEIGHT + (titleHeight + BAR_GAP - ROW_GAP) / 2,
        height: steps.length * rowHeight,
      },
      way.grid,
    ],
    xAxis: [{ type: 'value', min: 0, max: 1, show: false }, way.xAxis],
    yAxis: [
      rowLabels(
        titles.map((lines) => lines.join('\n')),
        { position: 'left', bold: true },
      ),
      rowLabels(
        steps.map((step) => shareOf(step, locale)),
        { position: 'right', bold: true },
      ),
      rowLabels(
        steps.map((step) => tallyOf(step, locale)),
        { position: 'right', inset: PERCENT_WIDTH },
      ),
      way.yAxis,
    ],
    series: [track(steps), fill(steps), ...way.series],
    graphic: [...way.graphic, ...footer(overview, rowsBottom, locale)],
  };
  return {
    option,
    width: WIDTH,
    height: rowsBottom + footerHeight(obligations),
    title: say(locale, chartMessages.progress),
    description: `${altText(overview, locale)} ${courseText(course, locale)}`,
  };
}

/** What the burn-up says: how many tasks are done, how many were to be, and where that leads. */
function courseText({ today, history, planned, expected }: Course, locale: Locale): string {
  const { done = 0, total = 0 } = history.at(-1) ?? {};
  return say(locale, chartAlt.course, {
    ...{ today, done, total, expected: expected.at(-1) },
    planned:
      planned.length === 0 ? undefined : (planned.filter(({ day }) => day <= today).at(-1)?.tasks ?? 0),
  });
}

/** The same as the picture says, in one sentence, for those who do not see it. */
export function altText(overview: Overview, locale: Locale): string {
  const steps = overview.steps.map((step) => {
    const share = step.total === 0 ? '' : `, ${shareOf(step, locale)}`;
    return `${printable(step.title)} (${tallyOf(step, locale)}${share})`;
  });
  const dates = upcomingDates(overview.obligations, UPCOMING_LIMIT).map((day) => {
    return `${longDate(locale, day.date)} (${becoming(day, locale)})`;
  });
  const tally = {
    done: overview.steps.reduce((sum, step) => sum + step.done, 0),
    total: overview.steps.reduce((sum, step) => sum + step.total, 0),
  };
  return say(locale, altTextMessage, { ...overview, tally, late: overview.late.length, steps, dates });
}

/** The next dates under the numbers that they have below, and the deadlines that have passed. */
function marksOf({ obligations }: Overview): readonly Mark[] {
  const passed = obligations.filter(({ kind, daysLeft }) => kind === 'deadline' && daysLeft < 0);
  return [
    ...[...new Set(passed.map(({ date }) => date))].map((date) => ({ date, label: '' })),
    ...upcomingDates(obligations, UPCOMING_LIMIT).map(({ date }, index) => ({ date, label: `${index + 1}` })),
  ];
}

function header({ progress, steps, late }: Overview, locale: Locale): TitleComponentOption {
  const empty = progress === 0 && steps.every(({ total }) => total === 0);
  const isLate = late.length > 0;
  return {
    text: say(locale, pictureMessages.title, progress),
    subtext: empty
      ? say(locale, pictureMessages.nothingToDo)
      : say(locale, pictureMessages.late, late.length),
    left: MARGIN,
    top: 28,
    padding: 0,
    itemGap: 6,
    textStyle: { fontSize: 30, fontWeight: 600, color: INK },
    subtextStyle: { fontSize: 17, fontWeight: isLate ? 600 : 400, color: isLate ? ALERT : GREY },
  };
}

interface RowLabels {
  readonly position: 'left' | 'right';
  readonly bold?: boolean;
  /** Distance from the side, in pixels. */
  readonly inset?: number;
}

/** One text for each row, above its bar: an axis without a line, whose labels stand inside the grid. */
function rowLabels(labels: readonly string[], { position, bold, inset }: RowLabels): YAXisComponentOption {
  return {
    type: 'category',
    inverse: true,
    position,
    offset: 0,
    data: [...labels],
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      interval: 0,
      inside: true,
      margin: inset ?? 0,
      align: position,
      verticalAlign: 'bottom',
      padding: [0, 0, BAR_HEIGHT / 2 + BAR_GAP, 0],
      fontSize: STEP_SIZE,
      lineHeight: STEP_LINE_HEIGHT,
      fontWeight: bold ? 600 : 400,
      color: bold ? INK : GREY,
    },
  };
}

function shareOf({ total, progress }: StepProgress, locale: Locale): string {
  return total === 0 ? '–' : percent(locale, progress);
}

function tallyOf({ done, total }: StepProgress, locale: Locale): string {
  return total === 0
    ? say(locale, pictureMessages.noTask)
    : say(locale, pictureMessages.tally, { done, total });
}

/** The whole of a step, outlined so that an empty bar shows in print too. */
function track(steps: readonly StepProgress[]): BarSeriesOption {
  return {
    type: 'bar',
    barWidth: BAR_HEIGHT,
    data: steps.map(() => 1),
    itemStyle: { color: TRACK, borderColor: LINE, borderWidth: 1, borderRadius: 4 },
  };
}

function fill(steps: readonly StepProgress[]): BarSeriesOption {
  return {
    type: 'bar',
    barWidth: BAR_HEIGHT,
    barGap: '-100%',
    data: steps.map(({ progress, color }) => ({
      value: progress,
      itemStyle: { color: standingOutFrom(TRACK, color), borderRadius: 4 },
    })),
  };
}

/** Room for as many dates as the project may show, so that a picture keeps its size while dates go by. */
function footerHeight(obligations: readonly ObligationState[]): number {
  const dates = Math.min(UPCOMING_LIMIT, new Set(obligations.map(({ date }) => date)).size);
  return dates === 0 ? MARGIN - ROW_GAP : FOOTER_GAP + (dates + 1) * FOOTER_LINE_HEIGHT + MARGIN - 8;
}

function footer({ obligations }: Overview, top: number, locale: Locale): GraphicComponentOption[] {
  if (obligations.length === 0) return [];
  const upcoming = upcomingDates(obligations, UPCOMING_LIMIT);
  const title = upcoming.length === 0 ? pictureMessages.noUpcoming : pictureMessages.upcoming;
  const lineTop = (rank: number) => top + FOOTER_GAP + rank * FOOTER_LINE_HEIGHT;
  const right = WIDTH - MARGIN;
  const separator: GraphicComponentOption = {
    type: 'line',
    shape: { x1: MARGIN, x2: right, y1: top, y2: top },
    style: { stroke: LINE, lineWidth: 1 },
  };
  return [
    separator,
    footerText(say(locale, title), MARGIN, lineTop(0), { fontWeight: 600 }),
    ...upcoming.flatMap((day, index) => {
      const y = lineTop(index + 1);
      return [
        ...badge(`${index + 1}`, MARGIN + 10, y + FOOTER_SIZE / 2 + 1, 9),
        footerText(longDate(locale, day.date), MARGIN + BADGE_WIDTH, y),
        footerText(becoming(day, locale, OBLIGATION_WIDTH), MARGIN + BADGE_WIDTH + DATE_WIDTH, y),
      ];
    }),
  ];
}

function footerText(
  text: string,
  x: number,
  y: number,
  style: { align?: 'right'; fontWeight?: number } = {},
): GraphicComponentOption {
  const font = { fontFamily: FONT_FAMILY, fontSize: FOOTER_SIZE, fontWeight: 400 };
  return { type: 'text', x, y, style: { text, fill: GREY, ...font, ...style } };
}

/** What becomes binding that day, on one line; whether it is sure and what else does are never cut. */
function becoming(day: UpcomingDate, locale: Locale, width = Number.POSITIVE_INFINITY): string {
  const sure = day.sure ? '' : say(locale, pictureMessages.toConfirm);
  const others = day.others === 0 ? '' : say(locale, pictureMessages.others, day.others);
  return shorten(day.title, width - estimateWidth(sure + others, FOOTER_SIZE), FOOTER_SIZE) + sure + others;
}
