import type { Json, JsonObject } from '../json.ts';
import { ApiError, notModelled } from './api-error.ts';
import { givenCredentials, requireCredential, requireNoSecretInUrl, requireScope } from './credentials.ts';
import { batchSize } from './endpoints/batch.ts';
import type { Answer, Context, SentFile } from './endpoints/context.ts';
import { type Incoming, sentWith } from './incoming.ts';
import { readParameters } from './parameters.ts';
import type { Rates } from './rates.ts';
import type { Credential } from './records.ts';
import { type FoundRoute, findRoute } from './routes.ts';
import type { Caller, World } from './world.ts';

/** Longest first line of a request: about 8,000 characters of text pass in a query, 8,200 do not. */
export const MAX_TARGET = 8192;

/**
 * Lets the credential in, and counts its request.
 * @throws ApiError 401 without a valid key and token, or without the scope; 429 over a rate.
 */
export function admit(
  world: World,
  rates: Rates,
  incoming: Incoming,
  found: FoundRoute | undefined,
): Credential {
  const credential = requireCredential(world, incoming);
  const batched = found?.name === 'batch' && world.settings.batchCounts === 'each';
  const count = batched ? batchSize(incoming.url.searchParams.get('urls')) : 1;
  // Only the member itself and the search: what hangs below, as /members/me/boards, is not counted.
  const asksForPeople = found?.name === 'members.retrieve' || found?.name === 'members.search';
  rates.spend(credential, count, asksForPeople, world.now());
  requireScope(credential, incoming.method);
  requireNoSecretInUrl(world, incoming);
  return credential;
}

/** @throws ApiError when the endpoint refuses the request. */
export async function perform(
  world: World,
  credential: Credential,
  found: FoundRoute | undefined,
  incoming: Incoming,
): Promise<Answer> {
  const route = requireRoute(found, incoming.method, incoming.url.pathname);
  const { given, files } = await sentWith(incoming);
  requireNoStrayFiles(route, files);
  const caller: Caller = {
    memberId: credential.memberId,
    credential,
    clientIdentifier: incoming.headers['x-trello-client-identifier'],
  };
  const read = (path: string) => readFor(world, caller, path);
  const byHeader = givenCredentials(incoming).byHeader;
  return route.route.endpoint(contextOf(world, caller, route, given, { files, byHeader, read }));
}

function requireRoute(found: FoundRoute | undefined, method: string, path: string): FoundRoute {
  if (found === undefined) throw new ApiError(404, `Cannot ${method} ${path}`);
  return found;
}

function requireNoStrayFiles({ name }: FoundRoute, files: ReadonlyMap<string, SentFile>): void {
  const stray = [...files.keys()].find((part) => name !== 'attachments.create' || part !== 'file');
  if (stray !== undefined) throw notModelled(`there is no file “${stray}” here.`);
}

function contextOf(
  world: World,
  caller: Caller,
  { route, params }: FoundRoute,
  given: JsonObject,
  more: Pick<Context, 'files' | 'byHeader' | 'read'>,
): Context {
  const read = readParameters(given, route.parameters ?? {}, route.required ?? [], world.settings);
  return { world, caller, params, given: read, ...more };
}

/** One address of a batch. */
async function readFor(world: World, caller: Caller, path: string): Promise<Json> {
  const url = new URL(`/1${path}`, 'http://127.0.0.1');
  const route = requireRoute(findRoute('GET', url.pathname), 'GET', url.pathname);
  const given = Object.fromEntries(url.searchParams);
  const read = () => Promise.reject(notModelled('a batch in a batch.'));
  const answer = await route.route.endpoint(
    contextOf(world, caller, route, given, { files: new Map(), byHeader: true, read }),
  );
  if (!('body' in answer)) throw notModelled('a file in a batch.');
  return answer.body;
}
