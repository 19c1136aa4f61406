import { type Progress, progressOf, sum } from './progress.ts';
import type { TaskState } from './task-state.ts';

/** How far a part of the plan has come: that of a step, a role or a person. */
export interface Part extends Progress {
  readonly key: string;
  /** As `progress`, but a task weighs as much as its checklist is long. */
  readonly weighted: number;
  readonly late: number;
  readonly blocked: number;
}

/** In the order in which the steps first come. */
export function byStep(tasks: readonly TaskState[]): readonly Part[] {
  return parts(tasks, ({ step }) => [step]);
}

export function byRole(tasks: readonly TaskState[]): readonly Part[] {
  return parts(tasks, ({ role }) => [role]);
}

/** A task of several people counts for each of them; one of nobody under `''`. */
export function byPerson(tasks: readonly TaskState[]): readonly Part[] {
  return parts(tasks, ({ people }) => (people.length === 0 ? [''] : people));
}

/** Progress by the length of checklists: a task without one weighs as one point. */
export function weightedProgress(tasks: readonly TaskState[]): number {
  const weights = tasks.flatMap(({ worth, points }) =>
    worth === null ? [] : [{ worth, weight: Math.max(1, points) }],
  );
  const whole = sum(weights.map(({ weight }) => weight));
  // Adding up may leave the last digit a little above.
  return whole === 0 ? 0 : Math.min(1, sum(weights.map(({ worth, weight }) => weight * worth)) / whole);
}

function parts(tasks: readonly TaskState[], keysOf: (task: TaskState) => readonly string[]): readonly Part[] {
  const groups = new Map<string, TaskState[]>();
  for (const task of tasks) {
    for (const key of new Set(keysOf(task))) {
      const group = groups.get(key);
      if (group) group.push(task);
      else groups.set(key, [task]);
    }
  }
  return [...groups].map(([key, group]) => ({
    key,
    ...progressOf(group),
    weighted: weightedProgress(group),
    late: group.filter(({ late }) => late).length,
    blocked: group.filter(({ status }) => status === 'blocked').length,
  }));
}
