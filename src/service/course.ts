import { type Course, courseOf } from '#src/metrics/course.ts';
import type { Item } from '#src/plan/item.ts';
import { rebuiltHistory } from './kept-history.ts';
import { outlookFor } from './outlook.ts';
import type { CycleDeps } from './running-project.ts';
import type { Basis } from './standing.ts';

/**
 * How the project came to where it stands, and where that leads. Reads the whole log of the project: only for whoever
 * wants to show it.
 */
export async function courseFor(
  slug: string,
  basis: Basis,
  agreed: ReadonlyMap<string, Item>,
  {
    store,
    today,
    timeZone = 'UTC',
    isHoliday,
  }: Pick<CycleDeps, 'store' | 'today' | 'timeZone' | 'isHoliday'>,
): Promise<Course> {
  const history = await rebuiltHistory(slug, basis.template, agreed, { store, today, timeZone });
  const { forecasts } = await outlookFor(slug, basis, agreed, { store, today, timeZone, isHoliday });
  return courseOf(history, agreed, forecasts, basis.obligations, today());
}
