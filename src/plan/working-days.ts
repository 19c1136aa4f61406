import { Temporal } from 'temporal-polyfill';

/** Whether an ISO day (`2027-07-14`) is a public holiday where the company works. */
export type IsHoliday = (day: string) => boolean;

/** Arithmetic on the days on which people work: no weekend, no public holiday. */
export interface WorkingDays {
  includes(day: Temporal.PlainDate): boolean;
  /** The day itself when people work on it, else the first working day after it. */
  onOrAfter(day: Temporal.PlainDate): Temporal.PlainDate;
  /** The day itself when people work on it, else the last working day before it. */
  onOrBefore(day: Temporal.PlainDate): Temporal.PlainDate;
  next(day: Temporal.PlainDate): Temporal.PlainDate;
  previous(day: Temporal.PlainDate): Temporal.PlainDate;
}

/**
 * Holidays are known for some years only: of a day beyond them, which somebody may have typed or a forecast may reach,
 * none are. What the plan itself dates does without this: on wrong days it would be worse than none.
 */
export function knownHolidays(isHoliday: IsHoliday): IsHoliday {
  return (day) => {
    try {
      return isHoliday(day);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
}

/** Whether people work on an ISO day, as far as holidays are known. */
export function worksOn(isHoliday: IsHoliday): (day: string) => boolean {
  const isOff = knownHolidays(isHoliday);
  return (day) => ![0, 6].includes(new Date(day).getUTCDay()) && !isOff(day);
}

export function workingDays(isHoliday: IsHoliday): WorkingDays {
  const includes = (day: Temporal.PlainDate) => day.dayOfWeek <= 5 && !isHoliday(day.toString());
  const seek = (day: Temporal.PlainDate, days: 1 | -1) => {
    let found = day;
    while (!includes(found)) found = found.add({ days });
    return found;
  };
  return {
    includes,
    onOrAfter: (day) => seek(day, 1),
    onOrBefore: (day) => seek(day, -1),
    next: (day) => seek(day.add({ days: 1 }), 1),
    previous: (day) => seek(day.subtract({ days: 1 }), -1),
  };
}

export function earlierOf(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b;
}

export function laterOf(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) >= 0 ? a : b;
}
