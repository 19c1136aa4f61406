import { askChild, startChild } from '#src/config/child-process.ts';
import type { Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';

/** What a document shows, line by line; `undefined`: it cannot be read, or is longer than any guide. */
export interface PdfPages {
  readonly pages: readonly string[][] | undefined;
}

/** A document that takes longer, or more memory, is not one that anybody would read. */
const PATIENCE_MS = 60_000;
const MEMORY = '--max-old-space-size=512';
/** At the top and at the bottom of a page. */
const EDGE_LINES = 1;

/**
 * The text of a PDF, line by line. What stands at the edge of most pages, such as a footer with the page's number, is
 * left out: a page more would change it on them all.
 * @throws Sick when it cannot be read.
 */
export async function readPdf(bytes: Uint8Array, patienceMs = PATIENCE_MS): Promise<Reading> {
  const pages = await pagesOf(bytes, patienceMs);
  return { kind: 'text', lines: withoutFrame(pages) };
}

/** Read in a process that ends with it: twenty megabytes would stay, and one that never ends would stop the service. */
async function pagesOf(bytes: Uint8Array, patienceMs: number): Promise<readonly string[][]> {
  const child = startChild('pdf-child', import.meta, [MEMORY]);
  try {
    const asked = await askChild<PdfPages>(child, bytes, patienceMs);
    const pages = 'answer' in asked ? asked.answer.pages : undefined;
    if (!pages) throw new Sick({ why: 'unreadable', expected: 'pdf' });
    return pages;
  } finally {
    if (child.connected) child.disconnect();
  }
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
