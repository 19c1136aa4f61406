import { chartAlt, chartMessages } from '#src/i18n/charts.ts';
import { kpiNames, kpiValue } from '#src/i18n/kpis.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { isReached, type Kpi } from './kpis.ts';
import { DONE, INK, TRACK } from './paint.ts';
import type { Chart } from './progress-picture.ts';
import { type Scale, scaleUpTo } from './scale.ts';
import { instantOf, type SideLabel, timeChart } from './time-chart.ts';
import type { StatusDay, TrendPoint } from './trends.ts';

/** One indicator as it was, with what it is to be. Plain data. */
export interface KpiTrend extends Pick<Kpi, 'id' | 'unit' | 'target'> {
  /** In order; at least one with a value. */
  readonly points: readonly TrendPoint[];
}

/** From the ground up. They differ in lightness too, each from each: in print as well, and for the colour-blind. */
export const STATUS_COLORS = { done: DONE, doing: '#6aaed6', blocked: '#701414', todo: TRACK } as const;
const STACK = ['done', 'doing', 'blocked', 'todo'] as const satisfies readonly (keyof typeof STATUS_COLORS)[];

/**
 * One indicator week by week since it is known, with its target. A week of which nothing is known is a gap, not nought.
 * @throws RangeError without any value.
 */
export function trendChart(trend: KpiTrend, locale: Locale): Chart {
  const { id, unit, target } = trend;
  const points = trend.points.slice(trend.points.findIndex(({ value }) => value !== null));
  const told = toldOf({ ...trend, points });
  const { known } = told;
  const bound = target && ('atMost' in target ? target.atMost : target.atLeast);
  const now = (known.at(-1) ?? known[0]).value;
  const shown = (value: number) => (unit === 'share' ? value * 100 : value);
  const label = (value: number, text: string, color: string): SideLabel => ({
    value: shown(value),
    text,
    color,
  });
  const bounds = bound === null ? [] : [bound];
  const figure = (value: number) => kpiValue(locale, unit, value);
  return timeChart(
    {
      title: say(locale, kpiNames[id]),
      subtitle: say(locale, chartMessages.kpiNow, told),
      description: say(locale, chartAlt.kpi, told),
      days: points.map(({ day }) => day),
      scale: scaleOf(unit, Math.max(...known.map(({ value }) => value), ...bounds)),
      figure: (value) => scaleFigure(locale, unit, value),
      labels: [
        // Beside the last day, an old value would pass for today’s.
        ...(told.isCurrent ? [label(now, figure(now), DONE)] : []),
        ...bounds.map((one) => label(one, say(locale, chartMessages.target, figure(one)), INK)),
      ],
      levels: bounds.map(shown),
      series: [
        {
          type: 'line',
          data: points.map(({ day, value }) => [instantOf(day), value === null ? null : shown(value)]),
          symbol: 'circle',
          symbolSize: 9,
          clip: false,
          lineStyle: { color: DONE, width: 3 },
          itemStyle: { color: DONE },
        },
      ],
    },
    locale,
  );
}

/**
 * How many tasks were done, under way, stuck and to do, week by week. Dropped tasks are none of these.
 * @throws RangeError without any day.
 */
export function statusChart(days: readonly StatusDay[], locale: Locale): Chart {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new RangeError('a chart of no day');
  const totals = days.map(({ counts }) => STACK.reduce((sum, status) => sum + counts[status], 0));
  const span = { from: first.day, to: last.day };
  return timeChart(
    {
      title: say(locale, chartMessages.status),
      subtitle: say(locale, chartMessages.statusSpan, { ...span, total: totals.at(-1) ?? 0 }),
      description: say(locale, chartAlt.status, { ...span, before: first.counts, now: last.counts }),
      days: days.map(({ day }) => day),
      scale: scaleUpTo(Math.max(...totals)),
      figure: (value) => new Intl.NumberFormat(locale).format(value),
      labels: statusLabels(last, locale),
      levels: [],
      series: STACK.map((status) => ({
        type: 'line',
        stack: 'tasks',
        data: days.map(({ day, counts }) => [instantOf(day), counts[status]]),
        showSymbol: false,
        // The outline of the whole. Lines between the areas would hide those that are thin.
        lineStyle: { color: INK, width: status === 'todo' ? 1.5 : 0 },
        areaStyle: { color: STATUS_COLORS[status], opacity: 1 },
      })),
    },
    locale,
  );
}

/** Each at the middle of its area. */
function statusLabels({ counts }: StatusDay, locale: Locale): readonly SideLabel[] {
  let below = 0;
  return STACK.flatMap((status) => {
    const tasks = counts[status];
    below += tasks;
    const text = say(locale, chartMessages.statusLabel, { status, tasks });
    return tasks === 0 ? [] : [{ value: below - tasks / 2, text, swatch: STATUS_COLORS[status] }];
  });
}

function toldOf({ id, unit, target, points }: KpiTrend) {
  const [first, ...later] = points.flatMap(({ day, value }) => (value === null ? [] : [{ day, value }]));
  if (!first) throw new RangeError(`a trend of ${id} without a value`);
  return {
    ...{ id, unit, target },
    known: [first, ...later] as const,
    reached: isReached((later.at(-1) ?? first).value, target),
    isCurrent: points.at(-1)?.value !== null,
  };
}

/** Days are said in full beside the line; their scale does without. */
function scaleFigure(locale: Locale, unit: Kpi['unit'], value: number): string {
  if (unit === 'days') return new Intl.NumberFormat(locale).format(value);
  return kpiValue(locale, unit, unit === 'share' ? value / 100 : value);
}

/** Shares of more than a half are seen beside the whole. */
function scaleOf(unit: Kpi['unit'], most: number): Scale {
  if (unit !== 'share') return scaleUpTo(most);
  return most > 0.5 ? { max: 100, interval: 25 } : scaleUpTo(most * 100);
}
