import type { Priority, Status, TaskField } from '#src/plan/item.ts';
import { count, type Message, message } from './message.ts';

/** The words of the Excel workbook: names of sheets and columns, labels, and what may go wrong with the file. */

export const SHEET_NAMES = {
  dashboard: message('Tableau de bord', 'Dashboard'),
  plan: message('Plan', 'Plan'),
  checks: message('Points à vérifier', 'Checklist'),
  archive: message('Archives', 'Archive'),
  lists: message('Listes', 'Lists'),
} as const satisfies Record<string, Message>;

export const STATUS_LABELS: Readonly<Record<Status, Message>> = {
  todo: message('À faire', 'To do'),
  doing: message('En cours', 'In progress'),
  blocked: message('Bloqué', 'Blocked'),
  done: message('Fait', 'Done'),
  dropped: message('Abandonné', 'Dropped'),
};

export const PRIORITY_LABELS: Readonly<Record<Priority, Message>> = {
  urgent: message('Urgente', 'Urgent'),
  high: message('Haute', 'High'),
  normal: message('Normale', 'Normal'),
};

export const PLAN_HEADERS: Readonly<Record<Exclude<TaskField, 'archived'> | 'points' | 'share', Message>> = {
  title: message('Tâche', 'Task'),
  step: message('Étape', 'Step'),
  status: message('État', 'Status'),
  priority: message('Priorité', 'Priority'),
  role: message('Rôle', 'Role'),
  with: message('Avec', 'With'),
  people: message('Personnes', 'People'),
  start: message('Début', 'Start'),
  due: message('Échéance', 'Due'),
  points: message('Points', 'Points'),
  description: message('Description', 'Description'),
  deliverable: message('Livrable', 'Deliverable'),
  proof: message('Preuve à garder', 'Proof to keep'),
  repeat: message('Répétition', 'Repeats'),
  dependsOn: message('Après', 'After'),
  sources: message('Sources', 'Sources'),
  required: message('Exigé par la loi', 'Required by law'),
  notes: message('Notes', 'Notes'),
  share: message('Part faite', 'Share done'),
};

export const CHECK_HEADERS = {
  task: message('Tâche', 'Task'),
  title: message('Point à vérifier', 'Point to check'),
  done: message('Vérifié', 'Checked'),
} as const satisfies Record<string, Message>;

export const YES = message('Oui', 'Yes');

/** Behind a list that is too long to be shown whole. */
export const OTHERS = message<number>(
  (more) => ` et ${count('fr', more, 'autre', 'autres')}`,
  (more) => ` and ${count('en', more, 'other', 'others')}`,
);

export const ARCHIVE_NOTE = message(
  'Lignes retirées du plan. Pour en remettre une, coupez la ligne entière et collez-la dans sa feuille d’origine.',
  'Rows taken out of the plan. To bring one back, cut the whole row and paste it into the sheet it came from.',
);

export const LISTS_NOTE = message(
  'Cette feuille nourrit les listes déroulantes du classeur. Jalon la tient à jour.',
  'This sheet feeds the drop-down lists of the workbook. Jalon keeps it up to date.',
);

export const PRINT_PAGE = message('Page &P sur &N', 'Page &P of &N');

export const DASHBOARD = {
  progress: message('Avancement', 'Progress'),
  done: message('Tâches faites', 'Tasks done'),
  late: message('En retard', 'Late'),
  nextDate: message('Prochaine échéance légale', 'Next legal date'),
  steps: message('Avancement par étape', 'Progress by step'),
  step: message('Étape', 'Step'),
  total: message('Tâches', 'Tasks'),
  dates: message('Échéances légales', 'Legal dates'),
  date: message('Date', 'Date'),
  what: message('Ce qui s’applique', 'What applies'),
  daysLeft: message('Jours restants', 'Days left'),
  verified: message('Vérifié le', 'Checked on'),
  source: message('Source', 'Source'),
  toKnow: message('À savoir', 'To know'),
  postponable: message<string>(
    (date) => `peut être reporté jusqu’au ${date}`,
    (date) => `may be postponed until ${date}`,
  ),
  likely: message('lecture probable', 'likely reading'),
  unsettled: message('à confirmer', 'to be confirmed'),
  /** Between two of these facts. */
  and: message('\u202f; ', '; '),
  inForce: message('en vigueur', 'in force'),
  none: message('Aucune échéance légale à venir.', 'No legal date ahead.'),
  picture: message<{ company: string; percent: number }>(
    ({ company, percent }) =>
      `Graphique de l’avancement du plan de ${company} : ${percent}\u00a0% au total. Les mêmes chiffres figurent dans le tableau « Avancement par étape ».`
        .replaceAll(' :', '\u00a0:')
        .replace('« ', '«\u00a0')
        .replace(' »', '\u00a0»'),
    ({ company, percent }) =>
      `Chart of the progress of the plan of ${company}: ${percent}% overall. The table “Progress by step” holds the same figures.`,
  ),
} as const;

export const UNKNOWN_LABEL = {
  title: message('Valeur inconnue', 'Unknown value'),
  text: message(
    'Cette valeur n’est pas dans la liste : Jalon ne saura pas la reporter ailleurs. La garder quand même ?'
      .replace(' :', '\u00a0:')
      .replace(' ?', '\u202f?'),
    'This value is not in the list: Jalon will not know how to carry it elsewhere. Keep it anyway?',
  ),
} as const;

interface CellRemark {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly found: string;
}

const inCell = {
  fr: ({ sheet, row, column, found }: CellRemark) =>
    `Feuille «\u00a0${sheet}\u00a0», ligne ${row}, colonne «\u00a0${column}\u00a0»\u00a0: «\u00a0${found}\u00a0»`,
  en: ({ sheet, row, column, found }: CellRemark) =>
    `Sheet “${sheet}”, row ${row}, column “${column}”: “${found}”`,
};

/** What a person should know of what was found in the workbook. */
export const REMARKS = {
  label: message<CellRemark & { expected: string }>(
    (cell) =>
      `${inCell.fr(cell)} n’est pas dans la liste. Valeurs attendues\u00a0: ${cell.expected}. La cellule est laissée telle quelle.`,
    (cell) => `${inCell.en(cell)} is not in the list. Expected: ${cell.expected}. The cell is left as it is.`,
  ),
  date: message<CellRemark>(
    (cell) =>
      `${inCell.fr(cell)} n’est pas une date. Attendu\u00a0: jj/mm/aaaa, par exemple 12/01/2027. La cellule est laissée telle quelle.`,
    (cell) =>
      `${inCell.en(cell)} is not a date. Expected: dd/mm/yyyy, such as 12/01/2027. The cell is left as it is.`,
  ),
  number: message<CellRemark>(
    (cell) =>
      `${inCell.fr(cell)} n’est pas un nombre. Attendu\u00a0: par exemple 1250,50. La cellule est laissée telle quelle.`,
    (cell) => `${inCell.en(cell)} is not a number. Expected: such as 1250.50. The cell is left as it is.`,
  ),
  check: message<CellRemark>(
    (cell) =>
      `${inCell.fr(cell)} ne dit ni oui ni non. Attendu\u00a0: ☑ ou ☐. La cellule est laissée telle quelle.`,
    (cell) => `${inCell.en(cell)} says neither yes nor no. Expected: ☑ or ☐. The cell is left as it is.`,
  ),
  error: message<CellRemark>(
    (cell) =>
      `${inCell.fr(cell)} est une erreur de formule. Elle est laissée telle quelle\u00a0; corrigez la formule.`,
    (cell) => `${inCell.en(cell)} is a formula error. It is left as it is; mend the formula.`,
  ),
  untitled: message<{ sheet: string; row: number }>(
    ({ sheet, row }) =>
      `Feuille «\u00a0${sheet}\u00a0», ligne ${row}\u00a0: le titre est vide. Le titre connu est gardé\u00a0; saisissez-en un, ou supprimez la ligne.`,
    ({ sheet, row }) =>
      `Sheet “${sheet}”, row ${row}: the title is empty. The known title is kept; type one, or delete the row.`,
  ),
  orphanPoint: message<{ sheet: string; row: number; found: string }>(
    ({ sheet, row, found }) =>
      `Feuille «\u00a0${sheet}\u00a0», ligne ${row}\u00a0: aucune tâche ne s’appelle «\u00a0${found}\u00a0». Écrivez le titre d’une tâche du plan pour que ce point soit repris.`,
    ({ sheet, row, found }) =>
      `Sheet “${sheet}”, row ${row}: no task is called “${found}”. Write the title of a task of the plan so that this point is taken up.`,
  ),
  sheetGone: message<string>(
    (sheet) =>
      `La feuille «\u00a0${sheet}\u00a0» a disparu du classeur. Rien n’est considéré comme supprimé\u00a0: elle sera remise à la prochaine écriture.`,
    (sheet) =>
      `The sheet “${sheet}” is gone from the workbook. Nothing counts as deleted: it will be put back at the next write.`,
  ),
  columnGone: message<{ sheet: string; column: string }>(
    ({ sheet, column }) =>
      `Feuille «\u00a0${sheet}\u00a0»\u00a0: la colonne «\u00a0${column}\u00a0» a disparu. Elle sera remise à la prochaine écriture\u00a0; pour ne plus la voir, masquez-la.`,
    ({ sheet, column }) =>
      `Sheet “${sheet}”: the column “${column}” is gone. It will be put back at the next write; to see it no more, hide it.`,
  ),
  copiedSheet: message<{ sheet: string; used: string }>(
    ({ sheet, used }) =>
      `La feuille «\u00a0${sheet}\u00a0» est une copie de «\u00a0${used}\u00a0»\u00a0: elle est laissée de côté.`,
    ({ sheet, used }) => `The sheet “${sheet}” is a copy of “${used}”: it is left aside.`,
  ),
} as const;

interface Place {
  readonly file: string;
  /** `undefined` when there is no copy yet. */
  readonly copies: string | undefined;
}

/** A copy put back would bring its older answers with it: it is where to look, not what to restore. */
const mend = {
  fr: ({ copies }: Place) =>
    `Déplacez ce fichier ailleurs\u00a0: Jalon le reconstruira, avec tout ce qu’il en a lu.${copies === undefined ? '' : ` Vos propres feuilles et colonnes sont dans les dernières copies, sous ${copies}.`}`,
  en: ({ copies }: Place) =>
    `Move this file elsewhere: Jalon will build it again, with all that it has read of it.${copies === undefined ? '' : ` Your own sheets and columns are in the last copies, below ${copies}.`}`,
};

export const FILE_ERRORS = {
  encrypted: message<Place>(
    (place) =>
      `Le classeur ${place.file} est protégé par un mot de passe, ou enregistré dans l’ancien format .xls. Retirez le mot de passe et enregistrez-le au format .xlsx. ${mend.fr(place)}`,
    (place) =>
      `The workbook ${place.file} is protected by a password, or saved in the old .xls format. Take the password off and save it as .xlsx. ${mend.en(place)}`,
  ),
  'not-a-workbook': message<Place>(
    (place) =>
      `Le fichier ${place.file} n’est pas un classeur Excel (.xlsx). Rien n’a été lu ni écrit. ${mend.fr(place)}`,
    (place) =>
      `The file ${place.file} is not an Excel workbook (.xlsx). Nothing was read or written. ${mend.en(place)}`,
  ),
  broken: message<Place>(
    (place) =>
      `Le classeur ${place.file} est abîmé ou incomplet. Rien n’a été lu ni écrit. ${mend.fr(place)}`,
    (place) =>
      `The workbook ${place.file} is damaged or cut short. Nothing was read or written. ${mend.en(place)}`,
  ),
  'too-large': message<Place>(
    (place) =>
      `Le classeur ${place.file} est démesurément grand. Rien n’a été lu ni écrit. ${mend.fr(place)}`,
    (place) => `The workbook ${place.file} is absurdly large. Nothing was read or written. ${mend.en(place)}`,
  ),
  'not-a-file': message<Place>(
    ({ file }) =>
      `${file} n’est pas un fichier. Indiquez le chemin d’un classeur .xlsx dans le fichier du projet.`,
    ({ file }) => `${file} is not a file. Give the path of an .xlsx workbook in the project file.`,
  ),
  changed: message<string>(
    (file) =>
      `Le classeur ${file} vient d’être enregistré par quelqu’un d’autre. Rien n’est perdu\u00a0: l’écriture sera reprise au prochain passage.`,
    (file) =>
      `The workbook ${file} has just been saved by someone else. Nothing is lost: the write is tried again at the next cycle.`,
  ),
  open: message<{ file: string; holder: string; lock: string; hours: number }>(
    ({ file, holder, lock, hours }) =>
      `Le classeur ${file} est ouvert${holder && ` par ${holder}`}. L’écriture sera reprise au prochain passage. Si personne ne l’a ouvert, supprimez le fichier ${lock}\u00a0; il n’est plus pris en compte après ${hours}\u00a0heures.`,
    ({ file, holder, lock, hours }) =>
      `The workbook ${file} is open${holder && ` (${holder})`}. The write is tried again at the next cycle. If nobody has it open, delete the file ${lock}; it no longer counts after ${hours}\u00a0hours.`,
  ),
  busy: message<string>(
    (file) =>
      `Le classeur ${file} est utilisé par un autre programme. L’écriture sera reprise au prochain passage\u00a0; fermez-le pour qu’elle aboutisse.`,
    (file) =>
      `The workbook ${file} is in use by another program. The write is tried again at the next cycle; close it so that it can succeed.`,
  ),
  unreadable: message<string>(
    (file) =>
      `Le classeur ${file} ne peut pas être lu\u00a0: les droits manquent. Donnez à Jalon le droit de lire ce fichier.`,
    (file) =>
      `The workbook ${file} cannot be read: the rights are missing. Give Jalon the right to read this file.`,
  ),
  folder: message<{ folder: string; reason: string }>(
    ({ folder, reason }) =>
      `Impossible d’écrire dans le dossier ${folder} (${reason}). Vérifiez qu’il existe et que Jalon a le droit d’y écrire, ou choisissez un autre dossier dans le fichier du projet.`,
    ({ folder, reason }) =>
      `Cannot write into the folder ${folder} (${reason}). Check that it exists and that Jalon may write there, or choose another folder in the project file.`,
  ),
  full: message<string>(
    (folder) =>
      `Le disque du dossier ${folder} est plein. Rien n’a été écrit. Libérez de la place, puis relancez.`,
    (folder) =>
      `The disk of the folder ${folder} is full. Nothing was written. Free some space, then run again.`,
  ),
} as const;

export const DIAGNOSES = {
  ready: message<string>(
    (file) => `Le classeur ${file} est lisible et peut être écrit.`,
    (file) => `The workbook ${file} can be read and written.`,
  ),
  missing: message<string>(
    (file) => `Le classeur ${file} n’existe pas encore\u00a0: il sera créé.`,
    (file) => `The workbook ${file} does not exist yet: it will be created.`,
  ),
} as const;
