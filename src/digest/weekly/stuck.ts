import { type Activity, staleTasks } from '#src/metrics/activity.ts';
import { daysBetween } from '#src/metrics/days.ts';
import { byText } from '#src/metrics/order.ts';
import type { TaskState } from '#src/metrics/task-state.ts';

/** A task that does not move, why, and on whom it rests. */
export interface StuckTask {
  readonly key: string;
  readonly title: string;
  readonly who: string;
  readonly required: boolean;
  readonly urgent: boolean;
  /** Days since its date; `0`: it is not late. */
  readonly daysLate: number;
  readonly blocked: boolean;
  /** Days for which nobody has touched a task that is under way; `0`: less than makes it stuck. */
  readonly daysStill: number;
}

/** A fortnight without a sign: what nobody has touched since the digest before the last. */
const STILL_DAYS = 14;

/**
 * The tasks that are late, blocked, or under way and lie still: what the law requires and what is urgent first, then the
 * longest overdue. Each stands once, however many reasons it has.
 */
export function stuckTasks(
  tasks: readonly TaskState[],
  activity: ReadonlyMap<string, Activity>,
  today: string,
  whoOf: (task: TaskState) => string,
): readonly StuckTask[] {
  const still = new Map(staleTasks(tasks, activity, today, STILL_DAYS).map(({ key, days }) => [key, days]));
  return tasks
    .filter(({ key, late, status }) => late || status === 'blocked' || still.has(key))
    .toSorted((a, b) => gravity(b) - gravity(a) || byText(a.due ?? '9', b.due ?? '9') || byText(a.key, b.key))
    .map((task) => ({
      key: task.key,
      title: task.title,
      who: whoOf(task),
      required: task.required,
      urgent: task.priority === 'urgent',
      daysLate: task.late && task.due !== null ? daysBetween(task.due, today) : 0,
      blocked: task.status === 'blocked',
      daysStill: still.get(task.key) ?? 0,
    }));
}

function gravity({ late, required, priority }: TaskState): number {
  return Number(required || priority === 'urgent') * 2 + Number(late);
}
