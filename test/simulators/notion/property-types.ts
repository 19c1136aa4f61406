import { invalidBody } from './api-error.ts';
import { asObjects, asText, type Json, type JsonObject, textOf } from './json.ts';
import { type Option, type Property, type StatusGroup, statusGroups } from './records.ts';
import type { World } from './world.ts';

export const typesWithOptions = new Set(['select', 'multi_select', 'status']);

/** Types that the API knows and a connection can create. */
export const creatableTypes = new Set([
  ...typesWithOptions,
  'title',
  'rich_text',
  'number',
  'date',
  'people',
  'files',
  'checkbox',
  'url',
  'email',
  'phone_number',
  'formula',
  'relation',
  'rollup',
  'unique_id',
  'created_by',
  'created_time',
  'last_edited_by',
  'last_edited_time',
  'place',
]);

/** The type that a property request is about: `type`, or the one key that names a type. Empty: none. */
export function typeOfRequest(request: JsonObject): string {
  return (
    textOf(request.type) ??
    Object.keys(request).find((key) => !['name', 'description', 'type'].includes(key)) ??
    ''
  );
}

export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** By id, raw or percent-encoded, else by name. */
export function findProperty(properties: readonly Property[], nameOrId: string): Property | undefined {
  return (
    properties.find(({ id }) => id === nameOrId || encodeURIComponent(id) === nameOrId) ??
    properties.find(({ name }) => name === nameOrId)
  );
}

export function findOption(property: Property, wanted: JsonObject): Option | undefined {
  if (typeof wanted.id === 'string') return property.options.find(({ id }) => id === wanted.id);
  return property.options.find(({ name }) => sameName(name, asText(wanted.name)));
}

/** What a status shows in a row that was given none. */
export function fallbackStatus({ options }: Property): Option | undefined {
  return options.find(({ group }) => group === 'To-do') ?? options[0];
}

const noComma = 'Invalid select option, commas not allowed: ';

/** @throws ApiError 400 on a comma, an empty name or a name twice. */
export function checkOptionNames(names: readonly string[], where: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '') throw invalidBody(`${where}.name.length should be ≥ \`1\`, instead was \`0\`.`);
    if (name.includes(',')) throw invalidBody(`${noComma}${name}`);
    if (seen.has(name.toLowerCase()))
      throw invalidBody(`${where} should not contain duplicate names: ${name}`);
    seen.add(name.toLowerCase());
  }
}

export function newOption(world: World, property: Property, request: JsonObject): Option {
  return {
    id: world.newId(),
    name: asText(request.name),
    color: textOf(request.color) ?? 'default',
    description: textOf(request.description) ?? null,
    group: property.type === 'status' ? groupFor(world, request.group) : 'To-do',
  };
}

function groupFor(world: World, wanted: Json | undefined): StatusGroup {
  const group = statusGroups.find((name) => name === wanted);
  return world.settings.honoursStatusGroup && group !== undefined ? group : 'To-do';
}

/**
 * The options after an update: those named, in that order. One that is not named is gone.
 * @throws ApiError 400 on bad names, on an id that is none of ours, on a colour or status name that the API cannot change.
 */
export function updatedOptions(world: World, property: Property, requests: readonly JsonObject[]): Option[] {
  const options = requests.map((request) => {
    const existing = findOption(property, request);
    if (existing !== undefined) return changedOption(property, existing, request);
    if (request.name === undefined) throw invalidBody(`option with id ${asText(request.id)} does not exist.`);
    return newOption(world, property, request);
  });
  checkOptionNames(
    options.map(({ name }) => name),
    `body.properties.${property.name}.${property.type}.options`,
  );
  return options;
}

function changedOption(property: Property, option: Option, request: JsonObject): Option {
  const name = textOf(request.name) ?? option.name;
  const color = textOf(request.color) ?? option.color;
  if (color !== option.color) {
    throw invalidBody(`Cannot update color of ${property.type} with name: ${option.name}.`);
  }
  if (property.type === 'status' && !sameName(name, option.name)) {
    throw invalidBody(`Cannot update name of status with name: ${option.name}.`);
  }
  return {
    ...option,
    name: request.id === undefined ? option.name : name,
    description: textOf(request.description) ?? option.description,
  };
}

export function defaultStatusOptions(world: World): Option[] {
  const names = { 'Not started': 'To-do', 'In progress': 'In progress', Done: 'Complete' } as const;
  const colors: Record<StatusGroup, string> = {
    'To-do': 'default',
    'In progress': 'blue',
    Complete: 'green',
  };
  return Object.entries(names).map(([name, group]) => ({
    id: world.newId(),
    name,
    color: colors[group],
    description: null,
    group,
  }));
}

/** Options asked for in a create, or those that Notion gives by itself. */
export function createdOptions(world: World, property: Property, config: JsonObject): Option[] {
  const requests = asObjects(config.options);
  if (property.type === 'status' && requests.length === 0) return defaultStatusOptions(world);
  return updatedOptions(world, property, requests);
}

const groupColors: Record<StatusGroup, string> = {
  'To-do': 'gray',
  'In progress': 'blue',
  Complete: 'green',
};

export function renderOptions(property: Property): JsonObject {
  const options = property.options.map(({ id, name, color, description }) => ({
    id,
    name,
    color,
    description,
  }));
  if (property.type !== 'status') return { options };
  const groups = statusGroups.map((name) => ({
    id: `group-${name.toLowerCase().replace(' ', '-')}`,
    name,
    color: groupColors[name],
    option_ids: property.options.filter(({ group }) => group === name).map(({ id }) => id),
  }));
  return { options, groups };
}
