import { capacityOf, type WorkCalendar } from './capacity.ts';
import { addDays } from './days.ts';
import type { DayFigures } from './history.ts';

/** Weeks longer ago say little of how a team works now. */
const MOST_WEEKS = 26;
/** A week with less than this of a usual one’s days does not show how fast a team is. */
const LEAST_CAPACITY = 0.5;

/**
 * How many tasks got done in each of the last weeks, the latest first: stretches of seven days that end today. A week
 * in which tasks were reopened counts as nought. Weeks of holidays, and the days before the first whole week, are left out.
 */
export function paceOf(history: readonly DayFigures[], calendar: WorkCalendar): readonly number[] {
  const weeks: number[] = [];
  for (let last = history.length - 1; last - 7 >= 0 && weeks.length < MOST_WEEKS; last -= 7) {
    const end = history[last];
    const begin = history[last - 7];
    if (!end || !begin || capacityOf(addDays(begin.day, 1), calendar) < LEAST_CAPACITY) continue;
    weeks.push(Math.max(0, end.done - begin.done));
  }
  return weeks;
}
