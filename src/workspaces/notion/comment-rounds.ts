import type { Line } from './identify.ts';

/**
 * Comments are listed page by page, and none of them moves the time of its page's last edit. So pages are asked for
 * them when something points to them, and else in turn: a fixed number in each full read. Full reads come the more
 * rarely the more there is to read, within a fixed share of the rate, and the turn costs what it costs there; a cycle
 * in which nothing happens asks no page at all.
 */
export const PAGES_IN_TURN = 20;

export interface CommentsDue {
  readonly lines: readonly Line[];
  /** For the cursor, once they have been looked at. */
  readonly last: string;
}

export interface Circumstances {
  /** All the lines of the plan and its registers. */
  readonly lines: readonly Line[];
  /** Keys of lines that someone has changed, or that a hint has named. */
  readonly changed: ReadonlySet<string>;
  /** Everything is read again. */
  readonly isFull: boolean;
  /** From the cursor. */
  readonly last: string | undefined;
}

/** The lines whose pages are to be asked for their comments now: all of them as long as that was never done. */
export function commentsDue({ lines, changed, isFull, last }: Circumstances): CommentsDue {
  if (last === undefined) return { lines, last: '' };
  const inTurn = isFull ? nextInTurn(lines, last) : [];
  const keys = new Set([...changed, ...inTurn.map(({ key }) => key)]);
  return { lines: lines.filter(({ key }) => keys.has(key)), last: inTurn.at(-1)?.key ?? last };
}

/** By key, from the one after the last on, and round. */
function nextInTurn(lines: readonly Line[], last: string): readonly Line[] {
  const inOrder = lines.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const after = inOrder.filter(({ key }) => key > last);
  const before = inOrder.slice(0, inOrder.length - after.length);
  return [...after, ...before].slice(0, PAGES_IN_TURN);
}

/** How many pages a full read asks. */
export function pagesInTurn(lines: number): number {
  return Math.min(lines, PAGES_IN_TURN);
}
