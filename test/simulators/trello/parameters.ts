import { isObject, type Json, type JsonObject } from '../json.ts';
import { invalidValue, notModelled } from './api-error.ts';
import type { Settings } from './settings.ts';
import { keptDate } from './times.ts';

/** Reads what was given for a parameter; undefined: it is not valid. */
export type Parameter = (given: Json, settings: Settings) => Json | undefined;
export type Parameters = Readonly<Record<string, Parameter>>;

const MAX_TEXT = 16_384;

export function isId(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value);
}

/** A text of at most so many characters. A number or a list in its place is a mistake. */
export function text({ min = 0, max = MAX_TEXT } = {}): Parameter {
  return (given) =>
    typeof given === 'string' && given.length >= min && given.length <= max ? given : undefined;
}

export const name: Parameter = text({ min: 1 });

export const flag: Parameter = (given) => {
  if (given === true || given === 'true') return true;
  return given === false || given === 'false' ? false : undefined;
};

export const id: Parameter = (given) => (isId(given) ? given : undefined);

/** Ids between commas, the only form that every client has been seen to use. */
export const ids: Parameter = (given) => {
  if (typeof given !== 'string') return undefined;
  const parts = given === '' ? [] : given.split(',');
  return parts.every(isId) ? parts : undefined;
};

export const words: Parameter = (given) =>
  typeof given === 'string' ? given.split(',').filter(Boolean) : undefined;

/** `null` clears it; an empty text does not. */
export const date: Parameter = (given, settings) => {
  if (given === null) return null;
  return typeof given === 'string' ? keptDate(given, settings) : undefined;
};

export const position: Parameter = (given) => {
  if (given === 'top' || given === 'bottom') return given;
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined;
};

export function whole(min: number, max: number): Parameter {
  return (given) => {
    const number = typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
    if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
    return number >= min && number <= max ? number : undefined;
  };
}

export function oneOf(...values: readonly string[]): Parameter {
  return (given) => (typeof given === 'string' && values.includes(given) ? given : undefined);
}

export function nullable(parameter: Parameter): Parameter {
  return (given, settings) => (given === null ? null : parameter(given, settings));
}

/** An object with these members and no others. */
export function shape(members: Parameters): Parameter {
  return (given, settings) => {
    const sent = object(given, settings);
    if (!isObject(sent)) return undefined;
    const read = Object.entries(sent).map(([key, value]) => {
      const member = Object.hasOwn(members, key) ? members[key] : undefined;
      return [key, member?.(value ?? null, settings)] as const;
    });
    return read.every(([, value]) => value !== undefined) ? Object.fromEntries(read) : undefined;
  };
}

/** An object: as JSON in a body, as its text in a query. */
export const object: Parameter = (given) => {
  const parsed = typeof given === 'string' ? parsedObject(given) : given;
  return isObject(parsed) ? parsed : undefined;
};

function parsedObject(given: string): Json | undefined {
  try {
    return JSON.parse(given) as Json;
  } catch {
    return undefined;
  }
}

export function list(item: Parameter): Parameter {
  return (given, settings) => {
    if (!Array.isArray(given)) return undefined;
    const read = given.map((one) => item(one, settings));
    return read.every((one) => one !== undefined) ? read : undefined;
  };
}

/** Names of fields between commas, `all`, or nothing at all. */
export function fields(known: readonly string[]): Parameter {
  return (given) => {
    if (typeof given !== 'string') return undefined;
    const wanted = given.split(',').filter(Boolean);
    if (wanted.includes('all')) return [...known];
    return wanted.every((field) => known.includes(field) || field === 'id') ? wanted : undefined;
  };
}

export function prefixed(prefix: string, parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [`${prefix}${name}`, parameter]),
  );
}

/**
 * What was given, read as what it stands for.
 * @throws ApiError 400 on a value that is not valid, a parameter that is missing, and one that is not known.
 */
export function readParameters(
  given: JsonObject,
  parameters: Parameters,
  required: readonly string[],
  settings: Settings,
): JsonObject {
  const read: JsonObject = {};
  for (const [key, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    // Trello passes over what it does not know, so that a misspelt parameter looks as if it had been obeyed.
    if (parameter === undefined) throw notModelled(`there is no parameter “${key}” here.`);
    read[key] = parameter(value ?? null, settings);
    if (read[key] === undefined) throw invalidValue(key);
  }
  for (const key of required) if (read[key] === undefined) throw invalidValue(key);
  return read;
}
