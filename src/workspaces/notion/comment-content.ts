import { COMMENT_HEAD, SOMEONE, TOOLS } from '#src/i18n/comments.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { type Fields, type Item, text } from '#src/plan/item.ts';
import { textPieces } from './fit.ts';
import { shortId } from './identify.ts';
import { richText, type TextPiece } from './rich-text.ts';

/**
 * A comment that was written elsewhere, as it stands on its page: a line in bold that tells by whom, where and when;
 * the text; and a last line in small type, by which it is known again: its key, with the instant and the origin, which
 * the words of the first line tell less exactly.
 */

export interface CommentStyle {
  readonly locale: Locale;
  readonly timeZone: string;
}

/** What Jalon says itself has this origin, and this author. */
const OWN = 'jalon';
const OURSELVES = 'Jalon';
/** Of 2,000 characters each: of the hundred that Notion takes, and well below its 500 KB for a request. */
const MOST_PIECES = 50;
const LONGEST_AUTHOR = 200;

/** The whole comment, for `comments.create` and `comments.update`. */
export function commentPieces(item: Item, style: CommentStyle): TextPiece[] {
  return [
    ...richText([{ text: headOf(item, style), bold: true }]),
    ...richText('\n'),
    ...bodyPieces(text(item, 'text')),
    ...richText([{ text: '\n' }, { text: markerOf(item), code: true }]),
  ];
}

function bodyPieces(words: string): TextPiece[] {
  return textPieces(words).slice(0, MOST_PIECES);
}

/** What Notion shows for the text of a comment: all of it up to about 100,000 characters. */
export function fitCommentText(words: string): string {
  return bodyPieces(words)
    .map((piece) => piece.text.content)
    .join('');
}

function headOf(item: Item, { locale, timeZone }: CommentStyle): string {
  const author = oneLine(text(item, 'author')).slice(0, LONGEST_AUTHOR).toWellFormed();
  return say(locale, COMMENT_HEAD, {
    author: author === '' ? say(locale, SOMEONE) : author,
    tool: toolOf(text(item, 'origin')),
    day: dayIn(timeZone, text(item, 'at')),
  });
}

function toolOf(origin: string): string {
  return origin === OWN ? '' : (TOOLS[origin] ?? oneLine(origin));
}

function oneLine(words: string): string {
  return words.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** `''` for what is no instant, or one that no calendar names in four digits. */
function dayIn(timeZone: string, at: string): string {
  if (Number.isNaN(Date.parse(at))) return '';
  // Swedish writes dates as ISO does.
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(new Date(at));
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : '';
}

/** The same word as on a card of Trello: no word of any language. */
const NAME = 'jalon-ref:';
/** Further from 1970, in ms, there are no dates in JavaScript. */
const LATEST_DATE = 8.64e15;

function markerOf(item: Item): string {
  const time = Date.parse(text(item, 'at'));
  const stamp = Number.isNaN(time) ? '-' : time.toString(36);
  return `${NAME}${coded(item.key)} ${stamp} ${coded(text(item, 'origin'))}`.trimEnd();
}

function coded(word: string): string {
  return word.toWellFormed().replace(/[^\w/:#@.~-]+/gu, encodeURIComponent);
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return '';
  }
}

/** A comment of ours, read back. */
export interface OwnComment {
  readonly key: string;
  readonly text: string;
  /** Author, origin and instant, as far as they can be told. */
  readonly told: Fields;
}

/** `undefined`: it bears no key; a person has written it, or another connection. */
export function readOwnComment(whole: string): OwnComment | undefined {
  const at = whole.lastIndexOf(NAME);
  if (at < 0) return undefined;
  const [marker = '', stamp = '', origin = '', ...more] = whole
    .slice(at + NAME.length)
    .trim()
    .split(' ');
  const key = decoded(marker);
  if (!/^[^@]+@./.test(marker) || key === '' || more.length > 0) return undefined;
  const above = whole.slice(0, at).replace(/\n$/, '');
  const end = above.indexOf('\n');
  const [head, body] = end < 0 ? [above, ''] : [above.slice(0, end), above.slice(end + 1)];
  return { key, text: body, told: toldBy(head, decoded(origin), Number.parseInt(stamp, 36)) };
}

function toldBy(head: string, origin: string, time: number): Fields {
  const author = origin === OWN ? OURSELVES : authorIn(head, toolOf(origin));
  return {
    ...(author !== '' && { author }),
    ...(origin !== '' && { origin }),
    ...(Math.abs(time) <= LATEST_DATE && { at: new Date(time).toISOString() }),
  };
}

/** What stands before the tool. */
function authorIn(head: string, tool: string): string {
  const end = head.lastIndexOf(` (${tool})`);
  return end < 0 ? '' : head.slice(0, end);
}

/** Of a plan in Notion, as the keys of its comments name it; `undefined` where there is none yet. */
export type Home = string | undefined;

/**
 * The key of a comment that a person has written on the page of the item. It names the plan that it was written in,
 * by the id of its home page: a project may have several in Notion, and with a lost store nothing else would tell
 * which of them does not need it, also once it was deleted there.
 */
export function nativeKey(parent: string, commentId: string, home: Home): string {
  return `${parent}@${nativePrefix(home)}${bare(commentId)}`;
}

/** Whether the comment was written in the plan of that home page. */
export function isNative(key: string, home: Home): boolean {
  return home !== undefined && key.slice(key.lastIndexOf('@') + 1).startsWith(nativePrefix(home));
}

/** The id of the comment in Notion, where it was written in a plan there, whichever. */
export function nativeId(key: string): string | undefined {
  return /@notion-(?:[0-9a-f]+-)?([0-9a-f]{32})$/.exec(key)?.[1];
}

function nativePrefix(home: Home): string {
  return `notion-${shortId(home ?? '')}-`;
}

function bare(id: string): string {
  return id.replaceAll('-', '');
}
