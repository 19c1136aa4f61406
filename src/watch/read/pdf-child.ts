import { getDocumentProxy } from 'unpdf';
import { oneLine } from '../reading.ts';
import type { PdfPages } from './pdf.ts';

/** More than any guide of an administration. */
const MOST_PAGES = 500;

/** The process that `pdf.ts` starts for one document. */
process.on('message', async (bytes: Uint8Array) => {
  process.send?.(await pagesOf(bytes));
});

async function pagesOf(bytes: Uint8Array): Promise<PdfPages> {
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (document.numPages > MOST_PAGES) return { pages: undefined };
    const pages: string[][] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(linesOf(items));
      page.cleanup();
    }
    return { pages };
  } catch {
    return { pages: undefined };
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
