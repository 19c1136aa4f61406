import { selectAll } from 'css-select';
import { DomUtils, ElementType, parseDocument } from 'htmlparser2';
import { oneLine, type Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';
import { refuseDeep } from './depth.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];

/** Never read as text, wherever they stand. */
const SILENT: ReadonlySet<string> = new Set([
  ...['script', 'style', 'noscript', 'template', 'svg', 'head', 'iframe', 'object', 'select', 'textarea'],
]);
/** They stand beside a line of text and do not break it. */
const INLINE: ReadonlySet<string> = new Set([
  ...[
    'a',
    'abbr',
    'b',
    'bdi',
    'bdo',
    'cite',
    'code',
    'data',
    'del',
    'dfn',
    'em',
    'font',
    'i',
    'ins',
    'kbd',
    'label',
  ],
  ...['mark', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'wbr'],
]);
/** The frame of a page changes with the site, not with what the page says. */
const FRAME = ['nav', 'header', 'footer', 'aside', 'form', '[role="navigation"]', '[aria-hidden="true"]'];

export interface HtmlChoice {
  readonly selector?: string | undefined;
  readonly without?: readonly string[] | undefined;
}

/**
 * The text of a page, paragraph by paragraph: of what the selector finds, else of its main part, else of its body
 * without navigation and the like.
 * @throws Sick when the selector finds nothing, or the text is no page.
 */
export function readHtml(text: string, { selector, without = [] }: HtmlChoice): Reading {
  refuseDeep(text, 'html');
  const document = parseDocument(text);
  if (!DomUtils.findOne(() => true, document.children))
    throw new Sick({ why: 'unreadable', expected: 'html' });
  const left = new Set<Node>(
    [...without, ...(selector === undefined ? FRAME : [])].flatMap((one) => selectAll(one, document)),
  );
  const roots = rootsOf(document, selector);
  if (roots.length === 0) throw new Sick({ why: 'selector' });
  const lines: string[] = [];
  for (const root of roots) collect(root, left, lines);
  return { kind: 'text', lines };
}

/** The words of a text that may hold markup. */
export function plainText(text: string): string {
  if (!/[<&]/.test(text)) return oneLine(text);
  refuseDeep(text, 'html');
  const lines: string[] = [];
  for (const node of parseDocument(text).children) collect(node, new Set(), lines);
  return oneLine(lines.join(' '));
}

function rootsOf(document: ReturnType<typeof parseDocument>, selector: string | undefined): Node[] {
  if (selector !== undefined) return topmost(selectAll(selector, document));
  for (const usual of ['main', '[role="main"]', 'article', 'body']) {
    const found = topmost(selectAll(usual, document));
    if (found.length > 0) return found;
  }
  return document.children;
}

/** What stands inside another one that was found is read with it, once. */
function topmost(found: readonly Node[]): Node[] {
  const all = new Set<Node>(found);
  return found.filter((node) => {
    for (let above = node.parent; above; above = above.parent) if (all.has(above as Node)) return false;
    return true;
  });
}

/** Adds the paragraphs below a node: text runs on through inline elements and ends at any other. */
function collect(root: Node, left: ReadonlySet<Node>, lines: string[]): void {
  let line = '';
  const flush = () => {
    const words = oneLine(line);
    if (words !== '') lines.push(words);
    line = '';
  };
  const visit = (node: Node): void => {
    if (node.type === ElementType.Text) line += node.data;
    if (node.type !== ElementType.Tag || left.has(node) || SILENT.has(node.name)) return;
    const breaks = !INLINE.has(node.name);
    if (breaks) flush();
    for (const child of node.children) visit(child);
    if (breaks) flush();
  };
  visit(root);
  flush();
}
