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
}

/**
 * The tasks that are late or blocked: what the law requires and what is urgent first, then the longest overdue. Each
 * stands once, however many reasons it has.
 */
export function stuckTasks(
  tasks: readonly TaskState[],
  today: string,
  whoOf: (task: TaskState) => string,
): readonly StuckTask[] {
  return tasks
    .filter(({ late, status }) => late || status === 'blocked')
    .toSorted((a, b) => gravity(b) - gravity(a) || byText(a.due ?? '9', b.due ?? '9') || byText(a.key, b.key))
    .map((task) => ({
      key: task.key,
      title: task.title,
      who: whoOf(task),
      required: task.required,
      urgent: task.priority === 'urgent',
      daysLate: task.late && task.due !== null ? daysBetween(task.due, today) : 0,
      blocked: task.status === 'blocked',
    }));
}

function gravity({ late, required, priority }: TaskState): number {
  return Number(required || priority === 'urgent') * 2 + Number(late);
}
