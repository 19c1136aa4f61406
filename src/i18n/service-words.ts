import type { Locale } from './message.ts';
import { clockText } from './moment.ts';

/** How a message about Notion or Trello names a thing, quotes the service, and says until when to wait. */

export function namedThing(locale: Locale, kind: string, name: string): string {
  return locale === 'fr' ? `${kind} «\u00a0${name}\u00a0»` : `${kind} “${name}”`;
}

/** The service's own words, which are English. */
export function quotedFrom(locale: Locale, service: string, detail: string): string {
  if (detail === '') return '';
  return locale === 'fr'
    ? `. ${service} dit\u00a0: «\u00a0${detail}\u00a0»`
    : `. ${service} says: “${detail}”`;
}

export function untilWhen(locale: Locale, until: Date | undefined): string {
  if (!until) return '';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).format(until);
  const time = clockText(locale, until);
  return locale === 'fr' ? ` jusqu’au ${day} à ${time}` : ` until ${day} at ${time}`;
}
