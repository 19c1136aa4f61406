import type { About } from '#src/i18n/notion.ts';
import { need } from './outcome.ts';
import { collect } from './paging.ts';
import type { Requests } from './requests.ts';
import type { Page } from './schema.ts';

export interface AllLines {
  readonly pages: readonly Page[];
  /** Every line was there and could be read. */
  readonly complete: boolean;
}

/**
 * All the lines of a data source that are not in the trash, the oldest first. Notion gives at most 10,000 for one
 * question: beyond, it is asked again from the minute on in which the last one was made.
 */
export async function allLines(requests: Requests, about: About, dataSourceId: string): Promise<AllLines> {
  const pages = new Map<string, Page>();
  let since: string | undefined;
  for (;;) {
    let isCut = false;
    const { rows, complete } = await collect(about, async (start_cursor) => {
      const list = need(
        about,
        await requests.lines(about, {
          data_source_id: dataSourceId,
          sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
          ...(since !== undefined && {
            filter: { timestamp: 'created_time', created_time: { on_or_after: since } },
          }),
          ...(start_cursor !== undefined && { start_cursor }),
        }),
      );
      isCut ||= list.incomplete;
      return { ...list, incomplete: false };
    });
    for (const page of rows) pages.set(page.id, page);
    const last = rows.at(-1)?.created_time;
    if (!complete || !isCut) return { pages: [...pages.values()], complete: complete && !isCut };
    // Within one minute the window cannot be moved on any further.
    if (last === undefined || last === since) return { pages: [...pages.values()], complete: false };
    since = last;
  }
}
