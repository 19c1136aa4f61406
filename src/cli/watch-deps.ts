import type { WatchDeps } from '#src/service/watch.ts';
import { systemResolve } from '#src/watch/address.ts';
import { createFetcher } from '#src/watch/fetch.ts';
import { createPiste, PISTE_TOKEN_URL } from '#src/watch/piste.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Context } from './context.ts';
import { version } from './version.ts';

/** To the last byte of an answer. */
const TIMEOUT_MS = 30_000;
/** The longest guide of an administration has a few megabytes. */
const MOST_BYTES = 20 * 1024 * 1024;
/** Between two requests to one site: we are guests. */
const PAUSE_MS = 1500;

/** What official sites are asked with. */
export function watchDeps({ environment: { watch }, now }: Context): WatchDeps {
  const fetcher = createFetcher({
    userAgent: `Jalon/${version()} (regulatory watch, conditional requests)`,
    allowHosts: watch.allowHosts,
    resolve: systemResolve,
    time: machineTime,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    pauseMs: PAUSE_MS,
  });
  const { pisteClientId: clientId, pisteClientSecret: clientSecret } = watch;
  if (clientId === undefined || clientSecret === undefined) return { fetcher };
  const piste = createPiste({ clientId, clientSecret }, { fetcher, tokenUrl: PISTE_TOKEN_URL, now });
  return { fetcher, piste };
}
