import type { Change } from './snapshot.ts';

/** One part of what has changed, short enough to be read. */
export type Snippet =
  | { readonly kind: 'added' | 'removed'; readonly text: string }
  | { readonly kind: 'changed'; readonly before: string; readonly after: string };

export interface Excerpt {
  readonly snippets: readonly Snippet[];
  /** How many more there are. */
  readonly more: number;
}

const MOST_SNIPPETS = 5;
const SNIPPET_LENGTH = 240;
/** Words kept around what differs, so that one sees where one is. */
const CONTEXT_WORDS = 6;

/** What was changed, added and removed, in that order: what was said otherwise before matters most. */
export function excerptOf({
  added,
  removed,
  changed,
}: Pick<Change, 'added' | 'removed' | 'changed'>): Excerpt {
  const all: Snippet[] = [
    ...changed.map((pair): Snippet => ({ kind: 'changed', ...around(pair) })),
    ...added.map((text): Snippet => ({ kind: 'added', text: short(text) })),
    ...removed.map((text): Snippet => ({ kind: 'removed', text: short(text) })),
  ];
  return { snippets: all.slice(0, MOST_SNIPPETS), more: Math.max(0, all.length - MOST_SNIPPETS) };
}

/** Both versions, cut to what differs and a few words on either side. */
function around({ before, after }: { before: string; after: string }): { before: string; after: string } {
  const old = before.split(' ');
  const fresh = after.split(' ');
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const from = Math.max(0, start - CONTEXT_WORDS);
  const tail = Math.max(0, end - CONTEXT_WORDS);
  const cut = (words: readonly string[]) => {
    const to = words.length - tail;
    const text = words.slice(from, to).join(' ');
    return short(`${from > 0 ? '… ' : ''}${text}${tail > 0 ? ' …' : ''}`);
  };
  return { before: cut(old), after: cut(fresh) };
}

function short(text: string): string {
  const letters = [...text];
  if (letters.length <= SNIPPET_LENGTH) return text;
  const cut = letters.slice(0, SNIPPET_LENGTH - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > SNIPPET_LENGTH / 2 ? cut.slice(0, space) : cut}…`;
}
