import type { Item } from '#src/plan/item.ts';
import { type DayFigures, historyOf, type LoggedChange } from './history.ts';
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
}

export interface PlannedDay {
  readonly day: string;
  /** How many tasks are due by then. */
  readonly tasks: number;
}

export function courseOf(
  entries: readonly LoggedChange[],
  agreed: ReadonlyMap<string, Item>,
  today: string,
  timeZone: string,
): Course {
  return {
    today,
    history: historyOf(entries, agreed, today, timeZone),
    planned: plannedDays(agreed, today),
  };
}

/** By due date, how many of the tasks that count are due by then. Tasks without a date are due on none. */
export function plannedDays(agreed: ReadonlyMap<string, Item>, today: string): readonly PlannedDay[] {
  const days = taskStates(agreed, today).flatMap(({ due, worth }) => (due && worth !== null ? [due] : []));
  const tasksByDay = new Map(days.toSorted(byText).map((day, index) => [day, index + 1]));
  return [...tasksByDay].map(([day, tasks]) => ({ day, tasks }));
}
