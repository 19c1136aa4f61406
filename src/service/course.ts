import { type Course, courseOf } from '#src/metrics/course.ts';
import { type Logged, rebuiltHistory } from './kept-history.ts';
import { type OutlookDeps, outlookFor } from './outlook.ts';
import type { Basis } from './standing.ts';

/** How the project came to where it stands, and where that leads. */
export async function courseFor(
  slug: string,
  basis: Basis,
  logged: Logged,
  deps: OutlookDeps,
): Promise<Course> {
  const { agreed } = logged;
  const history = await rebuiltHistory(slug, basis.template, logged, deps);
  const { forecasts } = await outlookFor(slug, basis, agreed, deps);
  return courseOf(history, agreed, forecasts, basis.obligations, deps.today());
}
