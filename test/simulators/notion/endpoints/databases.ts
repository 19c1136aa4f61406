import { requireAlive, requireThing } from '../access.ts';
import { inTrash, restricted } from '../api-error.ts';
import { moveUnder } from '../block-tree.ts';
import { asObject, asText, type Json, type JsonObject } from '../json.ts';
import { createProperties } from '../property-schema.ts';
import type { Database, DataSource, Page } from '../records.ts';
import { renderDatabase } from '../render.ts';
import { richTextFrom } from '../rich-text.ts';
import type { Caller, World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';

export function createDatabase(context: Context): Answer {
  const database = makeDatabase(context.world, context.caller, context.body);
  return { body: renderDatabase(context.world, database), resourceId: database.id };
}

export function makeDatabase(world: World, caller: Caller, body: JsonObject): Database {
  const parent = pageFrom(world, caller, body.parent);
  const databaseId = world.newId();
  const initial = asObject(body.initial_data_source);
  const properties =
    initial.properties === undefined ? { Name: { title: {} } } : asObject(initial.properties);
  const source = newDataSource(world, caller, databaseId, { title: body.title, properties });
  world.spendBlocks(1, caller);
  const database = world.add<Database>({
    kind: 'database',
    id: databaseId,
    parent: { type: 'page_id', id: parent.id },
    title: richTextFrom(world, body.title),
    description: richTextFrom(world, body.description),
    isInline: body.is_inline === true,
    isLocked: false,
    icon: body.icon === undefined ? null : asObject(body.icon),
    cover: body.cover === undefined ? null : asObject(body.cover),
    dataSources: [source.id],
    views: [],
    ...world.stamps(caller),
  });
  world.add(source);
  parent.children.push(database.id);
  addDefaultView(world, caller, database, source);
  return database;
}

function pageFrom(world: World, caller: Caller, sent: Json | undefined): Page {
  const parent = asObject(sent);
  if (parent.page_id === undefined)
    throw restricted('Internal integrations cannot create workspace-level databases.');
  const page = requireThing(world, caller, 'page', asText(parent.page_id), 'body.parent.page_id');
  requireAlive(world, page);
  return page;
}

/** Not yet in the world: a request that is refused half-way must leave nothing. */
export function newDataSource(
  world: World,
  caller: Caller,
  databaseId: string,
  body: JsonObject,
): DataSource {
  const source: DataSource = {
    kind: 'data_source',
    id: world.newId(),
    databaseId,
    title: richTextFrom(world, body.title),
    icon: body.icon === undefined ? null : (body.icon as JsonObject | null),
    properties: [],
    nextSerial: 0,
    queries: 0,
    ...world.stamps(caller),
  };
  createProperties(world, caller, source, asObject(body.properties));
  return source;
}

function addDefaultView(world: World, caller: Caller, database: Database, source: DataSource): void {
  const view = world.add({
    kind: 'view',
    id: world.newId(),
    databaseId: database.id,
    dataSourceId: source.id,
    name: 'Default view',
    type: 'table',
    filter: null,
    sorts: null,
    quickFilters: null,
    configuration: null,
    ...world.stamps(caller),
  });
  database.views.push(view.id);
}

export function retrieveDatabase(context: Context): Answer {
  return { body: renderDatabase(context.world, requireDatabase(context)) };
}

function requireDatabase(context: Context): Database {
  const id = param(context, 'database_id');
  return requireThing(context.world, context.caller, 'database', id, 'path.database_id');
}

export function updateDatabase(context: Context): Answer {
  const { world, caller, body } = context;
  const database = requireDatabase(context);
  changeDatabase(world, caller, database, body);
  return { body: renderDatabase(world, database), resourceId: database.id };
}

export function changeDatabase(world: World, caller: Caller, database: Database, body: JsonObject): void {
  const above = world.above(database);
  const frozen =
    (above !== undefined && world.isGone(above)) || (database.inTrash && body.in_trash !== false);
  if (frozen) throw inTrash();
  if (body.parent !== undefined) {
    moveUnder(world, database, { type: 'page_id', id: pageFrom(world, caller, body.parent).id });
  }
  if (body.title !== undefined) retitle(world, database, body.title);
  if (body.description !== undefined) database.description = richTextFrom(world, body.description);
  if (typeof body.is_inline === 'boolean') database.isInline = body.is_inline;
  if (typeof body.is_locked === 'boolean') database.isLocked = body.is_locked;
  if (body.icon !== undefined) database.icon = body.icon as JsonObject | null;
  if (body.cover !== undefined) database.cover = body.cover as JsonObject | null;
  if (typeof body.in_trash === 'boolean') database.inTrash = body.in_trash;
  world.touch(database, caller);
}

/** The only data source of a database bears its title. */
function retitle(world: World, database: Database, title: Json): void {
  database.title = richTextFrom(world, title);
  const only =
    database.dataSources.length === 1 ? world.get('data_source', database.dataSources[0] ?? '') : undefined;
  if (only !== undefined) only.title = database.title;
}
