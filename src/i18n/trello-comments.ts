import { type Locale, message } from './message.ts';
import { longDate } from './plan.ts';

/** The words around a comment that was carried to Trello, and what a person should know of comments there. */

/** As people call the tools. Comments of other origins are Jalon’s own. */
export const TOOLS: Readonly<Record<string, string>> = { notion: 'Notion', trello: 'Trello', excel: 'Excel' };

interface Head {
  readonly author: string;
  /** Where it was written; `''` when it is not known. */
  readonly tool: string;
  /** `YYYY-MM-DD`; `''` when it is not known. */
  readonly day: string;
}

/** « Claire (Notion), 12 novembre 2026 » */
function head(locale: Locale, { author, tool, day }: Head): string {
  const where = tool === '' ? '' : ` (${tool})`;
  return `${author}${where}${day === '' ? '' : `, ${longDate(locale, day)}`}`;
}

export const COMMENT_WORDS = {
  head: message<Head>(
    (one) => head('fr', one),
    (one) => head('en', one),
  ),
  someone: message('Quelqu’un', 'Someone'),
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
