import { maySee, requireAlive, requireThing } from '../access.ts';
import { inTrash, invalid } from '../api-error.ts';
import { rowFilter } from '../filters.ts';
import { asObject, asText, type JsonObject } from '../json.ts';
import { deepListAnswer, pageRequestFromBody } from '../paging.ts';
import { updateProperties } from '../property-schema.ts';
import { findProperty } from '../property-types.ts';
import type { DataSource } from '../records.ts';
import { renderDataSource, renderPage } from '../render.ts';
import { richTextFrom } from '../rich-text.ts';
import { sortedRows } from '../sorts.ts';
import type { Caller, World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';
import { newDataSource } from './databases.ts';

function requireDataSource(context: Context): DataSource {
  const id = param(context, 'data_source_id');
  return requireThing(context.world, context.caller, 'data_source', id, 'path.data_source_id');
}

export function createDataSource(context: Context): Answer {
  const { world, caller, body } = context;
  const id = asText(asObject(body.parent).database_id);
  const database = requireThing(world, caller, 'database', id, 'body.parent.database_id');
  requireAlive(world, database);
  const source = world.add(newDataSource(world, caller, database.id, body));
  database.dataSources.push(source.id);
  return { body: renderDataSource(world, source), resourceId: source.id };
}

export function retrieveDataSource(context: Context): Answer {
  return { body: renderDataSource(context.world, requireDataSource(context)) };
}

export function updateDataSource(context: Context): Answer {
  const { world, caller, body } = context;
  const source = requireDataSource(context);
  changeDataSource(world, caller, source, body);
  return { body: renderDataSource(world, source), resourceId: source.id };
}

export function changeDataSource(world: World, caller: Caller, source: DataSource, body: JsonObject): void {
  const above = world.above(source);
  const frozen = (above !== undefined && world.isGone(above)) || (source.inTrash && body.in_trash !== false);
  if (frozen) throw inTrash();
  if (body.properties !== undefined) updateProperties(world, caller, source, asObject(body.properties));
  if (body.title !== undefined) source.title = richTextFrom(world, body.title);
  if (body.icon !== undefined) source.icon = body.icon as JsonObject | null;
  if (typeof body.in_trash === 'boolean') source.inTrash = body.in_trash;
  world.touch(source, caller);
}

export function queryDataSource(context: Context): Answer {
  const { world, caller, body, query } = context;
  const source = requireDataSource(context);
  const wanted = query.getAll('filter_properties');
  for (const key of wanted) {
    if (findProperty(source.properties, key) === undefined) {
      throw invalid(`Could not find property with name or id: ${key}`);
    }
  }
  const request = pageRequestFromBody(body);
  const passes = rowFilter({ world, caller, source }, body.filter);
  source.queries += 1;
  const rows = world
    .rowsOf(source.id)
    .filter(
      (row) => !row.inTrash && maySee(world, caller, row) && isSeen(world, source, row.id) && passes(row),
    );
  const sorted = sortedRows(world, caller, source, rows, body.sorts);
  return {
    body: deepListAnswer('page_or_data_source', sorted, request, world.settings.queryDepth, (row) =>
      renderPage(world, caller, row, wanted),
    ),
  };
}

/** Queries of that data source when the row was first looked for: it shows after `queryLag` more. */
const firstLooks = new WeakMap<World, Map<string, number>>();

function isSeen(world: World, source: DataSource, rowId: string): boolean {
  const { queryLag } = world.settings;
  if (queryLag === 0) return true;
  const looks = firstLooks.get(world) ?? new Map<string, number>();
  firstLooks.set(world, looks);
  const first = looks.get(rowId) ?? source.queries;
  looks.set(rowId, first);
  return source.queries - first >= queryLag;
}
