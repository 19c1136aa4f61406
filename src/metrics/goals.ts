import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Goal } from './forecast.ts';
import { tasksFor } from './obligation-tasks.ts';
import { byText } from './order.ts';
import type { TaskState } from './task-state.ts';

/** Undated tasks are taken up when the dated ones are done. */
const LAST = '9999';

/**
 * How many tasks the team will have done when each obligation is met: tasks are done in the order of their due dates,
 * whatever they are for, so an obligation waits for the last of its own and for all that comes before that one.
 * Events are nothing to be met,
 * and an obligation without a task is nothing to be forecast.
 */
export function goalsOf(
  obligations: readonly BindingObligation[],
  tasks: readonly TaskState[],
): readonly Goal[] {
  const ranks = new Map(
    tasks
      .filter(isOpen)
      .toSorted((a, b) => byText(a.due ?? LAST, b.due ?? LAST) || byText(a.key, b.key))
      .map(({ key }, index) => [key, index + 1]),
  );
  return obligations.flatMap((one) => {
    const own = tasksFor(one, tasks).filter(({ worth }) => worth !== null);
    if (one.obligation.kind !== 'deadline' || own.length === 0) return [];
    return [{ id: one.obligation.id, tasks: Math.max(0, ...own.map(({ key }) => ranks.get(key) ?? 0)) }];
  });
}

export function isOpen({ status }: TaskState): boolean {
  return status !== 'done' && status !== 'dropped';
}
