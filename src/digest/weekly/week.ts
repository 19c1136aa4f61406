import { addDays, daysBetween, mondayOf } from '#src/metrics/days.ts';

/**
 * The ISO week of a day, e.g. `2026-W48`: weeks begin on a Monday and belong to the year of their Thursday, so that the
 * last days of December may be in week 1, and the first of January in week 53.
 */
export function weekOf(day: string): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

export interface WeekDays {
  readonly year: number;
  readonly number: number;
  /** `YYYY-MM-DD` */
  readonly monday: string;
  readonly sunday: string;
}

/** The days of a week as `weekOf` names it. */
export function daysOfWeek(week: string): WeekDays {
  const [year = 0, number = 0] = week.split('-W').map(Number);
  // The 4th of January is always in week 1.
  const monday = addDays(mondayOf(`${String(year).padStart(4, '0')}-01-04`), 7 * (number - 1));
  return { year, number, monday, sunday: addDays(monday, 6) };
}
