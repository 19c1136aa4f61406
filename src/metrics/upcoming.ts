import type { ObligationState } from './overview.ts';

/** A day on which something becomes binding. */
export interface UpcomingDate {
  readonly date: string;
  readonly daysLeft: number;
  /** The obligation that is told: what must work by then, rather than a change to know of. */
  readonly title: string;
  /** Whether that obligation and its date are settled. */
  readonly sure: boolean;
  /** How many other obligations bind from the same day. */
  readonly others: number;
}

/** The next days that count, today included, nearest first, at most `limit`. */
export function upcomingDates(
  obligations: readonly ObligationState[],
  limit: number,
): readonly UpcomingDate[] {
  const ahead = obligations.filter(({ daysLeft }) => daysLeft >= 0);
  return [...Map.groupBy(ahead, ({ date }) => date).values()]
    .flatMap((sameDay) => {
      const told = sameDay.find(({ kind }) => kind === 'deadline') ?? sameDay[0];
      if (told === undefined) return [];
      const { date, daysLeft, title, confidence } = told;
      return [{ date, daysLeft, title, sure: confidence === 'sure', others: sameDay.length - 1 }];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft)
    .slice(0, limit);
}
