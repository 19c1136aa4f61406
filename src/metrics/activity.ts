import type { Item } from '#src/plan/item.ts';
import { daysBetween, daysIn } from './days.ts';
import { isOpen } from './goals.ts';
import type { LoggedChange } from './history.ts';
import type { TaskState } from './task-state.ts';

/** What the log tells of one task. Days are `YYYY-MM-DD`. */
export interface Activity {
  /** When something of the task, of its points or a remark on it last changed. */
  readonly lastEdit: string;
  /** When work began: the first point ticked, or the first status other than `todo`. `null`: not yet. */
  readonly begun: string | null;
  /** When it was last said to be done; `null` while it is not. */
  readonly finished: string | null;
}

/** By task. `entries`: the whole log of the project, the latest first. What is not in the log has no activity. */
export function activityOf(
  entries: readonly LoggedChange[],
  agreed: ReadonlyMap<string, Item>,
  timeZone: string,
): ReadonlyMap<string, Activity> {
  const dayOf = daysIn(timeZone);
  const found = new Map<string, Activity>();
  for (const { at, key, field, kind, old } of entries) {
    const item = agreed.get(key);
    const task = item?.kind === 'task' ? key : item?.parent;
    if (!item || task === undefined || agreed.get(task)?.kind !== 'task' || kind === 'kept') continue;
    const day = dayOf(at);
    const known = found.get(task) ?? { lastEdit: day, begun: null, finished: null };
    const isStatus = item.kind === 'task' && field === 'status' && kind === 'changed';
    const isTick = item.kind === 'check' && field === 'done' && kind === 'changed' && old !== true;
    const isDone = agreed.get(task)?.fields.status === 'done';
    // Backwards in time: the last word on the status is the first that is met, the first step of the work the last.
    found.set(task, {
      ...known,
      begun: (isStatus && old === 'todo') || isTick ? day : known.begun,
      finished: known.finished ?? (isStatus && isDone ? day : null),
    });
  }
  return found;
}

/** Open tasks of which nobody has touched anything for so many days, the longest first. */
export function staleTasks(
  tasks: readonly TaskState[],
  activity: ReadonlyMap<string, Activity>,
  today: string,
  days: number,
): readonly { readonly key: string; readonly days: number }[] {
  return tasks
    .filter((task) => isOpen(task) && task.status !== 'todo')
    .flatMap(({ key }) => {
      const last = activity.get(key)?.lastEdit;
      const quiet = last === undefined ? 0 : daysBetween(last, today);
      return quiet >= days ? [{ key, days: quiet }] : [];
    })
    .toSorted((a, b) => b.days - a.days);
}

/** The middle number of days from the begin of the work to its end, of the tasks that are done; `null` of none. */
export function cycleDays(activity: ReadonlyMap<string, Activity>): number | null {
  const days = [...activity.values()]
    .flatMap(({ begun, finished }) =>
      begun && finished && begun <= finished ? [daysBetween(begun, finished)] : [],
    )
    .toSorted((a, b) => a - b);
  const [low, high] = [days[Math.floor((days.length - 1) / 2)], days[Math.floor(days.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
