import type { IncomingMessage } from 'node:http';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { ApiError, notModelled } from './api-error.ts';
import type { SentFile } from './endpoints/context.ts';

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  /** As it stood in the first line of the request. */
  readonly target: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly raw: Buffer;
}

export async function receive(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join() : value,
    ]),
  );
  const target = request.url ?? '/';
  return {
    method: request.method ?? 'GET',
    target,
    url: new URL(target, 'http://127.0.0.1'),
    headers,
    raw: Buffer.concat(chunks),
  };
}

export interface Sent {
  readonly given: JsonObject;
  readonly files: ReadonlyMap<string, SentFile>;
}

const credentialNames = ['key', 'token'];

/**
 * Query and body together: a parameter may stand in either, and the body wins. A body counts for writes only.
 * @throws ApiError 400 on a body that cannot be read.
 */
export async function sentWith(incoming: Incoming): Promise<Sent> {
  const query = Object.fromEntries(
    [...incoming.url.searchParams].filter(([name]) => !credentialNames.includes(name)),
  );
  if (incoming.raw.length === 0 || incoming.method === 'GET') return { given: query, files: new Map() };
  const { given, files } = await bodyOf(incoming);
  return { given: { ...query, ...given }, files };
}

async function bodyOf({ headers, raw }: Incoming): Promise<Sent> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return { given: parsedJson(raw), files: new Map() };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const given = Object.fromEntries(new URLSearchParams(raw.toString('utf8')));
    return { given, files: new Map() };
  }
  if (type.startsWith('multipart/form-data')) return parsedForm(raw, type);
  // Trello does not look into a body of another type, as if nothing had been sent.
  throw notModelled(`a body of the type “${type}” is not read.`);
}

/** @throws ApiError 400. */
function parsedJson(raw: Buffer): JsonObject {
  const parsed = jsonFrom(raw);
  if (!isObject(parsed)) throw new ApiError(400, 'Error parsing body');
  return parsed;
}

/** Undefined: it is no JSON. */
export function jsonFrom(raw: Buffer): Json | undefined {
  try {
    return JSON.parse(raw.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

async function parsedForm(raw: Buffer, type: string): Promise<Sent> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const given: JsonObject = {};
  const files = new Map<string, SentFile>();
  for (const [name, value] of form) {
    if (typeof value === 'string') given[name] = value;
    else files.set(name, { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { given, files };
}
