import { SOMEONE } from '#src/i18n/comments.ts';
import { type Said, said, say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { COMMENT_REMARKS, FILE_ALONE } from '#src/i18n/notion-comments.ts';
import { ARCHIVED } from '#src/plan/item.ts';
import { canonicalText } from '#src/reconcile/names.ts';
import { together } from '../concurrently.ts';
import type { ShownItem } from '../workspace.ts';
import { nativeKey, type OwnComment, readOwnComment } from './comment-content.ts';
import { WORKSPACE } from './connection.ts';
import type { Line } from './identify.ts';
import type { Search } from './locate.ts';
import { titleOf } from './mapping.ts';
import { findable, need, type Outcome } from './outcome.ts';
import { type NotionPerson, type People, type ProjectPerson, peopleOf } from './people.ts';
import { plainText } from './read-values.ts';
import type { Comment } from './schema.ts';

/** The comments of some pages. */
export interface CommentsRead {
  readonly items: readonly ShownItem[];
  readonly remarks: readonly Said[];
  /** By the key of each line that was looked at, the ids of the comments there that we have written, by their keys. */
  readonly ours: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The connection may not read comments. */
  readonly denied: boolean;
}

const NO_COMMENTS: CommentsRead = { items: [], remarks: [], ours: new Map(), denied: false };

export interface CommentReaders {
  readonly projectPeople: readonly ProjectPerson[];
  /** Those who stand in the lines. */
  readonly persons: readonly NotionPerson[];
  /** The id of the home page of the plan. */
  readonly home: string;
}

/** Reads the comments of these lines' pages. That the connection may not is told once, until it may again. */
export async function readComments(
  search: Search,
  lines: readonly Line[],
  readers: CommentReaders,
): Promise<CommentsRead> {
  const { remembered } = search;
  const [first, ...others] = lines;
  if (!first) return NO_COMMENTS;
  // The first tells whether there is any sense in asking for the others.
  const firstFound = await listComments(search, first);
  if (firstFound === 'denied') {
    const isNews = remembered.deniedComments !== 'read';
    remembered.deniedComments = 'read';
    return { ...NO_COMMENTS, denied: true, remarks: isNews ? [said(COMMENT_REMARKS.notRead)] : [] };
  }
  if (remembered.deniedComments === 'read') remembered.deniedComments = undefined;
  const found = [firstFound, ...(await together(others.map((line) => listComments(search, line))))];
  const pages = lines.map((line, index) => pageComments(line, found[index], readers.home));
  const people = await peopleFor(search, pages, readers);
  for (const { ours } of pages) for (const [key, { id }] of ours) remembered.setComment(key, id);
  return {
    ...NO_COMMENTS,
    items: pages.flatMap((page) => itemsOf(page, search, people)),
    ours: new Map(pages.map(({ line, ours }) => [line.key, idsOf(ours)])),
  };
}

async function listComments({ requests }: Search, { page }: Line): Promise<readonly Comment[] | 'denied'> {
  const about: About = { type: 'comment', name: titleOf(page) || page.url };
  const outcome = await requests.comments(about, page.id);
  // A page that has gone meanwhile has none.
  return isDenied(outcome) ? 'denied' : (findable(about, outcome) ?? []);
}

/** The connection lacks a capability. */
export function isDenied(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.refusal.code === 'restricted';
}

interface PageComments {
  readonly line: Line;
  readonly theirs: readonly Native[];
  readonly ours: ReadonlyMap<string, Posted>;
}

/** One that a person has written. */
interface Native {
  readonly key: string;
  readonly comment: Comment;
}

/** A comment that we have written. */
interface Posted extends OwnComment {
  readonly id: string;
}

function pageComments(
  line: Line,
  found: readonly Comment[] | 'denied' | undefined,
  home: string,
): PageComments {
  const comments = found === undefined || found === 'denied' ? [] : found;
  const theirs = comments.filter(({ rich_text }) => readOwnComment(plainText(rich_text)) === undefined);
  return {
    line,
    theirs: theirs.map((comment) => ({ comment, key: nativeKey(line.key, comment.id, home) })),
    ours: postedAmong(comments, line.key),
  };
}

/**
 * By key, the first that bears it. What bears the key of another line was written before its page was taken for this
 * one, and is passed over.
 */
function postedAmong(comments: readonly Comment[], parent: string): ReadonlyMap<string, Posted> {
  const posted = new Map<string, Posted>();
  for (const { id, rich_text } of comments) {
    const own = readOwnComment(plainText(rich_text));
    if (own?.key.startsWith(`${parent}@`) && !posted.has(own.key)) posted.set(own.key, { ...own, id });
  }
  return posted;
}

function idsOf(posted: ReadonlyMap<string, Posted>): ReadonlyMap<string, string> {
  return new Map([...posted].map(([key, { id }]) => [key, id]));
}

/** The ids of the comments that we have written on the page of a line, by their keys. */
export function ownComments(comments: readonly Comment[], parent: string): ReadonlyMap<string, string> {
  return idsOf(postedAmong(comments, parent));
}

/** The members are asked for only when somebody has no name yet. Without the right to read them, Notion's word stands. */
async function peopleFor(
  { requests, connection, remembered, known }: Search,
  pages: readonly PageComments[],
  { projectPeople, persons }: CommentReaders,
): Promise<People> {
  const soFar = (id: string) => remembered.person(id);
  const people = peopleOf(projectPeople, persons, soFar);
  const fresh = pages.flatMap(({ theirs }) => theirs.filter(({ key }) => !known.has(key)));
  const authors = fresh.flatMap(({ comment }) => comment.created_by?.id ?? []);
  const nameless = new Set(authors.filter((id) => people.nameOf(id) === undefined));
  if (nameless.size === 0) return people;
  const users = await connection.users(requests);
  const members = isDenied(users) ? [] : need(WORKSPACE, users);
  const everyone = peopleOf(projectPeople, [...members, ...persons], soFar);
  for (const id of nameless) {
    const name = everyone.nameOf(id);
    if (name !== undefined) remembered.setPerson(id, name);
  }
  return everyone;
}

function itemsOf({ line, theirs, ours }: PageComments, search: Search, people: People): readonly ShownItem[] {
  return [
    ...[...ours.values()].map((posted) => ownItem(line, posted, search)),
    ...theirs.map((one) => nativeItem(line, one, search, people)),
  ];
}

/** Whose it is, and of when, is what was agreed, or else what its marker tells. */
function ownItem({ key: parent }: Line, { key, text: words, told }: Posted, { known }: Search): ShownItem {
  const fields = { [ARCHIVED]: false, ...told, ...known.get(key)?.fields, text: words };
  return { key, kind: 'comment', parent, fields };
}

/** Of one that is known, only the words can have changed. */
function nativeItem(
  { key: parent }: Line,
  { key, comment }: Native,
  { known, blueprint: { locale } }: Search,
  people: People,
): ShownItem {
  const { rich_text, created_by, created_time, last_edited_time, display_name } = comment;
  const words = plainText(rich_text);
  const name = people.nameOf(created_by?.id ?? '') ?? display_name?.resolved_name ?? '';
  const fields = {
    author: name === '' ? say(locale, SOMEONE) : name,
    origin: 'notion',
    at: new Date(created_time).toISOString(),
    [ARCHIVED]: false,
    ...known.get(key)?.fields,
    text: canonicalText(words) === '' ? say(locale, FILE_ALONE) : words,
  };
  return {
    key,
    kind: 'comment',
    parent,
    fields,
    ...(last_edited_time !== undefined && { editedAt: last_edited_time }),
  };
}
