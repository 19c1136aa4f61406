import { Temporal } from 'temporal-polyfill';
import { parseDate } from './dates.ts';

/**
 * Instants as cells show them: what a clock of the team's zone says, to the second. An hour that the clock shows twice
 * is read as the first of the two.
 */

const SECOND_MS = 1000;
const DAY_SECONDS = 86_400;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Days that both calendars of a workbook can count. */
const FIRST_DAY = Date.UTC(1904, 0, 2);
const LAST_DAY = Date.UTC(9999, 11, 31);
/** Nobody types a longer one. */
const LONGEST_TYPED = 60;

/** The number under which a workbook keeps the instant; `undefined` for what is no instant, or too far away. */
export function momentSerial(instant: string, timeZone: string, date1904: boolean): number | undefined {
  const clock = clockOf(instant, timeZone);
  if (clock === undefined) return undefined;
  return (clock - (date1904 ? EPOCH_1904 : EPOCH_1900)) / SECOND_MS / DAY_SECONDS;
}

/** The instant of a number; `undefined` when no day has that number. */
export function momentOf(serial: number, timeZone: string, date1904: boolean): string | undefined {
  const seconds = Math.round(serial * DAY_SECONDS);
  return instantOf((date1904 ? EPOCH_1904 : EPOCH_1900) + seconds * SECOND_MS, timeZone);
}

/**
 * An instant that someone typed as text: `12/01/2027 14:30`, `12 janvier 2027 à 14h30`, `2027-01-12T13:30:00Z`, or a
 * day alone, which counts from its first minute. `undefined` when it is none.
 */
export function parseMoment(typed: string, timeZone: string): string | undefined {
  const text = typed.trim().replace(/[\u00a0\u202f\s]+/g, ' ');
  if (text.length > LONGEST_TYPED) return undefined;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return fitMoment(text, timeZone) || undefined;
  const timed = /^(.+?)(?: ?(?:t|,|à|at) ?| )(\d{1,2}) ?(?::|h) ?(\d{2})?(?::(\d{2}))?$/i.exec(text);
  const [, day = text, hour = '0', minute = '0', second = '0'] = timed ?? [];
  const iso = parseDate(day);
  if (iso === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const time = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return instantOf(Date.parse(`${iso}T00:00:00Z`) + time * SECOND_MS, timeZone);
}

/** The instant that is read where this one has been written; `''` for what no cell can show. */
export function fitMoment(instant: string, timeZone: string): string {
  const clock = clockOf(instant, timeZone);
  return clock === undefined ? '' : (instantOf(clock, timeZone) ?? '');
}

/** What the clock shows, as the instant at which a clock in Greenwich shows it. */
function clockOf(instant: string, timeZone: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(time)) return undefined;
  const zoned = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const clock = Math.floor((time + zoned.offsetNanoseconds / 1e6) / SECOND_MS) * SECOND_MS;
  return clock >= FIRST_DAY && clock < LAST_DAY ? clock : undefined;
}

function instantOf(clock: number, timeZone: string): string | undefined {
  if (!(clock >= FIRST_DAY && clock < LAST_DAY)) return undefined;
  const shown = Temporal.PlainDateTime.from(new Date(clock).toISOString().slice(0, -1));
  return new Date(shown.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
}
