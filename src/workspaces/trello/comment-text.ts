import { COMMENT_HEAD, SOMEONE, TOOLS } from '#src/i18n/comments.ts';
import { LOCALES, type Locale, say } from '#src/i18n/message.ts';
import { COMMENT_WORDS } from '#src/i18n/trello-comments.ts';
import { type Item, text } from '#src/plan/item.ts';
import { dayOf } from './dates.ts';
import { COMMENT_LIMIT } from './limits.ts';
import { cutText, escapeText, fitLine, fitText, unescapeText } from './markdown.ts';
import { markerOf, readMarker } from './marker.ts';

/**
 * A comment that was written elsewhere, as it stands on its card: a line that tells of whom, where and when; the text;
 * and in the last line, as code, the key by which it is known again, with the instant and the origin, which words tell
 * less exactly. What Jalon says itself has no first line, and a signature.
 */

export interface CommentContext {
  readonly locale: Locale;
  readonly timeZone: string;
}

/** What Jalon says itself has this origin. */
const OWN = 'jalon';
const OWN_NAME = 'Jalon';
const BETWEEN = '\n\n';
/** Names are as long as people like; the first line is not. */
const LONGEST_AUTHOR = 200;
/** For the first line or the signature, and what parts them from the text. */
const HEAD_ROOM = 300;

/** The whole comment, with its marker. */
export function commentText(item: Item, context: CommentContext): string {
  const origin = text(item, 'origin') || OWN;
  const body = shownBody(item.key, text(item, 'text'), context.locale);
  const marker = markerOf([item.key, stampOf(text(item, 'at')), origin].join(' '));
  const parts =
    origin === OWN
      ? [body, say(context.locale, COMMENT_WORDS.signature)]
      : [`**${headOf(item, origin, context)}**`, body];
  return [...parts, marker].filter((part) => part !== '').join(BETWEEN);
}

function headOf(item: Item, origin: string, { locale, timeZone }: CommentContext): string {
  const author = cutText(fitLine(text(item, 'author')), LONGEST_AUTHOR) || say(locale, SOMEONE);
  return say(locale, COMMENT_HEAD, {
    author: silent(escapeText(author, () => false).replaceAll('*', '\\*')),
    tool: toolOf(origin),
    day: dayOf(text(item, 'at'), timeZone) ?? '',
  });
}

function toolOf(origin: string): string {
  return TOOLS[origin] ?? fitLine(origin);
}

/** Base 36 of the milliseconds since 1970; `0`: not known. */
function stampOf(at: string): string {
  const time = Date.parse(at);
  return Number.isFinite(time) && time >= 0 ? time.toString(36) : '0';
}

/** What of the text fits into the comment, as it stands there. */
function shownBody(key: string, whole: string, locale: Locale): string {
  const body = silent(escapeText(fitText(whole), () => false));
  const room = roomFor(key);
  if (body.length <= room) return body;
  const sign = say(locale, COMMENT_WORDS.cut);
  return `${cutText(body, room - sign.length - BETWEEN.length)}${BETWEEN}${sign}`;
}

/** The longest stamp, and the longest origin, of those that are expected. */
const LONGEST_PAYLOAD_END = ' zzzzzzzzz notion';

function roomFor(key: string): number {
  return COMMENT_LIMIT - HEAD_ROOM - markerOf(key + LONGEST_PAYLOAD_END).length - BETWEEN.length;
}

/** What Trello shows for the text of the comment of that key, as it is then read; what is too long ends in words that say so. */
export function fitComment(key: string, whole: string, locale: Locale): string {
  return plainBody(shownBody(key, whole, locale));
}

/** Whether the comment holds only the beginning of that text. */
export function isCommentCut(key: string, whole: string, locale: Locale): boolean {
  return isCut(shownBody(key, whole, locale));
}

function isCut(body: string): boolean {
  return LOCALES.some((locale) => body.endsWith(say(locale, COMMENT_WORDS.cut)));
}

export interface CommentRead {
  /** `undefined`: it bears none. A person has written it. */
  readonly key: string | undefined;
  /** `undefined`: not the whole of it stands there. */
  readonly text: string | undefined;
  /** As the marker and the first line tell them; absent where they do not. */
  readonly author?: string;
  readonly origin?: string;
  /** An ISO instant. */
  readonly at?: string;
}

/** Never throws, whatever people have made of it. */
export function readComment(whole: string): CommentRead {
  const { key: payload, text: rest } = readMarker(whole);
  const [key = '', stamp = '0', origin = ''] = payload?.split(' ') ?? [];
  // A marker of a card that someone has pasted is part of what they say.
  if (!key.includes('@')) return { key: undefined, text: wordsOf(whole) };
  const time = Number.parseInt(stamp, 36);
  const { author, body } = origin === OWN ? unsigned(rest) : headed(rest, origin);
  return {
    key,
    text: isCut(body) ? undefined : plainBody(body),
    ...(author !== '' && { author }),
    ...(origin !== '' && { origin }),
    ...(Number.isFinite(time) && time > 0 && { at: new Date(time).toISOString() }),
  };
}

/** What a person says who has written it in Trello. A key that came along with what they quote is left out. */
export function wordsOf(whole: string): string {
  return plainBody(readMarker(whole).text);
}

function plainBody(body: string): string {
  return fitText(unescapeText(loud(body)));
}

interface Parts {
  /** `''`: nobody is named. */
  readonly author: string;
  readonly body: string;
}

/** Somebody who has edited the comment may have taken the first line away: bold words of another kind are theirs. */
function headed(rest: string, origin: string): Parts {
  const [line = ''] = rest.split('\n', 1);
  const head = /^\*\*(.*)\*\*\s*$/.exec(line)?.[1] ?? '';
  const end = head.lastIndexOf(` (${toolOf(origin)})`);
  if (end < 0) return { author: '', body: rest };
  const author = fitLine(unescapeText(loud(head.slice(0, end))));
  return { author, body: rest.slice(line.length).trim() };
}

function unsigned(rest: string): Parts {
  const signatures = LOCALES.map((locale) => say(locale, COMMENT_WORDS.signature));
  const signature = signatures.find((one) => rest.endsWith(one)) ?? '';
  return { author: OWN_NAME, body: rest.slice(0, rest.length - signature.length).trimEnd() };
}

/** Of no width, so that nobody sees it, and one by which two texts are still the same: see `canonicalText`. */
const SILENCER = '\u200b';

/**
 * Without mentions: `@name` would call somebody who was never meant. An address is none, and stays whole for whoever
 * copies it.
 */
function silent(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}._%+-])@(?=[\p{L}\p{N}_])/gu, `@${SILENCER}`);
}

function loud(text: string): string {
  return text.replaceAll(`@${SILENCER}`, '@');
}
