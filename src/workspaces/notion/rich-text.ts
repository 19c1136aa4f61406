import { ARRAY_LIMIT, LINK_LIMIT, TEXT_LIMIT } from './limits.ts';

/** A stretch of text with one look. */
export interface Span {
  readonly text: string;
  readonly link?: string | undefined;
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly code?: boolean | undefined;
}

/** As the API takes it. */
export interface TextPiece {
  readonly type: 'text';
  readonly text: { readonly content: string; readonly link?: { readonly url: string } | null };
  readonly annotations?: { readonly bold?: boolean; readonly italic?: boolean; readonly code?: boolean };
}

/**
 * The text in pieces that Notion accepts. Put together they are the text again, character for character. No
 * character is cut in two, no address either; the words of a link stay one piece, or each part keeps the link. A
 * link that is longer than Notion allows is left out, its words stay.
 */
export function richText(spans: readonly Span[] | string): TextPiece[] {
  const all = typeof spans === 'string' ? [{ text: spans }] : spans;
  return all.flatMap((span) => cut(span.text.toWellFormed()).map((content) => piece(content, span)));
}

/** Groups of at most so many as one request, or one text, may carry. */
export function inGroups<T>(all: readonly T[], size = ARRAY_LIMIT): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function piece(content: string, { link, bold, italic, code }: Span): TextPiece {
  const annotations = { ...(bold && { bold }), ...(italic && { italic }), ...(code && { code }) };
  const kept = link !== undefined && link !== '' && link.length <= LINK_LIMIT ? { url: link } : undefined;
  return {
    type: 'text',
    text: { content, ...(kept && { link: kept }) },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function cut(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > TEXT_LIMIT) {
    const end = placeToCut(rest);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? parts : [...parts, rest];
}

/** A cut at a space reads best; looking further back for one would make too many pieces. */
const LOOK_BACK = 200;
const LONGEST_ADDRESS = 2_000;

function placeToCut(text: string): number {
  const limit = isInsideCharacter(text, TEXT_LIMIT) ? TEXT_LIMIT - 1 : TEXT_LIMIT;
  const address = addressAcross(text, limit);
  if (address !== undefined && address > 0) return address;
  const space = text.lastIndexOf(' ', limit - 1);
  return address === undefined && space >= limit - LOOK_BACK ? space + 1 : limit;
}

function isInsideCharacter(text: string, index: number): boolean {
  const code = text.codePointAt(index - 1) ?? 0;
  return code > 0xffff;
}

/** Where the address begins that a cut at `index` would cut in two. `undefined` when there is none, or it fits no piece. */
function addressAcross(text: string, index: number): number | undefined {
  const window = text.slice(0, index + LONGEST_ADDRESS);
  for (const match of window.matchAll(/https?:\/\/\S{1,2000}/g)) {
    const end = match.index + match[0].length;
    if (match.index < index && end > index) return match[0].length > TEXT_LIMIT ? undefined : match.index;
  }
  return undefined;
}
