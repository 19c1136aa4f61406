import type { ObligationState } from './overview.ts';

/** A day on which something becomes binding, or has. */
export interface UpcomingDate {
  readonly date: string;
  /** Negative once the date has passed. */
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

/** A duty that is in force, and not met. */
export interface UnmetDuty extends UpcomingDate {
  readonly id: string;
  /** From 0 to 1, never 1. */
  readonly ready: number;
}

/**
 * The deadlines that have passed before all that the plan asks for them was done, the earliest first.
 *
 * @param ready by obligation, how much of it is done; one that is not there asks for nothing in this plan.
 */
export function unmetDuties(
  obligations: readonly ObligationState[],
  ready: ReadonlyMap<string, number>,
): readonly UnmetDuty[] {
  return obligations
    .flatMap(({ id, kind, date, daysLeft, title, confidence }) => {
      const share = ready.get(id) ?? 1;
      if (kind !== 'deadline' || daysLeft >= 0 || share >= 1) return [];
      return [{ id, date, daysLeft, title, sure: confidence === 'sure', others: 0, ready: share }];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);
}
