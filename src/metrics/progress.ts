import type { TaskState } from './task-state.ts';

/** How far a group of tasks has come. A group without a task that counts is 0 of 0, and its progress is 0. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** From 0 to 1, and 1 only when every task that counts is done. */
  readonly progress: number;
}

/** The mean of what the tasks are worth, each for the same; dropped tasks do not count. */
export function progressOf(tasks: readonly Pick<TaskState, 'worth'>[]): Progress {
  const worths = tasks.map((task) => task.worth).filter((worth) => worth !== null);
  const total = worths.length;
  return {
    done: worths.filter((worth) => worth === 1).length,
    total,
    progress: total === 0 ? 0 : sum(worths) / total,
  };
}

/** Smallest first: adding floating-point numbers in another order could change the last digit. */
export function sum(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b).reduce((all, one) => all + one, 0);
}
