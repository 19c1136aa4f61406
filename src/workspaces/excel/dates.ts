const DAY_MS = 86_400_000;
/** Day 0 of the two calendars that a workbook may count in. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Excel believes in a 29 February 1900; before the next day its numbers and the calendar disagree. */
const FIRST_SURE_SERIAL = 61;
const LAST_SERIAL = 2_958_465;

const MONTHS: readonly RegExp[] = [
  /^jan/,
  /^f[ée]v|^feb/,
  /^mar/,
  /^a[vp]r/,
  /^ma[iy]/,
  /^juin|^jun/,
  /^juil|^jul/,
  /^ao[uû]|^aug/,
  /^sep/,
  /^oct/,
  /^nov/,
  /^d[ée]c/,
];

/** The number under which a workbook keeps the day; `undefined` when it cannot. `iso` is `YYYY-MM-DD`. */
export function toSerial(iso: string, date1904: boolean): number | undefined {
  const time = isoTime(iso);
  if (time === undefined) return undefined;
  const serial = (time - (date1904 ? EPOCH_1904 : EPOCH_1900)) / DAY_MS;
  return serial >= (date1904 ? 1 : FIRST_SURE_SERIAL) && serial <= LAST_SERIAL ? serial : undefined;
}

/** The day of a number, its time of day left out; `undefined` when no day has that number. */
export function fromSerial(serial: number, date1904: boolean): string | undefined {
  if (!(serial >= 1 && serial <= LAST_SERIAL)) return undefined;
  return new Date((date1904 ? EPOCH_1904 : EPOCH_1900) + Math.floor(serial) * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

/**
 * A date that someone typed as text: `2027-01-12`, `12/01/2027`, `12.1.27`, `12 janvier 2027`, `1er mars 2027`,
 * the day before the month as in French. `undefined` when it is none, or no day of the calendar.
 */
export function parseDate(typed: string): string | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/[\u00a0\u202f\s]+/g, ' ');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t.*)?$/.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const french = /^(?:\p{L}+\.? )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}|\d{2})$/u.exec(text);
  if (french) return day(french[3], french[2], french[1]);
  const words = /^(?:\p{L}+\.? )?(\d{1,2})(?:er|st|nd|rd|th)? (\p{L}+)\.? (\d{4})$/u.exec(text);
  const month = words ? MONTHS.findIndex((name) => name.test(words[2] ?? '')) + 1 : 0;
  return words && month > 0 ? day(words[3], String(month), words[1]) : undefined;
}

/** `12/01/2027` */
export function frenchDate(iso: string): string {
  return iso.split('-').reverse().join('/');
}

function day(year = '', month = '', date = ''): string | undefined {
  const fullYear = year.length === 2 ? `20${year}` : year;
  const iso = `${fullYear}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isoTime(iso) === undefined ? undefined : iso;
}

function isoTime(iso: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().startsWith(iso) ? time : undefined;
}
