import { count, type Locale, message } from './message.ts';

/** Words of `jalon log`: what has happened to a plan, and taking it back. */

interface InField {
  readonly title: string;
  readonly field: string;
  readonly old: string;
  readonly new: string;
}

export const logMessages = {
  about: message('le journal du plan\u00a0: qui a changé quoi', 'the log of the plan: who changed what'),
  item: message('seulement cet élément\u00a0: son titre ou sa clé', 'only this item: its title or its key'),
  since: message(
    'depuis ce jour ou cet instant, par exemple 2026-11-23',
    'since that day or instant, e.g. 2026-11-23',
  ),
  limit: message(
    'au plus tant d’entrées (30 sans cette option)',
    'at most so many entries (30 without this)',
  ),
  undo: message(
    'remet la valeur que cette entrée a remplacée',
    'puts back the value that this entry replaced',
  ),
  force: message(
    'annule même si la valeur a encore changé depuis',
    'undoes even if the value has changed again since',
  ),
  dryRun: message(
    'montre ce que l’annulation ferait, sans rien changer',
    'shows what undoing would do, changes nothing',
  ),
  empty: message('Rien dans le journal.', 'Nothing in the log.'),
  more: message<number>(
    (limit) =>
      `${limit === 1 ? 'Seule la dernière entrée est montrée' : `Seules les ${limit} dernières entrées sont montrées`}. Pour en voir plus\u00a0: --limit ${limit * 10}`,
    (limit) =>
      `Only the latest ${count('en', limit, 'entry is', 'entries are')} shown. To see more: --limit ${limit * 10}`,
  ),

  template: message('le modèle', 'the template'),
  agreed: message('ce qui était convenu ailleurs', 'what was agreed elsewhere'),
  notion: message<string>(
    (id) => (id === '' ? 'Notion' : `Notion (${id})`),
    (id) => (id === '' ? 'Notion' : `Notion (${id})`),
  ),
  trello: message<string>(
    (id) => (id === '' ? 'Trello' : `Trello (${id})`),
    (id) => (id === '' ? 'Trello' : `Trello (${id})`),
  ),
  excel: message<string>(
    (file) => `le classeur ${file}`,
    (file) => `the workbook ${file}`,
  ),
  rule: message<string>(
    (name) => `la règle «\u00a0${name}\u00a0»`,
    (name) => `the rule “${name}”`,
  ),
  undoing: message<string>(
    (entry) => `annulation de l’entrée ${entry}`,
    (entry) => `undoing of entry ${entry}`,
  ),

  watch: message('la veille', 'the watch'),
  reminders: message('les rappels', 'the reminders'),
  digest: message('le point de la semaine', 'the weekly digest'),
  recurring: message('une tâche qui revient', 'a task that comes back'),

  created: message<{ title: string }>(
    ({ title }) => `${title}\u00a0: ajouté`,
    ({ title }) => `${title}: added`,
  ),
  archived: message<{ title: string }>(
    ({ title }) => `${title}\u00a0: retiré du plan`,
    ({ title }) => `${title}: taken out of the plan`,
  ),
  restored: message<{ title: string }>(
    ({ title }) => `${title}\u00a0: remis dans le plan`,
    ({ title }) => `${title}: put back into the plan`,
  ),
  changed: message<InField>(
    (it) => `${it.title} · ${it.field}\u00a0: ${it.old} → ${it.new}`,
    (it) => `${it.title} · ${it.field}: ${it.old} → ${it.new}`,
  ),
  conflict: message<InField>(
    (it) => `${it.title} · ${it.field}\u00a0: ${it.new} est retenu, ${it.old} ne l’est pas`,
    (it) => `${it.title} · ${it.field}: ${it.new} stands, ${it.old} does not`,
  ),
  lostFrom: message<string>(
    (from) => `perdu\u00a0: ${from}`,
    (from) => `lost: ${from}`,
  ),
  keptHere: message<{ command: string }>(
    ({ command }) => `La valeur écartée est gardée ici, entière. Pour la reprendre\u00a0: ${command}`,
    ({ command }) => `The value that lost is kept here, whole. To bring it back: ${command}`,
  ),
  kept: message<InField>(
    (it) => `${it.title} · ${it.field}\u00a0: ${it.new} est proposé, ${it.old} est conservé`,
    (it) => `${it.title} · ${it.field}: ${it.new} is proposed, ${it.old} is kept`,
  ),
  keptItem: message<{ title: string }>(
    ({ title }) => `${title}\u00a0: le modèle le retire, le travail de l’équipe le garde`,
    ({ title }) => `${title}: the template retires it, the team’s work keeps it`,
  ),

  badSince: message<string>(
    (found) =>
      `--since\u00a0: trouvé «\u00a0${found}\u00a0», attendu un jour (2026-11-23) ou un instant (2026-11-23T09:00:00Z).`,
    (found) => `--since: found “${found}”, expected a day (2026-11-23) or an instant (2026-11-23T09:00:00Z).`,
  ),
  badLimit: message<string>(
    (found) => `--limit\u00a0: trouvé «\u00a0${found}\u00a0», attendu un nombre entier à partir de 1.`,
    (found) => `--limit: found “${found}”, expected a whole number from 1.`,
  ),
  badEntry: message<string>(
    (found) =>
      `--undo\u00a0: trouvé «\u00a0${found}\u00a0», attendu le numéro d’une entrée du journal, que «\u00a0jalon log\u00a0» montre.`,
    (found) =>
      `--undo: found “${found}”, expected the number of an entry of the log, which “jalon log” shows.`,
  ),
  undoOptions: message(
    '--force et --dry-run vont avec --undo. Ajoutez --undo et le numéro d’une entrée.',
    '--force and --dry-run go with --undo. Add --undo and the number of an entry.',
  ),
  unknownEntry: message<{ entry: number; projects: string }>(
    ({ entry, projects }) =>
      `Aucune entrée ${entry} dans le journal de ${projects}. Voyez les numéros avec\u00a0: jalon log`,
    ({ entry, projects }) => `No entry ${entry} in the log of ${projects}. See the numbers with: jalon log`,
  ),
  unknownItem: message<{ found: string; nearest: readonly string[] }>(
    ({ found, nearest }) =>
      `--item\u00a0: aucun élément ne s’appelle «\u00a0${found}\u00a0».${nearest.length > 0 ? ` Le plus proche\u00a0: ${quoted('fr', nearest)}.` : ' Donnez son titre, une partie du titre, ou sa clé (jalon status --json les montre).'}`,
    ({ found, nearest }) =>
      `--item: no item is called “${found}”.${nearest.length > 0 ? ` The nearest: ${quoted('en', nearest)}.` : ' Give its title, a part of it, or its key (jalon status --json shows them).'}`,
  ),
  severalItems: message<{ found: string; candidates: readonly string[]; more: number }>(
    ({ found, candidates, more }) =>
      `--item\u00a0: plusieurs éléments répondent à «\u00a0${found}\u00a0»\u00a0: ${quoted('fr', candidates)}${more > 0 ? ` et ${count('fr', more, 'autre', 'autres')}` : ''}. Précisez le titre, ou donnez la clé.`,
    ({ found, candidates, more }) =>
      `--item: several items answer to “${found}”: ${quoted('en', candidates)}${more > 0 ? ` and ${count('en', more, 'other', 'others')}` : ''}. Give more of the title, or the key.`,
  ),

  nothingReplaced: message<number>(
    (entry) => `L’entrée ${entry} n’a rien remplacé\u00a0: il n’y a rien à annuler. Rien n’a été changé.`,
    (entry) => `Entry ${entry} replaced nothing: there is nothing to undo. Nothing was changed.`,
  ),
  remark: message<number>(
    (entry) =>
      `L’entrée ${entry} est un commentaire\u00a0: ce qui a été dit reste dit. Supprimez-le dans l’outil où il se trouve. Rien n’a été changé.`,
    (entry) =>
      `Entry ${entry} is a comment: what was said was said. Delete it in the tool where it stands. Nothing was changed.`,
  ),
  goneItem: message<{ entry: number; key: string }>(
    ({ entry, key }) =>
      `L’entrée ${entry} parle de «\u00a0${key}\u00a0», que le plan ne connaît pas. Rien n’a été changé.`,
    ({ entry, key }) =>
      `Entry ${entry} speaks of “${key}”, which the plan does not know. Nothing was changed.`,
  ),
  followsTask: message<{ entry: number; task: string }>(
    ({ entry, task }) =>
      `L’entrée ${entry} parle d’un point de «\u00a0${task}\u00a0», qui est retiré du plan avec ses points. Remettez d’abord la tâche (jalon log --item "${task}" montre son entrée). Rien n’a été changé.`,
    ({ entry, task }) =>
      `Entry ${entry} speaks of a point of “${task}”, which is out of the plan with its points. Put the task back first (jalon log --item "${task}" shows its entry). Nothing was changed.`,
  ),
  overtaken: message<{ change: string; command: string }>(
    ({ change, command }) =>
      `La valeur a encore changé depuis cette entrée. L’annuler ferait\u00a0: ${change}. Pour le faire quand même\u00a0: ${command} --force. Rien n’a été changé.`,
    ({ change, command }) =>
      `The value has changed again since this entry. Undoing it would do: ${change}. To do it anyway: ${command} --force. Nothing was changed.`,
  ),
  already: message<number>(
    (entry) => `L’entrée ${entry} est déjà annulée\u00a0: sa valeur d’avant est en place.`,
    (entry) => `Entry ${entry} is undone already: its former value stands.`,
  ),
  wouldUndo: message<{ entry: number; change: string }>(
    ({ entry, change }) => `Annuler l’entrée ${entry} ferait, partout\u00a0:\n  ${change}`,
    ({ entry, change }) => `Undoing entry ${entry} would do, everywhere:\n  ${change}`,
  ),
  wouldOvertake: message(
    'La valeur a encore changé depuis cette entrée\u00a0: il faudra --force.',
    'The value has changed again since this entry: it will take --force.',
  ),
  undone: message<{ entry: number; change: string }>(
    ({ entry, change }) => `Entrée ${entry} annulée\u00a0:\n  ${change}`,
    ({ entry, change }) => `Entry ${entry} undone:\n  ${change}`,
  ),
  beaten: message<{ entry: number; title: string }>(
    ({ entry, title }) =>
      `L’entrée ${entry} n’est pas annulée\u00a0: quelqu’un vient de modifier «\u00a0${title}\u00a0», et cette modification l’emporte. Voyez-la avec «\u00a0jalon log\u00a0», puis annulez de nouveau si vous le voulez toujours.`,
    ({ entry, title }) =>
      `Entry ${entry} is not undone: someone has just edited “${title}”, and that edit wins. See it with “jalon log”, then undo again if you still want to.`,
  ),
};

function quoted(locale: Locale, names: readonly string[]): string {
  return names.map((one) => (locale === 'fr' ? `«\u00a0${one}\u00a0»` : `“${one}”`)).join(', ');
}
