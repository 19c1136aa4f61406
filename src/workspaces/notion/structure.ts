import { NeedsAttention } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { PLACE_ERRORS, PLACE_REMARKS } from '#src/i18n/notion-home.ts';
import { createOnce } from '../http/create-once.ts';
import type { WriteOrder } from '../workspace.ts';
import { completeHome } from './complete-home.ts';
import { homeBlocks, homeTitle, partDigests } from './home.ts';
import { homeBelowParent, type Located, rememberTables, type Search } from './locate.ts';
import { markedSpans } from './markers.ts';
import { findable, need } from './outcome.ts';
import {
  completion,
  groupsObeyed,
  initialProperties,
  type KnownSchema,
  matchSchema,
  type SchemaMatch,
  selectInstead,
} from './properties.ts';
import type { Refusals } from './refusals.ts';
import type { TablePlace } from './remembered.ts';
import { richText } from './rich-text.ts';
import type { Database, DataSource, Page } from './schema.ts';
import type { FoundTable, Survey } from './survey.ts';
import { KEY_FIELD, type Table } from './tables.ts';

/** A database that has all its properties. */
export interface OpenTable {
  readonly table: Table;
  readonly place: TablePlace;
  readonly bound: SchemaMatch['bound'];
  readonly unfit: SchemaMatch['unfit'];
  /** Fields whose property has just been put back, and is blank in the lines that were there. */
  readonly unfilled: readonly string[];
  readonly isNew: boolean;
}

/** The parts of the plan in Notion, once all that is wanted is there. */
export interface Structure {
  readonly home: Located['home'];
  readonly tables: ReadonlyMap<string, OpenTable>;
}

export interface StructureOrder extends Search {
  readonly order: WriteOrder;
  readonly survey: Survey | undefined;
  /** The tables that are to be there now. */
  readonly wanted: readonly Table[];
  /** Told of a register that Notion will not take: the rest goes on without it. */
  readonly refusals: Refusals;
  /** Sends the picture. `undefined` when there is none to be had. */
  upload(): Promise<string | undefined>;
}

/**
 * Makes what is missing: the page, the databases in their order, properties and options that people have taken away.
 * What is there stays as people have made it. Nothing is asked of Notion when nothing is missing.
 */
export async function openStructure(order: StructureOrder): Promise<Structure> {
  const { remembered, survey, wanted } = order;
  const isWhole = survey !== undefined && wanted.every(({ parent }) => survey.tables.has(parent));
  const wasSettled = remembered.isSettled;
  if (!isWhole && wasSettled) {
    // From here on a crash may leave something that is not remembered: the next read then looks for it.
    remembered.isSettled = false;
    await remembered.flush();
  }
  const found = survey?.located.home;
  const { home, isCertain } = found ? { home: found, isCertain: wasSettled } : await createHome(order);
  if (!isCertain) await completeHome(order, home.page);
  const tables = new Map<string, OpenTable>();
  for (const table of wanted) {
    const open = await openTable(order, table, home);
    if (open) tables.set(table.parent, open);
  }
  if (!isWhole || !remembered.isSettled) {
    remembered.isSettled = true;
    await remembered.flush();
  }
  return { home, tables };
}

/** Certain of all its blocks is only the page whose making was answered. */
async function createHome(
  order: StructureOrder,
): Promise<{ readonly home: Located['home']; readonly isCertain: boolean }> {
  const { requests, connection, blueprint, parent, remembered } = order;
  const { overview } = order.order;
  const title = homeTitle(blueprint);
  const about: About = { type: 'page', name: title };
  const uploadId = await order.upload();
  const { outcome, adopted } = await createOnce(
    {
      send: () =>
        requests.createPage(about, {
          parent: { type: 'page_id', page_id: parent },
          icon: { type: 'emoji', emoji: '🧾' },
          properties: { title: { title: richText(title) } },
          children: homeBlocks(overview, blueprint, uploadId),
        }),
      find: async () => {
        const home = await homeBelowParent(order);
        return home && pageOf(order, about, home.page);
      },
      fetch: (id) => pageOf(order, about, id),
    },
    connection.time,
    requests.signal,
  );
  const page = need(about, outcome);
  const { picture, ...words } = partDigests(overview, blueprint);
  // A page whose answer was lost may have been made with some of its blocks only: what it shows is not known.
  const shows = adopted ? {} : { ...words, ...(uploadId !== undefined && { picture }) };
  remembered.home = { page: page.id, url: page.url, shows };
  if (page.created_by) remembered.bot = page.created_by.id;
  await remembered.flush();
  return { home: { page: page.id, url: page.url }, isCertain: !adopted };
}

async function pageOf({ requests }: Search, about: About, id: string): Promise<Page | undefined> {
  return findable(about, await requests.page(about, id));
}

/** `undefined` for a register that Notion will not take. */
async function openTable(
  order: StructureOrder,
  table: Table,
  home: Located['home'],
): Promise<OpenTable | undefined> {
  const found = order.survey?.tables.get(table.parent);
  if (found) return reopen(order, found);
  const created = await createTable(order, table, home);
  if (!created) return undefined;
  const { place, adopted } = created;
  const about: About = { type: 'database', name: table.title };
  // The relation needs the id that has just been given; the answer tells all the properties as Notion has made them.
  const relation = table.properties.filter(({ type }) => type === 'relation');
  const later = completion(
    table,
    {},
    { bound: new Map(), missing: relation, unfit: new Map(), remarks: [] },
    place.source,
  );
  const source = need(
    about,
    later.properties && !adopted
      ? await order.requests.updateDataSource(about, {
          data_source_id: place.source,
          properties: later.properties,
        })
      : await order.requests.dataSource(about, place.source),
  );
  const properties = await withGroups(order, table, place, source.properties);
  const match = matchSchema(table, properties, {}, place.source);
  return complete(order, table, { place, properties, match, isNew: true });
}

/** A database that was there. One without a line may be what a lost run has left, with its states in the wrong groups. */
async function reopen(order: StructureOrder, found: FoundTable): Promise<OpenTable> {
  const { table, place, match } = found;
  const isFresh = found.lines.length === 0 && order.remembered.schema(table.parent) === undefined;
  if (!isFresh) return complete(order, table, { place, properties: found.properties, match, isNew: false });
  const properties = await withGroups(order, table, place, found.properties);
  const fresh = matchSchema(table, properties, {}, place.source);
  return complete(order, table, { place, properties, match: fresh, isNew: false });
}

async function createTable(
  order: StructureOrder,
  table: Table,
  home: Located['home'],
): Promise<{ place: TablePlace; adopted: boolean } | undefined> {
  const { requests, connection, remembered, blueprint, refusals } = order;
  if (refusals.isFull) return undefined;
  const about: About = { type: 'database', name: table.title };
  const byId = async (id: string): Promise<Database | undefined> =>
    findable(about, await requests.database(about, id));
  const { outcome, adopted } = await createOnce(
    {
      send: () =>
        requests.createDatabase(about, {
          parent: { type: 'page_id', page_id: home.page },
          title: richText(table.title),
          description: richText(
            markedSpans(table.description, { project: blueprint.project, parent: table.parent }),
          ),
          initial_data_source: { properties: initialProperties(table) },
        }),
      find: async () => {
        await rememberTables(order, home.page);
        const place = remembered.table(table.parent);
        return place && byId(place.database);
      },
      fetch: byId,
    },
    connection.time,
    requests.signal,
  );
  const database = table.kind === 'task' ? need(about, outcome) : refusals.settle(about, outcome);
  if (!database) return undefined;
  const place = { database: database.id, source: database.data_sources[0]?.id ?? '' };
  remembered.setTable(table.parent, place);
  await remembered.flush();
  return { place, adopted };
}

/** Where Notion has not put the states into the groups that we asked for, a plain select stands in. */
async function withGroups(
  { requests, order }: StructureOrder,
  table: Table,
  place: TablePlace,
  properties: DataSource['properties'],
): Promise<DataSource['properties']> {
  const wanted = table.properties.find(({ type }) => type === 'status');
  const status = Object.values(properties).find(({ type }) => type === 'status');
  if (!wanted || !status || groupsObeyed(status, wanted)) return properties;
  order.tell(said(PLACE_REMARKS.statusAsSelect));
  const about: About = { type: 'database', name: table.title };
  const body = { data_source_id: place.source, properties: selectInstead(status, wanted) };
  return need(about, await requests.updateDataSource(about, body)).properties;
}

interface Opened {
  readonly place: TablePlace;
  readonly properties: DataSource['properties'];
  readonly match: SchemaMatch;
  readonly isNew: boolean;
}

async function complete(
  { requests, remembered, order }: StructureOrder,
  table: Table,
  { place, properties, match, isNew }: Opened,
): Promise<OpenTable> {
  const known = remembered.schema(table.parent);
  const about: About = { type: 'database', name: table.title };
  const lacking = completion(table, properties, match, place.source);
  lacking.remarks.forEach(order.tell);
  let { bound, unfit } = match;
  if (lacking.properties) {
    const body = { data_source_id: place.source, properties: lacking.properties };
    const source = need(about, await requests.updateDataSource(about, body));
    ({ bound, unfit } = matchSchema(table, source.properties, known ?? {}, place.source));
  }
  if (!bound.has(KEY_FIELD)) throw new NeedsAttention(said(PLACE_ERRORS.keyGone, { table: table.title }));
  const unfilled = isNew
    ? []
    : [...bound.keys()].filter((field) => isUnfilled(field, known, lacking.created));
  return { table, place, bound, unfit, unfilled, isNew };
}

/** Made by us in this run, or in an earlier one that did not come to fill it. */
function isUnfilled(field: string, known: KnownSchema | undefined, created: readonly string[]): boolean {
  return created.includes(field) || (known !== undefined && (!known[field] || known[field].unfit === true));
}
