import type { JsonObject } from '../json.ts';
import type { Caller, World } from '../world.ts';

/** One request that has been let in. */
export interface Context {
  readonly world: World;
  readonly caller: Caller;
  /** What the path names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** A multipart body. */
  readonly form?: FormData | undefined;
}

export interface Answer {
  readonly body: JsonObject;
  /** What the request wrote, as an ambiguous failure may name it. */
  readonly resourceId?: string;
  readonly childIds?: readonly string[];
}

export type Endpoint = (context: Context) => Answer | Promise<Answer>;

/** A name from the path; empty when the route has none of that name. */
export function param(context: Context, name: string): string {
  return context.params[name] ?? '';
}
