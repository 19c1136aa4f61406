import type { GraphicComponentOption, SeriesOption } from 'echarts';
import type { Locale } from '#src/i18n/message.ts';
import { dayLabel } from '#src/i18n/metrics.ts';
import { apart } from './apart.ts';
import { addDays } from './days.ts';
import { estimateWidth } from './fit-text.ts';
import { FAINT, FONT_FAMILY, GREY, INK, LINE, line, PAPER, TEXT_SIZE, words } from './paint.ts';
import type { Chart } from './progress-picture.ts';
import type { Scale } from './scale.ts';
import { type TimeAxis, timeAxis } from './time-axis.ts';

/** Words beside the last day, at the height of a value. */
export interface SideLabel {
  readonly value: number;
  readonly text: string;
  readonly color?: string;
  /** The colour of the area that it names. */
  readonly swatch?: string;
}

export interface TimeChart extends Pick<Chart, 'title' | 'description'> {
  readonly subtitle: string;
  /** `YYYY-MM-DD`, in order, at least one. Below the plot stand those for which there is room. */
  readonly days: readonly string[];
  readonly scale: Scale;
  /** A number of the scale, as it is shown beside it. */
  readonly figure: (value: number) => string;
  readonly labels: readonly SideLabel[];
  /** Broken lines across, at a value. */
  readonly levels: readonly number[];
  /** Their data: pairs of {@link instantOf} a day, and a value. */
  readonly series: SeriesOption[];
}

const WIDTH = 840;
const HEIGHT = 340;
const MARGIN = 36;
const TOP = 112;
const BOTTOM = 48;
const GAP = 12;
const LABEL_HEIGHT = 21;
const SWATCH = 13;

/** A day as the axis of days counts it. */
export function instantOf(day: string): number {
  return Date.parse(day);
}

/** A chart over days, with words beside it rather than a legend. Its size is always the same. */
export function timeChart(chart: TimeChart, locale: Locale): Chart {
  const { title, subtitle, description, days, scale, figure, labels, levels, series } = chart;
  const left =
    MARGIN + GAP + Math.max(...[0, scale.max].map((value) => estimateWidth(figure(value), TEXT_SIZE - 1)));
  const right = WIDTH - MARGIN - GAP - Math.max(0, ...labels.map(widthOf));
  const [from = '', to = from] = [days[0], days.at(-1)];
  const axis = timeAxis(from < to ? from : addDays(to, -7), to, left, right - left);
  const y = (value: number) => HEIGHT - BOTTOM - (value / scale.max) * (HEIGHT - BOTTOM - TOP);
  return {
    ...{ title, description, width: WIDTH, height: HEIGHT },
    option: {
      animation: false,
      backgroundColor: PAPER,
      textStyle: { fontFamily: FONT_FAMILY },
      title: {
        ...{ text: title, subtext: subtitle, left: MARGIN, top: 28, padding: 0, itemGap: 6 },
        textStyle: { fontSize: 22, fontWeight: 600, color: INK },
        subtextStyle: { fontSize: 16, color: GREY },
      },
      grid: { left, width: right - left, top: TOP, height: HEIGHT - BOTTOM - TOP },
      xAxis: { type: 'time', min: instantOf(axis.from), max: instantOf(axis.to), show: false },
      yAxis: {
        ...{ type: 'value', min: 0, ...scale },
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: FAINT, width: 1 } },
        axisLabel: { color: GREY, fontSize: TEXT_SIZE - 1, margin: GAP, formatter: figure },
      },
      series,
      graphic: [
        ...dayTicks(axis, days, locale),
        ...levels.map((level) =>
          line(left, y(level), right, y(level), { stroke: INK, lineWidth: 1.5, lineDash: [7, 4] }),
        ),
        ...sideLabels(labels, right + GAP, y),
      ],
    },
  };
}

function widthOf({ text, swatch }: SideLabel): number {
  return estimateWidth(text, TEXT_SIZE) + (swatch ? SWATCH + 7 : 0);
}

function sideLabels(
  labels: readonly SideLabel[],
  left: number,
  y: (value: number) => number,
): readonly GraphicComponentOption[] {
  const heights = apart(
    labels.map(({ value }) => y(value)),
    LABEL_HEIGHT,
    TOP,
    HEIGHT - BOTTOM,
  );
  return labels.flatMap(({ text, color = INK, swatch }, index) => {
    const middle = heights[index] ?? 0;
    const shape = { x: left, y: middle - SWATCH / 2, width: SWATCH, height: SWATCH };
    const square = { type: 'rect', shape, style: { fill: swatch, stroke: LINE, lineWidth: 1 } } as const;
    const style = { fill: color, verticalAlign: 'middle', fontWeight: 600 };
    return [...(swatch ? [square] : []), words(text, left + (swatch ? SWATCH + 7 : 0), middle, style)];
  });
}

function dayTicks(
  axis: TimeAxis,
  days: readonly string[],
  locale: Locale,
): readonly GraphicComponentOption[] {
  const bottom = HEIGHT - BOTTOM;
  const room = GAP + Math.max(...days.map((day) => estimateWidth(dayLabel(locale, day), TEXT_SIZE)));
  const baseline = line(axis.left, bottom, axis.left + axis.width, bottom, { stroke: LINE, lineWidth: 1 });
  const ticks = labelledDays(axis, days, room).flatMap((day) => {
    const x = axis.x(day);
    return [
      line(x, bottom, x, bottom + 5, { stroke: LINE, lineWidth: 1 }),
      words(dayLabel(locale, day), x, bottom + 9, { align: 'center' }),
    ];
  });
  return [baseline, ...ticks];
}

/** The last day, of those before it every second, every third… so that all are `room` apart, and the first if it can be. */
export function labelledDays(axis: TimeAxis, days: readonly string[], room: number): readonly string[] {
  const [last, ...before] = days.toReversed();
  if (last === undefined) return [];
  const isFar = (one: string, other: string) => Math.abs(axis.x(one) - axis.x(other)) >= room;
  const free = before.filter((day) => isFar(day, last));
  const [first, weeks] = [free.slice(-1), free.slice(0, -1)];
  for (let step = 1; ; step += 1) {
    const chosen = weeks.filter((_, index) => index % step === 0);
    if (chosen.some((day, index) => index > 0 && !isFar(day, chosen[index - 1] ?? ''))) continue;
    const fitting = first.filter((day) => chosen.every((one) => isFar(one, day)));
    return [last, ...chosen, ...fitting].toReversed();
  }
}
