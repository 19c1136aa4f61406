import { invalid } from './api-error.ts';
import { matchesDate } from './date-filters.ts';
import { asList, asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import { findProperty, sameName, typeOfRequest, typesWithOptions } from './property-types.ts';
import type { DataSource, Page, Property } from './records.ts';
import { relatedIds, renderValue } from './render.ts';
import { plainText } from './rich-text.ts';
import { toTheMinute } from './times.ts';
import type { Caller, World } from './world.ts';

interface Scope {
  readonly world: World;
  readonly caller: Caller;
  readonly source: DataSource;
}

/**
 * Whether a row passes. The shape of the filter, with its two levels, has been checked.
 * @throws ApiError 400 on a property, type or option that is not there.
 */
export function rowFilter(scope: Scope, filter: Json | undefined): (row: Page) => boolean {
  if (filter === undefined || filter === null) return () => true;
  const node = asObject(filter);
  if (Array.isArray(node.and)) {
    const parts = node.and.map((part) => rowFilter(scope, part));
    return (row) => parts.every((passes) => passes(row));
  }
  if (Array.isArray(node.or)) {
    const parts = node.or.map((part) => rowFilter(scope, part));
    return (row) => parts.some((passes) => passes(row));
  }
  return node.timestamp === undefined ? propertyFilter(scope, node) : timestampFilter(scope, node);
}

function timestampFilter({ world }: Scope, node: JsonObject): (row: Page) => boolean {
  const name = asText(node.timestamp);
  const condition = asObject(node[name]);
  return (row) =>
    matchesDate(toTheMinute(name === 'created_time' ? row.createdAt : row.editedAt), condition, world.now());
}

function propertyFilter(scope: Scope, node: JsonObject): (row: Page) => boolean {
  const { property: wanted, ...rest } = node;
  const property = findProperty(scope.source.properties, asText(wanted));
  if (property === undefined) throw invalid(`Could not find property with name or id: ${asText(wanted)}`);
  const type = typeOfRequest(rest);
  if (type !== property.type) {
    throw invalid(`database property ${property.type} does not match filter ${type}`);
  }
  const condition = asObject(rest[type]);
  if (typesWithOptions.has(type)) checkOptionsExist(property, condition);
  return (row) => matches(scope, row, property, condition);
}

function checkOptionsExist(property: Property, condition: JsonObject): void {
  const known = [
    ...property.options.map(({ name }) => name),
    ...(property.type === 'status' ? ['To-do', 'In progress', 'Complete'] : []),
  ];
  for (const value of Object.values(condition).flatMap((one) => (Array.isArray(one) ? one : [one]))) {
    if (typeof value === 'string' && !known.some((name) => sameName(name, value))) {
      throw invalid(`${property.type} option "${value}" not found for property "${property.name}".`);
    }
  }
}

function matches(scope: Scope, row: Page, property: Property, condition: JsonObject): boolean {
  const { world, caller } = scope;
  if (['date', 'created_time', 'last_edited_time'].includes(property.type)) {
    const value = renderValue(world, caller, row, property);
    const at = typeof value === 'string' ? value : asText(asObject(value).start);
    return matchesDate(at, condition, world.now());
  }
  const values = valuesOf(scope, row, property);
  return Object.entries(condition).every(([operator, wanted]) => matchesOne(operator, values, wanted));
}

/** What a condition compares with: several where the property may hold several, none where it is empty. */
function valuesOf({ world, caller }: Scope, row: Page, property: Property): Json[] {
  if (property.type === 'relation') return relatedIds(world, caller, row, property);
  const value = renderValue(world, caller, row, property);
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return [plainText(value)].filter(Boolean);
    case 'select':
      return value === null ? [] : [asText(asObject(value).name)];
    case 'status': {
      const option = property.options.find(({ id }) => id === asObject(value).id);
      return option === undefined ? [] : [option.name, option.group];
    }
    case 'multi_select':
      return asObjects(value).map(({ name }) => asText(name));
    case 'people':
      return asObjects(value).map(({ id }) => asText(id));
    case 'created_by':
    case 'last_edited_by':
      return [asText(asObject(value).id)];
    case 'unique_id':
      return [asObject(value).number ?? 0];
    case 'formula':
    case 'rollup':
      throw new Error(`The simulator does not filter by ${property.type}.`);
    default:
      return Array.isArray(value) ? asList(value) : [value].filter((one) => one !== null);
  }
}

function matchesOne(operator: string, values: Json[], wanted: Json | undefined): boolean {
  const any = (test: (value: string, other: string) => boolean) =>
    asWanted(wanted).some((other) => values.some((value) => test(lower(value), other)));
  const number = Number(wanted);
  switch (operator) {
    case 'equals':
      return any((value, other) => value === other);
    case 'does_not_equal':
      return !any((value, other) => value === other);
    case 'contains':
      return any((value, other) => value.includes(other));
    case 'does_not_contain':
      return !any((value, other) => value.includes(other));
    case 'starts_with':
      return any((value, other) => value.startsWith(other));
    case 'ends_with':
      return any((value, other) => value.endsWith(other));
    case 'is_empty':
      return values.length === 0;
    case 'is_not_empty':
      return values.length > 0;
    case 'greater_than':
      return values.some((value) => Number(value) > number);
    case 'less_than':
      return values.some((value) => Number(value) < number);
    case 'greater_than_or_equal_to':
      return values.some((value) => Number(value) >= number);
    case 'less_than_or_equal_to':
      return values.some((value) => Number(value) <= number);
    default:
      throw new Error(`The simulator does not know the filter condition ${operator}.`);
  }
}

function asWanted(wanted: Json | undefined): string[] {
  return (Array.isArray(wanted) ? wanted : [wanted ?? null]).map(lower);
}

function lower(value: Json): string {
  return String(value).toLowerCase();
}
