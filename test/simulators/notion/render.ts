import { maySee } from './access.ts';
import { renderFile } from './files.ts';
import { asList, asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import { renderProperty } from './property-schema.ts';
import { fallbackStatus } from './property-types.ts';
import type { Database, DataSource, Page, Parent, Property, View } from './records.ts';
import { plainText } from './rich-text.ts';
import { rollUp } from './rollups.ts';
import { toTheMinute, withMilliseconds } from './times.ts';
import { renderUser } from './users.ts';
import type { Caller, World } from './world.ts';

/** Inline values of a page are cut here; the rest is had by retrieving the property. */
export const INLINE_VALUES = 25;

export function partialUser(id: string): JsonObject {
  return { object: 'user', id };
}

export function renderParent(world: World, parent: Parent): JsonObject {
  if (parent.type === 'workspace') return { type: 'workspace', workspace: true };
  const shown = { type: parent.type, [parent.type]: parent.id };
  if (parent.type !== 'data_source_id') return shown;
  return { ...shown, database_id: world.get('data_source', parent.id)?.databaseId };
}

function urlOf(title: string, id: string): string {
  const slug = title.normalize('NFD').replaceAll(/[^A-Za-z0-9]+/g, '-');
  return `https://www.notion.so/${slug === '' ? '' : `${slug}-`}${id.replaceAll('-', '')}`;
}

export function propertiesOf(world: World, page: Page): readonly Property[] {
  const source = page.parent.type === 'data_source_id' ? world.get('data_source', page.parent.id) : undefined;
  return source?.properties ?? [pageTitle];
}

const pageTitle: Property = {
  id: 'title',
  name: 'title',
  type: 'title',
  description: null,
  options: [],
  settings: {},
};

/** A page as the API gives it, with only the properties wanted when some are. */
export function renderPage(
  world: World,
  caller: Caller,
  page: Page,
  wanted: readonly string[] = [],
): JsonObject {
  const shown = propertiesOf(world, page).filter(
    ({ id, name }) =>
      wanted.length === 0 || wanted.some((one) => [id, encodeURIComponent(id), name].includes(one)),
  );
  return {
    object: 'page',
    id: page.id,
    created_time: toTheMinute(page.createdAt),
    last_edited_time: toTheMinute(page.editedAt),
    created_by: partialUser(page.createdBy),
    last_edited_by: partialUser(page.editedBy),
    cover: page.cover,
    icon: page.icon,
    parent: renderParent(world, page.parent),
    in_trash: world.isGone(page),
    is_archived: false,
    is_locked: page.isLocked,
    properties: Object.fromEntries(
      shown.map((property) => [property.name, renderInlineValue(world, caller, page, property)]),
    ),
    url: urlOf(plainText(page.values.get('title')), page.id),
    public_url: null,
  };
}

const cutTypes = new Set(['title', 'rich_text', 'relation', 'people']);

function renderInlineValue(world: World, caller: Caller, page: Page, property: Property): JsonObject {
  const id = encodeURIComponent(property.id);
  const full = renderValue(world, caller, page, property);
  const cut = cutTypes.has(property.type) && asList(full).length > INLINE_VALUES;
  const value = cut ? asList(full).slice(0, INLINE_VALUES) : full;
  const more = cut || property.type === 'relation' ? { has_more: cut } : {};
  return { id, type: property.type, [property.type]: value, ...more };
}

type Renderer = (world: World, caller: Caller, page: Page, property: Property) => Json;

const renderers: Record<string, Renderer> = {
  title: (_world, _caller, page) => asList(page.values.get('title')),
  rich_text: (_world, _caller, page, { id }) => asList(page.values.get(id)),
  select: (_world, _caller, page, property) => renderOption(property, page.values.get(property.id)),
  status: (_world, _caller, page, property) =>
    renderOption(property, page.values.get(property.id) ?? fallbackStatus(property)?.id),
  multi_select: (_world, _caller, page, property) =>
    asList(page.values.get(property.id)).map((id) => renderOption(property, id)),
  relation: (world, caller, page, property) =>
    relatedIds(world, caller, page, property).map((id) => ({ id })),
  people: (world, _caller, page, { id }) =>
    asList(page.values.get(id)).map((user) => renderUser(world, asText(user))),
  files: (world, _caller, page, { id }) =>
    asObjects(page.values.get(id)).map((file) => renderFile(world, file)),
  checkbox: (_world, _caller, page, { id }) => page.values.get(id) ?? false,
  created_time: (_world, _caller, page) => toTheMinute(page.createdAt),
  last_edited_time: (_world, _caller, page) => toTheMinute(page.editedAt),
  created_by: (world, _caller, page) => renderUser(world, page.createdBy),
  last_edited_by: (world, _caller, page) => renderUser(world, page.editedBy),
  unique_id: (_world, _caller, page, property) => ({
    prefix: property.settings.prefix ?? null,
    number: page.serial,
  }),
  formula: (_world, _caller, page, { id }) => page.values.get(id) ?? { type: 'string', string: null },
  rollup: (world, caller, page, property) => rollUp(world, caller, page, property),
  button: () => ({}),
};

/** The whole value, however long. */
export function renderValue(world: World, caller: Caller, page: Page, property: Property): Json {
  const render = renderers[property.type];
  return render === undefined
    ? (page.values.get(property.id) ?? null)
    : render(world, caller, page, property);
}

function renderOption(property: Property, id: Json | undefined): Json {
  const option = property.options.find((one) => one.id === id);
  return option === undefined ? null : { id: option.id, name: option.name, color: option.color };
}

/** Related pages that are not in the trash and that the caller may see. */
export function relatedIds(world: World, caller: Caller, page: Page, property: Property): string[] {
  return asList(page.values.get(property.id))
    .map(asText)
    .filter((id) => {
      const other = world.get('page', id);
      return other !== undefined && !world.isGone(other) && maySee(world, caller, other);
    });
}

export function renderDatabase(world: World, database: Database): JsonObject {
  return {
    object: 'database',
    id: database.id,
    title: database.title,
    description: database.description,
    parent: renderParent(world, database.parent),
    is_inline: database.isInline,
    in_trash: world.isGone(database),
    is_locked: database.isLocked,
    created_time: withMilliseconds(database.createdAt),
    last_edited_time: withMilliseconds(database.editedAt),
    data_sources: database.dataSources.map((id) => ({
      id,
      name: plainText(world.get('data_source', id)?.title),
    })),
    icon: database.icon,
    cover: database.cover,
    url: urlOf('', database.id),
    public_url: null,
  };
}

export function renderDataSource(world: World, source: DataSource): JsonObject {
  const database = world.get('database', source.databaseId);
  return {
    object: 'data_source',
    id: source.id,
    title: source.title,
    description: database?.description ?? [],
    parent: { type: 'database_id', database_id: source.databaseId },
    database_parent: database === undefined ? undefined : renderParent(world, database.parent),
    is_inline: database?.isInline ?? false,
    in_trash: world.isGone(source),
    created_time: toTheMinute(source.createdAt),
    last_edited_time: toTheMinute(source.editedAt),
    created_by: partialUser(source.createdBy),
    last_edited_by: partialUser(source.editedBy),
    properties: Object.fromEntries(
      source.properties.map((property) => [property.name, renderProperty(world, property)]),
    ),
    icon: source.icon,
    cover: database?.cover ?? null,
    url: urlOf('', source.databaseId),
    public_url: null,
  };
}

export function renderView(view: View): JsonObject {
  return {
    object: 'view',
    id: view.id,
    parent: { type: 'database_id', database_id: view.databaseId },
    name: view.name,
    type: view.type,
    created_time: toTheMinute(view.createdAt),
    last_edited_time: toTheMinute(view.editedAt),
    created_by: partialUser(view.createdBy),
    last_edited_by: partialUser(view.editedBy),
    url: `${urlOf('', view.databaseId)}?v=${view.id.replaceAll('-', '')}`,
    data_source_id: view.dataSourceId,
    filter: view.filter,
    sorts: view.sorts,
    quick_filters: view.quickFilters,
    configuration: view.configuration === null ? null : asObject(view.configuration),
  };
}
