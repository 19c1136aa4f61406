import { count, type Locale, message } from './message.ts';
import { longDate } from './plan.ts';

interface Dated {
  readonly due: string;
  readonly daysLeft: number;
}

interface Named extends Dated {
  readonly title: string;
  readonly late: boolean;
}

const FRENCH = (locale: Locale) => locale === 'fr';

/** `dans 7 jours`, `aujourd’hui`, `dépassée de 3 jours` */
function distance(locale: Locale, days: number): string {
  const some = (n: number) =>
    FRENCH(locale) ? count(locale, n, 'jour', 'jours') : count(locale, n, 'day', 'days');
  if (days === 0) return FRENCH(locale) ? 'aujourd’hui' : 'today';
  if (days === 1) return FRENCH(locale) ? 'demain' : 'tomorrow';
  if (days > 1) return FRENCH(locale) ? `dans ${some(days)}` : `in ${some(days)}`;
  return FRENCH(locale) ? `délai dépassé de ${some(-days)}` : `${some(-days)} overdue`;
}

function belated(locale: Locale, late: boolean): string {
  if (!late) return '';
  return FRENCH(locale) ? ' (rappel envoyé avec retard)' : ' (reminder sent late)';
}

/** What is written on a task, and in what is sent to people. */
export const reminderMessages = {
  onTask: message<Dated & { readonly late: boolean }>(
    ({ due, daysLeft, late }) =>
      `Rappel\u00a0: cette tâche exigée par la loi est à finir pour le ${longDate('fr', due)}, ${distance('fr', daysLeft)}${belated('fr', late)}.`,
    ({ due, daysLeft, late }) =>
      `Reminder: this task, which the law requires, is to be done by ${longDate('en', due)}, ${distance('en', daysLeft)}${belated('en', late)}.`,
  ),
  /** Below the reminder on the most urgent of many tasks. */
  andOthers: message<readonly string[]>(
    (titles) => `À finir aussi\u00a0: ${titles.join('\u00a0; ')}.`,
    (titles) => `Also to be done: ${titles.join('; ')}.`,
  ),
  subject: message<{ readonly company: string; readonly things: number }>(
    ({ company, things }) =>
      `${company}\u00a0: ${count('fr', things, 'échéance', 'échéances')} à ne pas manquer`,
    ({ company, things }) => `${company}: ${count('en', things, 'date', 'dates')} not to be missed`,
  ),
  obligations: message('Échéances légales', 'Legal dates'),
  tasks: message('Tâches exigées par la loi', 'Tasks that the law requires'),
  line: message<Named>(
    ({ title, due, daysLeft, late }) =>
      `${title} – ${longDate('fr', due)}, ${distance('fr', daysLeft)}${belated('fr', late)}`,
    ({ title, due, daysLeft, late }) =>
      `${title} – ${longDate('en', due)}, ${distance('en', daysLeft)}${belated('en', late)}`,
  ),
  /** On the command line. */
  none: message('Rien à rappeler aujourd’hui.', 'Nothing to be reminded of today.'),
  comesBack: message<{ readonly title: string; readonly due: string }>(
    ({ title, due }) => `À refaire\u00a0: ${title}, pour le ${longDate('fr', due)}`,
    ({ title, due }) => `To do again: ${title}, by ${longDate('en', due)}`,
  ),
};
