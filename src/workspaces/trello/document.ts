import { LOCALES, type Locale, say } from '#src/i18n/message.ts';
import { CUT_SIGN } from '#src/i18n/trello-words.ts';
import type { Value } from '#src/plan/item.ts';
import { canonicalText, nameKey } from '#src/reconcile/names.ts';
import { cutText } from './markdown.ts';

/** A description in parts: a text that leads, and sections, each under a heading that is known again. */

/** `titles`: the heading in each language; people may have changed their project's. */
export interface Heading {
  readonly field: string;
  readonly titles: readonly string[];
}

/** Longer lines are no headings, and are not looked at. */
const LONGEST_HEADING = 300;

export class Outline {
  readonly #fields = new Map<string, string>();

  constructor(headings: readonly Heading[]) {
    for (const { field, titles } of headings) {
      for (const title of titles) this.#fields.set(nameKey(title), field);
    }
  }

  /** The field of a heading, as we write it or as people may: of any size, in bold, with a colon. `undefined`: it is none. */
  fieldOf(line: string): string | undefined {
    const bare = line.trim();
    if (bare.length > LONGEST_HEADING) return undefined;
    const [, hashed, starred, underlined] =
      /^(?:#{1,6}\s+(.+)|\*\*(.+)\*\*:?|__(.+)__:?)$/.exec(bare.replace(/\s+:$/, ':')) ?? [];
    const words = (hashed ?? starred ?? underlined ?? '').replace(/^[*_\s]+|[*_#\s:]+$/g, '');
    return words === '' ? undefined : this.#fields.get(nameKey(words));
  }

  /** Whether the line would be taken for one that we have made. */
  isOurs(line: string): boolean {
    return isCutSign(line) || this.fieldOf(line) !== undefined;
  }

  /** The parts of a text. A heading that comes twice goes on where it was. */
  split(text: string): { readonly lead: string; readonly sections: ReadonlyMap<string, string> } {
    const lead: string[] = [];
    const sections = new Map<string, string[]>();
    let current = lead;
    for (const line of text.split('\n')) {
      const field = this.fieldOf(line);
      if (field === undefined) {
        current.push(line);
        continue;
      }
      current = sections.get(field) ?? [];
      sections.set(field, current);
    }
    const bodies = [...sections].map(([field, lines]) => [field, lines.join('\n')] as const);
    return { lead: lead.join('\n'), sections: new Map(bodies) };
  }
}

/** In any language. They begin with a bracket, which can be escaped where somebody means the words themselves. */
const CUT_SIGNS = new Set(LOCALES.map((locale) => nameKey(say(locale, CUT_SIGN))));

function isCutSign(line: string): boolean {
  if (line.length > LONGEST_HEADING) return false;
  const bare = line.trim().replace(/^[*_]+|[*_]+$/g, '');
  return bare.startsWith('(') && CUT_SIGNS.has(nameKey(bare));
}

/** Whether we have had to cut this part when it was written: then it says nothing of its field. */
export function isCut(body: string): boolean {
  return body.split('\n').some(isCutSign);
}

/** What stands there beside the sign. */
export function withoutSign(body: string): string {
  const lines = body.split('\n').filter((line) => !isCutSign(line));
  return lines.join('\n');
}

/** A cut may fall into a sign that is written as two, or between a word and the blanks behind it. */
const CUT_SLACK = 10;

/**
 * What stands there beside the sign, as a text, where people have changed it: it is not how the whole text begins any
 * more. `undefined`: they have not, or nobody knows the whole.
 */
export function editedCut(shown: string, whole: Value | undefined): string | undefined {
  if (typeof whole !== 'string') return undefined;
  const beginning = canonicalText(shown).slice(0, -CUT_SLACK);
  return canonicalText(whole).startsWith(beginning) ? undefined : shown;
}

export interface Part {
  readonly field: string;
  /** `''`: it has none, as the text that leads. */
  readonly heading: string;
  /** As it is to stand there, escaped where needed. */
  readonly body: string;
  /** Of entries, each on its line: it is cut between them. */
  readonly isList: boolean;
  /** Words of the team's own, which stand nowhere else: all the others are cut before them. */
  readonly isTheirs?: boolean;
}

export interface Assembled {
  readonly text: string;
  /** Fields whose text had to be cut. */
  readonly cut: readonly string[];
}

/**
 * The parts, one below the other, in at most `room` characters. Where that is not enough, the longest are cut, so that
 * the short ones stay whole, and a sign at the end of each tells it.
 */
export function assemble(parts: readonly Part[], room: number, locale: Locale): Assembled {
  const sign = `\n*${say(locale, CUT_SIGN)}*`;
  const between = parts.reduce((sum, { heading, body }) => sum + headed(heading, body === '').length + 2, 0);
  const theirs = parts.reduce((sum, { isTheirs, body }) => sum + (isTheirs ? body.length : 0), 0);
  const longest = shareOf(
    parts.filter(({ isTheirs }) => !isTheirs).map(({ body }) => body.length),
    room - between - theirs,
  );
  const cut: string[] = [];
  const blocks = parts.map(({ field, heading, body, isList, isTheirs }) => {
    if (isTheirs || body.length <= longest) return `${headed(heading, body === '')}${body}`;
    cut.push(field);
    const kept = cutText(body, longest - sign.length);
    const whole = isList ? kept.slice(0, Math.max(0, kept.lastIndexOf('\n'))) : kept;
    return `${headed(heading, false)}${whole}${sign}`;
  });
  const text = blocks.filter((block) => block !== '').join('\n\n');
  // Only where their own words leave no room even for the signs.
  return { text: cutText(text, room), cut };
}

function headed(heading: string, isEmpty: boolean): string {
  if (heading === '') return '';
  return isEmpty ? `### ${heading}` : `### ${heading}\n`;
}

/** The length to which the longest have to come down for all to fit; infinite when all do. */
function shareOf(lengths: readonly number[], room: number): number {
  let left = room;
  const sorted = lengths.toSorted((a, b) => a - b);
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return Math.max(0, share);
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

const ENTRY = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)$/;

export interface Entries {
  readonly entries: readonly string[];
  /** What stands in the section without being an entry: somebody's own words. */
  readonly rest: string;
}

/** The entries of a list as they stand there. */
export function entriesOf(body: string): Entries {
  const entries: string[] = [];
  const rest: string[] = [];
  for (const line of withoutSign(body).split('\n')) {
    const entry = ENTRY.exec(line)?.[1]?.trim();
    if (entry === undefined) rest.push(line);
    else if (entry !== '') entries.push(entry);
  }
  return { entries, rest: rest.join('\n').trim() };
}
