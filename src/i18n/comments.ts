import { type Locale, message } from './message.ts';
import { longDate } from './plan.ts';

/** The words around a comment that was carried from one tool to another. */

/** As people call the tools. Comments of other origins are Jalon’s own. */
export const TOOLS: Readonly<Record<string, string>> = { notion: 'Notion', trello: 'Trello', excel: 'Excel' };

export interface CommentHead {
  readonly author: string;
  /** Where it was written; `''` when that is nowhere else. */
  readonly tool: string;
  /** `YYYY-MM-DD`; `''` when it is not known. */
  readonly day: string;
}

export const COMMENT_HEAD = message<CommentHead>(
  (one) => head('fr', one),
  (one) => head('en', one),
);

/** « Claire (Trello), 12 novembre 2026 » */
function head(locale: Locale, { author, tool, day }: CommentHead): string {
  const where = tool === '' ? '' : ` (${tool})`;
  return `${author}${where}${day === '' ? '' : `, ${longDate(locale, day)}`}`;
}

export const SOMEONE = message('Quelqu’un', 'Someone');
