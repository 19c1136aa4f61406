import { quote, unknown } from './bad-input.ts';
import { message } from './message.ts';

/** What is wrong between the files of a template, or in what they mean together. */
export const templateProblem = {
  missingFile: message('ce fichier manque. Créez-le.', 'this file is missing. Create it.'),
  noStep: message(
    'aucune étape. Créez au moins un fichier steps/1-<clé>.yaml.',
    'no step. Create at least one file steps/1-<key>.yaml.',
  ),
  unknownFile: message<readonly string[]>(
    (known) => `ce fichier n’est pas attendu ici. Attendu : ${known.join(', ')}. Renommez-le ou retirez-le.`,
    (known) => `this file is not expected here. Expected: ${known.join(', ')}. Rename it or take it out.`,
  ),
  folderName: message<{ key: string; folder: string }>(
    ({ key, folder }) =>
      `trouvé ${quote('fr', key)}, attendu le nom du dossier, ${quote('fr', folder)}. Donnez le même nom aux deux.`,
    ({ key, folder }) =>
      `found ${quote('en', key)}, expected the name of the folder, ${quote('en', folder)}. Give both the same name.`,
  ),
  stepFileName: message<{ key: string; file: string }>(
    ({ key, file }) =>
      `la clé ${quote('fr', key)} ne va pas avec le nom du fichier. Renommez le fichier en ${quote('fr', file)}, ou changez la clé.`,
    ({ key, file }) =>
      `the key ${quote('en', key)} does not go with the name of the file. Rename the file to ${quote('en', file)}, or change the key.`,
  ),
  duplicate: message<{ name: string; file: string; line: number }>(
    ({ name, file, line }) =>
      `la clé ${quote('fr', name)} est déjà prise (${file}, ligne ${line}). Choisissez-en une autre.`,
    ({ name, file, line }) =>
      `the key ${quote('en', name)} is already taken (${file}, line ${line}). Choose another one.`,
  ),
  reserved: message<string>(
    (name) => `la clé ${quote('fr', name)} désigne déjà le premier jour du projet. Choisissez-en une autre.`,
    (name) => `the key ${quote('en', name)} already means the first day of the project. Choose another one.`,
  ),

  role: unknown(
    'le rôle % n’est pas défini dans template.yaml.',
    'the role % is not defined in template.yaml.',
  ),
  profile: unknown(
    'le profil % n’est pas défini dans template.yaml.',
    'the profile % is not defined in template.yaml.',
  ),
  fact: unknown(
    'la question % n’est pas définie dans template.yaml (« facts »).',
    'the question % is not defined in template.yaml (“facts”).',
  ),
  register: unknown(
    'le registre % n’est pas défini dans registers.yaml.',
    'the register % is not defined in registers.yaml.',
  ),
  step: unknown('aucune étape n’a la clé %.', 'no step has the key %.'),
  anchor: unknown(
    'la date de référence % n’est ni « start » ni une échéance de calendar.yaml.',
    'the anchor date % is neither “start” nor an obligation of calendar.yaml.',
  ),
  obligation: unknown(
    'l’échéance % n’est pas définie dans calendar.yaml.',
    'the obligation % is not defined in calendar.yaml.',
  ),
  source: unknown(
    'la source % n’est pas définie dans sources.yaml.',
    'the source % is not defined in sources.yaml.',
  ),
  task: unknown('la tâche % n’existe pas.', 'the task % does not exist.'),
  column: unknown('le registre n’a pas de colonne %.', 'the register has no column %.'),
  option: unknown('la colonne n’a pas d’option %.', 'the column has no option %.'),

  cycle: message<readonly string[]>(
    (path) => `ces tâches s’attendent l’une l’autre : ${path.join(' -> ')}. Retirez l’une des dépendances.`,
    (path) => `these tasks wait for each other: ${path.join(' -> ')}. Remove one of the dependencies.`,
  ),
  replacesLiving: message<string>(
    (task) =>
      `la tâche ${quote('fr', task)} existe encore : elle ne peut pas être remplacée. Retirez-la, ou retirez ce remplacement.`,
    (task) =>
      `the task ${quote('en', task)} still exists: it cannot be replaced. Remove it, or remove this replacement.`,
  ),
  requiredProfile: message<{ found: string; smallest: string }>(
    ({ found, smallest }) =>
      `trouvé ${quote('fr', found)}, attendu ${quote('fr', smallest)} : une tâche obligatoire (« required ») figure dans tous les profils.`,
    ({ found, smallest }) =>
      `found ${quote('en', found)}, expected ${quote('en', smallest)}: a required task belongs to every profile.`,
  ),
  closedToRobots: message<string>(
    (host) =>
      `le site ${host} n’admet pas les robots. Surveillez une autre page, ou passez par l’API Légifrance (« access: piste »).`,
    (host) =>
      `the site ${host} keeps robots out. Watch another page, or go through the Légifrance API (“access: piste”).`,
  ),
  freezeOrder: message<{ from: string; to: string }>(
    ({ from, to }) => `le début (${from}) vient après la fin (${to}). Échangez-les.`,
    ({ from, to }) => `the beginning (${from}) comes after the end (${to}). Swap them.`,
  ),
  noSuchDay: message<string>(
    (day) => `le jour ${quote('fr', day)} n’existe pas. Corrigez-le.`,
    (day) => `the day ${quote('en', day)} does not exist. Correct it.`,
  ),
  rowTitle: message<string>(
    (column) => `la ligne n’a pas de titre. Donnez une valeur à sa première colonne, ${quote('fr', column)}.`,
    (column) => `the row has no title. Give a value to its first column, ${quote('en', column)}.`,
  ),
} as const;
