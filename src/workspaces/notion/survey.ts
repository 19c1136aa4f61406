import type { Said } from '#src/i18n/message.ts';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { PLACE_REMARKS } from '#src/i18n/notion-home.ts';
import { isArchived, text } from '#src/plan/item.ts';
import { type AllLines, allLines } from './all-lines.ts';
import { type Identified, identifyLines } from './identify.ts';
import { explainLoss, isHidden, type Located, locate, type Search } from './locate.ts';
import { failureOf } from './outcome.ts';
import { matchSchema, type SchemaMatch } from './properties.ts';
import type { TablePlace } from './remembered.ts';
import type { DataSource, Page } from './schema.ts';
import type { Table } from './tables.ts';

/** A database of ours, as it was found. */
export interface FoundTable {
  readonly table: Table;
  readonly place: TablePlace;
  readonly properties: DataSource['properties'];
  readonly match: SchemaMatch;
  /**
   * What may be read. A property that we have only just made is blank in the lines that were there: what it shows is
   * nobody's word until we have filled it.
   */
  readonly readable: SchemaMatch['bound'];
  readonly lines: Identified['lines'];
  readonly redundant: Identified['redundant'];
  readonly complete: boolean;
}

/** All that is ours in Notion, as it was found. */
export interface Survey {
  readonly located: Located;
  /** By what their items have as `parent`. */
  readonly tables: ReadonlyMap<string, FoundTable>;
  /** Databases that are in the trash or no longer shared: nothing is read or written there. */
  readonly closed: ReadonlySet<string>;
  readonly remarks: readonly Said[];
}

/**
 * Finds the plan's databases and all their lines. `undefined`: there is no plan here yet.
 * @throws Refused, NeedsAttention or NotNow when the plan itself cannot be read.
 */
export async function survey(search: Search): Promise<Survey | undefined> {
  const located = await locate(search);
  if (!located) return undefined;
  const present = search.tables.filter(({ parent }) => located.tables.has(parent));
  const found = await Promise.all(present.map((table) => findTable(table, located, search)));
  const closed = present.filter((_table, index) => found[index] === undefined);
  return {
    located,
    tables: new Map(found.flatMap((one) => (one ? [[one.table.parent, one] as const] : []))),
    closed: new Set(closed.map(({ parent }) => parent)),
    remarks: [
      ...closed.map(({ title }) => said(PLACE_REMARKS.tableClosed, { table: title })),
      ...found.flatMap((one) => one?.match.remarks ?? []),
    ],
  };
}

/** `undefined` when the database of a register is closed to us. */
async function findTable(table: Table, located: Located, search: Search): Promise<FoundTable | undefined> {
  const place = located.tables.get(table.parent);
  if (!place) return undefined;
  const { requests, remembered } = search;
  const about: About = { type: 'database', name: table.title };
  // Both at once: what the second says counts only if the first says that the database is open.
  const lines = allLines(requests, about, place.source);
  lines.catch(() => {});
  const source = await requests.dataSource(about, place.source);
  if (isHidden(source) || (source.kind === 'ok' && source.value.in_trash)) {
    return table.kind === 'task' ? explainLoss(search, located, table) : undefined;
  }
  if (source.kind !== 'ok') throw failureOf(about, source);

  const { properties } = source.value;
  const known = remembered.schema(table.parent);
  const match = matchSchema(table, properties, known ?? {}, place.source);
  // Without a memory of the table nothing is known to be new.
  const readable = known
    ? new Map([...match.bound].filter(([field]) => known[field] !== undefined && !known[field].unfit))
    : match.bound;
  const identified = await identify(table, match, await lines, search);
  return { table, place, properties, match, readable, ...identified };
}

async function identify(
  table: Table,
  { bound }: SchemaMatch,
  { pages, complete }: AllLines,
  { remembered, known }: Search,
): Promise<Pick<FoundTable, 'lines' | 'redundant' | 'complete'>> {
  const title = table.properties.find(({ type }) => type === 'title')?.field ?? '';
  const ofTable = [...known.values()].filter(({ parent }) => parent === table.parent);
  const identities = {
    known: ofTable
      .filter((item) => !isArchived(item))
      .map((item) => ({ key: item.key, title: text(item, title) })),
    pageOf: (key: string) => remembered.line(key)?.page,
    bot: remembered.bot,
  };
  return { ...identifyLines(table, pages, bound, identities), complete };
}

/** Every page of the plan and its registers by its id. */
export function pagesOf({ tables }: Survey): ReadonlyMap<string, Page> {
  const lines = [...tables.values()].flatMap((table) => table.lines);
  return new Map(lines.map(({ page }) => [page.id, page]));
}
