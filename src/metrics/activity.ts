import type { Item, Value } from '#src/plan/item.ts';
import { daysBetween, daysIn } from './days.ts';
import { isOpen } from './goals.ts';
import type { LoggedChange } from './history.ts';
import type { TaskState } from './task-state.ts';

/** What the log tells of one task, of its last time where it has come back to do. Days are `YYYY-MM-DD`. */
export interface Activity {
  /** When something of the task, of its points or a remark on it last changed. */
  readonly lastEdit: string;
  /**
   * When work began: the first point ticked, or the first status other than `todo`. `null`: not yet, or nobody knows,
   * since the first that was told of it was its end.
   */
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
  const traces = new Map<string, Trace>();
  for (const entry of entries) {
    const item = agreed.get(entry.key);
    const task = agreed.get(item?.kind === 'task' ? entry.key : (item?.parent ?? ''));
    if (!item || task?.kind !== 'task' || entry.kind === 'kept') continue;
    const trace = traces.get(task.key) ?? new Trace(task, entry.at);
    traces.set(task.key, trace);
    if (entry.kind === 'changed') trace.read(entry, item.kind);
  }
  const dayOf = daysIn(timeZone);
  return new Map([...traces].map(([key, trace]) => [key, trace.activity(dayOf)]));
}

/** One task, whose log is read backwards in time: the last word on the status comes first, the first step last. */
class Trace {
  readonly #isDone: boolean;
  readonly #lastEdit: string;
  /** After the entry that is read next. */
  #status: Value | undefined;
  /** Instants. */
  #begun: string | null = null;
  #finished: string | null = null;
  /** What is left of the log is about an earlier time. */
  #isWhole = false;

  constructor({ fields: { status } }: Item, lastEdit: string) {
    this.#status = status;
    this.#isDone = status === 'done';
    this.#lastEdit = lastEdit;
  }

  read({ at, field, old }: LoggedChange, of: Item['kind']): void {
    if (of === 'task' && field === 'status') this.#readStatus(at, old);
    else if (of === 'check' && field === 'done' && old !== true) this.#begin(at);
  }

  #readStatus(at: string, old: Value): void {
    // A duty that has come back, above all.
    this.#isWhole ||= old === 'done' && this.#status === 'todo';
    this.#status = old;
    if (this.#isDone) this.#finished ??= at;
    if (old === 'todo') this.#begin(at);
  }

  #begin(at: string): void {
    if (!this.#isWhole) this.#begun = at;
  }

  activity(dayOf: (instant: string) => string): Activity {
    const [begun, finished] = [this.#begun, this.#finished];
    const isAtOnce = begun !== null && finished !== null && begun >= finished;
    return {
      lastEdit: dayOf(this.#lastEdit),
      begun: begun === null || isAtOnce ? null : dayOf(begun),
      finished: finished === null ? null : dayOf(finished),
    };
  }
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

/** The middle number of days from the begin of the work to its end, of what is done and has both; `null` of none. */
export function cycleDays(activity: ReadonlyMap<string, Activity>): number | null {
  const days = [...activity.values()]
    .flatMap(({ begun, finished }) => (begun && finished ? [daysBetween(begun, finished)] : []))
    .toSorted((a, b) => a - b);
  const [low, high] = [days[Math.floor((days.length - 1) / 2)], days[Math.floor(days.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
