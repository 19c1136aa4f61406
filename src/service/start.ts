import type { Logger } from 'pino';
import type { Store } from '#src/store/store.ts';
import { type HttpServer, listen } from './http.ts';
import { createScheduler, type Job, type Scheduler } from './scheduler.ts';

export interface ServiceOptions {
  readonly jobs: readonly Job[];
  readonly projects: () => Promise<readonly string[]>;
  readonly store: Store;
  readonly timeZone: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly version: string;
  readonly now: () => Date;
  readonly log: Logger;
  readonly run: string;
}

export interface Service {
  readonly url: string;
  /** Finishes or hands back what is under way, within ten seconds. The store stays open for the caller to close. */
  stop(): Promise<void>;
}

/** Waiting this long for what is under way leaves time to hand it back within ten seconds. */
const GRACE_MS = 8000;

/**
 * The service: listens, works through a first round, then keeps to the schedule. Resolves after the first round.
 * @throws BadInput when the address cannot be listened on; nothing has been done then.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { jobs, projects, store, timeZone, now, log, run } = options;
  const scheduler = createScheduler({ jobs, projects, store, timezone: timeZone, now, log, run });
  const server = await listen({
    ...options.http,
    version: options.version,
    startedAt: now(),
    now,
    lastRuns: scheduler.lastRuns,
    ready: async () => void (await store.projects()),
  });
  log.info({ url: server.url, jobs: jobs.map((job) => job.name) }, 'service started');
  try {
    await scheduler.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return { url: server.url, stop: () => stop(scheduler, server, log) };
}

async function stop(scheduler: Scheduler, server: HttpServer, log: Logger): Promise<void> {
  await Promise.all([scheduler.stop(GRACE_MS), server.close()]);
  log.info('service stopped');
}
