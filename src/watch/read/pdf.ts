import { getDocumentProxy } from 'unpdf';
import { oneLine, type Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';

const UNREADABLE = { why: 'unreadable', expected: 'pdf' } as const;
/** More than any guide of an administration. */
const MOST_PAGES = 500;
/** At the top and at the bottom of a page. */
const EDGE_LINES = 1;

/**
 * The text of a PDF, line by line. What stands at the edge of most pages, such as a footer with the page's number, is
 * left out: a page more would change it on them all.
 * @throws Sick when it cannot be read.
 */
export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const pages = await pagesOf(bytes);
  return { kind: 'text', lines: withoutFrame(pages) };
}

async function pagesOf(bytes: Uint8Array): Promise<string[][]> {
  try {
    // The reader takes the bytes for itself.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (document.numPages > MOST_PAGES) throw new Sick(UNREADABLE);
    const pages: string[][] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(linesOf(items));
      page.cleanup();
    }
    await document.cleanup();
    return pages;
  } catch (error) {
    if (error instanceof Sick) throw error;
    throw new Sick(UNREADABLE);
  }
}

function linesOf(items: readonly object[]): string[] {
  const text = items
    .map((item) => ('str' in item ? `${item.str}${'hasEOL' in item && item.hasEOL ? '\n' : ''}` : ''))
    .join('');
  return text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
}

function withoutFrame(pages: readonly string[][]): string[] {
  const onPages = new Map<string, number>();
  for (const page of pages)
    for (const line of new Set(edgesOf(page).map(withoutNumbers)))
      onPages.set(line, (onPages.get(line) ?? 0) + 1);
  const isFrame = (line: string) => (onPages.get(withoutNumbers(line)) ?? 0) > Math.max(1, pages.length / 2);
  return pages.flatMap((page) => {
    const edges = new Set(edgesOf(page));
    return page.filter((line) => !(edges.has(line) && isFrame(line)));
  });
}

/** Headers and footers stand there. */
function edgesOf(page: readonly string[]): readonly string[] {
  return [...page.slice(0, EDGE_LINES), ...page.slice(-EDGE_LINES)];
}

function withoutNumbers(line: string): string {
  return line.replace(/\d+/g, '#');
}
