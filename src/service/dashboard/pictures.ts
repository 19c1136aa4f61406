import { createHash } from 'node:crypto';
import { chartOf } from '#src/metrics/chart-order.ts';
import type { Item } from '#src/plan/item.ts';
import { chartsFor, type NamedChart } from '../charts.ts';
import type { CycleDeps, RunningProject } from '../running-project.ts';
import { basisOf } from '../standing.ts';
import type { Picture } from './company-page.ts';

/** The picture of the course of the plan, among the charts of a project. */
const COURSE = 'progress';

/**
 * The charts that the page of a company shows, as orders: nothing is drawn yet. Its steps and dates stand on the page in
 * words, so the picture shows the course of the plan alone, as in the workbook.
 */
export async function chartsOf(
  project: RunningProject,
  agreed: ReadonlyMap<string, Item>,
  { store, today, timeZone = 'UTC', isHoliday }: CycleDeps,
): Promise<readonly NamedChart[]> {
  const deps = { store, today, timeZone, isHoliday };
  const { charts } = await chartsFor(project.slug, basisOf(project), agreed, deps, 'course');
  return charts;
}

/** How a page refers to a chart: by an address that changes when the chart does, so that a browser may keep it. */
export function pictureOf({ name, order }: NamedChart, folder: string): Picture {
  const { description: alt } = chartOf(order);
  const version = createHash('sha256').update(JSON.stringify(order)).digest('hex').slice(0, 16);
  return {
    isCourse: name === COURSE,
    src: `${folder}/${name}.svg?v=${version}`,
    alt,
  };
}
