import { selectAll } from 'css-select';
import { type DomUtils, parseDocument } from 'htmlparser2';

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];
type Node = Parameters<typeof DomUtils.getChildren>[0];

/** A page as a reader has it before them: its texts, its tables, and where its links lead. */
export interface ShownPage {
  readonly status: number;
  readonly html: string;
  /** All of its text, spaces as a browser shows them. */
  readonly text: string;
  /** The text of the first element that the selector finds; `''`: there is none. */
  one(selector: string): string;
  all(selector: string): readonly string[];
  attributes(selector: string, name: string): readonly string[];
  /** The cells of the table that has such a column, row by row, by the titles of the columns. */
  table(column: string): readonly Readonly<Record<string, string>>[];
}

export function readPage(status: number, html: string): ShownPage {
  const document = parseDocument(html);
  const all = (selector: string) => textsIn(document, selector);
  return {
    status,
    html,
    text: textOf(document),
    all,
    one: (selector) => all(selector)[0] ?? '',
    attributes: (selector, name) => elementsIn(document, selector).map(({ attribs }) => attribs[name] ?? ''),
    table: (column) => {
      const table = elementsIn(document, 'table').find((one) => textsIn(one, 'thead th').includes(column));
      if (!table) throw new Error(`no table with a column “${column}”`);
      const titles = textsIn(table, 'thead th');
      return elementsIn(table, 'tbody tr').map((row) =>
        Object.fromEntries(textsIn(row, 'th, td').map((cell, index) => [titles[index] ?? '', cell])),
      );
    },
  };
}

function elementsIn(root: ReturnType<typeof parseDocument> | Element, selector: string): Element[] {
  return selectAll(selector, root) as Element[];
}

function textsIn(root: ReturnType<typeof parseDocument> | Element, selector: string): string[] {
  return elementsIn(root, selector).map(textOf);
}

/** As a browser lays it out: what does not stand in one line has a space between. */
function textOf(node: Node): string {
  return wordsOf(node)
    .replace(/[ \n\t]+/g, ' ')
    .trim();
}

const INLINE = new Set(['a', 'abbr', 'code', 'small', 'span', 'strong', 'progress']);

function wordsOf(node: Node): string {
  if (node.type === 'text') return node.data;
  const words = 'children' in node ? node.children.map(wordsOf).join('') : '';
  return 'name' in node && INLINE.has(node.name) ? words : ` ${words} `;
}
