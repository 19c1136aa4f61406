import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import type { Forecast } from './forecast.ts';
import { goalsOf } from './goals.ts';
import type { DayFigures } from './history.ts';
import { byText } from './order.ts';
import { taskStates } from './task-state.ts';

/** How the plan has come to where it stands, and how it means to go on. Plain data. */
export interface Course {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Day by day, in order; the last one is today. */
  readonly history: readonly DayFigures[];
  /** The plan's own pace. */
  readonly planned: readonly PlannedDay[];
  /** As things go, when so many tasks will be done; by tasks. Empty where there is not enough to tell by. */
  readonly expected: readonly ExpectedDay[];
}

export interface ExpectedDay {
  readonly tasks: number;
  /** In half of the cases by this day; `null`: years away. */
  readonly p50: string | null;
  /** In 85 of 100 cases. */
  readonly p85: string | null;
}

export interface PlannedDay {
  readonly day: string;
  /** How many tasks are due by then. */
  readonly tasks: number;
}

/** `history`: of this very state, up to today. */
export function courseOf(
  history: readonly DayFigures[],
  agreed: ReadonlyMap<string, Item>,
  forecasts: readonly Forecast[],
  obligations: readonly BindingObligation[],
  today: string,
): Course {
  return {
    today,
    history,
    planned: plannedDays(agreed, today),
    expected: expectedDays(history, agreed, forecasts, obligations, today),
  };
}

/** Obligations that are reached after equally many tasks are reached on the same day. */
function expectedDays(
  history: readonly DayFigures[],
  agreed: ReadonlyMap<string, Item>,
  forecasts: readonly Forecast[],
  obligations: readonly BindingObligation[],
  today: string,
): readonly ExpectedDay[] {
  const done = history.at(-1)?.done ?? 0;
  const known = new Map(forecasts.filter(({ enough }) => enough).map((one) => [one.id, one]));
  const days = goalsOf(obligations, taskStates(agreed, today)).flatMap(({ id, tasks }) => {
    const forecast = known.get(id);
    return forecast && tasks > 0 ? [{ tasks: done + tasks, p50: forecast.p50, p85: forecast.p85 }] : [];
  });
  return [...new Map(days.map((day) => [day.tasks, day])).values()].toSorted((a, b) => a.tasks - b.tasks);
}

/** By due date, how many of the tasks that count are due by then. Tasks without a date are due on none. */
export function plannedDays(agreed: ReadonlyMap<string, Item>, today: string): readonly PlannedDay[] {
  const days = taskStates(agreed, today).flatMap(({ due, worth }) => (due && worth !== null ? [due] : []));
  const tasksByDay = new Map(days.toSorted(byText).map((day, index) => [day, index + 1]));
  return [...tasksByDay].map(([day, tasks]) => ({ day, tasks }));
}
