import { count, message } from './message.ts';
import { longDate } from './plan.ts';

/** How a project stands and why, each in one sentence. */

interface Expected {
  readonly title: string;
  readonly date: string;
  /** `null`: years away. */
  readonly expected: string | null;
}

export const reasonMessages = {
  requiredOverdue: message<number>(
    (tasks) =>
      tasks > 1
        ? `En retard\u00a0: ${count('fr', tasks, 'tâche', 'tâches')} urgentes ou exigées par la loi ont dépassé leur date.`
        : 'En retard\u00a0: une tâche urgente ou exigée par la loi a dépassé sa date.',
    (tasks) =>
      tasks > 1
        ? `Late: ${count('en', tasks, 'task', 'tasks')} that are urgent or required by law are overdue.`
        : 'Late: a task that is urgent or required by law is overdue.',
  ),
  missed: message<Expected>(
    ({ title, date, expected }) =>
      `En retard\u00a0: à ce rythme, «\u00a0${title}\u00a0» ${frenchly(expected, date)}.`,
    ({ title, date, expected }) => `Late: at this pace, “${title}” ${plainly(expected, date)}.`,
  ),
  overdue: message<number>(
    (tasks) =>
      tasks > 1
        ? `À surveiller\u00a0: ${count('fr', tasks, 'tâche', 'tâches')} sont en retard, mais aucune n’est urgente ni exigée par la loi.`
        : 'À surveiller\u00a0: une tâche est en retard, mais elle n’est ni urgente ni exigée par la loi.',
    (tasks) =>
      tasks > 1
        ? `To be watched: ${count('en', tasks, 'task', 'tasks')} are overdue, none of them urgent or required by law.`
        : 'To be watched: one task is overdue, but it is neither urgent nor required by law.',
  ),
  tight: message<Expected>(
    ({ title, date, expected }) =>
      expected === null
        ? `À surveiller\u00a0: à ce rythme, «\u00a0${title}\u00a0» risque de ne pas être prêt pour le ${longDate('fr', date)}.`
        : `À surveiller\u00a0: à ce rythme, «\u00a0${title}\u00a0» pourrait n’être prêt que le ${longDate('fr', expected)}, après la date du ${longDate('fr', date)}.`,
    ({ title, date, expected }) =>
      expected === null
        ? `To be watched: at this pace, “${title}” may not be ready by ${longDate('en', date)}.`
        : `To be watched: at this pace, “${title}” may only be ready on ${longDate('en', expected)}, after its date of ${longDate('en', date)}.`,
  ),
  early: message<Expected>(
    ({ title, date, expected }) =>
      `En avance\u00a0: aucune tâche n’est en retard, et «\u00a0${title}\u00a0» devrait être prêt au plus tard le ${longDate('fr', expected ?? date)}, pour une date fixée au ${longDate('fr', date)}.`,
    ({ title, date, expected }) =>
      `Ahead: no task is overdue, and “${title}” should be ready by ${longDate('en', expected ?? date)}, for a date of ${longDate('en', date)}.`,
  ),
  nothingOverdue: message(
    'Dans les temps\u00a0: aucune tâche n’est en retard.',
    'On track: no task is overdue.',
  ),
};

function frenchly(expected: string | null, date: string): string {
  const limit = longDate('fr', date);
  return expected === null
    ? `ne serait prêt que dans plusieurs années, bien après le ${limit}`
    : `serait prêt vers le ${longDate('fr', expected)}, après la date du ${limit}`;
}

function plainly(expected: string | null, date: string): string {
  const limit = longDate('en', date);
  return expected === null
    ? `would only be ready in several years, well after ${limit}`
    : `would be ready around ${longDate('en', expected)}, after its date of ${limit}`;
}
