import { requireAlive, requireThing } from '../access.ts';
import { invalid, invalidBody, restricted } from '../api-error.ts';
import { rowFilter } from '../filters.ts';
import { asObject, asObjects, asText, type Json, type JsonObject, textOf } from '../json.ts';
import { listAnswer, pageRequestFromQuery, sliceOf } from '../paging.ts';
import { findProperty } from '../property-types.ts';
import type { Database, DataSource, View } from '../records.ts';
import { renderView } from '../render.ts';
import { sortedRows } from '../sorts.ts';
import type { Caller, World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';

export function createView(context: Context): Answer {
  const view = makeView(context.world, context.caller, context.body);
  return { body: renderView(view), resourceId: view.id };
}

export function makeView(world: World, caller: Caller, body: JsonObject): View {
  const id = asText(body.data_source_id);
  const source = requireThing(world, caller, 'data_source', id, 'body.data_source_id');
  requireAlive(world, source);
  const database = homeOf(world, caller, source, body);
  const type = asText(body.type);
  if (type === 'chart' && !world.settings.charts)
    throw restricted('Chart views are not available on this plan.');
  const scope = { world, caller, source };
  checkLook(scope, type, body);
  const view = world.add<View>({
    kind: 'view',
    id: world.newId(),
    databaseId: database.id,
    dataSourceId: source.id,
    name: asText(body.name),
    type,
    filter: (body.filter as JsonObject | undefined) ?? null,
    sorts: body.sorts ?? null,
    quickFilters: (body.quick_filters as JsonObject | undefined) ?? null,
    configuration: (body.configuration as JsonObject | undefined) ?? null,
    ...world.stamps(caller),
  });
  placeView(database, view, body.position);
  return view;
}

function homeOf(world: World, caller: Caller, source: DataSource, body: JsonObject): Database {
  const homes = ['database_id', 'view_id', 'create_database'].filter((name) => body[name] !== undefined);
  if (homes.length !== 1) {
    throw invalidBody(
      'exactly one of body.database_id, body.view_id or body.create_database should be defined.',
    );
  }
  if (body.database_id === undefined) throw invalid('The simulator has no dashboards and no linked views.');
  const database = requireThing(world, caller, 'database', asText(body.database_id), 'body.database_id');
  if (!database.dataSources.includes(source.id)) {
    throw invalid('The data source does not belong to that database: a linked view needs create_database.');
  }
  return database;
}

function placeView(database: Database, view: View, position: Json | undefined): void {
  const { type, view_id: after } = asObject(position);
  const index = database.views.indexOf(asText(after));
  if (type === 'after_view' && index < 0) throw invalid('body.position.view_id is no view of this database.');
  const at = { start: 0, after_view: index + 1 }[asText(type)] ?? database.views.length;
  database.views.splice(at, 0, view.id);
}

interface Scope {
  readonly world: World;
  readonly caller: Caller;
  readonly source: DataSource;
}

const neededByType: Record<string, string> = {
  board: 'group_by',
  calendar: 'date_property_id',
  timeline: 'date_property_id',
};

/** Filter, sorts and configuration name what is there, and fit the type of the view. */
function checkLook(scope: Scope, type: string, body: JsonObject): void {
  rowFilter(scope, body.filter);
  sortedRows(scope.world, scope.caller, scope.source, [], body.sorts);
  for (const key of Object.keys(asObject(body.quick_filters))) requireProperty(scope.source, key);
  const needed = neededByType[type];
  if (needed !== undefined && asObject(body.configuration)[needed] === undefined) {
    throw invalidBody(`body.configuration.${needed} should be defined, instead was \`undefined\`.`);
  }
  checkConfiguration(scope.source, type, body.configuration);
}

function checkConfiguration(source: DataSource, type: string, sent: Json | undefined): void {
  if (sent === undefined || sent === null) return;
  const configuration = asObject(sent);
  if (configuration.type !== type) {
    throw invalidBody(
      `body.configuration.type should be \`"${type}"\`, instead was \`${JSON.stringify(configuration.type)}\`.`,
    );
  }
  for (const name of ['date_property_id', 'end_date_property_id']) {
    const key = textOf(configuration[name]);
    if (key === undefined) continue;
    const property = requireProperty(source, key);
    const dated = ['date', 'created_time', 'last_edited_time', 'formula', 'rollup'].includes(property.type);
    if (!dated) throw invalid(`Property ${property.name} is not a date.`);
  }
  for (const name of ['group_by', 'sub_group_by', 'x_axis', 'stack_by'])
    checkGroup(source, configuration[name]);
  for (const { property_id: key } of asObjects(configuration.properties))
    requireProperty(source, asText(key));
  for (const name of ['y_axis', 'value']) {
    const key = textOf(asObject(configuration[name]).property_id);
    if (key !== undefined) requireProperty(source, key);
  }
}

function checkGroup(source: DataSource, sent: Json | undefined): void {
  if (sent === undefined || sent === null) return;
  const { property_id: key, type } = asObject(sent);
  const property = requireProperty(source, asText(key));
  const expected = { people: 'person', rich_text: 'text' }[property.type] ?? property.type;
  if (type !== expected)
    throw invalid(`Cannot group by ${asText(type)}: property ${property.name} is ${property.type}.`);
}

function requireProperty(source: DataSource, key: string) {
  const property = findProperty(source.properties, key);
  if (property === undefined) throw invalid(`Could not find property with name or id: ${key}`);
  return property;
}

function requireView(context: Context): View {
  return requireThing(context.world, context.caller, 'view', param(context, 'view_id'), 'path.view_id');
}

export function retrieveView(context: Context): Answer {
  return { body: renderView(requireView(context)) };
}

export function updateView(context: Context): Answer {
  const { world, caller, body } = context;
  const view = requireView(context);
  const source = world.get('data_source', view.dataSourceId);
  if (source === undefined) throw invalid('The data source of this view is gone.');
  const configuration = body.configuration === undefined ? view.configuration : asObject(body.configuration);
  checkLook({ world, caller, source }, view.type, { ...body, configuration: configuration ?? undefined });
  if (typeof body.name === 'string') view.name = body.name;
  if (body.filter !== undefined) view.filter = body.filter as JsonObject | null;
  if (body.sorts !== undefined) view.sorts = body.sorts;
  if (body.quick_filters !== undefined) view.quickFilters = body.quick_filters as JsonObject | null;
  view.configuration = configuration;
  world.touch(view, caller);
  return { body: renderView(view), resourceId: view.id };
}

export function deleteView(context: Context): Answer {
  const { world } = context;
  const view = requireView(context);
  removeView(world, view);
  return {
    body: {
      object: 'view',
      id: view.id,
      parent: { type: 'database_id', database_id: view.databaseId },
      type: view.type,
    },
  };
}

export function removeView(world: World, view: View): void {
  const database = world.get('database', view.databaseId);
  if (database === undefined || database.views.length < 2)
    throw invalid('Cannot delete the last view of a database.');
  database.views.splice(database.views.indexOf(view.id), 1);
  world.things.delete(view.id);
}

export function listViews({ world, caller, query }: Context): Answer {
  const databaseId = query.get('database_id');
  const sourceId = query.get('data_source_id');
  if (databaseId === null && sourceId === null) {
    throw invalid('query failed validation: query.database_id or query.data_source_id should be defined.');
  }
  const ids =
    databaseId === null
      ? viewsOfSource(
          world,
          requireThing(world, caller, 'data_source', sourceId ?? '', 'query.data_source_id'),
        )
      : requireThing(world, caller, 'database', databaseId, 'query.database_id').views;
  const { results, nextCursor } = sliceOf(
    ids.map((id) => ({ id })),
    pageRequestFromQuery(query),
  );
  return {
    body: listAnswer(
      'view',
      results.map(({ id }) => ({ object: 'view', id })),
      nextCursor,
    ),
  };
}

function viewsOfSource(world: World, source: DataSource): string[] {
  return world
    .all('view')
    .filter(({ dataSourceId }) => dataSourceId === source.id)
    .map(({ id }) => id);
}
