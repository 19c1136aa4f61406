import { type KpiGoal, type KpiName, kpiGoal, kpiNames, kpiValue } from './kpis.ts';
import { count, type Locale, type Message, message, say } from './message.ts';
import { percent } from './metrics.ts';
import { longDate } from './plan.ts';
import { statusMessages } from './status.ts';

/** The weekly digest: read in ten seconds, so every line is one fact. */

type Standing = 'ahead' | 'on-track' | 'at-risk' | 'late';

interface Week {
  readonly number: number;
  readonly monday: string;
  readonly sunday: string;
}

interface Stuck {
  readonly title: string;
  /** `''`: nobody. */
  readonly who: string;
  readonly required: boolean;
  readonly urgent: boolean;
  readonly daysLate: number;
  readonly blocked: boolean;
  readonly daysStill: number;
}

interface Dated {
  readonly title: string;
  readonly date: string;
  readonly daysLeft: number;
  readonly sure: boolean;
  readonly others: number;
  readonly ready: number | undefined;
  readonly forecast: { readonly p50: string | null; readonly p85: string | null } | undefined;
  readonly today: string;
}

interface Indicator extends KpiGoal {
  readonly id: KpiName;
  readonly value: number;
  readonly before: number | undefined;
}

const NB = '\u00a0';

/** Within a sentence. */
export const VERDICT_WORDS: Readonly<Record<Standing, Readonly<Record<Locale, string>>>> = {
  ahead: { fr: 'en avance', en: 'ahead' },
  'on-track': { fr: 'dans les temps', en: 'on track' },
  'at-risk': { fr: 'à surveiller', en: 'to be watched' },
  late: { fr: 'en retard', en: 'late' },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function verdictWords(verdict: Standing): Message {
  const { fr, en } = VERDICT_WORDS[verdict];
  return message(capital(fr), capital(en));
}

/** « lundi 30 novembre », “Monday 30 November”: a day that is near. */
function nearDate(locale: Locale, isoDay: string): string {
  const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const parts = format.formatToParts(new Date(`${isoDay}T00:00:00Z`));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = locale === 'fr' && part('day') === '1' ? '1er' : part('day');
  return `${part('weekday')} ${day}${NB}${part('month')}`;
}

/** « 23 au 29 novembre 2026 », without saying twice what both days have in common. */
function span(locale: Locale, first: string, last: string): string {
  const [day = '', month = '', year = ''] = longDate(locale, first).split(NB);
  const isSameYear = first.slice(0, 4) === last.slice(0, 4);
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  const from = isSameMonth ? [day] : isSameYear ? [day, month] : [day, month, year];
  return `${from.join(NB)} ${locale === 'fr' ? 'au' : 'to'} ${longDate(locale, last)}`;
}

function by(who: string): string {
  return who === '' ? '' : ` (${who})`;
}

function stuckLine(locale: Locale, task: Stuck): string {
  const nobody = locale === 'fr' ? 'personne n’en est chargé' : 'nobody is in charge';
  const why = locale === 'fr' ? whyInFrench(task) : whyInEnglish(task);
  return `${task.title} – ${why.join(', ')} (${task.who === '' ? nobody : task.who})`;
}

function whyInFrench({ required, urgent, daysLate, blocked, daysStill }: Stuck): readonly string[] {
  return [
    ...(daysLate > 0 ? [`en retard de ${count('fr', daysLate, 'jour', 'jours')}`] : []),
    ...(blocked ? ['bloquée'] : []),
    ...(daysStill > 0 ? [`sans mouvement depuis ${count('fr', daysStill, 'jour', 'jours')}`] : []),
    ...(required ? ['exigée par la loi'] : urgent ? ['urgente'] : []),
  ];
}

function whyInEnglish({ required, urgent, daysLate, blocked, daysStill }: Stuck): readonly string[] {
  return [
    ...(daysLate > 0 ? [`${count('en', daysLate, 'day', 'days')} late`] : []),
    ...(blocked ? ['blocked'] : []),
    ...(daysStill > 0 ? [`untouched for ${count('en', daysStill, 'day', 'days')}`] : []),
    ...(required ? ['required by law'] : urgent ? ['urgent'] : []),
  ];
}

/** `dans 7 jours`; of a day that has passed, `en vigueur depuis 7 jours` */
export function distance(locale: Locale, days: number): string {
  if (days < 0) return say(locale, statusMessages.inForce, { days: -days });
  if (days === 0) return locale === 'fr' ? 'aujourd’hui' : 'today';
  if (days === 1) return locale === 'fr' ? 'demain' : 'tomorrow';
  return locale === 'fr'
    ? `dans ${count('fr', days, 'jour', 'jours')}`
    : `in ${count('en', days, 'day', 'days')}`;
}

/** `prêt à 40 %` */
export function readiness(locale: Locale, ready: number): string {
  return locale === 'fr' ? `prêt à ${percent('fr', ready)}` : `${percent('en', ready)} ready`;
}

function forecastWords(locale: Locale, { forecast, today }: Dated): string {
  if (!forecast) return '';
  const { p50, p85 } = forecast;
  const french = locale === 'fr';
  if (p50 === today) return `. ${capital(say(locale, statusMessages.allDone))}`;
  if (p50 === null)
    return french ? '. À ce rythme, pas avant plusieurs années' : '. At this pace, not for several years';
  const about = longDate(locale, p50);
  if (p85 === null || p85 === p50)
    return french ? `. À ce rythme, prêt vers le ${about}` : `. At this pace, ready around ${about}`;
  const latest = longDate(locale, p85);
  return french
    ? `. À ce rythme, prêt vers le ${about}, au plus tard le ${latest} dans 85${NB}cas sur${NB}100`
    : `. At this pace, ready around ${about}, by ${latest} in 85 cases out of 100`;
}

function dateLine(locale: Locale, dated: Dated): string {
  const french = locale === 'fr';
  const { title, date, daysLeft, sure, others, ready } = dated;
  const more = french
    ? ` et ${count('fr', others, 'autre', 'autres')}`
    : ` and ${count('en', others, 'other', 'others')}`;
  const state = ready === undefined ? '' : `, ${readiness(locale, ready)}`;
  const doubt = sure ? '' : french ? ' (à confirmer)' : ' (to be confirmed)';
  return `${longDate(locale, date)}, ${distance(locale, daysLeft)}${french ? NB : ''}: ${title}${others > 0 ? more : ''}${doubt}${state}${forecastWords(locale, dated)}`;
}

/** With its target, and what it was at the last digest where it has moved. */
function kpiLine(locale: Locale, kpi: Indicator): string {
  const { id, unit, value, before } = kpi;
  const now = kpiValue(locale, unit, value);
  const then = before === undefined ? now : kpiValue(locale, unit, before);
  const past =
    then === now ? '' : ` – ${then} ${locale === 'fr' ? 'au dernier point' : 'at the last digest'}`;
  return `${say(locale, kpiNames[id])}${locale === 'fr' ? NB : ''}: ${now}${aim(locale, kpi)}${past}`;
}

function aim(locale: Locale, kpi: Indicator): string {
  const goal = kpiGoal(locale, kpi);
  if (goal === '') return '';
  return locale === 'fr' ? ` (objectif${NB}: ${goal})` : ` (target: ${goal})`;
}

export const digestMessages = {
  /** The name of the week’s row. */
  weekTitle: message<Week>(
    ({ number, monday, sunday }) => `Semaine ${number} · ${span('fr', monday, sunday)}`,
    ({ number, monday, sunday }) => `Week ${number} · ${span('en', monday, sunday)}`,
  ),
  verdicts: {
    ahead: verdictWords('ahead'),
    'on-track': verdictWords('on-track'),
    'at-risk': verdictWords('at-risk'),
    late: verdictWords('late'),
  },
  subject: message<{ readonly company: string; readonly verdict: Standing; readonly number: number }>(
    ({ company, verdict, number }) => `${company}${NB}: ${VERDICT_WORDS[verdict].fr} – semaine${NB}${number}`,
    ({ company, verdict, number }) => `${company}: ${VERDICT_WORDS[verdict].en} – week${NB}${number}`,
  ),
  progress: message<{ readonly progress: number; readonly done: number; readonly total: number }>(
    ({ progress, done, total }) =>
      `Avancement${NB}: ${percent('fr', progress)}, ${count('fr', done, 'tâche faite', 'tâches faites')} sur${NB}${total}.`,
    ({ progress, done, total }) =>
      `Progress: ${percent('en', progress)}, ${done} of ${count('en', total, 'task', 'tasks')} done.`,
  ),
  stuck: message('Ce qui bloque', 'What is stuck'),
  stuckLine: message<Stuck>(
    (task) => stuckLine('fr', task),
    (task) => stuckLine('en', task),
  ),
  toDecide: message('À décider', 'To decide'),
  noticeLine: message<{ readonly title: string; readonly assignedTo: string }>(
    ({ title, assignedTo }) => `${title}${by(assignedTo)}`,
    ({ title, assignedTo }) => `${title}${by(assignedTo)}`,
  ),
  unread: message('Sources que la veille ne peut plus lire', 'Sources that the watch cannot read'),
  unreadLine: message<{ readonly id: string; readonly since: string }>(
    ({ id, since }) => `${id}, depuis le ${longDate('fr', since)}${NB}: à lire à la main en attendant`,
    ({ id, since }) => `${id}, since ${longDate('en', since)}: to be read by hand meanwhile`,
  ),
  due: message<string>(
    (until) => `À faire d’ici au ${nearDate('fr', until)}`,
    (until) => `Due by ${nearDate('en', until)}`,
  ),
  dueLine: message<{ readonly title: string; readonly due: string; readonly who: string }>(
    ({ title, due, who }) => `${title} – ${nearDate('fr', due)}${by(who)}`,
    ({ title, due, who }) => `${title} – ${nearDate('en', due)}${by(who)}`,
  ),
  done: message<string>(
    (since) => `Fait depuis le ${nearDate('fr', since)}`,
    (since) => `Done since ${nearDate('en', since)}`,
  ),
  dates: statusMessages.legalDates,
  dateLine: message<Dated>(
    (dated) => dateLine('fr', dated),
    (dated) => dateLine('en', dated),
  ),
  kpis: message('Indicateurs', 'Indicators'),
  kpiLine: message<Indicator>(
    (kpi) => kpiLine('fr', kpi),
    (kpi) => kpiLine('en', kpi),
  ),
  andOthers: message<number>(
    (more) => `et ${count('fr', more, 'autre', 'autres')}`,
    (more) => `and ${count('en', more, 'other', 'others')}`,
  ),
  /** On the command line. */
  inPortfolio: message(
    'Ses destinataires suivent plusieurs entreprises\u00a0: ils reçoivent un seul message, une ligne pour chacune.',
    'Its readers follow several companies: they get a single message, a line for each.',
  ),
  openPlan: message('Ouvrir le plan', 'Open the plan'),
  openDashboard: message('Ouvrir le tableau de bord', 'Open the dashboard'),
  late: message<string>(
    (day) => `Ce point était prévu le ${nearDate('fr', day)}. Il arrive en retard.`,
    (day) => `This digest was meant for ${nearDate('en', day)}. It comes late.`,
  ),
};
