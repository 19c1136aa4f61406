import { count, type Locale, lowerFirst, message, perLocale, say } from './message.ts';
import { longDate } from './plan.ts';

/** Texts of the figures: percentages, verdicts, the progress picture and its alternative text. */

const percents = perLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));

/** A share from 0 to 1 as a percentage. 0 % and 100 % are said only when they are exact. */
export function percent(locale: Locale, share: number): string {
  const rounded = Math.min(0.99, Math.max(0.01, Math.round(share * 100) / 100));
  const shown = share <= 0 ? 0 : share >= 1 ? 1 : rounded;
  return percents(locale).format(shown);
}

interface Tally {
  readonly done: number;
  readonly total: number;
}

interface AltText {
  readonly progress: number;
  readonly tally: Tally;
  /** Number of late tasks. */
  readonly late: number;
  readonly steps: readonly string[];
  readonly dates: readonly string[];
}

export const pictureMessages = {
  title: message<number>(
    (progress) => `Avancement du plan\u00a0: ${percent('fr', progress)}`,
    (progress) => `Progress of the plan: ${percent('en', progress)}`,
  ),
  late: message<number>(
    (late) => (late === 0 ? 'Aucune tâche en retard' : `${count('fr', late, 'tâche', 'tâches')} en retard`),
    (late) => (late === 0 ? 'No task is overdue' : `${count('en', late, 'task', 'tasks')} overdue`),
  ),
  nothingToDo: message('Le plan ne contient encore aucune tâche', 'The plan does not hold any task yet'),
  noTask: message('aucune tâche', 'no task'),
  tally: message<Tally>(
    ({ done, total }) => `${number('fr', done)} sur ${number('fr', total)}`,
    ({ done, total }) => `${number('en', done)} of ${number('en', total)}`,
  ),
  upcoming: message('Prochaines dates', 'Next dates'),
  noUpcoming: message('Aucune date à venir', 'No date to come'),
  toConfirm: message(' (à confirmer)', ' (to be confirmed)'),
  others: message<number>(
    (more) => ` et ${count('fr', more, 'autre', 'autres')}`,
    (more) => ` and ${count('en', more, 'other', 'others')}`,
  ),
};

export const burnUpMessages = {
  total: message<number>(
    (total) => `Tâches du plan\u00a0: ${number('fr', total)}`,
    (total) => `Tasks in the plan: ${number('en', total)}`,
  ),
  done: message<{ readonly day: string; readonly done: number }>(
    ({ day, done }) => `Faites au ${longDate('fr', day)}\u00a0: ${number('fr', done)}`,
    ({ day, done }) => `Done by ${longDate('en', day)}: ${number('en', done)}`,
  ),
  planned: message('Prévues', 'Planned'),
  expected: message('À ce rythme', 'At this pace'),
};

/** Under the areas of a chart. */
export const statusNames = {
  done: message('Faites', 'Done'),
  doing: message('En cours', 'In progress'),
  blocked: message('Bloquées', 'Blocked'),
  todo: message('À faire', 'To do'),
  dropped: message('Abandonnées', 'Dropped'),
};

/** The name of a month under an axis: « janv. 2027 », “Jan 2027”. */
export function monthLabel(locale: Locale, firstDay: string): string {
  const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${firstDay}T00:00:00Z`));
}

/** A day under an axis, whose year is told elsewhere: « 8 nov. », “8 Nov”. */
export function dayLabel(locale: Locale, isoDay: string): string {
  const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const words = format.format(new Date(`${isoDay}T00:00:00Z`));
  return locale === 'fr' ? words.replace(/^1 /, '1er ') : words;
}

/** What the picture says, in one sentence. */
export const altTextMessage = message<AltText>(
  ({ progress, tally, late, steps, dates }) =>
    sentence('\u202f; ', [
      `${say('fr', pictureMessages.title, progress)}${tallyInFrench(tally)}, ${lowerFirst(say('fr', pictureMessages.late, late))}`,
      ...(steps.length > 0 ? [`par étape, ${steps.join(', ')}`] : []),
      ...(dates.length > 0 ? [`prochaines dates, ${dates.join(', ')}`] : []),
    ]),
  ({ progress, tally, late, steps, dates }) =>
    sentence('; ', [
      `${say('en', pictureMessages.title, progress)}${tallyInEnglish(tally)}, ${lowerFirst(say('en', pictureMessages.late, late))}`,
      ...(steps.length > 0 ? [`by step, ${steps.join(', ')}`] : []),
      ...(dates.length > 0 ? [`next dates, ${dates.join(', ')}`] : []),
    ]),
);

function tallyInFrench({ done, total }: Tally): string {
  return total === 0
    ? ''
    : `, ${count('fr', done, 'tâche faite', 'tâches faites')} sur ${number('fr', total)}`;
}

function tallyInEnglish({ done, total }: Tally): string {
  return total === 0 ? '' : `, ${number('en', done)} of ${count('en', total, 'task', 'tasks')} done`;
}

function sentence(separator: string, parts: readonly string[]): string {
  return `${parts.join(separator)}.`;
}

function number(locale: Locale, value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

export const metricsErrors = {
  fontMissing: message<string>(
    (file) =>
      `La police des images est introuvable\u00a0: ${file}. Sans elle, les textes disparaîtraient de l’image. Réinstallez Jalon (npm ci), puis recommencez.`,
    (file) =>
      `The font of the pictures is missing: ${file}. Without it, texts would vanish from the picture. Install Jalon again (npm ci), then retry.`,
  ),
  notDrawn: message<string>(
    (reason) =>
      `Une image n’a pas pu être dessinée (${reason}). Le plan lui-même est à jour\u202f; l’image le sera au prochain passage.`,
    (reason) =>
      `A picture could not be drawn (${reason}). The plan itself is up to date; the picture will be at the next run.`,
  ),
};
