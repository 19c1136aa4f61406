import type { Value } from '#src/plan/item.ts';
import { count, type Locale, message, say } from './message.ts';
import { longDate } from './plan.ts';

/** Names of fields, as they are called in a sentence. */
const FIELDS = {
  title: message('titre', 'title'),
  step: message('étape', 'step'),
  status: message('état', 'status'),
  priority: message('priorité', 'priority'),
  role: message('rôle', 'role'),
  with: message('avec', 'with'),
  people: message('personnes', 'people'),
  start: message('début', 'start'),
  due: message('échéance', 'due date'),
  description: message('description', 'description'),
  deliverable: message('livrable', 'deliverable'),
  proof: message('preuve', 'proof'),
  repeat: message('répétition', 'recurrence'),
  dependsOn: message('dépendances', 'dependencies'),
  sources: message('sources', 'sources'),
  required: message('obligation légale', 'required by law'),
  notes: message('notes', 'notes'),
  archived: message('archivage', 'archive'),
  done: message('fait', 'done'),
  rank: message('ordre', 'order'),
};

export function fieldName(locale: Locale, field: string): string {
  return field in FIELDS ? say(locale, FIELDS[field as keyof typeof FIELDS]) : field;
}

const LONGEST_VALUE = 60;

/** A value in a sentence: quoted, shortened, a date in words. */
export function showValue(locale: Locale, value: Value): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return say(locale, reportMessages.nothing);
  if (typeof value === 'boolean') return say(locale, value ? reportMessages.yes : reportMessages.no);
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ') : value.join(', ');
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return longDate(locale, text);
  const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
  return locale === 'fr' ? `«\u00a0${short}\u00a0»` : `“${short}”`;
}

/** How long something takes, as a person would say it. */
function duration(locale: Locale, minutes: number): string {
  if (minutes < 1) return locale === 'fr' ? 'moins d’une minute' : 'less than a minute';
  const whole = Math.ceil(minutes);
  return locale === 'fr'
    ? `environ ${count('fr', whole, 'minute', 'minutes')}`
    : `about ${count('en', whole, 'minute', 'minutes')}`;
}

interface Totals {
  readonly created: number;
  readonly updated: number;
  readonly archived: number;
  readonly adopted: number;
  readonly edits: number;
  readonly unchanged: number;
}

export const reportMessages = {
  nothing: message('rien', 'nothing'),
  yes: message('oui', 'yes'),
  no: message('non', 'no'),
  nothingToDo: message('Rien à faire\u00a0: tout est à jour.', 'Nothing to do: everything is up to date.'),
  totals: message<Totals>(
    (t) =>
      [
        t.created > 0 && count('fr', t.created, 'élément créé', 'éléments créés'),
        t.updated > 0 && count('fr', t.updated, 'mis à jour', 'mis à jour'),
        t.archived > 0 && count('fr', t.archived, 'archivé', 'archivés'),
        t.adopted > 0 && count('fr', t.adopted, 'ajouté par l’équipe', 'ajoutés par l’équipe'),
        t.edits > 0 &&
          count('fr', t.edits, 'modification de l’équipe reprise', 'modifications de l’équipe reprises'),
        `${count('fr', t.unchanged, 'inchangé', 'inchangés')}`,
      ]
        .filter(Boolean)
        .join(', '),
    (t) =>
      [
        t.created > 0 && `${t.created} created`,
        t.updated > 0 && `${t.updated} updated`,
        t.archived > 0 && `${t.archived} archived`,
        t.adopted > 0 && `${t.adopted} added by the team`,
        t.edits > 0 && `${count('en', t.edits, 'edit', 'edits')} of the team taken in`,
        `${t.unchanged} unchanged`,
      ]
        .filter(Boolean)
        .join(', '),
  ),
  conflict: message<{ title: string; field: string; stands: string; setAside: string; from: string }>(
    (p) =>
      `Deux modifications de «\u00a0${p.title}\u00a0» (${p.field})\u00a0: ${p.stands} est retenu\u202f; ${p.setAside}, venu de ${p.from}, reste dans le journal.`,
    (p) =>
      `Two edits of “${p.title}” (${p.field}): ${p.stands} stands; ${p.setAside}, from ${p.from}, is kept in the log.`,
  ),
  kept: message<{ title: string; field: string; stands: string; setAside: string }>(
    (p) =>
      `«\u00a0${p.title}\u00a0» (${p.field})\u00a0: le modèle propose ${p.setAside}\u202f; votre version, ${p.stands}, est conservée.`,
    (p) =>
      `“${p.title}” (${p.field}): the template proposes ${p.setAside}; your version, ${p.stands}, is kept.`,
  ),
  keptItem: message<{ title: string }>(
    ({ title }) => `Le modèle retire «\u00a0${title}\u00a0»\u202f; vous y avez travaillé, l’élément reste.`,
    ({ title }) => `The template retires “${title}”; you have worked on it, so it stays.`,
  ),
  willCreate: message<{ title: string; due: string }>(
    ({ title, due }) => `+ ${title}${due ? ` (pour le ${due})` : ''}`,
    ({ title, due }) => `+ ${title}${due ? ` (due ${due})` : ''}`,
  ),
  willArchive: message<{ title: string }>(
    ({ title }) => `- ${title} (archivé)`,
    ({ title }) => `- ${title} (archived)`,
  ),
  willRestore: message<{ title: string }>(
    ({ title }) => `+ ${title} (rétabli)`,
    ({ title }) => `+ ${title} (restored)`,
  ),
  willCreateMany: message<{ points: number; rows: number; comments: number }>(
    ({ points, rows, comments }) =>
      `+ ${[
        points > 0 && count('fr', points, 'point à vérifier', 'points à vérifier'),
        rows > 0 && count('fr', rows, 'ligne de registre', 'lignes de registre'),
        comments > 0 && count('fr', comments, 'commentaire', 'commentaires'),
      ]
        .filter(Boolean)
        .join(', ')}`,
    ({ points, rows, comments }) =>
      `+ ${[
        points > 0 && count('en', points, 'checklist point', 'checklist points'),
        rows > 0 && count('en', rows, 'register row', 'register rows'),
        comments > 0 && count('en', comments, 'comment', 'comments'),
      ]
        .filter(Boolean)
        .join(', ')}`,
  ),
  willAgree: message<{ where: string }>(
    ({ where }) => `Modifications de l’équipe à retenir (${where})\u00a0:`,
    ({ where }) => `The team’s edits to be taken in (${where}):`,
  ),
  willCost: message<{ requests: number; minutes: number; blocks?: number | undefined }>(
    ({ requests, minutes, blocks }) =>
      `Cela coûtera ${count('fr', requests, 'requête', 'requêtes')}${blocks === undefined ? '' : `, ${count('fr', blocks, 'bloc créé', 'blocs créés')}`}, ${duration('fr', minutes)}.`,
    ({ requests, minutes, blocks }) =>
      `This will cost ${count('en', requests, 'request', 'requests')}${blocks === undefined ? '' : `, ${count('en', blocks, 'block created', 'blocks created')}`}, ${duration('en', minutes)}.`,
  ),
  willWrite: message<{ where: string }>(
    ({ where }) => `À écrire dans ${where}\u00a0:`,
    ({ where }) => `To be written to ${where}:`,
  ),
  newTemplate: message<{ from: string; to: string }>(
    ({ from, to }) =>
      `Le modèle est passé de la version ${from} à la version ${to}. Voyez ce qu’il propose avec\u00a0: jalon plan. Puis, pour l’accepter\u00a0: jalon apply.`,
    ({ from, to }) =>
      `The template has moved from version ${from} to ${to}. See what it proposes: jalon plan. Then, to accept it: jalon apply.`,
  ),
  applyIt: message<{ command: string }>(
    ({ command }) => `Pour le faire\u00a0: ${command} apply`,
    ({ command }) => `To do it: ${command} apply`,
  ),
  removed: message<{ titles: readonly string[]; more: number; required: number }>(
    ({ titles, more, required }) =>
      `Retiré du plan par l’équipe\u00a0: ${titles.map((one) => `«\u00a0${one}\u00a0»`).join(', ')}${more > 0 ? ` et ${count('fr', more, 'autre', 'autres')}` : ''}.${required > 0 ? ` La loi exige ${required === titles.length + more ? 'ce qui a été retiré' : count('fr', required, 'de ces tâches', 'de ces tâches')}.` : ''}`,
    ({ titles, more, required }) =>
      `Taken out of the plan by the team: ${titles.map((one) => `“${one}”`).join(', ')}${more > 0 ? ` and ${count('en', more, 'other', 'others')}` : ''}.${required > 0 ? ` The law requires ${required === titles.length + more ? 'what was taken out' : `${required} of these tasks`}.` : ''}`,
  ),
  failed: message<{ where: string; why: string }>(
    ({ where, why }) => `${where}\u00a0: ${why}`,
    ({ where, why }) => `${where}: ${why}`,
  ),
};
