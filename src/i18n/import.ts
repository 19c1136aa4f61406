import { anyOf, quote } from './bad-input.ts';
import { count, message, type Said } from './message.ts';

/** What `import` says of a table of companies. */

/** The table as a whole cannot be used: nothing has been written. */
export const tableErrors = {
  unreadable: message<{ file: string; code: string }>(
    ({ file, code }) => `${file} : fichier illisible (${code}). Vérifiez le chemin et vos droits.`,
    ({ file, code }) => `${file}: the file cannot be read (${code}). Check the path and your rights.`,
  ),
  tooLarge: message<{ file: string; megabytes: number; most: number }>(
    ({ file, megabytes, most }) =>
      `${file} : ${megabytes} Mo trouvés, ${most} Mo au plus attendus. Est-ce le bon fichier ? Sinon, coupez-le en plusieurs.`,
    ({ file, megabytes, most }) =>
      `${file}: found ${megabytes} MB, expected at most ${most} MB. Is it the right file? If so, split it.`,
  ),
  empty: message<string>(
    (file) =>
      `${file} : le fichier est vide. Attendu : une ligne de titres (nom;siren;taille…), puis une entreprise par ligne.`,
    (file) =>
      `${file}: the file is empty. Expected: a line of headings (name,siren,size…), then one company on each line.`,
  ),
  noLine: message<string>(
    (file) => `${file} : il n’y a que la ligne de titres. Ajoutez une entreprise par ligne en dessous.`,
    (file) => `${file}: there is nothing but the line of headings. Add one company on each line below it.`,
  ),
  notText: message<string>(
    (file) =>
      `${file} : ce n’est pas un fichier texte. Dans le tableur, choisissez Enregistrer sous, format CSV.`,
    (file) => `${file}: this is not a text file. In the spreadsheet, choose Save as, CSV format.`,
  ),
  noName: message<{ file: string; found: readonly string[] }>(
    ({ file, found }) =>
      `${file}, ligne 1 : aucune colonne « nom » (ou « raison sociale »). Trouvé : ${found.map((one) => quote('fr', one)).join(', ')}. La première ligne doit nommer les colonnes.`,
    ({ file, found }) =>
      `${file}, line 1: there is no column “name”. Found: ${found.map((one) => quote('en', one)).join(', ')}. The first line must name the columns.`,
  ),
  twice: message<{ file: string; first: string; second: string }>(
    ({ file, first, second }) =>
      `${file}, ligne 1 : les colonnes ${quote('fr', first)} et ${quote('fr', second)} veulent dire la même chose. Gardez-en une.`,
    ({ file, first, second }) =>
      `${file}, line 1: the columns ${quote('en', first)} and ${quote('en', second)} mean the same. Keep one.`,
  ),
} as const;

/** One line cannot be used; the others can. */
export const lineErrors = {
  tooManyCells: message<{ found: number; expected: number }>(
    ({ found, expected }) =>
      `${found} cellules trouvées, ${expected} attendues. Une cellule qui contient le séparateur doit être entre guillemets droits ("…").`,
    ({ found, expected }) =>
      `found ${found} cells, expected ${expected}. A cell that contains the separator must be between double quotes ("…").`,
  ),
  unclosedQuote: message(
    'un guillemet droit ouvert ici n’est jamais refermé : la suite du fichier n’a pas pu être lue. Refermez-le ou retirez-le.',
    'a quote opened here is never closed: the rest of the file could not be read. Close it or remove it.',
  ),
  twiceInFile: message<{ found: string; line: number }>(
    ({ found, line }) =>
      `${quote('fr', found)} est déjà à la ligne ${line}. Gardez une seule ligne par entreprise.`,
    ({ found, line }) => `${quote('en', found)} is already on line ${line}. Keep one line for each company.`,
  ),
  sameWorkbook: message<{ found: string; line: number }>(
    ({ found, line }) =>
      `le classeur ${quote('fr', found)} est déjà celui de la ligne ${line}. Donnez un classeur à chaque entreprise.`,
    ({ found, line }) =>
      `the workbook ${quote('en', found)} is already that of line ${line}. Give each company its own.`,
  ),
  known: message<{ found: string; file: string }>(
    ({ found, file }) =>
      `${quote('fr', found)} a déjà son projet, ${file}, qui reste tel quel. Retirez la ligne, ou modifiez ce fichier.`,
    ({ found, file }) =>
      `${quote('en', found)} already has its project, ${file}, which stays as it is. Remove the line, or edit that file.`,
  ),
  onePlace: message<{ kind: string; columns: readonly string[] }>(
    ({ kind, columns }) =>
      `l’espace « ${kind} » a besoin d’une valeur, et d’une seule, dans ${anyOf('fr', columns)}.`,
    ({ kind, columns }) =>
      `the workspace “${kind}” needs one value, and only one, in ${anyOf('en', columns)}.`,
  ),
  misplaced: message<{ kind: string; found: string }>(
    ({ kind, found }) =>
      `trouvé ${quote('fr', found)}, qui ne va pas avec l’espace « ${kind} ». Videz cette cellule.`,
    ({ kind, found }) =>
      `found ${quote('en', found)}, which does not go with the workspace “${kind}”. Empty this cell.`,
  ),
  notWritten: message<Said>(
    (why) => `le projet n’a pas pu être écrit. ${why('fr')}`,
    (why) => `the project could not be written. ${why('en')}`,
  ),
} as const;

export const importWords = {
  progress: message('Écriture des projets', 'Writing the projects'),
  at: message<{ line: number; column: string; said: Said }>(
    ({ line, column, said }) =>
      `ligne ${line}${column === '' ? '' : `, colonne ${quote('fr', column)}`} : ${said('fr')}`,
    ({ line, column, said }) =>
      `line ${line}${column === '' ? '' : `, column ${quote('en', column)}`}: ${said('en')}`,
  ),
  ignored: message<readonly string[]>(
    (columns) => `Colonnes ignorées, car inconnues : ${columns.map((one) => quote('fr', one)).join(', ')}.`,
    (columns) =>
      `Columns left aside, as they are unknown: ${columns.map((one) => quote('en', one)).join(', ')}.`,
  ),
  assumed: message<{ lines: number; what: 'size' | 'vat'; value: string }>(
    ({ lines, what, value }) =>
      `${what === 'size' ? 'Taille' : 'Régime de TVA'} sans réponse sur ${count('fr', lines, 'ligne', 'lignes')} : « ${value} » est retenu. Corrigez-le dans les fichiers au besoin.`,
    ({ lines, what, value }) =>
      `${what === 'size' ? 'Size' : 'VAT regime'} left empty on ${count('en', lines, 'line', 'lines')}: “${value}” is assumed. Correct it in the files if need be.`,
  ),
  written: message<{ n: number; folder: string }>(
    ({ n, folder }) => `${count('fr', n, 'projet écrit', 'projets écrits')} dans ${folder}.`,
    ({ n, folder }) => `${count('en', n, 'project', 'projects')} written to ${folder}.`,
  ),
  wouldWrite: message<{ n: number; folder: string }>(
    ({ n, folder }) =>
      `${count('fr', n, 'projet serait écrit', 'projets seraient écrits')} dans ${folder}. Rien n’a été écrit (--dry-run).`,
    ({ n, folder }) =>
      `${count('en', n, 'project', 'projects')} would be written to ${folder}. Nothing has been written (--dry-run).`,
  ),
  stopped: message<number>(
    (n) =>
      `L’import s’est arrêté là : il reste ${count('fr', n, 'ligne', 'lignes')} à écrire. Relancez-le ensuite avec le même fichier.`,
    (n) =>
      `The import stopped there: ${count('en', n, 'line is', 'lines are')} left to write. Run it again with the same file afterwards.`,
  ),
  strict: message(
    'Rien n’a été écrit (--strict) : corrigez d’abord les lignes ci-dessus.',
    'Nothing has been written (--strict): mend the lines above first.',
  ),
  problems: message<{ problems: number; lines: number }>(
    ({ problems, lines }) =>
      `${count('fr', problems, 'problème', 'problèmes')} sur ${count('fr', lines, 'ligne', 'lignes')} :`,
    ({ problems, lines }) =>
      `${count('en', problems, 'problem', 'problems')} on ${count('en', lines, 'line', 'lines')}:`,
  ),
} as const;
