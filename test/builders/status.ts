import { outlookOf } from '#src/metrics/outlook.ts';
import type { OverviewInput } from '#src/metrics/overview.ts';
import { type ProjectStatus, statusDocument } from '#src/metrics/status.ts';

/** The status of a project whose team has done `pace` tasks in each of its last weeks. */
export function documentOf(input: OverviewInput, pace: readonly number[] = []): ProjectStatus {
  const calendar = { isHoliday: () => false };
  return statusDocument('x', input, outlookOf({ ...input, calendar, pace, sisters: [] }));
}
