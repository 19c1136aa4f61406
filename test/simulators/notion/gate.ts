import { ApiError } from './api-error.ts';
import { checkedBody } from './body-check.ts';
import type { Answer, Context } from './endpoints/context.ts';
import { asObject, type Json, type JsonObject } from './json.ts';
import type { Rates } from './rates.ts';
import type { Connection } from './records.ts';
import type { FoundRoute } from './routes.ts';
import type { World } from './world.ts';

export const notionVersion = '2026-03-11';

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly raw: Buffer;
}

/**
 * Lets the connection in, and counts its request.
 * @throws ApiError 401 without a valid token; 400 without the version; 429 over a limit.
 */
export function admit(world: World, rates: Rates, incoming: Incoming): Connection {
  const token = incoming.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const connection = world.connections.get(token);
  if (connection === undefined || connection.revoked) {
    throw new ApiError(401, 'unauthorized', 'API token is invalid.');
  }
  const version = incoming.headers['notion-version'];
  if (version !== notionVersion) {
    throw new ApiError(
      400,
      'missing_version',
      `Notion-Version header failed validation: Notion-Version header should be defined as \`"${notionVersion}"\`, instead was \`${JSON.stringify(version)}\`.`,
    );
  }
  rates.spend(connection, world.now());
  return connection;
}

/** @throws ApiError when the endpoint refuses the request. */
export async function perform(
  world: World,
  connection: Connection,
  found: FoundRoute | undefined,
  incoming: Incoming,
  childrenCommitted?: number,
): Promise<Answer> {
  if (found === undefined) throw new ApiError(400, 'invalid_request_url', 'Invalid request URL.');
  const { route, params } = found;
  const body =
    route.body === undefined
      ? {}
      : await checkedBody(route.body, parsedBody(incoming), params, incoming.raw.length);
  if (childrenCommitted !== undefined && Array.isArray(body.children)) {
    body.children = body.children.slice(0, childrenCommitted);
  }
  const context: Context = {
    world,
    caller: { userId: connection.userId, connection },
    params,
    query: incoming.url.searchParams,
    body,
    form: await formOf(incoming),
  };
  return route.endpoint(context);
}

function parsedBody({ raw }: Incoming): JsonObject {
  const parsed = parseJson(raw);
  if (parsed === undefined) throw new ApiError(400, 'invalid_json', 'Error parsing JSON body.');
  return asObject(parsed);
}

/** Undefined: it is no JSON. An empty body is an empty object. */
export function parseJson(raw: Buffer): Json | undefined {
  try {
    return raw.length === 0 ? {} : JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function formOf({ headers, raw }: Incoming): Promise<FormData | undefined> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return undefined;
  return new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
}
