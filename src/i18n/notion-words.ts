import type { TaskField } from '#src/plan/item.ts';
import { count, type Message, message } from './message.ts';

/** The words of the plan in Notion: what its columns are for, and what a person should know of what was found. */

/** Shown when the pointer rests on a column's name. Each is said of one column only: it is known by it again. */
export const PROPERTY_HELP: Readonly<Record<Exclude<TaskField, 'archived'> | 'key' | 'share', Message>> = {
  title: message('Ce qu’il y a à faire.', 'What there is to do.'),
  key: message(
    'Jalon reconnaît la ligne à cette clé. Ne la modifiez pas.',
    'Jalon knows the line by this key. Leave it as it is.',
  ),
  status: message('Où en est la tâche.', 'How far the task is.'),
  step: message(
    'L’étape du plan à laquelle la tâche appartient.',
    'The step of the plan the task belongs to.',
  ),
  priority: message('Ce qui passe avant le reste.', 'What comes before the rest.'),
  role: message('La fonction qui mène la tâche.', 'The role that leads the task.'),
  with: message('Les fonctions qui y prennent part.', 'The roles that take part in it.'),
  people: message('Les membres de Notion qui s’en chargent.', 'The members of Notion who take care of it.'),
  start: message('Le jour où commencer.', 'The day on which to begin.'),
  due: message('Le jour où la tâche doit être finie.', 'The day by which the task must be finished.'),
  share: message(
    'La part des points cochés. Jalon la calcule.',
    'The share of points that are ticked. Jalon works it out.',
  ),
  description: message('Pourquoi et comment.', 'Why and how.'),
  deliverable: message('Ce qui existe une fois la tâche faite.', 'What exists once the task is done.'),
  proof: message('Ce qu’il faut garder pour pouvoir le montrer.', 'What to keep so that it can be shown.'),
  repeat: message('À quel rythme la tâche revient.', 'How often the task comes back.'),
  dependsOn: message('Les tâches à finir avant celle-ci.', 'The tasks to finish before this one.'),
  sources: message(
    'Les textes et les pages officielles sur lesquels la tâche repose.',
    'The texts and official pages on which the task rests.',
  ),
  required: message('La loi l’exige.', 'The law asks for it.'),
  notes: message('Vos remarques.', 'Your remarks.'),
};

/** Of a column that has no help of its own. */
export const KEPT_COLUMN = message<string>(
  (title) => `Tenue à jour par Jalon sous le nom «\u00a0${title}\u00a0».`,
  (title) => `Kept up to date by Jalon under the name “${title}”.`,
);

export const KEY_NAME = message('Clé', 'Key');

/** Holds the names of people who are not in the Notion workspace. */
export const OTHER_PEOPLE = {
  name: message<string>(
    (title) => `${title} (hors Notion)`,
    (title) => `${title} (not in Notion)`,
  ),
  help: message<string>(
    (title) => `«\u00a0${title}\u00a0»\u00a0: ceux qui n’ont pas de compte dans cet espace Notion.`,
    (title) => `“${title}”: those who have no account in this Notion workspace.`,
  ),
} as const;

interface ValueRemark {
  /** The title of the line. */
  readonly line: string;
  readonly property: string;
  readonly found: string;
}

const at = {
  fr: ({ line, property }: Omit<ValueRemark, 'found'>) =>
    `Notion, «\u00a0${line}\u00a0», «\u00a0${property}\u00a0»\u00a0:`,
  en: ({ line, property }: Omit<ValueRemark, 'found'>) => `Notion, “${line}”, “${property}”:`,
};

export const NOTION_REMARKS = {
  option: message<ValueRemark & { expected: string }>(
    (where) =>
      `${at.fr(where)} «\u00a0${where.found}\u00a0» est une option de votre équipe. Elle reste dans Notion et n’est pas reportée ailleurs. Pour qu’elle le soit, choisissez parmi\u00a0: ${where.expected}.`,
    (where) =>
      `${at.en(where)} “${where.found}” is an option of your team’s own. It stays in Notion and is not carried elsewhere. To have it carried, choose one of: ${where.expected}.`,
  ),
  date: message<ValueRemark>(
    (where) =>
      `${at.fr(where)} «\u00a0${where.found}\u00a0» n’est pas un jour du calendrier. Choisissez une date.`,
    (where) => `${at.en(where)} “${where.found}” is no day of the calendar. Choose a date.`,
  ),
  person: message<Omit<ValueRemark, 'found'>>(
    (where) =>
      `${at.fr(where)} une personne n’a pas de nom pour Jalon. Elle reste dans Notion. Dans les réglages de la connexion, autorisez la lecture des informations sur les utilisateurs.`,
    (where) =>
      `${at.en(where)} a person has no name for Jalon. They stay in Notion. In the settings of the connection, allow it to read user information.`,
  ),
  untitled: message<{ table: string; url: string }>(
    ({ table, url }) =>
      `Notion, «\u00a0${table}\u00a0»\u00a0: une ligne n’a plus de titre (${url}). Son ancien titre est gardé ailleurs\u00a0; donnez-lui en un.`,
    ({ table, url }) =>
      `Notion, “${table}”: a line has no title any more (${url}). Its former title is kept elsewhere; give it one.`,
  ),
  changedType: message<{ table: string; property: string }>(
    ({ table, property }) =>
      `Notion, «\u00a0${table}\u00a0»\u00a0: la propriété «\u00a0${property}\u00a0» a changé de type. Jalon n’y touche plus. Pour qu’il la tienne à jour, rendez-lui son ancien type, ou supprimez-la\u00a0: il la recréera.`,
    ({ table, property }) =>
      `Notion, “${table}”: the property “${property}” has changed its type. Jalon leaves it alone. To have it kept up to date, give it its former type back, or delete it: Jalon will make it anew.`,
  ),
  noRoom: message<{ table: string; property: string; options: number }>(
    ({ table, property, options }) =>
      `Notion, «\u00a0${table}\u00a0»\u00a0: la propriété «\u00a0${property}\u00a0» a ${count('fr', options, 'option', 'options')}\u00a0; Jalon ne peut pas y ajouter les siennes sans en perdre. Supprimez celles qui ne servent plus\u00a0: il en faut moins de 100 en tout.`,
    ({ table, property, options }) =>
      `Notion, “${table}”: the property “${property}” has ${count('en', options, 'option', 'options')}; Jalon cannot add its own without losing some. Delete those that are no longer used: there must be fewer than 100 in all.`,
  ),
} as const;
