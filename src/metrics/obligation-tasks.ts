import type { BindingObligation } from '#src/plan/calendar.ts';
import type { TaskState } from './task-state.ts';

/**
 * The tasks on which an obligation rests. Where the template names the tasks that show that it is met, those and all
 * that they depend on, whatever their dates. Where it names none, or none of them is in this plan: the tasks due on
 * its date or before. Dropped tasks are among them, and count in no figure.
 */
export function tasksFor(
  { obligation, date }: BindingObligation,
  tasks: readonly TaskState[],
): readonly TaskState[] {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const named = (obligation.fulfilledBy ?? []).filter((key) => byKey.has(key));
  if (named.length === 0) return tasks.filter(({ due }) => due !== null && due <= date);
  const belonging = new Set<string>();
  const visit = (key: string) => {
    const task = byKey.get(key);
    if (!task || belonging.has(key)) return;
    belonging.add(key);
    task.dependsOn.forEach(visit);
  };
  named.forEach(visit);
  return tasks.filter(({ key }) => belonging.has(key));
}
