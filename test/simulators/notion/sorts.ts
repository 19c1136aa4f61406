import { invalid } from './api-error.ts';
import { asList, asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import { findProperty } from './property-types.ts';
import type { DataSource, Page, Property } from './records.ts';
import { renderValue } from './render.ts';
import { plainText } from './rich-text.ts';
import { toTheMinute } from './times.ts';
import type { Caller, World } from './world.ts';

type Key = string | number | undefined;

/**
 * Rows in the order asked for; where it says nothing, in an order that means nothing (that of the ids).
 * @throws ApiError 400 on a property that is not there.
 */
export function sortedRows(
  world: World,
  caller: Caller,
  source: DataSource,
  rows: readonly Page[],
  sorts: Json | undefined,
): Page[] {
  const orders = asObjects(sorts).map((sort) => orderOf(world, caller, source, sort));
  return rows.toSorted((one, other) => {
    for (const order of orders) {
      const result = order(one, other);
      if (result !== 0) return result;
    }
    return one.id < other.id ? -1 : 1;
  });
}

function orderOf(world: World, caller: Caller, source: DataSource, sort: JsonObject) {
  const keyOf = sort.timestamp === undefined ? propertyKey(world, caller, source, sort) : timestampKey(sort);
  const sign = sort.direction === 'descending' ? -1 : 1;
  return (one: Page, other: Page) => compare(keyOf(one), keyOf(other), sign);
}

/** Empty values come last, in both directions. */
function compare(one: Key, other: Key, sign: number): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -sign : sign;
}

function timestampKey(sort: JsonObject): (row: Page) => Key {
  return (row) => toTheMinute(sort.timestamp === 'created_time' ? row.createdAt : row.editedAt);
}

function propertyKey(world: World, caller: Caller, source: DataSource, sort: JsonObject): (row: Page) => Key {
  const property = findProperty(source.properties, asText(sort.property));
  if (property === undefined)
    throw invalid(`Could not find sort property with name or id: ${asText(sort.property)}`);
  return (row) => keyOfValue(property, renderValue(world, caller, row, property));
}

function keyOfValue(property: Property, value: Json): Key {
  if (value === null) return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return value;
  if (property.type === 'title' || property.type === 'rich_text') return plainText(value) || undefined;
  if (property.type === 'select' || property.type === 'status') {
    const id = asObject(value).id;
    return property.options.findIndex((option) => option.id === id);
  }
  if (property.type === 'date') return asText(asObject(value).start);
  if (property.type === 'unique_id') return Number(asObject(value).number);
  return asList(value).length || undefined;
}
