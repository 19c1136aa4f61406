import { addDays } from '#src/metrics/days.ts';
import type { KpiTrend } from '#src/metrics/trend-charts.ts';
import type { StatusDay } from '#src/metrics/trends.ts';

/** An indicator week by week, the last day of it 2026-11-22. */
export function aKpiTrend(
  values: readonly (number | null)[] = [0.8, null, 0.9, 0.93],
  more: Partial<KpiTrend> = {},
): KpiTrend {
  const points = values.map((value, index) => ({
    day: addDays('2026-11-22', 7 * (index - values.length + 1)),
    value,
  }));
  return { id: 'first-time-acceptance', unit: 'share', target: { atLeast: 0.95 }, points, ...more };
}

/** A plan of thirty tasks under way, the last day of it 2026-11-22. */
export function someStatusDays(): readonly StatusDay[] {
  const weeks = [
    [0, 0, 0],
    [3, 2, 0],
    [4, 3, 1],
    [9, 2, 2],
  ] as const;
  return weeks.map(([done, doing, blocked], index) => ({
    day: addDays('2026-11-22', 7 * (index - weeks.length + 1)),
    counts: { done, doing, blocked, todo: 30 - done - doing - blocked, dropped: index },
  }));
}
