import { Temporal } from 'temporal-polyfill';
import { type IsHoliday, workingDays } from '#src/plan/working-days.ts';

/** Days as `YYYY-MM-DD`. */

/** That many working days from a day on, backwards when negative; 0: the day itself, or the next working day. */
export function addWorkingDays(day: string, days: number, isHoliday: IsHoliday): string {
  const calendar = workingDays(isHoliday);
  let found = Temporal.PlainDate.from(day);
  if (days === 0) return calendar.onOrAfter(found).toString();
  for (let left = Math.abs(days); left > 0; left--) {
    found = days > 0 ? calendar.next(found) : calendar.previous(found);
  }
  return found.toString();
}

/** How many working days come after `from`, up to `to`. */
export function workingDaysBetween(from: string, to: string, isHoliday: IsHoliday): number {
  const calendar = workingDays(isHoliday);
  let count = 0;
  for (
    let day = calendar.next(Temporal.PlainDate.from(from));
    day.toString() <= to;
    day = calendar.next(day)
  ) {
    count += 1;
  }
  return count;
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Calendar days from one to the other; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}
