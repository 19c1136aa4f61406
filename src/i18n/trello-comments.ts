import { message } from './message.ts';

/** The words around a comment in Trello, and what a person should know of comments there. */

export const COMMENT_WORDS = {
  /** Below what Jalon says itself. */
  signature: message('– Jalon', '– Jalon'),
  /** Below a comment of which Trello cannot hold the rest. */
  cut: message(
    '(La suite est trop longue pour Trello. Le texte entier est là où il a été écrit.)',
    '(The rest is too long for Trello. The whole text is where it was written.)',
  ),
  /** What is too long on a card. */
  name: message('commentaire', 'comment'),
} as const;

export const COMMENT_REMARKS = {
  notAll: message<{ comments: number }>(
    ({ comments }) =>
      `Trello\u00a0: le tableau porte plus de ${comments} commentaires. Jalon a repris les plus récents\u202f; les autres restent dans Trello.`,
    ({ comments }) =>
      `Trello: there are more than ${comments} comments on the board. Jalon has taken in the latest; the others stay in Trello.`,
  ),
  notOurs: message<{ card: string }>(
    ({ card }) =>
      `Trello, carte «\u00a0${card}\u00a0»\u00a0: un commentaire a été modifié ailleurs, et Trello ne laisse que son auteur le modifier. Il y garde son ancien texte.`,
    ({ card }) =>
      `Trello, card “${card}”: a comment was changed elsewhere, and Trello lets only its author change it. It keeps its former text there.`,
  ),
} as const;
