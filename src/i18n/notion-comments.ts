import { message } from './message.ts';

/** What a team should know of the comments in Notion. */

const HOW = {
  fr: 'Dans les réglages de la connexion, sous «\u00a0Commentaires\u00a0», cochez la lecture et l’insertion.',
  en: 'In the settings of the connection, under “Comments”, tick both reading and inserting.',
} as const;

export const COMMENT_REMARKS = {
  notRead: message(
    `Notion ne laisse pas la connexion lire les commentaires\u00a0: aucun n’est repris ni reporté, tout le reste va. ${HOW.fr}`,
    `Notion does not let the connection read comments: none is taken in or carried there, all the rest goes on. ${HOW.en}`,
  ),
  notInserted: message(
    `Notion ne laisse pas la connexion écrire de commentaires\u00a0: ceux des autres outils n’y sont pas reportés, ceux de Notion le sont ailleurs. ${HOW.fr}`,
    `Notion does not let the connection write comments: those of other tools are not carried there, those of Notion are carried elsewhere. ${HOW.en}`,
  ),
  notOurs: message<{ line: string }>(
    ({ line }) =>
      `Notion, «\u00a0${line}\u00a0»\u00a0: un commentaire a été modifié ailleurs, et Notion ne laisse que son auteur le modifier. Il y garde son ancien texte.`,
    ({ line }) =>
      `Notion, “${line}”: a comment was changed elsewhere, and Notion lets only its author change it. It keeps its former text there.`,
  ),
} as const;

export const COMMENT_DIAGNOSES = {
  notRead: message(
    `Les commentaires de Notion ne sont pas repris\u00a0: la connexion n’a pas le droit de les lire. ${HOW.fr}`,
    `Comments of Notion are not taken in: the connection may not read them. ${HOW.en}`,
  ),
} as const;

/** Stands for a comment that holds a file and no word. */
export const FILE_ALONE = message('(Une pièce jointe, dans Notion.)', '(A file, in Notion.)');
