import { distance, readiness, VERDICT_WORDS } from './digest.ts';
import { count, type Locale, message } from './message.ts';
import { percent } from './metrics.ts';

/** Many companies in one text, a line each. */

const NB = '\u00a0';

interface Dated {
  readonly title: string;
  readonly daysLeft: number;
}

interface Company {
  readonly company: string;
  readonly verdict: string;
  readonly progress: number;
  readonly overdue: number;
  readonly unmet: (Dated & { readonly ready: number }) | undefined;
  readonly next: Dated | undefined;
}

interface Tally {
  readonly companies: number;
  readonly late: number;
  readonly atRisk: number;
}

function companyLine(locale: Locale, { company, verdict, progress, overdue, unmet, next }: Company): string {
  const french = locale === 'fr';
  const tasks = french
    ? `${count('fr', overdue, 'tâche', 'tâches')} en retard`
    : `${count('en', overdue, 'task', 'tasks')} overdue`;
  const parts = [
    ...(overdue > 0 ? [tasks] : paceWords(locale, verdict)),
    french ? `avancement ${percent('fr', progress)}` : `progress ${percent('en', progress)}`,
    ...(unmet ? [unmetWords(locale, unmet)] : []),
    ...(next ? [`${next.title} ${distance(locale, next.daysLeft)}`] : []),
  ];
  return `${company} – ${parts.join(', ')}`;
}

/** « Recevoir ses factures en vigueur depuis 83 jours (prêt à 33 %) » */
function unmetWords(locale: Locale, { title, daysLeft, ready }: Dated & { readonly ready: number }): string {
  return `${title} ${distance(locale, daysLeft)} (${readiness(locale, ready)})`;
}

/** Where nothing is overdue yet, it is the pace that makes a verdict bad. */
function paceWords(locale: Locale, verdict: string): readonly string[] {
  if (verdict === 'late')
    return [locale === 'fr' ? 'à ce rythme, prêt après la date' : 'at this pace, ready after the date'];
  if (verdict !== 'at-risk') return [];
  return [locale === 'fr' ? 'à ce rythme, prêt de justesse' : 'at this pace, ready only just'];
}

/** « 30 entreprises : 2 en retard, 3 à surveiller » */
function tallyWords(locale: Locale, { companies, late, atRisk }: Tally): string {
  const parts = [
    ...(late > 0 ? [`${late} ${VERDICT_WORDS.late[locale]}`] : []),
    ...(atRisk > 0 ? [`${atRisk} ${VERDICT_WORDS['at-risk'][locale]}`] : []),
  ];
  const well = locale === 'fr' ? 'rien ne bloque' : 'nothing is stuck';
  const all =
    locale === 'fr'
      ? count('fr', companies, 'entreprise', 'entreprises')
      : count('en', companies, 'company', 'companies');
  return `${all}${locale === 'fr' ? NB : ''}: ${parts.length === 0 ? well : parts.join(', ')}`;
}

export const portfolioMessages = {
  sender: message('vos entreprises', 'your companies'),
  tally: message<Tally>(
    (it) => tallyWords('fr', it),
    (it) => tallyWords('en', it),
  ),
  /** `number`: of the week. */
  subject: message<Tally & { readonly number: number }>(
    ({ number, ...it }) => `${tallyWords('fr', it)} – semaine${NB}${number}`,
    ({ number, ...it }) => `${tallyWords('en', it)} – week${NB}${number}`,
  ),
  group: message<{ readonly title: string; readonly companies: number }>(
    ({ title, companies }) => `${title} (${companies})`,
    ({ title, companies }) => `${title} (${companies})`,
  ),
  line: message<Company>(
    (one) => companyLine('fr', one),
    (one) => companyLine('en', one),
  ),
  without: message<readonly string[]>(
    (names) => `Le plan n’est encore posé nulle part pour${NB}: ${names.join(', ')}.`,
    (names) => `There is no plan yet for: ${names.join(', ')}.`,
  ),
};
