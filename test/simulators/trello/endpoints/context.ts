import type { Json, JsonObject } from '../../json.ts';
import type { Parameters } from '../parameters.ts';
import type { Caller, World } from '../world.ts';

export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One request that has been let in. */
export interface Context {
  readonly world: World;
  readonly caller: Caller;
  /** What the path names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** What was given in the query and the body, as the route reads it. */
  readonly given: JsonObject;
  /** By the name of their part of a multipart body. */
  readonly files: ReadonlyMap<string, SentFile>;
  /** Whether the credentials came in the header. */
  readonly byHeader: boolean;
  /** Reads another address for the same caller, as a batch does. */
  readonly read: (path: string) => Promise<Json>;
}

export type Answer = { readonly body: Json } | { readonly bytes: Buffer; readonly mimeType: string };

export type Endpoint = (context: Context) => Answer | Promise<Answer>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `:name` stands for one part of the path. */
  readonly path: string;
  readonly endpoint: Endpoint;
  readonly parameters?: Parameters;
  readonly required?: readonly string[];
}

/** A name from the path; empty when the route has none of that name. */
export function param(context: Context, name: string): string {
  return context.params[name] ?? '';
}

/** Deleting is answered in several ways; these two are the common ones. */
export const deleted: Answer = { body: { limits: {} } };
export const deletedValue: Answer = { body: { _value: null } };
