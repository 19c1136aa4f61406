import type { BindingObligation } from '#src/plan/calendar.ts';
import { daysBetween } from './days.ts';
import { isOpen } from './goals.ts';
import { tasksFor } from './obligation-tasks.ts';
import { byText } from './order.ts';
import type { TaskState } from './task-state.ts';

/** The longest chain of open tasks that wait for each other, up to an obligation. */
export interface CriticalPath {
  readonly id: string;
  /** From the first to be done to the last. Empty when nothing is left to do. */
  readonly tasks: readonly string[];
  /** Calendar days that they take one after the other, each for as long as the plan gives it. */
  readonly days: number;
  /** Days between its end, were it begun today, and the date of the obligation; negative when it does not fit. */
  readonly slack: number;
}

interface Chain {
  readonly tasks: readonly string[];
  readonly days: number;
}

const NOTHING: Chain = { tasks: [], days: 0 };

/** To each deadline that is to come, today included, or that is past and not met: an event asks for nothing. */
export function criticalPaths(
  obligations: readonly BindingObligation[],
  tasks: readonly TaskState[],
  today: string,
): readonly CriticalPath[] {
  return obligations
    .filter(({ obligation }) => obligation.kind === 'deadline')
    .map((one) => ({ date: one.date, path: criticalPath(one, tasks, today) }))
    .filter(({ date, path }) => date >= today || path.tasks.length > 0)
    .map(({ path }) => path);
}

export function criticalPath(
  obligation: BindingObligation,
  tasks: readonly TaskState[],
  today: string,
): CriticalPath {
  const open = new Map(tasks.filter(isOpen).map((task) => [task.key, task]));
  const chains = new Map<string, Chain>();
  const chainTo = (key: string): Chain => {
    const task = open.get(key);
    if (!task) return NOTHING;
    const known = chains.get(key);
    if (known) return known;
    // Should people make tasks wait for each other in a circle: it is not gone round twice.
    chains.set(key, NOTHING);
    const before = longest(task.dependsOn.map(chainTo));
    const chain = { tasks: [...before.tasks, key], days: before.days + lengthOf(task) };
    chains.set(key, chain);
    return chain;
  };
  // By their keys: in whatever order the tasks come, chains that are equally long, and circles, end the same.
  const ends = tasksFor(obligation, tasks)
    .map(({ key }) => key)
    .toSorted(byText);
  const path = longest(ends.map(chainTo));
  return {
    id: obligation.obligation.id,
    ...path,
    slack: daysBetween(today, obligation.date) - path.days,
  };
}

/** The first of those that are equally long. */
function longest(chains: readonly Chain[]): Chain {
  return chains.reduce((best, one) => (one.days > best.days ? one : best), NOTHING);
}

/** From its first day to its last, both included; a day where the plan does not say. */
function lengthOf({ start, due }: TaskState): number {
  return start === null || due === null ? 1 : Math.max(1, daysBetween(start, due) + 1);
}
