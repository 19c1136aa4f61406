/** JSON as it travels. `undefined` members are left out when it is written. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function asList(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function asObjects(value: Json | undefined): JsonObject[] {
  return asList(value).filter(isObject);
}

export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The text, or undefined where there is none. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
