import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Damaged } from './damage.ts';

/**
 * An element of an XML text, with the place of its tags in that text. A part of a workbook is never printed
 * anew from such a tree: it is edited by replacing stretches of the text, so that all that we do not
 * understand stays exactly as the program that saved it has left it.
 */
export interface Element {
  /** Without its namespace prefix: programs are free in the prefixes they choose. */
  readonly name: string;
  readonly prefix: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  /** Just after the opening tag. */
  readonly openEnd: number;
  /** Just before the closing tag; equal to `openEnd` where the element is self-closing. */
  closeStart: number;
  end: number;
  readonly selfClosing: boolean;
  readonly children: Element[];
  /** The text directly inside, without that of the children. */
  text: string;
}

/** @throws Damaged when the text is not well-formed XML. Entities that a DTD declares are refused, never expanded. */
export function parseXml(text: string): Element {
  const open: Element[] = [];
  let root: Element | undefined;
  const parser = new SaxesParser<{ position: true; xmlns: false }>({ position: true, xmlns: false });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const colon = tag.name.indexOf(':');
    const element: Element = {
      name: tag.name.slice(colon + 1),
      prefix: tag.name.slice(0, colon + 1),
      attributes: tag.attributes,
      start: text.lastIndexOf('<', parser.position - 1),
      openEnd: parser.position,
      closeStart: parser.position,
      end: parser.position,
      selfClosing: tag.isSelfClosing,
      children: [],
      text: '',
    };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  });
  parser.on('cdata', (piece) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element || element.selfClosing) return;
    element.end = parser.position;
    element.closeStart = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('error', (cause) => {
    throw new Damaged('broken', { cause });
  });
  parser.write(text).close();
  if (!root) throw new Damaged('broken');
  return root;
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name);
}

export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

/** An attribute whatever the prefix that its namespace has been given: `r:id`, `rel:id`. */
export function prefixed(element: Element, name: string): string | undefined {
  const found = Object.keys(element.attributes).find((one) => one.endsWith(`:${name}`));
  return found === undefined ? undefined : element.attributes[found];
}

/** A flag as XML writes it. */
export function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>\r]/g, (char) => ESCAPES[char] ?? char);
}

/** As `escapeXml`, also for what would end an attribute, or be lost in it: quotes, line ends and tabs. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
}

/** The attributes of a tag, those that are undefined left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeAttribute(String(value))}"`))
    .join('');
}

/** Replacements in one text, given in any order; all places are those of the text before the first of them. */
export class Splices {
  readonly #list: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  replace(start: number, end: number, text: string): void {
    this.#list.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Adds to the inside of an element, opening it where it was self-closing. */
  append(element: Element, text: string): void {
    if (element.selfClosing) {
      this.replace(element.end - 2, element.end, `>${text}</${element.prefix}${element.name}>`);
    } else this.insert(element.closeStart, text);
  }

  /** Sets one attribute of the opening tag. */
  attribute(source: string, element: Element, name: string, value: string): void {
    const tag = source.slice(element.start, element.openEnd);
    const found = new RegExp(`\\s${name}\\s*=\\s*("[^"]*"|'[^']*')`).exec(tag);
    const written = ` ${name}="${escapeAttribute(value)}"`;
    if (found) {
      const at = element.start + found.index;
      this.replace(at, at + found[0].length, written);
    } else this.insert(element.openEnd - (element.selfClosing ? 2 : 1), written);
  }

  get isEmpty(): boolean {
    return this.#list.length === 0;
  }

  apply(text: string): string {
    const pieces: string[] = [];
    let at = 0;
    for (const splice of this.#list.toSorted((a, b) => a.start - b.start)) {
      pieces.push(text.slice(at, splice.start), splice.text);
      at = Math.max(at, splice.end);
    }
    pieces.push(text.slice(at));
    return pieces.join('');
  }
}
