import { count, type Locale, message, say } from './message.ts';
import { longDate } from './plan.ts';

interface Expected {
  /** `null`: years away. */
  readonly p50: string | null;
  readonly p85: string | null;
  readonly enough: boolean;
}

export const statusMessages = {
  progress: message('Avancement', 'Progress'),
  doneOf: message<{ done: number; total: number }>(
    ({ done, total }) => `${done} sur ${count('fr', total, 'tâche', 'tâches')}`,
    ({ done, total }) => `${done} of ${count('en', total, 'task', 'tasks')}`,
  ),
  late: message<{ n: number }>(
    ({ n }) => `En retard\u00a0: ${count('fr', n, 'tâche', 'tâches')}`,
    ({ n }) => `Late: ${count('en', n, 'task', 'tasks')}`,
  ),
  andMore: message<{ n: number }>(
    ({ n }) => `et ${count('fr', n, 'autre', 'autres')}`,
    ({ n }) => `and ${n} more`,
  ),
  legalDates: message('Échéances légales', 'Legal dates'),
  noLegalDates: message('Aucune échéance légale dans ce modèle.', 'No legal date in this template.'),
  inForce: message<{ days: number }>(
    ({ days }) => (days === 0 ? 'aujourd’hui' : `en vigueur depuis ${count('fr', days, 'jour', 'jours')}`),
    ({ days }) => (days === 0 ? 'today' : `in force for ${count('en', days, 'day', 'days')}`),
  ),
  ahead: message<{ days: number }>(
    ({ days }) => `dans ${count('fr', days, 'jour', 'jours')}`,
    ({ days }) => `in ${count('en', days, 'day', 'days')}`,
  ),
  postponable: message<{ until: string }>(
    ({ until }) => `un décret peut la repousser, au plus tard au ${longDate('fr', until)}`,
    ({ until }) => `a decree may postpone it, until ${longDate('en', until)} at the latest`,
  ),
  toConfirm: message('à confirmer', 'to be confirmed'),
  likely: message('lecture probable', 'likely reading'),
  verifiedOn: message<{ day: string }>(
    ({ day }) => `vérifiée le ${longDate('fr', day)}`,
    ({ day }) => `verified on ${longDate('en', day)}`,
  ),
  allDone: message('tout est fait', 'all is done'),
  forecast: message('À ce rythme', 'At this pace'),
  notEnough: message(
    'Pas encore assez de recul pour une prévision\u00a0: il faut au moins quatre semaines et trois tâches faites.',
    'Not enough to tell yet: it takes at least four weeks, and three tasks done.',
  ),
  expected: message<Expected>(
    ({ p50, p85, enough }) => {
      if (!enough) return 'pas encore de prévision';
      if (p50 === null) return 'pas avant plusieurs années';
      if (p85 === null) return `vers le ${longDate('fr', p50)}, peut-être des années plus tard`;
      return `vers le ${longDate('fr', p50)}, au plus tard le ${longDate('fr', p85)} dans 85\u00a0cas sur\u00a0100`;
    },
    ({ p50, p85, enough }) => {
      if (!enough) return 'no forecast yet';
      if (p50 === null) return 'not for several years';
      if (p85 === null) return `around ${longDate('en', p50)}, maybe years later`;
      return `around ${longDate('en', p50)}, by ${longDate('en', p85)} in 85 cases out of 100`;
    },
  ),
  where: message('Où', 'Where'),
  neverApplied: message(
    'Le plan n’existe encore nulle part. Lancez\u00a0: jalon apply',
    'The plan exists nowhere yet. Run: jalon apply',
  ),
};

/** How wide a column of dates is, in characters. */
export const DATE_WIDTH: Readonly<Record<Locale, number>> = { fr: 10, en: 12 };

/** A date in a column: `01/09/2027` in French, `1 Sept 2027` in English. */
export function shortDate(locale: Locale, isoDay: string): string {
  const [year, month, day] = isoDay.split('-');
  if (locale === 'fr') return `${day}/${month}/${year}`;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${isoDay}T00:00:00Z`));
}

/** `dans 210 jours`, or `en vigueur depuis 155 jours` of a date that has come. */
export function fromToday(locale: Locale, daysLeft: number): string {
  return daysLeft > 0
    ? say(locale, statusMessages.ahead, { days: daysLeft })
    : say(locale, statusMessages.inForce, { days: -daysLeft });
}
