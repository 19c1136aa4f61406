import type { ChartOrder } from '#src/metrics/chart-order.ts';
import { kpisOf } from '#src/metrics/kpis.ts';
import { overviewOf } from '#src/metrics/overview.ts';
import type { PictureKind } from '#src/metrics/progress-picture.ts';
import type { KpiTrend } from '#src/metrics/trend-charts.ts';
import { firstDayOf, kpiTrends, statusTrend, trendDays } from '#src/metrics/trends.ts';
import type { KpiId } from '#src/plan/kpi-ids.ts';
import { worksOn } from '#src/plan/working-days.ts';
import { courseFor } from './course.ts';
import type { Logged } from './kept-history.ts';
import type { OutlookDeps } from './outlook.ts';
import type { Basis } from './standing.ts';

export interface NamedChart {
  /** Stable, and fit for a file: `progress`, `status`, or the id of an indicator. */
  readonly name: string;
  readonly order: ChartOrder;
}

export interface ProjectCharts {
  readonly charts: readonly NamedChart[];
  /** Indicators that the plan has, and of which nothing was known in all that time. */
  readonly withoutData: readonly KpiId[];
  /** False on the first day of a plan: nothing has gone anywhere yet. */
  readonly hasPast: boolean;
}

/**
 * All charts of a project, in its own language, from what was last agreed and the whole log: for whoever asks for them.
 * `kind` is that of the picture of the progress.
 */
export async function chartsFor(
  slug: string,
  basis: Basis,
  logged: Logged,
  deps: OutlookDeps,
  kind: PictureKind = 'whole',
): Promise<ProjectCharts> {
  const { locale } = basis;
  const { agreed } = logged;
  const today = deps.today();
  const course = await courseFor(slug, basis, logged, deps);
  const past = { ...logged, timeZone: deps.timeZone };
  const days = trendDays(firstDayOf(past) ?? today, today);
  const trends = kpisIn(past, days, worksOn(deps.isHoliday), basis.registers);
  const known = trends.filter(({ points }) => points.some(({ value }) => value !== null));
  const hasPast = days.length > 1;
  const overview = overviewOf({ ...basis, agreed, today });
  return {
    charts: [
      { name: 'progress', order: { chart: 'progress', overview, course, kind, locale } },
      ...(hasPast
        ? [{ name: 'status', order: { chart: 'status', days: statusTrend(past, days), locale } } as const]
        : []),
      ...known.map((trend) => ({ name: trend.id, order: { chart: 'trend', trend, locale } }) as const),
    ],
    withoutData: trends.filter((one) => !known.includes(one)).map(({ id }) => id),
    hasPast,
  };
}

function kpisIn(
  past: Parameters<typeof kpiTrends>[0],
  days: readonly string[],
  isWorkingDay: (day: string) => boolean,
  registers: readonly string[],
): readonly KpiTrend[] {
  const trends = kpiTrends(past, days, isWorkingDay);
  return [...kpisOf(past.agreed, isWorkingDay, registers).values()].map(({ id, unit, target }) => ({
    ...{ id, unit, target },
    points: trends.get(id) ?? [],
  }));
}
