import { requireThing, requireUuid } from './access.ts';
import { invalid } from './api-error.ts';
import { attachedFile } from './files.ts';
import { asList, asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import { checkOptionNames, findOption, findProperty, newOption, typeOfRequest } from './property-types.ts';
import type { DataSource, Page, Property } from './records.ts';
import { richTextFrom } from './rich-text.ts';
import type { Caller, World } from './world.ts';

/** What is written into a row: raw property id to stored value. */
export type Values = Map<string, Json>;

interface Write {
  readonly world: World;
  readonly caller: Caller;
  readonly source: DataSource;
  readonly property: Property;
  readonly value: Json | undefined;
}

/**
 * The values that a request asks for, in the form in which rows keep them.
 * @throws ApiError 400 on a property that is not there or of another type, or a value that is none of its own;
 *   404 on a page that is not shared.
 */
export function valuesFrom(world: World, caller: Caller, source: DataSource, requests: JsonObject): Values {
  const writes = Object.entries(requests).map(([key, request]): Write => {
    const property = findProperty(source.properties, key);
    if (property === undefined) throw invalid(`${key} is not a property that exists.`);
    const type = typeOfRequest(asObject(request));
    if (type !== property.type) throw invalid(`${key} is expected to be ${property.type}.`);
    return { world, caller, source, property, value: asObject(request)[type] };
  });
  return new Map(writes.map((write) => [write.property.id, storedValue(write)]));
}

const storers: Record<string, (write: Write) => Json> = {
  title: ({ world, value }) => richTextFrom(world, value),
  rich_text: ({ world, value }) => richTextFrom(world, value),
  select: optionOf,
  status: optionOf,
  multi_select: (write) => {
    const names = asObjects(write.value).map(({ name }) => asText(name));
    checkOptionNames(names.filter(Boolean), `body.properties.${write.property.name}.multi_select`);
    return asObjects(write.value).map((option) => optionOf({ ...write, value: option }));
  },
  relation: relatedPages,
  people: peopleOf,
  date: dateOf,
  files: (write) => asObjects(write.value).map((file) => attachedFile(write.world, file)),
};

function storedValue(write: Write): Json {
  const store = storers[write.property.type];
  return store === undefined ? (write.value ?? null) : store(write);
}

function optionOf({ world, source, property, value }: Write): Json {
  if (value === null || value === undefined) return null;
  const wanted = asObject(value);
  const existing = findOption(property, wanted);
  if (existing !== undefined) return existing.id;
  const name = asText(wanted.name);
  if (property.type === 'status' || wanted.name === undefined) {
    throw invalid(
      `Invalid ${property.type} option. ${property.type} option "${name || asText(wanted.id)}" does not exist.`,
    );
  }
  checkOptionNames([name], `body.properties.${property.name}.${property.type}`);
  const option = newOption(world, property, wanted);
  property.options.push(option);
  source.editedAt = world.now();
  return option.id;
}

function relatedPages({ world, caller, property, value }: Write): Json {
  const ids = asObjects(value).map(({ id }) => asText(id));
  return [...new Set(ids)].map((id, index) => {
    const where = `body.properties.${property.name}.relation[${index}].id`;
    const page = requireThing(world, caller, 'page', id, where);
    if (page.parent.id !== property.relation?.dataSourceId) {
      throw invalid(`Page ${id} is not in the data source to which ${property.name} relates.`);
    }
    return page.id;
  });
}

function peopleOf({ world, property, value }: Write): Json {
  return asObjects(value).map(({ id }, index) => {
    const uuid = requireUuid(asText(id), `body.properties.${property.name}.people[${index}].id`);
    if (!world.users.has(uuid)) throw invalid(`Could not find user with ID: ${uuid}.`);
    return uuid;
  });
}

const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

function dateOf({ property, value }: Write): Json {
  if (value === null || value === undefined) return null;
  const date = asObject(value);
  for (const end of ['start', 'end'] as const) {
    const text = date[end];
    if (typeof text === 'string' && (!isoDate.test(text) || Number.isNaN(Date.parse(text)))) {
      throw invalid(
        `body failed validation: body.properties.${property.name}.date.${end} should be a valid ISO 8601 date string, instead was \`${JSON.stringify(text)}\`.`,
      );
    }
  }
  const end = date.end ?? null;
  if (typeof end === 'string' && Date.parse(end) < Date.parse(asText(date.start))) {
    throw invalid('Start date must be before end date.');
  }
  return { start: date.start, end, time_zone: date.time_zone ?? null };
}

/** Writes the values into the row, and the other side of its two-way relations. */
export function applyValues(world: World, source: DataSource, row: Page, values: Values): void {
  for (const [id, value] of values) {
    const property = source.properties.find((one) => one.id === id);
    const synced = property?.relation?.syncedPropertyId;
    if (synced !== undefined) syncOtherSide(world, row, synced, asList(row.values.get(id)), asList(value));
    row.values.set(id, value);
  }
}

function syncOtherSide(world: World, row: Page, synced: string, before: Json[], after: Json[]): void {
  for (const id of [...before, ...after]) {
    const other = world.get('page', asText(id));
    if (other === undefined) continue;
    const others = asList(other.values.get(synced)).filter((one) => one !== row.id);
    other.values.set(synced, after.includes(id) ? [...others, row.id] : others);
  }
}
