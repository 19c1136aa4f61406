import type { Status } from '#src/plan/item.ts';
import { quote, unknown } from './bad-input.ts';
import { count, type Locale, message, say } from './message.ts';
import { longDate } from './plan.ts';
import { STATUS_LABELS } from './workbook.ts';

/** Of rules: what is wrong with them, what sets them off, and what they do. */

/** What is wrong with the rules of a template or of a project. */
export const automationProblem = {
  rule: unknown('le modèle n’a pas de règle %.', 'the template has no rule %.'),
  takenByTemplate: message<string>(
    (id) =>
      `le modèle a déjà une règle ${quote('fr', id)}. Pour l’arrêter, ne gardez que « id » et « enabled: false » ; pour en ajouter une, choisissez un autre nom.`,
    (id) =>
      `the template already has a rule ${quote('en', id)}. To stop it, keep only “id” and “enabled: false”; to add one, choose another name.`,
  ),
  noWatchLog: message(
    'le modèle n’a pas de journal de veille. Nommez-le dans template.yaml (« watchLog »), ou choisissez un autre déclencheur.',
    'the template has no watch log. Name it in template.yaml (“watchLog”), or choose another trigger.',
  ),
  onlyOfTasks: message<string>(
    (name) => `la condition ${quote('fr', name)} ne vaut que pour une règle sur des tâches. Retirez-la.`,
    (name) => `the condition ${quote('en', name)} only suits a rule about tasks. Remove it.`,
  ),
  onlyOfItems: message<string>(
    (name) =>
      `le champ ${quote('fr', name)} n’existe pas ici : un indicateur concerne tout le projet. Retirez-le.`,
    (name) => `there is no field ${quote('en', name)} here: a KPI is about the whole project. Remove it.`,
  ),
  actNeedsTask: message<string>(
    (name) =>
      `l’action ${quote('fr', name)} porte sur une tâche, et c’est une ligne de registre qui déclenche cette règle. Retirez-la.`,
    (name) =>
      `the act ${quote('en', name)} is about a task, and it is a row of a register that sets this rule off. Remove it.`,
  ),
  actNeedsItem: message<string>(
    (name) =>
      `l’action ${quote('fr', name)} porte sur une tâche, et c’est un indicateur qui déclenche cette règle. Retirez-la.`,
    (name) =>
      `the act ${quote('en', name)} is about a task, and it is a KPI that sets this rule off. Remove it.`,
  ),
  stepMissing: message(
    'la clé « step » manque : ce n’est pas une tâche qui déclenche cette règle. Dites à quelle étape la nouvelle tâche appartient.',
    'the key “step” is missing: it is not a task that sets this rule off. Say to which step the new task belongs.',
  ),
  recipient: unknown(
    'le destinataire % n’est ni un rôle de template.yaml ni « owner ».',
    'the recipient % is neither a role of template.yaml nor “owner”.',
  ),
  field: unknown('une tâche n’a pas de champ %.', 'a task has no field %.'),
  placeholder: unknown(
    'rien ne peut remplacer % entre accolades ici.',
    'nothing can stand for % in braces here.',
  ),
} as const;

const FEW_WORDS = 160;

/** Part of a text, on one line, between quotes; those that it holds itself become the inner ones of the language. */
function part(locale: Locale, text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > FEW_WORDS ? `${line.slice(0, FEW_WORDS - 1).trimEnd()}…` : line;
  if (locale === 'fr') return `« ${short.replace(/«\s*/g, '“').replace(/\s*»/g, '”')} »`;
  return `“${short.replaceAll('“', '‘').replaceAll('”', '’')}”`;
}

function status(locale: Locale, key: Status | null): string {
  const label = key === null ? undefined : STATUS_LABELS[key];
  return part(locale, label ? say(locale, label) : '');
}

function number(locale: Locale, value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
}

function names(locale: Locale, list: readonly string[]): string {
  return new Intl.ListFormat(locale).format(list);
}

interface Crossing {
  readonly kpi: string;
  readonly value: number;
  readonly limit: number;
}

/** Why a rule has been set off, as the end of a sentence. */
export const causeWords = {
  status: message<{ from: Status | null; to: Status }>(
    ({ from, to }) => `son état est passé de ${status('fr', from)} à ${status('fr', to)}`,
    ({ from, to }) => `its status went from ${status('en', from)} to ${status('en', to)}`,
  ),
  createdByPerson: message('quelqu’un vient de l’ajouter', 'somebody has just added it'),
  createdByWatch: message('la veille vient de l’ajouter', 'the watch has just added it'),
  notice: message('le journal de veille vient de la recevoir', 'it has just come into the watch log'),
  assigned: message<readonly string[]>(
    (people) => `elle vient d’être confiée à ${names('fr', people)}`,
    (people) => `it has just been given to ${names('en', people)}`,
  ),
  checklist: message('tous ses points sont cochés', 'all its points are ticked'),
  dependency: message<string>(
    (title) => `elle attendait ${part('fr', title)}, qui est terminée`,
    (title) => `it was waiting for ${part('en', title)}, which is done`,
  ),
  free: message<string>(
    (title) => `plus rien ne la retient depuis ${part('fr', title)}`,
    (title) => `nothing holds it up any more since ${part('en', title)}`,
  ),
  dueToday: message('son échéance est aujourd’hui', 'it is due today'),
  due: message<{ days: number; due: string }>(
    ({ days, due }) =>
      `son échéance est dans ${count('fr', days, 'jour', 'jours')}, le ${longDate('fr', due)}`,
    ({ days, due }) => `it is due in ${count('en', days, 'day', 'days')}, on ${longDate('en', due)}`,
  ),
  overdue: message<{ days: number; due: string }>(
    ({ days, due }) =>
      `elle est en retard de ${count('fr', days, 'jour', 'jours')} : échéance le ${longDate('fr', due)}`,
    ({ days, due }) => `it is ${count('en', days, 'day', 'days')} late: it was due on ${longDate('en', due)}`,
  ),
  over: message<Crossing>(
    ({ kpi, value, limit }) =>
      `l’indicateur ${part('fr', kpi)} vaut ${number('fr', value)}, au-dessus de ${number('fr', limit)}`,
    ({ kpi, value, limit }) =>
      `the KPI ${part('en', kpi)} stands at ${number('en', value)}, over ${number('en', limit)}`,
  ),
  under: message<Crossing>(
    ({ kpi, value, limit }) =>
      `l’indicateur ${part('fr', kpi)} vaut ${number('fr', value)}, au-dessous de ${number('fr', limit)}`,
    ({ kpi, value, limit }) =>
      `the KPI ${part('en', kpi)} stands at ${number('en', value)}, under ${number('en', limit)}`,
  ),
} as const;

/** What rules did, or would do, in the report of a cycle and in `plan --explain`. */
export const automationReport = {
  fired: message<{ rule: string; item: string; why: string }>(
    ({ rule, item, why }) => `Règle ${part('fr', rule)}${item ? `, pour ${part('fr', item)}` : ''} : ${why}.`,
    ({ rule, item, why }) => `Rule ${part('en', rule)}${item ? `, for ${part('en', item)}` : ''}: ${why}.`,
  ),
  more: message<number>(
    (n) => `Et ${count('fr', n, 'autre effet', 'autres effets')} des règles.`,
    (n) => `And ${count('en', n, 'more thing', 'more things')} that rules did.`,
  ),
  heading: message('Ce que feront les règles :', 'What the rules will do:'),
  nothing: message('Aucune règle n’a rien à faire.', 'No rule has anything to do.'),
  newTask: message<{ title: string; due: string }>(
    ({ title, due }) => `+ tâche ${part('fr', title)}${due ? `, pour le ${longDate('fr', due)}` : ''}`,
    ({ title, due }) => `+ task ${part('en', title)}${due ? `, due ${longDate('en', due)}` : ''}`,
  ),
  newRow: message<{ title: string; register: string }>(
    ({ title, register }) => `+ ligne ${part('fr', title)} dans ${part('fr', register)}`,
    ({ title, register }) => `+ row ${part('en', title)} in ${part('en', register)}`,
  ),
  comment: message<{ text: string }>(
    ({ text }) => `+ commentaire ${part('fr', text)}`,
    ({ text }) => `+ comment ${part('en', text)}`,
  ),
  tell: message<{ people: readonly string[]; text: string }>(
    ({ people, text }) =>
      `> message ${people.length > 0 ? `à ${names('fr', people)}` : 'à qui reçoit le point de la semaine'} : ${part('fr', text)}`,
    ({ people, text }) =>
      `> message to ${people.length > 0 ? names('en', people) : 'whoever receives the weekly digest'}: ${part('en', text)}`,
  ),
} as const;
