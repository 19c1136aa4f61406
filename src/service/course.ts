import { type Course, courseOf } from '#src/metrics/course.ts';
import { type Logged, rebuiltHistory } from './kept-history.ts';
import { outlookFor } from './outlook.ts';
import type { CycleDeps } from './running-project.ts';
import type { Basis } from './standing.ts';

/** How the project came to where it stands, and where that leads. */
export async function courseFor(
  slug: string,
  basis: Basis,
  logged: Logged,
  {
    store,
    today,
    timeZone = 'UTC',
    isHoliday,
  }: Pick<CycleDeps, 'store' | 'today' | 'timeZone' | 'isHoliday'>,
): Promise<Course> {
  const { agreed } = logged;
  const history = await rebuiltHistory(slug, basis.template, logged, { store, today, timeZone });
  const { forecasts } = await outlookFor(slug, basis, agreed, { store, today, timeZone, isHoliday });
  return courseOf(history, agreed, forecasts, basis.obligations, today());
}
