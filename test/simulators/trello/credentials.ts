import { ApiError, missingScopes, notModelled } from './api-error.ts';
import type { Incoming } from './incoming.ts';
import type { Credential } from './records.ts';
import type { World } from './world.ts';

interface Given {
  readonly key: string | undefined;
  readonly token: string | undefined;
  readonly byHeader: boolean;
}

/** `OAuth oauth_consumer_key="…", oauth_token="…"`, or `key` and `token` in the query. */
export function givenCredentials({ headers, url }: Incoming): Given {
  const header = /^OAuth (.*)$/.exec(headers.authorization ?? '')?.[1];
  if (header !== undefined) {
    const part = (name: string) => new RegExp(`(?:^|[,\\s])${name}="([^"]*)"`).exec(header)?.[1];
    return { key: part('oauth_consumer_key'), token: part('oauth_token'), byHeader: true };
  }
  const { searchParams } = url;
  return {
    key: searchParams.get('key') ?? undefined,
    token: searchParams.get('token') ?? undefined,
    byHeader: false,
  };
}

/** Undefined: the request names none that holds. */
export function knownCredential(world: World, incoming: Incoming): Credential | undefined {
  const { key, token } = givenCredentials(incoming);
  const credential = world.credentials.get(token ?? '');
  return credential?.key === key && credential?.revoked === false ? credential : undefined;
}

/** @throws ApiError 401 in the words for what is wrong with the key or the token. */
export function requireCredential(world: World, incoming: Incoming): Credential {
  const credential = knownCredential(world, incoming);
  if (credential !== undefined) return credential;
  const { key, token } = givenCredentials(incoming);
  const isKey = [...world.credentials.values()].some((one) => one.key === key);
  if (!isKey) throw new ApiError(401, 'invalid key');
  throw new ApiError(401, token === undefined ? 'unauthorized permission requested' : 'invalid token');
}

/** @throws ApiError 401 when the token was not given the scope. */
export function requireScope({ scopes }: Credential, method: string): void {
  if (!scopes.includes(method === 'GET' ? 'read' : 'write')) throw missingScopes();
}

export function hasSecretInUrl(world: World, { target }: Incoming): boolean {
  const secrets = [...world.credentials.values()].flatMap(({ key, token }) => [key, token]);
  return [world.settings.appSecret, ...secrets].some(
    (secret) => target.includes(secret) || target.includes(encodeURIComponent(secret)),
  );
}

/** @throws ApiError 400 where a test wants no secret in any URL. */
export function requireNoSecretInUrl(world: World, incoming: Incoming): void {
  if (world.settings.refusesSecretsInUrl && hasSecretInUrl(world, incoming)) {
    throw notModelled('a secret stands in the URL.');
  }
}
