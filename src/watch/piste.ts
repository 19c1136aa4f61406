import type { Fetcher } from './fetch.ts';
import { Sick, type Sickness } from './sickness.ts';

export interface PisteCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Gives the `Authorization` for PISTE, the gateway of the State’s own interfaces. */
export type Piste = (signal?: AbortSignal) => Promise<string>;

export const PISTE_TOKEN_URL = 'https://oauth.piste.gouv.fr/api/oauth/token';

/** A token is asked for once, and again shortly before it ends. */
const MARGIN_MS = 60_000;

/**
 * @throws Sick when the credentials are not taken or PISTE cannot be reached. Neither they nor the token ever stand in
 * an error.
 */
export function createPiste(
  { clientId, clientSecret }: PisteCredentials,
  {
    fetcher,
    tokenUrl,
    now,
  }: { readonly fetcher: Fetcher; readonly tokenUrl: string; readonly now: () => Date },
): Piste {
  let kept: { readonly authorization: string; readonly until: number } | undefined;
  return async (signal) => {
    if (kept && kept.until > now().getTime()) return kept.authorization;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'openid',
    });
    const fetched = await fetcher.fetch({ url: tokenUrl, accept: 'application/json', form, signal });
    if (fetched.kind === 'sick' && !isRefusal(fetched.sickness)) throw new Sick(fetched.sickness);
    if (fetched.kind !== 'body') throw new Sick({ why: 'credentials' });
    const { token, seconds } = tokenIn(fetched.bytes);
    kept = { authorization: `Bearer ${token}`, until: now().getTime() + seconds * 1000 - MARGIN_MS };
    return kept.authorization;
  };
}

function isRefusal(sickness: Sickness): boolean {
  return sickness.why === 'status' && [400, 401, 403].includes(sickness.status);
}

function tokenIn(bytes: Uint8Array): { readonly token: string; readonly seconds: number } {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof answer === 'object' && answer !== null && 'access_token' in answer) {
      const { access_token: token } = answer;
      const seconds = 'expires_in' in answer ? Number(answer.expires_in) : 0;
      if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token))
        return { token, seconds: Number.isFinite(seconds) ? seconds : 0 };
    }
  } catch {
    // Told below: what came may hold a secret.
  }
  throw new Sick({ why: 'credentials' });
}
