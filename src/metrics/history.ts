import { type Item, isArchived, type Value } from '#src/plan/item.ts';
import { addDays, daysIn } from './days.ts';
import { type Progress, progressOf } from './progress.ts';
import { taskStates } from './task-state.ts';

/** What the history reads of an entry of the audit log. */
export interface LoggedChange {
  /** ISO instant. */
  readonly at: string;
  readonly key: string;
  readonly field: string | null;
  readonly kind: string;
  readonly old: Value;
}

/** How far the plan had come at the end of a day. */
export interface DayFigures extends Progress {
  /** `YYYY-MM-DD` */
  readonly day: string;
}

/**
 * The figures of every day from the first entry of the log to today, in order; the last are those of `agreed`. Pure:
 * nothing is kept from day to day, the past is rebuilt by undoing the log, so a day that nobody looked at is not lost.
 *
 * @param entries the whole log of the project, the latest first, as the store gives it.
 * @param timeZone where the team lives: decides on which day something happened.
 */
export function historyOf(
  entries: readonly LoggedChange[],
  agreed: ReadonlyMap<string, Item>,
  today: string,
  timeZone: string,
): readonly DayFigures[] {
  const dayOf = daysIn(timeZone);
  const past = new Past(agreed);
  const ends: DayFigures[] = [{ day: today, ...past.figures() }];
  let reached = today;
  for (const entry of entries) {
    const day = dayOf(entry.at);
    // A clock that was set back: what is dated later than what came after it counts for that day.
    if (day < reached) {
      ends.push({ day, ...past.figures() });
      reached = day;
    }
    past.undo(entry);
  }
  return everyDay(ends.toReversed(), today);
}

/** The days on which something changed, with the first and the last: all that there is to keep of a history. */
export function turnsOf(history: readonly DayFigures[]): readonly DayFigures[] {
  return history.filter((one, index) => {
    const before = history[index - 1];
    const isLast = index === history.length - 1;
    return (
      isLast || before?.done !== one.done || before.total !== one.total || before.progress !== one.progress
    );
  });
}

/** The whole history again, up to `today`: a day without an entry ends as the day before it did. */
export function everyDay(ends: readonly DayFigures[], today: string): readonly DayFigures[] {
  const days: DayFigures[] = [];
  for (const [index, end] of ends.entries()) {
    const next = ends[index + 1]?.day ?? addDays(today, 1);
    for (let day = end.day; day < next; day = addDays(day, 1)) days.push({ ...end, day });
  }
  return days;
}

/**
 * Takes an entry back from the items; the item that it was about, unless nothing had changed: what lost (`conflict`) and
 * what was only proposed (`kept`) has changed nothing.
 */
export function undo(items: Map<string, Item>, { key, field, kind, old }: LoggedChange): Item | undefined {
  const item = items.get(key);
  if (!item || kind === 'conflict' || kind === 'kept') return undefined;
  if (kind === 'created') items.delete(key);
  else if (field !== null) items.set(key, { ...item, fields: { ...item.fields, [field]: old } });
  return item;
}

/** The agreed state, taken back in time entry by entry. Only the tasks that an entry touches are looked at again. */
class Past {
  readonly #items: Map<string, Item>;
  readonly #points = new Map<string, Set<string>>();
  readonly #worths = new Map<string, number | null>();
  readonly #touched = new Set<string>();

  constructor(agreed: ReadonlyMap<string, Item>) {
    this.#items = new Map(agreed);
    for (const item of agreed.values()) {
      if (item.kind === 'check') this.#pointsOf(item.parent).add(item.key);
      this.#touch(item);
    }
  }

  figures(): Progress {
    for (const key of this.#touched) this.#weigh(key);
    this.#touched.clear();
    return progressOf([...this.#worths.values()].map((worth) => ({ worth })));
  }

  undo(entry: LoggedChange): void {
    const item = undo(this.#items, entry);
    if (!item) return;
    if (!this.#items.has(item.key)) this.#points.get(item.parent)?.delete(item.key);
    this.#touch(item);
  }

  #touch({ key, kind, parent }: Item): void {
    if (kind === 'task') this.#touched.add(key);
    else if (kind === 'check') this.#touched.add(parent);
  }

  #pointsOf(task: string): Set<string> {
    const points = this.#points.get(task) ?? new Set();
    this.#points.set(task, points);
    return points;
  }

  #weigh(key: string): void {
    const task = this.#items.get(key);
    if (task?.kind !== 'task' || isArchived(task)) {
      this.#worths.delete(key);
      return;
    }
    const points = [...(this.#points.get(key) ?? [])].flatMap((point) => this.#items.get(point) ?? []);
    const [state] = taskStates(new Map([task, ...points].map((item) => [item.key, item])), '');
    this.#worths.set(key, state?.worth ?? null);
  }
}
