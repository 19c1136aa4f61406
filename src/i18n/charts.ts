import { type KpiGoal, type KpiName, kpiGoal, kpiNames, kpiValue } from './kpis.ts';
import { count, type Locale, lowerFirst, message, say } from './message.ts';
import { statusNames } from './metrics.ts';
import { longDate } from './plan.ts';

/** The words on the charts of trends, and what all charts say to those who do not see them. */

interface Dated {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly value: number;
}

interface KpiTold extends KpiGoal {
  readonly id: KpiName;
  /** What is known, in order; at least one. */
  readonly known: readonly [Dated, ...Dated[]];
  readonly isCurrent: boolean;
}

type Counted = 'done' | 'doing' | 'blocked' | 'todo';

interface StatusTold {
  readonly from: string;
  readonly to: string;
  readonly before: Readonly<Record<Counted, number>>;
  readonly now: Readonly<Record<Counted, number>>;
}

interface CourseTold {
  readonly today: string;
  readonly done: number;
  readonly total: number;
  /** How many were to be done by today; `undefined`: no task has a date. */
  readonly planned: number | undefined;
  /** `null`: years away. Absent: not enough to tell by. */
  readonly expected:
    | { readonly tasks: number; readonly p50: string | null; readonly p85: string | null }
    | undefined;
}

export const chartMessages = {
  progress: message('Avancement du plan et prévision', 'Progress of the plan, and forecast'),
  status: message('Où en sont les tâches, au fil du temps', 'Where the tasks stand, over time'),
  /** Beside an area, at its last day. */
  statusLabel: message<{ readonly status: Counted; readonly tasks: number }>(
    ({ status, tasks }) =>
      `${say('fr', statusNames[status])}\u00a0: ${new Intl.NumberFormat('fr').format(tasks)}`,
    ({ status, tasks }) => `${say('en', statusNames[status])}: ${new Intl.NumberFormat('en').format(tasks)}`,
  ),
  /** Below that title. */
  statusSpan: message<{ readonly from: string; readonly to: string; readonly total: number }>(
    ({ from, to, total }) =>
      `Du ${longDate('fr', from)} au ${longDate('fr', to)}, ${count('fr', total, 'tâche', 'tâches')} dans le plan`,
    ({ from, to, total }) =>
      `From ${longDate('en', from)} to ${longDate('en', to)}, ${count('en', total, 'task', 'tasks')} in the plan`,
  ),
  /** Below the title of an indicator. */
  kpiNow: message<KpiTold>(
    (kpi) => `${kpiNow('fr', kpi)}${aim('fr', kpi)}`,
    (kpi) => `${kpiNow('en', kpi)}${aim('en', kpi)}`,
  ),
  /** Beside the line of the target. */
  target: message<string>(
    (bound) => `Objectif\u00a0: ${bound}`,
    (bound) => `Target: ${bound}`,
  ),
};

/** What each chart says, in a sentence or two. */
export const chartAlt = {
  status: message<StatusTold>(
    (told) =>
      `Où en sont les tâches du plan, du ${longDate('fr', told.from)} au ${longDate('fr', told.to)}. ${ways('fr', told)}.`,
    (told) =>
      `Where the tasks of the plan stand, from ${longDate('en', told.from)} to ${longDate('en', told.to)}. ${ways('en', told)}.`,
  ),
  kpi: message<KpiTold>(
    (kpi) => `${say('fr', kpiNames[kpi.id])}\u00a0: ${kpiNow('fr', kpi)}${aim('fr', kpi)}.${past('fr', kpi)}`,
    (kpi) => `${say('en', kpiNames[kpi.id])}: ${kpiNow('en', kpi)}${aim('en', kpi)}.${past('en', kpi)}`,
  ),
  course: message<CourseTold>(
    ({ today, done, total, planned, expected }) =>
      `Au ${longDate('fr', today)}, ${count('fr', done, 'tâche faite', 'tâches faites')} sur ${total}${
        planned === undefined ? '' : `, contre ${planned} à cette date selon le plan`
      }.${expected ? ` À ce rythme, ${expectedWords('fr', expected)}.` : ''}`,
    ({ today, done, total, planned, expected }) =>
      `On ${longDate('en', today)}, ${done} of ${count('en', total, 'task', 'tasks')} done${
        planned === undefined ? '' : `, against ${planned} by then in the plan`
      }.${expected ? ` At this pace, ${expectedWords('en', expected)}.` : ''}`,
  ),
};

export const chartsMessages = {
  about: message(
    'dessine les graphiques de chaque projet dans un dossier, avec leur texte de remplacement',
    'draws the charts of each project into a folder, with their alternative text',
  ),
  out: message(
    'dossier des images (sans cela\u00a0: graphiques)',
    'folder of the pictures (otherwise: charts)',
  ),
  format: message('png, svg ou both (les deux, par défaut)', 'png, svg or both (the default)'),
  folder: message('graphiques', 'charts'),
  unknownFormat: message<string>(
    (found) => `--format\u00a0: trouvé «\u00a0${found}\u00a0», attendu png, svg ou both.`,
    (found) => `--format: found “${found}”, expected png, svg or both.`,
  ),
  withoutData: message<readonly KpiName[]>(
    (ids) => `Pas encore de données, donc pas d’image\u00a0: ${names('fr', ids)}.`,
    (ids) => `No data yet, so no picture: ${names('en', ids)}.`,
  ),
  statusTomorrow: message(
    'Le plan commence aujourd’hui\u00a0: l’évolution des tâches se dessinera à partir de demain.',
    'The plan begins today: how its tasks go can be drawn from tomorrow on.',
  ),
};

function names(locale: Locale, ids: readonly KpiName[]): string {
  return ids.map((id) => lowerFirst(say(locale, kpiNames[id]))).join(locale === 'fr' ? '\u202f; ' : '; ');
}

/** « 4 % au 25 novembre 2026 »; an old value is told as the last one that was known. */
function kpiNow(locale: Locale, { unit, known, isCurrent }: KpiTold): string {
  const last = known.at(-1) ?? known[0];
  const value = kpiValue(locale, unit, last.value);
  const day = longDate(locale, last.day);
  if (locale === 'fr') return `${value} au ${day}${isCurrent ? '' : ', rien de connu depuis'}`;
  return `${value} on ${day}${isCurrent ? '' : ', nothing known since'}`;
}

function aim(locale: Locale, kpi: KpiTold): string {
  const goal = kpiGoal(locale, kpi);
  if (goal === '') return '';
  return locale === 'fr' ? ` – objectif\u00a0: ${goal}` : ` – target: ${goal}`;
}

function past(locale: Locale, { unit, known, isCurrent }: KpiTold): string {
  const [first, ...later] = known;
  if (later.length === 0) return '';
  const values = known.map(({ value }) => value);
  const [then, low, high] = [first.value, Math.min(...values), Math.max(...values)].map((value) =>
    kpiValue(locale, unit, value),
  );
  const day = longDate(locale, first.day);
  if (low === high && !isCurrent) return '';
  if (low === high) return locale === 'fr' ? ` Même valeur depuis le ${day}.` : ` Unchanged since ${day}.`;
  return locale === 'fr'
    ? ` Au ${day}\u00a0: ${then}. Au plus bas\u00a0: ${low}\u202f; au plus haut\u00a0: ${high}.`
    : ` On ${day}: ${then}. Lowest: ${low}; highest: ${high}.`;
}

/** « Faites : de 0 à 17 ; en cours : 2 » */
function ways(locale: Locale, { before, now }: StatusTold): string {
  const french = locale === 'fr';
  const order: readonly Counted[] = ['done', 'doing', 'blocked', 'todo'];
  const all = order.map((status, index) => {
    const name = say(locale, statusNames[status]);
    const [from, to] = [before[status], now[status]];
    const way = from === to ? `${to}` : french ? `de ${from} à ${to}` : `from ${from} to ${to}`;
    return `${index === 0 ? name : lowerFirst(name)}${french ? '\u00a0' : ''}: ${way}`;
  });
  return all.join(french ? '\u202f; ' : '; ');
}

function expectedWords(
  locale: Locale,
  { tasks, p50, p85 }: { readonly tasks: number; readonly p50: string | null; readonly p85: string | null },
): string {
  const french = locale === 'fr';
  const all = french
    ? count('fr', tasks, 'tâche faite', 'tâches faites')
    : `${count('en', tasks, 'task', 'tasks')} done`;
  if (p50 === null)
    return french ? `${all}\u00a0: pas avant plusieurs années` : `${all}: not for several years`;
  const likely = french ? `${all} vers le ${longDate('fr', p50)}` : `${all} around ${longDate('en', p50)}`;
  if (p85 === null)
    return french ? `${likely}, peut-être des années plus tard` : `${likely}, maybe years later`;
  return french
    ? `${likely}, au plus tard le ${longDate('fr', p85)} dans 85\u00a0cas sur\u00a0100`
    : `${likely}, by ${longDate('en', p85)} in 85 cases out of 100`;
}
