import type { Book } from './book.ts';
import { type Content, textContent } from './cell.ts';
import type { Grid } from './grid.ts';
import { relateAll } from './relationships.ts';
import { cellText } from './text.ts';

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

/** What Excel takes for a text within a formula. */
const LONGEST_LITERAL = 255;

/**
 * The content of a cell that shows the text and leads to the URL, as a formula: LibreOffice does not wrap the text
 * of a cell that is linked in the other way. Plain text where no formula can hold it, or the URL is not safe.
 */
export function linkContent(text: string, url: string): Content {
  const safe = safeUrl(url);
  const shown = cellText(text);
  if (safe === undefined || shown === '' || Math.max(safe.length, shown.length) > LONGEST_LITERAL)
    return textContent(shown);
  return { type: 'formula', formula: `HYPERLINK(${literal(safe)},${literal(shown)})`, value: shown };
}

function literal(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function safeUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_URL || !URL.canParse(trimmed)) return undefined;
  const { protocol, href } = new URL(trimmed);
  return ['https:', 'http:', 'mailto:'].includes(protocol) ? href : undefined;
}
