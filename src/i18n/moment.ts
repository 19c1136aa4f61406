import type { Locale } from './message.ts';
import { longDate } from './plan.ts';

export interface Moment {
  /** An ISO instant. */
  readonly at: string;
  readonly timeZone: string;
}

/** `23 novembre 2026 à 09:00` */
export function momentText(locale: Locale, { at, timeZone }: Moment): string {
  // Swedish writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  const [day = '', time = ''] = format.format(new Date(at)).split(' ');
  return `${longDate(locale, day)} ${locale === 'fr' ? 'à' : 'at'} ${time}`;
}
