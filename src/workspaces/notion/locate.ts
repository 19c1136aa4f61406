import { NeedsAttention, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { PLACE_ERRORS } from '#src/i18n/notion-home.ts';
import type { Item } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { Blueprint } from '../workspace.ts';
import type { NotionConnection } from './connection.ts';
import { homeTitle, isHomeOf } from './home.ts';
import { markerIn, markerOf } from './markers.ts';
import { failureOf, findable, need, type Outcome } from './outcome.ts';
import { plainText } from './read-values.ts';
import type { Remembered, TablePlace } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { Block, Database, Page } from './schema.ts';
import type { Table } from './tables.ts';

/** Where the parts of a project's plan are in Notion. */
export interface Located {
  readonly home: { readonly page: string; readonly url: string };
  /** By what their items have as `parent`. */
  readonly tables: ReadonlyMap<string, TablePlace>;
}

export interface Search {
  readonly requests: Requests;
  readonly connection: NotionConnection;
  readonly blueprint: Blueprint;
  readonly remembered: Remembered;
  /** The page that was shared with the connection, below which the plan is made. */
  readonly parent: string;
  /** The pages below which the same project has its plan as well: what stands right there is not of this place. */
  readonly others: readonly string[];
  /** All that the blueprint asks for. */
  readonly tables: readonly Table[];
  /** What was last agreed, or else what the template holds. */
  readonly known: ReadonlyMap<string, Item>;
}

/**
 * The parts of the plan: by the ids that are remembered, wherever people have moved them and whatever they call them;
 * else by the markers that they bear. `undefined`: there is no plan here yet. What is found is remembered.
 * @throws Refused when the parent page is not shared; NeedsAttention when it is in the trash.
 */
export async function locate(search: Search): Promise<Located | undefined> {
  const { remembered } = search;
  const home = remembered.home ?? (await findHome(search));
  if (!home) return undefined;
  if (!remembered.home) remembered.home = { ...home, shows: {} };
  if (!remembered.isSettled) await rememberTables(search, home.page);
  const places = search.tables.flatMap(({ parent }): [string, TablePlace][] => {
    const place = remembered.table(parent);
    return place ? [[parent, place]] : [];
  });
  return { home, tables: new Map(places) };
}

type Home = Located['home'];

export async function findHome(search: Search): Promise<Home | undefined> {
  return (await homeBelowParent(search)) ?? (await homeBySearch(search));
}

/** The page of that name right below the parent, and with our marker; or with nothing at all, as a lost create leaves it. */
export async function homeBelowParent({ requests, blueprint, parent }: Search): Promise<Home | undefined> {
  const title = homeTitle(blueprint);
  const below = await childrenOfParent(requests, parent);
  for (const block of below) {
    if (block.child_page === undefined || nameKey(block.child_page.title) !== nameKey(title)) continue;
    const about: About = { type: 'page', name: block.child_page.title };
    const blocks = await requests.children(about, block.id);
    if (blocks.length > 0 && !isHomeOf(blueprint.project, blocks)) continue;
    const { id, url } = need(about, await requests.page(about, block.id));
    return { page: id, url };
  }
  return undefined;
}

async function childrenOfParent(requests: Requests, parent: string): Promise<readonly Block[]> {
  const url = pageUrl(parent);
  const about: About = { type: 'page', name: url };
  const page = await requests.page(about, parent);
  if (isHidden(page)) throw new Refused(said(PLACE_ERRORS.parentHidden, { url }));
  if (need(about, page).in_trash) throw new NeedsAttention(said(PLACE_ERRORS.parentTrashed, { url }));
  return requests.children(about, parent);
}

/** People may have renamed and moved the page; then its databases still bear their markers. */
async function homeBySearch(search: Search): Promise<Home | undefined> {
  const { requests, connection, blueprint } = search;
  for (const source of await connection.sources(requests)) {
    const marker = markerIn(plainText(source.description));
    if (source.in_trash || marker?.project !== blueprint.project || source.parent.id === null) continue;
    const about: About = { type: 'database', name: blueprint.title };
    const database = findable(about, await requests.database(about, source.parent.id));
    if (!database || database.parent.id === null) continue;
    const page = findable(about, await requests.page(about, database.parent.id));
    if (page && !page.in_trash && !isOfAnother(page, search)) return { page: page.id, url: page.url };
  }
  return undefined;
}

function isOfAnother({ parent }: Page, { others }: Search): boolean {
  return others.some((id) => bareId(id) === bareId(parent.id ?? ''));
}

/** Remembers the databases on the page that are ours, by their marker or, where people have deleted it, by their name. */
export async function rememberTables(search: Search, home: string): Promise<void> {
  const { remembered, tables } = search;
  const missing = tables.filter(({ parent }) => remembered.table(parent) === undefined);
  if (missing.length === 0) return;
  for (const database of await unknownDatabases(search, home)) {
    const table = missing.find((one) => isTable(one, database, search.blueprint.project));
    const [source] = database.data_sources;
    if (table && source && remembered.table(table.parent) === undefined)
      remembered.setTable(table.parent, { database: database.id, source: source.id });
  }
}

/** Those on the page whose ids are not remembered, marked ones first. */
async function unknownDatabases({ requests, remembered, tables }: Search, home: string): Promise<Database[]> {
  const known = new Set(tables.map(({ parent }) => remembered.table(parent)?.database));
  const blocks = await requests.children({ type: 'page', name: pageUrl(home) }, home);
  const ids = blocks.filter(({ id, child_database }) => child_database && !known.has(id));
  const databases = await Promise.all(
    ids.map(async ({ id, child_database }) => {
      const about: About = { type: 'database', name: child_database?.title ?? '' };
      return findable(about, await requests.database(about, id));
    }),
  );
  return databases
    .flatMap((database) => (database && !database.in_trash ? [database] : []))
    .toSorted((a, b) => Number(markerOf(a) === undefined) - Number(markerOf(b) === undefined));
}

export function isTable(table: Table, database: Database, project: string): boolean {
  const marker = markerOf(database);
  if (marker) return marker.project === project && marker.parent === table.parent;
  return nameKey(plainText(database.title)) === nameKey(table.title);
}

/**
 * Why the plan's own database is not to be had, told by the page that holds it.
 * @throws always: Refused when the connection or its access to the parent is gone, else NeedsAttention.
 */
export async function explainLoss(search: Search, { home }: Located, table: Table): Promise<never> {
  const { requests, parent } = search;
  const about: About = { type: 'page', name: home.url };
  const page = await requests.page(about, home.page);
  if (isHidden(page)) {
    await childrenOfParent(requests, parent);
    throw new NeedsAttention(said(PLACE_ERRORS.homeHidden, { url: home.url }));
  }
  if (page.kind !== 'ok') throw failureOf(about, page);
  if (page.value.in_trash) throw new NeedsAttention(said(PLACE_ERRORS.homeTrashed, { url: home.url }));
  throw new NeedsAttention(said(PLACE_ERRORS.planTrashed, { url: home.url, table: table.title }));
}

/** Deleted for good, or not shared: Notion does not tell which. */
export function isHidden(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.refusal.code === 'notShared';
}

export function pageUrl(id: string): string {
  return `https://www.notion.so/${bareId(id)}`;
}

/** Ids come with dashes and without. */
function bareId(id: string): string {
  return id.replaceAll('-', '');
}
