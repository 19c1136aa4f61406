import { Temporal } from 'temporal-polyfill';
import { isFrenchHoliday } from '#src/config/holidays.ts';

/** The year that the plan of a very small company takes, and a quarter after it. */
export const FIRST = '2026-11-23';
export const LAST = '2027-12-01';

export function* daysFrom(first: string, last: string): Generator<string> {
  for (let day = Temporal.PlainDate.from(first); day.toString() <= last; day = day.add({ days: 1 }))
    yield day.toString();
}

const DAY_MS = 86_400_000;

/** Counted in another way than the product does: on the days themselves. */
export function expectedDays(due: string, kind: 'obligation' | 'task'): readonly string[] {
  const at = Date.parse(due);
  const isOff = (time: number) =>
    [0, 6].includes(new Date(time).getUTCDay()) || isFrenchHoliday(new Date(time).toISOString().slice(0, 10));
  const shift = (time: number, step: number): number => (isOff(time) ? shift(time + step, step) : time);
  const before = [90, 30, 14, 7, 1, 0].map((count) => shift(at - count * DAY_MS, -DAY_MS));
  const after =
    kind === 'task'
      ? Array.from({ length: 60 }, (_, index) => shift(at + 7 * (index + 1) * DAY_MS, DAY_MS))
      : [];
  const days = [...before, ...after].map((time) => new Date(time).toISOString().slice(0, 10));
  return [...new Set(days)]
    .filter((day) => day >= FIRST && day <= (kind === 'task' || due > LAST ? LAST : due))
    .sort();
}
