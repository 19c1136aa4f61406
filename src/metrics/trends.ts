import { type Item, STATUSES, type Status } from '#src/plan/item.ts';
import type { KpiId } from '#src/plan/kpi-ids.ts';
import { addDays, daysIn, mondayOf } from './days.ts';
import { type LoggedChange, undo } from './history.ts';
import { type IsWorkingDay, kpisOf, kpiValues } from './kpis.ts';
import { taskStates } from './task-state.ts';

/** A figure at the end of a day; `null`: nothing to tell by then. */
export interface TrendPoint {
  readonly day: string;
  readonly value: number | null;
}

export interface StatusDay {
  readonly day: string;
  readonly counts: Readonly<Record<Status, number>>;
}

export interface Past {
  /** The whole log of the project, the latest first. */
  readonly entries: readonly LoggedChange[];
  readonly agreed: ReadonlyMap<string, Item>;
  readonly timeZone: string;
}

/** The last Sundays, the evening of each week’s work, and today: in order. */
export function weekEnds(today: string, weeks: number): readonly string[] {
  const monday = mondayOf(today);
  const sundays = Array.from({ length: weeks }, (_, index) => addDays(monday, -1 - 7 * (weeks - 1 - index)));
  return [...sundays, today];
}

/** A trend that reaches further back would be too fine to read. */
const MOST_WEEKS = 26;

/** The days at which a plan is looked at since its first day: that day, the Sundays since, and today; in order. */
export function trendDays(first: string, today: string): readonly string[] {
  const since = weekEnds(today, MOST_WEEKS).filter((day) => day > first);
  return since.length > MOST_WEEKS ? since : [first, ...since];
}

/** The day of the first entry of the log, where the team lives; `undefined`: nothing has happened yet. */
export function firstDayOf({ entries, timeZone }: Past): string | undefined {
  const first = entries.at(-1);
  return first && daysIn(timeZone)(first.at);
}

/** What something was at the end of each of the days, given in order. */
export function atDays<T>(
  { entries, agreed, timeZone }: Past,
  days: readonly string[],
  look: (items: ReadonlyMap<string, Item>, day: string) => T,
): readonly T[] {
  const dayOf = daysIn(timeZone);
  const items = new Map(agreed);
  const found: T[] = [];
  let next = 0;
  for (const day of days.toReversed()) {
    for (let entry = entries[next]; entry && dayOf(entry.at) > day; entry = entries[next]) {
      undo(items, entry);
      next += 1;
    }
    found.push(look(items, day));
  }
  return found.toReversed();
}

export function kpiTrends(
  past: Past,
  days: readonly string[],
  isWorkingDay: IsWorkingDay,
): ReadonlyMap<string, readonly TrendPoint[]> {
  const values = atDays(past, days, (items) => kpiValues(kpisOf(items, isWorkingDay)));
  const ids = new Set(values.flatMap((one) => [...one.keys()])) as ReadonlySet<KpiId>;
  return new Map(
    [...ids].map((id) => [id, days.map((day, index) => ({ day, value: values[index]?.get(id) ?? null }))]),
  );
}

/** How many tasks had each status at the end of each day. */
export function statusTrend(past: Past, days: readonly string[]): readonly StatusDay[] {
  return atDays(past, days, (items, day) => {
    const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
    for (const { status } of taskStates(items, day)) counts[status] += 1;
    return { day, counts };
  });
}
