import { asObject, asObjects, asText, type Json, type JsonObject } from '../json.ts';
import type { TrelloSimulator } from './simulator.ts';

export { clockAt } from '../clock.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Credentials where they belong: in the header. */
export function authorization(trello: TrelloSimulator, { key, token } = trello.credential): string {
  return `OAuth oauth_consumer_key="${key}", oauth_token="${token}"`;
}

/** One request as it is. Parameters of a GET or a DELETE stand in the path; the others go as JSON. */
export function raw(
  trello: TrelloSimulator,
  method: Method,
  path: string,
  body?: JsonObject | string | FormData | URLSearchParams,
  headers: Record<string, string> = {},
): Promise<Response> {
  const isPlain = typeof body === 'string' || body instanceof FormData || body instanceof URLSearchParams;
  return fetch(`${trello.url}/${path}`, {
    method,
    headers: {
      authorization: authorization(trello),
      ...(body === undefined || isPlain ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isPlain ? body : JSON.stringify(body) }),
  });
}

/** The answer of a request that must pass. */
export async function json(
  trello: TrelloSimulator,
  method: Method,
  path: string,
  body?: JsonObject | FormData | URLSearchParams,
): Promise<Json> {
  const response = await raw(trello, method, path, body);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Json;
}

export async function one(...request: Parameters<typeof json>): Promise<JsonObject> {
  return asObject(await json(...request));
}

export async function many(...request: Parameters<typeof json>): Promise<JsonObject[]> {
  return asObjects(await json(...request));
}

/** The id of what a request has made. */
export async function made(...request: Parameters<typeof json>): Promise<string> {
  return asText((await one(...request)).id);
}

/** Status and body of a request that must not pass: `400 invalid id`. */
export async function refusal(...request: Parameters<typeof raw>): Promise<string> {
  const response = await raw(...request);
  if (response.ok) throw new Error('The request was not refused.');
  return `${response.status} ${await response.text()}`;
}

/** A board of the workspace, without lists and labels. */
export function boardIn(trello: TrelloSimulator, name = 'Plan', values: JsonObject = {}): Promise<string> {
  return made(trello, 'POST', 'boards', {
    name,
    defaultLists: false,
    defaultLabels: false,
    idOrganization: trello.organization.id,
    ...values,
  });
}

export interface Ids {
  readonly board: string;
  readonly list: string;
}

/** A board with one list. */
export async function planIn(trello: TrelloSimulator): Promise<Ids> {
  const board = await boardIn(trello);
  const list = await made(trello, 'POST', 'lists', { name: 'Cadrer', idBoard: board, pos: 'bottom' });
  return { board, list };
}

export function cardIn(trello: TrelloSimulator, list: string, values: JsonObject = {}): Promise<string> {
  return made(trello, 'POST', 'cards', { idList: list, name: 'Une tâche', ...values });
}
