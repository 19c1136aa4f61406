import type { EChartsOption } from 'echarts';
import { type Locale, say } from '#src/i18n/message.ts';
import { statusNames } from '#src/i18n/metrics.ts';
import { longDate } from '#src/i18n/plan.ts';
import type { Status } from '#src/plan/item.ts';
import { DONE, FAINT, FONT_FAMILY, GREY, INK, LINE, PAPER } from './paint.ts';
import type { Chart } from './progress-picture.ts';
import type { StatusDay, TrendPoint } from './trends.ts';

const WIDTH = 840;
const HEIGHT = 320;
const GRID = { left: 56, right: 150, top: 84, bottom: 44 };

/** From the ground up, dark to light: the order reads in print as well. */
const STACK: readonly (readonly [Status, string])[] = [
  ['done', '#1b6ca8'],
  ['doing', '#6aaed6'],
  ['blocked', '#9b1c1c'],
  ['todo', '#dde3e8'],
];

/** One indicator week by week, with its target. A week of which nothing is known is a gap, not nought. */
export function trendChart(
  { title, points, target }: { title: string; points: readonly TrendPoint[]; target: number | null },
  share: boolean,
  locale: Locale,
): Chart {
  const shown = share ? 100 : 1;
  const line = target === null ? undefined : { data: [{ yAxis: target * shown }] };
  return chart(
    title,
    points.map(({ day }) => longDate(locale, day)),
    [
      {
        type: 'line',
        data: points.map(({ value }) => (value === null ? null : value * shown)),
        symbol: 'circle',
        symbolSize: 9,
        lineStyle: { color: DONE, width: 3 },
        itemStyle: { color: DONE },
        ...(line && {
          markLine: {
            ...line,
            symbol: 'none',
            silent: true,
            lineStyle: { color: INK, type: [7, 4], width: 1.5 },
            label: { show: false },
          },
        }),
      },
    ],
    share ? { max: 100, suffix: locale === 'fr' ? '\u202f%' : '%' } : {},
  );
}

/** How many tasks were done, under way, stuck and to do, week by week. Dropped tasks are none of these. */
export function statusChart(title: string, days: readonly StatusDay[], locale: Locale): Chart {
  return chart(
    title,
    days.map(({ day }) => longDate(locale, day)),
    STACK.map(([status, color]) => ({
      type: 'line' as const,
      stack: 'tasks',
      labelLayout: { moveOverlap: 'shiftY' as const },
      data: days.map(({ counts }) => counts[status]),
      showSymbol: false,
      lineStyle: { color: INK, width: 1 },
      areaStyle: { color, opacity: 1 },
      endLabel: {
        show: (days.at(-1)?.counts[status] ?? 0) > 0,
        formatter: `${say(locale, statusNames[status])} (${days.at(-1)?.counts[status] ?? 0})`,
        color: INK,
        fontSize: 15,
      },
    })),
    {},
  );
}

function chart(
  title: string,
  days: readonly string[],
  series: NonNullable<EChartsOption['series']>,
  { max, suffix = '' }: { max?: number; suffix?: string },
): Chart {
  const option: EChartsOption = {
    animation: false,
    backgroundColor: PAPER,
    textStyle: { fontFamily: FONT_FAMILY },
    title: {
      text: title,
      left: 36,
      top: 28,
      padding: 0,
      textStyle: { fontSize: 22, fontWeight: 600, color: INK },
    },
    grid: GRID,
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: [...days],
      axisLine: { lineStyle: { color: LINE } },
      axisLabel: {
        color: GREY,
        fontSize: 14,
        hideOverlap: true,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(max !== undefined && { max }),
      minInterval: 1,
      splitLine: { lineStyle: { color: FAINT } },
      axisLabel: { color: GREY, fontSize: 14, formatter: `{value}${suffix}` },
    },
    series,
  };
  return { option, width: WIDTH, height: HEIGHT };
}
