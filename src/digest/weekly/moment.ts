import { Temporal } from 'temporal-polyfill';
import { type DigestMoment, WEEKDAYS } from '#src/plan/digest-moment.ts';

/** The last time that the moment came, up to now and now included; an hour that the clocks skip is the next one. */
export function lastMoment(now: Date, { day, hour }: DigestMoment, timeZone: string): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const today = here.toPlainDate();
  const back = (here.dayOfWeek - 1 - WEEKDAYS.indexOf(day) + 7) % 7;
  const at = (days: number) =>
    today.subtract({ days }).toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds;
  const candidate = at(back);
  return new Date(candidate <= now.getTime() ? candidate : at(back + 7));
}
