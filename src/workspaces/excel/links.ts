import type { Book } from './book.ts';
import type { Grid } from './grid.ts';
import { relateAll } from './relationships.ts';

/** A cell that is to lead to a URL. */
export interface WantedLink {
  readonly row: number;
  readonly column: number;
  readonly url: string;
}

/** Excel's own limit is 2,079. */
const LONGEST_URL = 2000;

/** Links the cells. A URL that could start a program on the reader's machine, or that is none, stays plain text. */
export async function linkCells(book: Book, grid: Grid, wanted: readonly WantedLink[]): Promise<void> {
  const links = wanted.flatMap(({ row, column, url }) => {
    const safe = safeUrl(url);
    return safe === undefined ? [] : [{ row, column, url: safe }];
  });
  const urls = links.map(({ url }) => url);
  const ids = await relateAll(book.package, grid.entry.part, urls);
  for (const [index, { row, column }] of links.entries()) {
    grid.sheet.link(row, column, ids[index] ?? '');
  }
}

function safeUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_URL || !URL.canParse(trimmed)) return undefined;
  const { protocol, href } = new URL(trimmed);
  return ['https:', 'http:', 'mailto:'].includes(protocol) ? href : undefined;
}
