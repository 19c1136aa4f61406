import { type Message, message } from './message.ts';

/** The words of the sheet of comments. Its French name keeps it apart from the comments that Excel hangs on cells. */

export const COMMENTS_SHEET = message('Échanges', 'Comments');

export const COMMENT_HEADERS = {
  at: message('Date', 'Date'),
  about: message('À propos de', 'About'),
  author: message('Auteur', 'Author'),
  origin: message('Écrit dans', 'Written in'),
  text: message('Message', 'Comment'),
} as const satisfies Record<string, Message>;

export const COMMENT_HELP = {
  sheet: message(
    'Ce qui se dit des tâches, où que ce soit. Pour ajouter un message, remplissez la première ligne vide.',
    'What is said of the tasks, wherever it is said. To add a comment, fill in the first empty row.',
  ),
  at: message(
    'Laissez vide\u00a0: Jalon met la date de l’enregistrement.',
    'Leave it empty: Jalon puts the date at which the file was saved.',
  ),
  about: message(
    'Choisissez la tâche ou la ligne dans la liste.',
    'Choose the task or the row from the list.',
  ),
  author: message('Votre nom, si vous le souhaitez.', 'Your name, if you like.'),
  origin: message('Jalon remplit cette colonne.', 'Jalon fills in this column.'),
  text: message(
    'Effacer un message ici ne l’efface pas ailleurs.',
    'Deleting a comment here does not delete it elsewhere.',
  ),
} as const satisfies Record<string, Message>;

export const ORIGIN_LABELS = {
  notion: message('Notion', 'Notion'),
  trello: message('Trello', 'Trello'),
  excel: message('Excel', 'Excel'),
  jalon: message('Jalon', 'Jalon'),
} as const satisfies Record<string, Message>;

export const ORPHAN_COMMENT = message<{ sheet: string; row: number; found: string }>(
  ({ sheet, row, found }) =>
    `Feuille «\u00a0${sheet}\u00a0», ligne ${row}\u00a0: ${found.trim() === '' ? 'ce message ne dit pas de quoi il parle' : `rien dans le plan ne s’appelle «\u00a0${found}\u00a0»`}. Choisissez dans la liste la tâche ou la ligne concernée pour que ce message soit repris.`,
  ({ sheet, row, found }) =>
    `Sheet “${sheet}”, row ${row}: ${found.trim() === '' ? 'this comment does not say what it is about' : `nothing in the plan is called “${found}”`}. Choose the task or the row from the list so that this comment is taken up.`,
);
