import type {
  CustomSeriesOption,
  GraphicComponentOption,
  GridComponentOption,
  LineSeriesOption,
  SeriesOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from 'echarts';
import { type Locale, say } from '#src/i18n/message.ts';
import { burnUpMessages, monthLabel } from '#src/i18n/metrics.ts';
import type { Course } from './course.ts';
import { addDays, daysBetween, latestOf } from './days.ts';
import { estimateWidth } from './fit-text.ts';
import { turnsOf } from './history.ts';
import { DONE, FAINT, GREY, INK, LINE, line, PAPER, TEXT_SIZE, words } from './paint.ts';
import { roundStep } from './scale.ts';
import { monthTicks, type TimeAxis, timeAxis } from './time-axis.ts';

/** Where the burn-up stands in a picture, and which axes of it are its own. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** The number of its grid and of its axes in the picture. */
  readonly xAxis: number;
  readonly yAxis: number;
  readonly grid: number;
}

/** A legal date as a mark; `label` refers to where its words are. */
export interface Mark {
  readonly date: string;
  /** `''` for a date that has passed. */
  readonly label: string;
}

export interface BurnUp {
  readonly grid: GridComponentOption;
  readonly xAxis: XAXisComponentOption;
  readonly yAxis: YAXisComponentOption;
  readonly series: readonly SeriesOption[];
  readonly graphic: readonly GraphicComponentOption[];
}

/** The whole, legend and months included. */
export const BURN_UP_HEIGHT = 276;

const LEGEND_HEIGHT = 30;
const BADGE = 20;
const MONTHS_HEIGHT = 26;
const SCALE_WIDTH = 30;
const RIGHT_MARGIN = 8;
const PLOT_HEIGHT = BURN_UP_HEIGHT - LEGEND_HEIGHT - BADGE - MONTHS_HEIGHT - 16;
/** A plan that has come to its end still shows some time to come. */
const LEAST_DAYS_AHEAD = 28;
/** A scale of fewer would put the only task of a plan on the ceiling. */
const LEAST_TASKS = 4;

/**
 * Tasks done and tasks in the plan, day by day up to today, beside the plan's own pace up to its end, with the legal
 * dates as upright marks. Pure. Its size is always the same. Lines differ by their stroke as well as by their colour.
 */
export function burnUp(course: Course, marks: readonly Mark[], place: Place, locale: Locale): BurnUp {
  const plot = {
    left: place.left + SCALE_WIDTH,
    top: place.top + LEGEND_HEIGHT + BADGE,
    width: place.width - SCALE_WIDTH - RIGHT_MARGIN,
  };
  const axis = timeAxis(firstDay(course), lastDay(course, marks), plot.left, plot.width);
  const most = ceiling(course);
  return {
    grid: { left: plot.left, top: plot.top, width: plot.width, height: PLOT_HEIGHT },
    xAxis: {
      type: 'value',
      gridIndex: place.grid,
      min: 0,
      max: daysBetween(axis.from, axis.to),
      show: false,
    },
    yAxis: scale(most, place.grid),
    series: [...cone(course, axis, place), ...lines(course, axis, place)],
    graphic: [
      ...legend(course, place, locale),
      ...months(axis, plot.top + PLOT_HEIGHT, locale),
      ...markLines(marks, axis, plot.top),
    ],
  };
}

function firstDay({ history, today }: Course): string {
  return history[0]?.day ?? today;
}

/** The end of the plan and what the law still asks for, never less than a month ahead. */
function lastDay({ today, planned }: Course, marks: readonly Mark[]): string {
  const ahead = marks.filter(({ label }) => label !== '').map(({ date }) => date);
  const ends = [addDays(today, LEAST_DAYS_AHEAD), ...planned.map(({ day }) => day), ...ahead];
  return addDays(latestOf(ends) ?? today, 7);
}

function ceiling({ history }: Course): number {
  return Math.max(LEAST_TASKS, ...history.map(({ total }) => total));
}

/** Nought, the middle and the top: enough to read a number off, whatever the size of the plan. */
function scale(most: number, gridIndex: number): YAXisComponentOption {
  const interval = roundStep(most / 5);
  return {
    type: 'value',
    gridIndex,
    min: 0,
    max: most * 1.04,
    interval,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { showMaxLine: false, lineStyle: { color: FAINT, width: 1 } },
    axisLabel: { color: GREY, fontSize: TEXT_SIZE - 1, margin: 8, showMaxLabel: false },
  };
}

/** From what is done today to what will be: the likely way, and room for one that takes longer. */
function cone(
  { history, today, expected }: Course,
  axis: TimeAxis,
  { xAxis, yAxis }: Place,
): (LineSeriesOption | CustomSeriesOption)[] {
  if (expected.length === 0) return [];
  const from: Point = [daysBetween(axis.from, today), history.at(-1)?.done ?? 0];
  // What is years away leaves the picture at its right edge.
  const at = (day: string | null, tasks: number): Point => [
    day === null ? 2 * daysBetween(axis.from, axis.to) : daysBetween(axis.from, day),
    tasks,
  ];
  const likely = [from, ...expected.map(({ p50, tasks }) => at(p50, tasks))];
  const later = [from, ...expected.map(({ p85, tasks }) => at(p85, tasks))];
  const axes = { xAxisIndex: xAxis, yAxisIndex: yAxis, silent: true } as const;
  return [
    {
      ...axes,
      type: 'custom',
      clip: true,
      data: [from],
      renderItem: (_, api) => ({
        type: 'polygon',
        shape: { points: [...likely, ...later.toReversed()].map((point) => api.coord(point)) },
        style: { fill: DONE, opacity: 0.13 },
      }),
    },
    {
      ...axes,
      type: 'line',
      data: later,
      showSymbol: false,
      lineStyle: { color: DONE, width: 1, opacity: 0.7 },
    },
    {
      ...axes,
      type: 'line',
      data: likely,
      showSymbol: false,
      lineStyle: { color: DONE, width: 2, type: [9, 4] },
    },
  ];
}

type Point = [day: number, tasks: number];

function lines(course: Course, axis: TimeAxis, { xAxis, yAxis }: Place): LineSeriesOption[] {
  const axes = { type: 'line', xAxisIndex: xAxis, yAxisIndex: yAxis, silent: true } as const;
  const at = (day: string, value: number): [number, number] => [daysBetween(axis.from, day), value];
  const history = turnsOf(course.history);
  const today = course.history.at(-1);
  const totals = history.map(({ day, total }) => at(day, total));
  return [
    {
      ...axes,
      data: history.map(({ day, done }) => at(day, done)),
      step: 'end',
      showSymbol: false,
      lineStyle: { color: DONE, width: 3 },
      areaStyle: { color: DONE, opacity: 0.22 },
    },
    {
      ...axes,
      data: planLine(course, at),
      showSymbol: false,
      lineStyle: { color: GREY, width: 2, type: [3, 5], cap: 'round' },
    },
    // What is in the plan today is what there is to do up to its end, as far as one knows.
    {
      ...axes,
      data: [...totals, at(axis.to, today?.total ?? 0)],
      step: 'end',
      showSymbol: false,
      lineStyle: { color: INK, width: 2 },
    },
    {
      ...axes,
      data: today ? [at(today.day, today.done)] : [],
      symbol: 'circle',
      symbolSize: 13,
      z: 5,
      itemStyle: { color: DONE, borderColor: PAPER, borderWidth: 2 },
    },
  ];
}

/** From nought on the first day, or from what was due by then, to the last due date. */
function planLine({ planned, history, today }: Course, at: (day: string, value: number) => [number, number]) {
  const first = history[0]?.day ?? today;
  const before = planned.filter(({ day }) => day <= first).at(-1)?.tasks ?? 0;
  if (planned.length === 0) return [];
  return [
    at(first, before),
    ...planned.filter(({ day }) => day > first).map(({ day, tasks }) => at(day, tasks)),
  ];
}

function months(axis: TimeAxis, bottom: number, locale: Locale): GraphicComponentOption[] {
  const width = estimateWidth(monthLabel(locale, '2027-07-01'), TEXT_SIZE) + 14;
  const baseline = line(axis.left, bottom, axis.left + axis.width, bottom, { stroke: LINE, lineWidth: 1 });
  const ticks = monthTicks(axis, width).flatMap((day) => {
    const x = axis.x(day);
    return [
      line(x, bottom, x, bottom + 5, { stroke: LINE, lineWidth: 1 }),
      words(monthLabel(locale, day), x, bottom + 8, { align: 'center' }),
    ];
  });
  return [baseline, ...ticks];
}

function markLines(marks: readonly Mark[], axis: TimeAxis, top: number): GraphicComponentOption[] {
  const shown = marks.filter(({ date }) => date >= axis.from && date <= axis.to);
  let free = Number.NEGATIVE_INFINITY;
  return shown.flatMap(({ date, label }) => {
    const x = axis.x(date);
    const isAhead = label !== '';
    const style = { stroke: isAhead ? INK : LINE, lineWidth: isAhead ? 1.5 : 1, lineDash: [7, 4] };
    const upright = line(x, top - 4, x, top + PLOT_HEIGHT, style);
    if (!isAhead) return [upright];
    // Two dates may be a few pixels apart: the second number moves aside, its line does not.
    const at = Math.max(x, free);
    free = at + BADGE + 3;
    return [upright, ...badge(label, at, top - 4 - BADGE / 2)];
  });
}

/** A number in a disc: it stands on the chart and beside the words that it stands for. */
export function badge(label: string, x: number, y: number, radius = BADGE / 2): GraphicComponentOption[] {
  return [
    { type: 'circle', shape: { cx: x, cy: y, r: radius }, style: { fill: INK } },
    words(label, x, y + 0.5, { align: 'center', verticalAlign: 'middle', fill: PAPER, fontWeight: 600 }),
  ];
}

function legend(
  { history, today, expected }: Course,
  { left, top }: Place,
  locale: Locale,
): GraphicComponentOption[] {
  const { done = 0, total = 0 } = history.at(-1) ?? {};
  const entries = [
    { text: say(locale, burnUpMessages.total, total), stroke: { stroke: INK, lineWidth: 2 } },
    { text: say(locale, burnUpMessages.done, { day: today, done }), stroke: { stroke: DONE, lineWidth: 4 } },
    { text: say(locale, burnUpMessages.planned), stroke: { stroke: GREY, lineWidth: 2, lineDash: [3, 5] } },
    ...(expected.length === 0
      ? []
      : [
          {
            text: say(locale, burnUpMessages.expected),
            stroke: { stroke: DONE, lineWidth: 2, lineDash: [9, 4] },
          },
        ]),
  ];
  let x = left;
  return entries.flatMap(({ text, stroke }) => {
    const begin = x;
    x += 34 + 8 + estimateWidth(text, TEXT_SIZE) + 14;
    return [line(begin, top + 9, begin + 34, top + 9, stroke), words(text, begin + 42, top, { fill: GREY })];
  });
}
