import { forecastOf } from '#src/metrics/forecast.ts';
import { goalsOf } from '#src/metrics/goals.ts';
import { outlookOf } from '#src/metrics/outlook.ts';
import type { OverviewInput } from '#src/metrics/overview.ts';
import { type ProjectStatus, statusDocument } from '#src/metrics/status.ts';
import { taskStates } from '#src/metrics/task-state.ts';

/** The status of a project whose team has done `pace` tasks in each of its last weeks. */
export function documentOf(input: OverviewInput, pace: readonly number[] = []): ProjectStatus {
  const goals = goalsOf(input.obligations, taskStates(input.agreed, input.today));
  const calendar = { isHoliday: () => false };
  const forecasts = forecastOf({ goals, pace, sisters: [], today: input.today, calendar });
  return statusDocument('x', input, outlookOf({ ...input, forecasts }));
}
