import type { Client } from 'trello.js/core';
import type { z } from 'zod';

/**
 * One question or order to Trello, with the form of its answer. `send` calls a function of trello.js, or says itself
 * what trello.js cannot express; it never reaches the network: see `requestOf`.
 */
export interface Endpoint<T> {
  readonly send: (trello: Client) => Promise<unknown>;
  readonly answer: z.ZodType<T>;
  /** The id, or the short link, of the object that the answer has to speak of. Absent: of no particular one. */
  readonly of?: string;
}

/** A request as the endpoint means it: before it has an address, headers and secrets. */
export interface TrelloRequest {
  readonly method: string;
  /** Below the base address, e.g. `/cards/5f2b…`. Safe to log: ids and words of the API only. */
  readonly path: string;
  /** Of reads and deletions. `''`: none. */
  readonly query: string;
  /** JSON, or the parts of an upload. Of writes. */
  readonly body: string | FormData | undefined;
}

/**
 * What the endpoint would send. trello.js puts every parameter into the address; here only reads and deletions do,
 * since long texts in addresses are refused. `null` is kept, which is how a date is cleared, and lists of ids are
 * joined by commas, each id once: Trello takes one that comes twice for a label that it does not know.
 * @throws TypeError for an endpoint that makes no request or several, or whose path holds anything but words and ids:
 * trello.js puts ids into paths as they are, and `../` would lead elsewhere.
 */
export async function requestOf(endpoint: Pick<Endpoint<unknown>, 'send'>): Promise<TrelloRequest> {
  const recorded: Parameters<Client['sendRequest']>[0][] = [];
  const recorder: Client = {
    sendRequest: async (options) => {
      recorded.push(options);
      return undefined as never;
    },
  };
  await endpoint.send(recorder);
  const [options] = recorded;
  if (!options || recorded.length !== 1) throw new TypeError('An endpoint makes one request.');
  const { method = 'GET', searchParams = {}, body } = options;
  const path = options.url.replace(/\/$/, '');
  if (!SAFE_PATH.test(path)) throw new TypeError('A path of Trello holds words and ids only.');
  if (method === 'GET' || method === 'DELETE') {
    return { method, path, query: queryOf(searchParams), body: undefined };
  }
  return { method, path, query: '', body: body instanceof FormData ? body : jsonBody(searchParams, body) };
}

const SAFE_PATH = /^(?:\/[A-Za-z0-9_]+)+$/;

function queryOf(params: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    query.set(name, String(joined(value)));
  }
  return query.toString();
}

function jsonBody(params: Readonly<Record<string, unknown>>, body: unknown): string | undefined {
  const own = typeof body === 'object' && body !== null ? body : {};
  const all = Object.entries({ ...params, ...own }).filter(([, value]) => value !== undefined);
  if (all.length === 0) return undefined;
  return JSON.stringify(Object.fromEntries(all.map(([name, value]) => [name, joined(value)])));
}

function joined(value: unknown): unknown {
  const isListOfTexts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isListOfTexts ? [...new Set(value)].join(',') : value;
}

const ID = /^[0-9a-f]{24}$/i;
const SHORT_LINK = /^[0-9A-Za-z]{8}$/;
/** Names of members and workspaces, as they stand in addresses. */
const NAME = /^[0-9A-Za-z_]{1,100}$/;

/** Whether it is an id of Trello: 24 hexadecimal digits. */
export function isTrelloId(text: string): boolean {
  return ID.test(text);
}

/** The id as it came. @throws TypeError for what is none: a mistake of ours, found before anything is sent. */
export function checkedId(id: string): string {
  if (!ID.test(id)) throw new TypeError('An id of Trello has 24 hexadecimal digits.');
  return id;
}

/** The id or short link as it came. @throws TypeError for what is neither. */
export function checkedIdOrLink(id: string): string {
  if (!ID.test(id) && !SHORT_LINK.test(id)) throw new TypeError('This is neither an id nor a short link.');
  return id;
}

/** The id or name as it came. @throws TypeError for what is neither. */
export function checkedName(name: string): string {
  if (!NAME.test(name)) throw new TypeError('This is no name of a member or workspace.');
  return name;
}
