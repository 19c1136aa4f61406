import type { Said } from '#src/i18n/message.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import type { Reading, ReadOrder, ShownItem } from '../workspace.ts';
import { commentsDue, pagesInTurn } from './comment-rounds.ts';
import { type Cursor, parseCursor } from './cursor.ts';
import type { Line } from './identify.ts';
import type { Search } from './locate.ts';
import { lostLines } from './lost-lines.ts';
import { titleOf } from './mapping.ts';
import type { NotionPerson } from './people.ts';
import { type People, type ProjectPerson, peopleOf } from './people.ts';
import { type CommentReaders, type CommentsRead, readComments } from './read-comments.ts';
import { personsIn, readLines } from './read-lines.ts';
import { readPoints } from './read-points.ts';
import { type FoundTable, type Survey, survey } from './survey.ts';

/** The place as it was last read: what judging, foreseeing and writing start from. */
export interface Sighted {
  /** `undefined`: there is no plan here yet. */
  readonly survey: Survey | undefined;
  /** What each item showed. */
  readonly shown: ReadonlyMap<string, Fields>;
  /** Ids of the pages that can be seen, by key. */
  readonly pages: Map<string, string>;
  /** Keys of lines that the connection does not see any more. */
  readonly hidden: ReadonlySet<string>;
  readonly persons: readonly NotionPerson[];
  /** As this reading found them: see `CommentsRead`. */
  readonly ownComments: CommentsRead['ours'];
  /** Ids of all that is ours, without dashes. */
  readonly remoteIds: ReadonlySet<string>;
  /** When everything was last read, in ms since 1970. */
  readonly fullAt: number;
  /** What reading everything costs, in requests. */
  readonly fullCost: number;
}

/** An edit in the same minute as the last one leaves the time as it is. */
const SETTLED_AFTER_MS = 120_000;

/**
 * Reads all lines, and the points of those tasks whose page has been edited since, or that a hint has named; once in
 * a while those of all tasks. Comments are read as `commentsDue` says. Nothing is taken for deleted that Notion has
 * not shown to be: see `lostLines`.
 */
export async function readPlace(
  search: Search,
  order: ReadOrder,
  projectPeople: readonly ProjectPerson[],
  heard: ReadonlySet<string>,
): Promise<{ reading: Reading; sighted: Sighted }> {
  const found = await survey(search);
  if (!found) return { reading: nothingYet(search.connection.time.now()), sighted: nothingSighted() };
  const tables = [...found.tables.values()];
  const persons = personsIn(tables);
  const people = peopleOf(projectPeople, persons, (id) => search.remembered.person(id));
  const lines = await readAllLines(search, tables, people);
  const knownByParent = Map.groupBy(order.known.values(), ({ parent }) => parent);
  const lost = await Promise.all(
    tables.map((table) =>
      lostLines(search.requests, table, knownByParent.get(table.table.parent) ?? [], search.remembered),
    ),
  );
  const rereading = rereadingOf(search, found, order, heard);
  const points = await readAllPoints(search, rereading, knownByParent);
  const comments = await readAllComments(search, tables, rereading, {
    projectPeople,
    persons,
    home: found.located.home.page,
  });

  const items = [...lines.items, ...points.items, ...comments.items];
  for (const table of tables) rememberLines(search, table);
  rememberPeople(search, persons, people);
  return {
    reading: {
      items,
      complete: false,
      removed: [...lost.flatMap(({ removed }) => removed), ...points.removed],
      cursor: JSON.stringify({ ...cursorAfter(search, rereading), comments: comments.last } satisfies Cursor),
      remarks: [
        ...found.remarks,
        ...lines.remarks,
        ...lost.flatMap(({ remarks }) => remarks),
        ...comments.remarks,
      ],
      missing: false,
    },
    sighted: {
      survey: found,
      shown: new Map(items.map(({ key, fields }) => [key, fields])),
      pages: new Map(tables.flatMap((table) => table.lines.map(({ key, page }) => [key, page.id]))),
      hidden: new Set(lost.flatMap(({ hidden }) => hidden)),
      persons,
      ownComments: comments.ours,
      remoteIds: remoteIdsOf(found),
      fullAt: rereading.fullAt,
      fullCost: fullCost(tables),
    },
  };
}

/** What is about to be made need not be read as a whole: what a line showed when it was made is remembered. */
function nothingYet(now: number): Reading {
  const cursor: Cursor = { full: now, edited: {}, unsettled: [], comments: '' };
  return {
    items: [],
    complete: false,
    removed: [],
    cursor: JSON.stringify(cursor),
    remarks: [],
    missing: true,
  };
}

function nothingSighted(): Sighted {
  return {
    survey: undefined,
    shown: new Map(),
    pages: new Map(),
    hidden: new Set(),
    persons: [],
    ownComments: new Map(),
    remoteIds: new Set(),
    fullAt: 0,
    fullCost: 0,
  };
}

/** A relation is read once it is known which task each page is. */
async function readAllLines(
  { requests, blueprint }: Search,
  tables: readonly FoundTable[],
  people: People,
): Promise<{ items: readonly ShownItem[]; remarks: readonly Said[] }> {
  const keys = new Map(tables.flatMap(({ lines }) => lines.map(({ page, key }) => [page.id, key] as const)));
  const context = { people, sources: blueprint.sources, keyOf: (id: string) => keys.get(id) };
  const read = await Promise.all(tables.map((table) => readLines(requests, table, context)));
  return {
    items: read.flatMap(({ items }) => items),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

/** What of the place is to be looked at more closely this time. */
interface Rereading {
  readonly now: number;
  readonly before: Cursor;
  /** Everything is. */
  readonly isFull: boolean;
  readonly fullAt: number;
  /** The lines of the plan. */
  readonly tasks: readonly Line[];
  /** Those of them whose page has been edited since, or may have been. */
  readonly edited: ReadonlySet<Line>;
  /** Whether a hint has named the line. */
  isHeard(line: Line): boolean;
  /** Whether the line was held back as a whole, or in part: what was said on its page then is not known yet. */
  isAgain(line: Line): boolean;
}

function rereadingOf(
  { connection, remembered }: Search,
  { tables }: Survey,
  order: ReadOrder,
  heard: ReadonlySet<string>,
): Rereading {
  const before = parseCursor(order.cursor);
  const now = connection.time.now();
  const isFull = now - before.full >= connection.fullCheckEveryMs;
  const unsettled = new Set(before.unsettled);
  const tasks = tables.get('plan')?.lines ?? [];
  const isAgain = ({ key }: Line) => order.again?.has(key) === true;
  const isEdited = (line: Line): boolean => {
    const { page, key } = line;
    const { last_edited_time: edited } = page;
    if (isAgain(line)) return true;
    if (unsettled.has(key) && now - Date.parse(edited) >= SETTLED_AFTER_MS) return true;
    return edited !== (before.edited[key] ?? remembered.line(key)?.made);
  };
  return {
    now,
    before,
    isFull,
    fullAt: isFull ? now : before.full,
    tasks,
    edited: new Set(tasks.filter(isEdited)),
    isHeard: ({ page }) => heard.has(page.id.replaceAll('-', '')),
    isAgain,
  };
}

function isReread(line: Line, { isFull, edited, isHeard }: Rereading): boolean {
  return isFull || edited.has(line) || isHeard(line);
}

function cursorAfter({ remembered }: Search, rereading: Rereading): Cursor {
  const { tasks, before, fullAt, now } = rereading;
  const unsettled = new Set(before.unsettled);
  const isUnsettled = (line: Line) =>
    (isReread(line, rereading) || unsettled.has(line.key)) &&
    line.page.last_edited_by?.id !== remembered.bot &&
    now - Date.parse(line.page.last_edited_time) < SETTLED_AFTER_MS;
  return {
    full: fullAt,
    edited: Object.fromEntries(tasks.map(({ key, page }) => [key, page.last_edited_time])),
    unsettled: tasks.filter(isUnsettled).map(({ key }) => key),
  };
}

async function readAllPoints(
  { requests, remembered }: Search,
  rereading: Rereading,
  knownByParent: ReadonlyMap<string, readonly Item[]>,
): Promise<{ items: readonly ShownItem[]; removed: readonly string[] }> {
  const due = rereading.tasks.filter((line) => isReread(line, rereading));
  const read = await Promise.all(
    due.map(({ key, page }) =>
      readPoints(
        requests,
        { key, title: titleOf(page), page: page.id },
        (knownByParent.get(key) ?? []).filter(({ kind }) => kind === 'check'),
        remembered,
      ),
    ),
  );
  return {
    items: read.flatMap(({ items }) => items),
    removed: read.flatMap(({ removed }) => removed),
  };
}

/** A page that only we have edited last has no new comment for that. */
async function readAllComments(
  search: Search,
  tables: readonly FoundTable[],
  { before, isFull, edited, isHeard, isAgain }: Rereading,
  readers: CommentReaders,
): Promise<CommentsRead & { readonly last: string | undefined }> {
  const { remembered } = search;
  const isByOthers = ({ page }: Line) =>
    remembered.bot === undefined || page.last_edited_by?.id !== remembered.bot;
  const lines = tables.flatMap((table) => table.lines);
  const isChanged = (line: Line) => (edited.has(line) || isAgain(line)) && isByOthers(line);
  const changed = lines.filter((line) => isHeard(line) || isChanged(line));
  const due = commentsDue({
    lines,
    changed: new Set(changed.map(({ key }) => key)),
    isFull,
    last: before.comments,
  });
  // What was denied is tried again when everything is read again.
  if (isFull && remembered.deniedComments === 'insert') remembered.deniedComments = 'insertAgain';
  const mayTry = isFull || remembered.deniedComments !== 'read';
  const comments = await readComments(search, mayTry ? due.lines : [], readers);
  return { ...comments, last: comments.denied || !mayTry ? before.comments : due.last };
}

function rememberPeople({ remembered }: Search, persons: readonly NotionPerson[], people: People): void {
  for (const { id } of persons) {
    const name = people.nameOf(id);
    if (name !== undefined) remembered.setPerson(id, name);
  }
}

/** Where each line's page is, for when it is not among the lines any more. */
function rememberLines({ remembered }: Search, { lines }: FoundTable): void {
  for (const { key, page } of lines) {
    const line = remembered.line(key);
    if (line?.page !== page.id)
      remembered.setLine(key, { ...(line?.page === undefined && line), page: page.id });
  }
}

function remoteIdsOf({ located, tables }: Survey): ReadonlySet<string> {
  const places = [...located.tables.values()].flatMap(({ database, source }) => [database, source]);
  const lines = [...tables.values()].flatMap((table) => table.lines.map(({ page }) => page.id));
  return new Set([located.home.page, ...places, ...lines].map((id) => id.replaceAll('-', '')));
}

/** Schema and lines of each table, the blocks of each task, and the comments of those whose turn it is. */
function fullCost(tables: readonly FoundTable[]): number {
  const ofComments = pagesInTurn(tables.reduce((sum, { lines }) => sum + lines.length, 0));
  return tables.reduce((sum, { table, lines }) => {
    const ofLines = Math.max(1, Math.ceil(lines.length / 100));
    return sum + 1 + ofLines + (table.kind === 'task' ? lines.length : 0);
  }, ofComments);
}
