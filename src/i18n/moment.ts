import type { Locale } from './message.ts';
import { longDate } from './plan.ts';

export interface Moment {
  /** An ISO instant. */
  readonly at: string;
  readonly timeZone: string;
}

/** `23 novembre 2026 à 9 h 00`, “23 November 2026 at 09:00” */
export function momentText(locale: Locale, { at, timeZone }: Moment): string {
  // Swedish writes dates as ISO does.
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(new Date(at));
  const time = clockText(locale, new Date(at), timeZone);
  return `${longDate(locale, day)} ${locale === 'fr' ? 'à' : 'at'} ${time}`;
}

/** `9 h 00`, “09:00”. Without a time zone, that of the machine. */
export function clockText(locale: Locale, instant: Date, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  const time = format.format(instant);
  const [hour, minute] = time.split(':');
  return locale === 'fr' ? `${Number(hour)}\u00a0h\u00a0${minute}` : time;
}
