import { NotNow } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { type About, notionSays } from '#src/i18n/notion.ts';
import type { NotionList } from './schema.ts';

export interface Collected<T> {
  readonly rows: readonly T[];
  /** True only when every row was there and could be read. Otherwise a row that is missing proves nothing. */
  readonly complete: boolean;
}

/**
 * Follows the cursors to the end of the list. `ask` is given the cursor, `undefined` for the first page.
 * @throws NotNow when the continuation is missing or leads in a circle: what was read so far would pass for the whole.
 */
export async function collect<T>(
  about: About,
  ask: (cursor: string | undefined) => Promise<NotionList<T>>,
): Promise<Collected<T>> {
  const rows: T[] = [];
  const seen = new Set<string>();
  let complete = true;
  let cursor: string | undefined;
  for (;;) {
    const page = await ask(cursor);
    rows.push(...page.rows);
    complete &&= page.unreadable === 0 && !page.incomplete;
    if (!page.hasMore) return { rows, complete };
    const { nextCursor } = page;
    if (nextCursor === null || nextCursor === '' || seen.has(nextCursor)) {
      throw new NotNow(said(notionSays.pagesLost, { about }));
    }
    seen.add(nextCursor);
    cursor = nextCursor;
  }
}
