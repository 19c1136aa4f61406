import type { Locale } from '#src/i18n/message.ts';
import type { Course } from './course.ts';
import type { Overview } from './overview.ts';
import { type Chart, type PictureKind, progressChart } from './progress-picture.ts';
import { type KpiTrend, statusChart, trendChart } from './trend-charts.ts';
import type { StatusDay } from './trends.ts';

/** A chart before it is laid out: plain data, which may be sent to the process that draws it. */
export type ChartOrder =
  | {
      readonly chart: 'progress';
      readonly overview: Overview;
      readonly course: Course;
      readonly kind: PictureKind;
      readonly locale: Locale;
    }
  | { readonly chart: 'status'; readonly days: readonly StatusDay[]; readonly locale: Locale }
  | { readonly chart: 'trend'; readonly trend: KpiTrend; readonly locale: Locale };

/** The chart itself. Loads no drawing library. */
export function chartOf(order: ChartOrder): Chart {
  switch (order.chart) {
    case 'progress':
      return progressChart(order.overview, order.course, order.locale, order.kind);
    case 'status':
      return statusChart(order.days, order.locale);
    case 'trend':
      return trendChart(order.trend, order.locale);
  }
}
