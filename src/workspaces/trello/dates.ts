import { Temporal } from 'temporal-polyfill';

/** Trello keeps instants, and the plan keeps days: a day ends with the office, where the company works. */
const OFFICE_CLOSES = '18:00';
export const PARIS = 'Europe/Paris';

/**
 * The instant to give a card for a day (`2027-01-12`): 18:00 in the zone, also where the clocks change that day.
 * `undefined` for what is no day of the calendar.
 */
export function instantOf(day: string, zone = PARIS): string | undefined {
  const date = dateOf(day);
  if (!date) return undefined;
  const evening = date.toZonedDateTime({ timeZone: zone, plainTime: OFFICE_CLOSES });
  return new Date(evening.epochMilliseconds).toISOString();
}

/** The day on which an instant falls in the zone, whatever its time of day. `undefined` for what is no instant. */
export function dayOf(instant: string, zone = PARIS): string | undefined {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return undefined;
  const day = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainDate().toString();
  return FOUR_DIGITS.test(day) ? day : undefined;
}

/** The day itself, its time left out. `undefined` for what is no day of the calendar. */
export function plainDay(text: string): string | undefined {
  return dateOf(text)?.toString();
}

const FOUR_DIGITS = /^\d{4}-\d{2}-\d{2}$/;

function dateOf(text: string): Temporal.PlainDate | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(text)?.[0];
  if (day === undefined) return undefined;
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
