import { type Locale, say } from '#src/i18n/message.ts';
import { longDate } from '#src/i18n/plan.ts';
import { shortDate } from '#src/i18n/status.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { ObligationState, Overview } from '#src/metrics/overview.ts';

const MOST_DATES = 10;
/** For how long a deadline is shown once it has come into force. */
const IN_FORCE_DAYS = 365;

/** A legal date as the dashboard shows it, without the days that are left: time alone must not change it. */
export interface LegalDate {
  /** Of the obligation. */
  readonly id: string;
  readonly title: string;
  readonly date: string;
  readonly kind: ObligationState['kind'];
  readonly inForce: boolean;
  readonly toKnow: string;
  readonly verifiedOn: string;
  readonly source: ObligationState['source'];
}

/**
 * The dates that the dashboard shows, the earliest first: the deadlines that came into force within the last twelve
 * months, which is what a team may be late on, then what is ahead. It is the same list from one day to the next
 * unless one of the dates passes, or its anniversary.
 */
export function legalDates({ obligations }: Overview, locale: Locale): readonly LegalDate[] {
  return obligations
    .filter((one) => one.daysLeft >= 0 || (isInForce(one) && one.daysLeft >= -IN_FORCE_DAYS))
    .toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1))
    .slice(0, MOST_DATES)
    .map((one) => ({
      id: one.id,
      title: one.title,
      date: one.date,
      kind: one.kind,
      inForce: isInForce(one),
      toKnow: toKnow(one, locale),
      verifiedOn: one.verifiedOn,
      source: one.source,
    }));
}

/** The next day on which something becomes binding, today included. */
export function nextLegalDate({ obligations }: Overview): string | undefined {
  const ahead = obligations.filter(({ daysLeft }) => daysLeft >= 0).map(({ date }) => date);
  return ahead.toSorted()[0];
}

/** A deadline binds from its day on; an event has only happened. */
function isInForce({ kind, daysLeft }: ObligationState): boolean {
  return kind === 'deadline' && daysLeft <= 0;
}

/** A note that names the day to which a date may move has said so in its own words. */
function names(note: string, day: string, locale: Locale): boolean {
  return note.replaceAll(/\s/g, ' ').includes(longDate(locale, day).replaceAll(/\s/g, ' '));
}

/** How sure the date is, whether it may move, and what the template notes about it. */
function toKnow(one: ObligationState, locale: Locale): string {
  const { confidence, postponableUntil, note } = one;
  const facts = [
    confidence === 'sure' ? '' : say(locale, DASHBOARD[confidence]),
    // What binds already is not postponed any more.
    postponableUntil && !isInForce(one) && !names(note, postponableUntil, locale)
      ? say(locale, DASHBOARD.postponable, shortDate(locale, postponableUntil))
      : '',
  ];
  const said = facts.filter((fact) => fact !== '').join(say(locale, DASHBOARD.and));
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  return [sentence, note.trim()].filter((text) => text !== '').join('. ');
}
