import type { Said } from '#src/i18n/message.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import type { Reading, ReadOrder, ShownItem } from '../workspace.ts';
import { type Cursor, parseCursor } from './cursor.ts';
import type { Line } from './identify.ts';
import type { Search } from './locate.ts';
import { lostLines } from './lost-lines.ts';
import { titleOf } from './mapping.ts';
import type { NotionPerson } from './people.ts';
import { type People, type ProjectPerson, peopleOf } from './people.ts';
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
 * a while those of all tasks. Nothing is taken for deleted that Notion has not shown to be: see `lostLines`.
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
  const points = await readAllPoints(search, found, order, knownByParent, heard);

  const items = [...lines.items, ...points.items];
  for (const table of tables) rememberLines(search, table);
  rememberPeople(search, persons, people);
  return {
    reading: {
      items,
      complete: false,
      removed: [...lost.flatMap(({ removed }) => removed), ...points.removed],
      cursor: JSON.stringify(points.cursor),
      remarks: [...found.remarks, ...lines.remarks, ...lost.flatMap(({ remarks }) => remarks)],
      missing: false,
    },
    sighted: {
      survey: found,
      shown: new Map(items.map(({ key, fields }) => [key, fields])),
      pages: new Map(tables.flatMap((table) => table.lines.map(({ key, page }) => [key, page.id]))),
      hidden: new Set(lost.flatMap(({ hidden }) => hidden)),
      persons,
      remoteIds: remoteIdsOf(found),
      fullAt: points.cursor.full,
      fullCost: fullCost(tables),
    },
  };
}

/** What is about to be made need not be read as a whole: what a line showed when it was made is remembered. */
function nothingYet(now: number): Reading {
  const cursor: Cursor = { full: now, edited: {}, unsettled: [] };
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

interface AllPoints {
  readonly items: readonly ShownItem[];
  readonly removed: readonly string[];
  readonly cursor: Cursor;
}

async function readAllPoints(
  { requests, connection, remembered }: Search,
  { tables }: Survey,
  order: ReadOrder,
  knownByParent: ReadonlyMap<string, readonly Item[]>,
  heard: ReadonlySet<string>,
): Promise<AllPoints> {
  const before = parseCursor(order.cursor);
  const now = connection.time.now();
  const isFull = now - before.full >= connection.fullCheckEveryMs;
  const unsettled = new Set(before.unsettled);
  const lines = tables.get('plan')?.lines ?? [];
  const isDue = ({ page, key }: Line): boolean => {
    const { last_edited_time: edited } = page;
    if (isFull || heard.has(page.id.replaceAll('-', ''))) return true;
    if (unsettled.has(key) && now - Date.parse(edited) >= SETTLED_AFTER_MS) return true;
    return edited !== (before.edited[key] ?? remembered.line(key)?.made);
  };
  const due = lines.filter(isDue);
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
  const isUnsettled = ({ key, page }: Line) =>
    (due.some((one) => one.key === key) || unsettled.has(key)) &&
    page.last_edited_by?.id !== remembered.bot &&
    now - Date.parse(page.last_edited_time) < SETTLED_AFTER_MS;
  return {
    items: read.flatMap(({ items }) => items),
    removed: read.flatMap(({ removed }) => removed),
    cursor: {
      full: isFull ? now : before.full,
      edited: Object.fromEntries(lines.map(({ key, page }) => [key, page.last_edited_time])),
      unsettled: lines.filter(isUnsettled).map(({ key }) => key),
    },
  };
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

/** Schema and lines of each table, and the blocks of each task. */
function fullCost(tables: readonly FoundTable[]): number {
  return tables.reduce((sum, { table, lines }) => {
    const ofLines = Math.max(1, Math.ceil(lines.length / 100));
    return sum + 1 + ofLines + (table.kind === 'task' ? lines.length : 0);
  }, 0);
}
