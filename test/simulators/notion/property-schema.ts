import { requireThing } from './access.ts';
import { invalid, invalidBody } from './api-error.ts';
import { asObject, asObjects, asText, type JsonObject, textOf } from './json.ts';
import {
  creatableTypes,
  createdOptions,
  fallbackStatus,
  findProperty,
  renderOptions,
  typeOfRequest,
  typesWithOptions,
  updatedOptions,
} from './property-types.ts';
import type { DataSource, Property } from './records.ts';
import { plainText } from './rich-text.ts';
import type { Caller, World } from './world.ts';

/**
 * Gives a data source the properties of a create request. Buttons are passed over in silence, as Notion does.
 * @throws ApiError 400 when there is not exactly one title, or a property cannot be made.
 */
export function createProperties(
  world: World,
  caller: Caller,
  source: DataSource,
  requests: JsonObject,
): void {
  const titles = Object.values(requests).filter((request) => typeOfRequest(asObject(request)) === 'title');
  if (titles.length === 0) throw invalid('Title is not provided');
  if (titles.length > 1) throw invalid('Only one property of type title is allowed');
  for (const [name, request] of Object.entries(requests)) {
    createProperty(world, caller, source, name, asObject(request));
  }
}

export function createProperty(
  world: World,
  caller: Caller,
  source: DataSource,
  name: string,
  request: JsonObject,
): Property | undefined {
  const type = typeOfRequest(request);
  if (type === 'button') return undefined;
  if (!creatableTypes.has(type)) throw invalidBody(`body.properties.${name}.type ${type} cannot be created.`);
  if (source.properties.some((one) => one.name === name)) {
    throw invalid(`Cannot create property ${name}: a property with that name already exists.`);
  }
  if (type === 'title' && source.properties.some((one) => one.type === 'title')) {
    throw invalid('Only one property of type title is allowed');
  }
  const property: Property = {
    id: type === 'title' ? 'title' : world.newPropertyId(),
    name,
    type,
    description: textOf(request.description) ?? null,
    options: [],
    settings: {},
  };
  configure(world, caller, source, property, asObject(request[type]));
  source.properties.push(property);
  return property;
}

function configure(
  world: World,
  caller: Caller,
  source: DataSource,
  property: Property,
  config: JsonObject,
): void {
  if (typesWithOptions.has(property.type)) property.options = createdOptions(world, property, config);
  else if (property.type === 'number') property.settings = { format: config.format ?? 'number' };
  else if (property.type === 'formula') property.settings = { expression: config.expression ?? '' };
  else if (property.type === 'unique_id') property.settings = { prefix: config.prefix ?? null };
  else if (property.type === 'rollup') property.settings = rollupSettings(world, source, config);
  else if (property.type === 'relation') relate(world, caller, source, property, config);
}

function relate(
  world: World,
  caller: Caller,
  source: DataSource,
  property: Property,
  config: JsonObject,
): void {
  const where = `body.properties.${property.name}.relation.data_source_id`;
  const target = requireThing(world, caller, 'data_source', asText(config.data_source_id), where);
  property.relation = { dataSourceId: target.id };
  if (config.dual_property === undefined) return;
  const wanted = textOf(asObject(config.dual_property).synced_property_name);
  const synced: Property = {
    id: world.newPropertyId(),
    name: freeName(target, wanted ?? `Related to ${plainText(source.title)} (${property.name})`),
    type: 'relation',
    description: null,
    options: [],
    settings: {},
    relation: { dataSourceId: source.id, syncedPropertyId: property.id },
  };
  target.properties.push(synced);
  property.relation.syncedPropertyId = synced.id;
  world.touch(target, caller);
}

function freeName(source: DataSource, wanted: string): string {
  let name = wanted;
  for (let n = 1; source.properties.some((one) => one.name === name); n += 1) name = `${wanted} ${n}`;
  return name;
}

function rollupSettings(world: World, source: DataSource, config: JsonObject): JsonObject {
  const relationKey = asText(config.relation_property_id ?? config.relation_property_name);
  const relation = findProperty(source.properties, relationKey);
  if (relation?.relation === undefined) throw invalid(`Could not find relation property ${relationKey}.`);
  const target = world.get('data_source', relation.relation.dataSourceId);
  const rollupKey = asText(config.rollup_property_id ?? config.rollup_property_name);
  const rolled = findProperty(target?.properties ?? [], rollupKey);
  if (rolled === undefined) throw invalid(`Could not find rollup property ${rollupKey}.`);
  return { function: config.function, relationId: relation.id, rollupId: rolled.id };
}

/**
 * Applies `properties` of a data source update: null removes, `{name}` renames, a type changes or creates.
 * @throws ApiError 400 when one cannot be done; then nothing is done.
 */
export function updateProperties(
  world: World,
  caller: Caller,
  source: DataSource,
  requests: JsonObject,
): void {
  const before = structuredClone(source.properties);
  try {
    for (const [key, request] of Object.entries(requests)) {
      updateProperty(world, caller, source, key, request === null ? null : asObject(request));
    }
  } catch (error) {
    source.properties = before;
    throw error;
  }
}

function updateProperty(
  world: World,
  caller: Caller,
  source: DataSource,
  key: string,
  request: JsonObject | null,
): void {
  const property = findProperty(source.properties, key);
  if (property === undefined) {
    if (request === null || typeOfRequest(request) === '')
      throw invalid(`Could not find property with name or id: ${key}`);
    createProperty(world, caller, source, textOf(request.name) ?? key, request);
    return;
  }
  if (request === null) {
    removeProperty(world, source, property);
    return;
  }
  if (typeof request.name === 'string') renameProperty(source, property, request.name);
  if (request.description !== undefined) property.description = textOf(request.description) ?? null;
  const type = typeOfRequest(request);
  if (type !== '') changeType(world, caller, source, property, type, asObject(request[type]));
}

export function renameProperty(source: DataSource, property: Property, name: string): void {
  if (source.properties.some((other) => other !== property && other.name === name)) {
    throw invalid(`Cannot rename property to ${name}: a property with that name already exists.`);
  }
  property.name = name;
}

export function removeProperty(world: World, source: DataSource, property: Property): void {
  if (property.type === 'title') throw invalid('Cannot delete the title property.');
  source.properties = source.properties.filter((one) => one !== property);
  for (const row of world.rowsOf(source.id)) row.values.delete(property.id);
}

function changeType(
  world: World,
  caller: Caller,
  source: DataSource,
  property: Property,
  type: string,
  config: JsonObject,
): void {
  if (type !== property.type) {
    if (type === 'title' || property.type === 'title')
      throw invalid('Cannot change the type of the title property.');
    property.type = type;
    property.options = [];
    for (const row of world.rowsOf(source.id)) row.values.delete(property.id);
    configure(world, caller, source, property, config);
  } else if (typesWithOptions.has(type)) {
    if (config.options === undefined) return;
    property.options = updatedOptions(world, property, asObjects(config.options));
    dropLostOptions(world, source, property);
  } else if (type !== 'relation') {
    configure(world, caller, source, property, config);
  }
}

/** Rows that held an option which is gone hold nothing; a status falls back to the first that is left. */
export function dropLostOptions(world: World, source: DataSource, property: Property): void {
  const left = new Set(property.options.map(({ id }) => id));
  const fallback = property.type === 'status' ? (fallbackStatus(property)?.id ?? null) : null;
  for (const row of world.rowsOf(source.id)) {
    const value = row.values.get(property.id);
    if (Array.isArray(value)) {
      row.values.set(
        property.id,
        value.filter((id) => left.has(asText(id))),
      );
    } else if (typeof value === 'string' && !left.has(value)) {
      row.values.set(property.id, fallback);
    }
  }
}

export function renderProperty(world: World, property: Property): JsonObject {
  return {
    id: encodeURIComponent(property.id),
    name: property.name,
    description: property.description,
    type: property.type,
    [property.type]: renderConfig(world, property),
  };
}

function renderConfig(world: World, property: Property): JsonObject {
  if (typesWithOptions.has(property.type)) return renderOptions(property);
  if (property.relation !== undefined) return renderRelation(world, property.relation);
  if (property.type === 'rollup') {
    const { function: rollupFunction, relationId, rollupId } = property.settings;
    return {
      function: rollupFunction,
      relation_property_id: encodeURIComponent(asText(relationId)),
      rollup_property_id: encodeURIComponent(asText(rollupId)),
    };
  }
  return property.settings;
}

function renderRelation(world: World, relation: NonNullable<Property['relation']>): JsonObject {
  const target = world.get('data_source', relation.dataSourceId);
  const synced = target?.properties.find(({ id }) => id === relation.syncedPropertyId);
  return {
    database_id: target?.databaseId ?? '',
    data_source_id: relation.dataSourceId,
    ...(synced === undefined
      ? { type: 'single_property', single_property: {} }
      : {
          type: 'dual_property',
          dual_property: {
            synced_property_id: encodeURIComponent(synced.id),
            synced_property_name: synced.name,
          },
        }),
  };
}
