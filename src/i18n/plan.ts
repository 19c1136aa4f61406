import { type Locale, message, perLocale } from './message.ts';

const longDates = perLocale(
  (locale) =>
    new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);

/** A date as it is written in a sentence: « 1er décembre 2027 », “1 December 2027”. */
export function longDate(locale: Locale, isoDay: string): string {
  const date = new Date(`${isoDay}T00:00:00Z`);
  const words = longDates(locale).format(date);
  return (locale === 'fr' ? words.replace(/^1 /, '1er ') : words).replaceAll(' ', '\u00a0');
}

interface Recurrence {
  readonly every: number;
  readonly unit: 'week' | 'month' | 'year';
  /** `YYYY-MM-DD`, when it ends */
  readonly until?: string | undefined;
}

const FRENCH = { week: ['semaine', 'semaines'], month: ['mois', 'mois'], year: ['an', 'ans'] } as const;

export const planMessages = {
  repeat: message<Recurrence>(
    ({ every, unit, until }) => {
      const [one, many] = FRENCH[unit];
      const rhythm =
        every === 1 ? `chaque ${unit === 'year' ? 'année' : one}` : `tous les ${every}\u00a0${many}`;
      const feminine = unit === 'week' ? rhythm.replace('tous les', 'toutes les') : rhythm;
      return until === undefined ? feminine : `${feminine}, jusqu’au ${longDate('fr', until)}`;
    },
    ({ every, unit, until }) => {
      const rhythm = every === 1 ? `every ${unit}` : `every ${every} ${unit}s`;
      return until === undefined ? rhythm : `${rhythm}, until ${longDate('en', until)}`;
    },
  ),
};
