/** Days as `YYYY-MM-DD`, counted at midnight UTC, so that summer time never makes a day of 23 hours. */

const DAY_MS = 86_400_000;

/** Calendar days from one to the other; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of the week of that day. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** The latest of some days; `undefined` of none. */
export function latestOf(days: readonly string[]): string | undefined {
  return days.reduce<string | undefined>((latest, day) => (latest && latest > day ? latest : day), undefined);
}

/** Tells on which day an instant falls where the team lives. Days of instants that come again are remembered. */
export function daysIn(timeZone: string): (instant: string) => string {
  // Swedish writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const known = new Map<string, string>();
  return (instant) => {
    const day = known.get(instant) ?? format.format(new Date(instant));
    known.set(instant, day);
    return day;
  };
}
