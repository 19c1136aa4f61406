import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { CompanyStanding } from '#src/digest/weekly/portfolio.ts';
import type { Store } from '#src/store/store.ts';
import { machineTime, type Time } from '#src/workspaces/gate/time.ts';
import type { ServiceName } from './connections.ts';
import { createGuard, type Guard } from './guard.ts';
import { createHints } from './hints.ts';
import { listen } from './http.ts';
import { SYNC } from './jobs.ts';
import { later } from './later.ts';
import { notionWebhook } from './notion-webhook.ts';
import type { RunningProject } from './running-project.ts';
import { createScheduler, type Job } from './scheduler.ts';
import { countJobs, countWebhooks } from './telemetry/counting.ts';
import { metricsRoutes } from './telemetry/routes.ts';
import { createScrape } from './telemetry/scrape.ts';
import { Tally } from './telemetry/tally.ts';
import { trelloWebhook } from './trello-webhook.ts';
import { trelloCallbackURL } from './webhook-notes.ts';

export interface ServiceOptions {
  readonly jobs: readonly Job[];
  readonly projects: () => Promise<readonly string[]>;
  /** The project as the jobs open it: its workspaces are told where to look, and the next round looks there. */
  readonly open: (slug: string) => Promise<Pick<RunningProject, 'workspaces'>>;
  readonly notion: {
    /** Of our subscriptions to webhooks. Empty: no event is believed. */
    readonly webhookTokens: readonly string[];
    /** Ids of our own bots, as far as they are known by now. Absent: what we write ourselves is looked at too. */
    readonly ownBots?: (() => ReadonlySet<string>) | undefined;
  };
  readonly trello: {
    /** Of our apps. Empty: no delivery is believed. */
    readonly apiSecrets: readonly string[];
  };
  /** Under which the service is reached from outside. `undefined`: no delivery of Trello is believed. */
  readonly publicUrl: string | undefined;
  readonly store: Store;
  readonly timeZone: string;
  /** `token`: asked of whoever wants to see what concerns companies. */
  readonly http: { readonly host: string; readonly port: number; readonly token?: string | undefined };
  /** What a browser is shown, loaded when one first asks. Absent: nothing. */
  readonly dashboard?: ((entry: DashboardEntry) => Promise<Hono>) | undefined;
  /** What `/metrics` tells besides jobs, webhooks and the outbox. */
  readonly telemetry?: TelemetrySources | undefined;
  readonly version: string;
  readonly now: () => Date;
  /** For what is waited for, rather than dated. Absent: the machine's. */
  readonly time?: Time | undefined;
  readonly log: Logger;
  readonly run: string;
}

/** What the dashboard has from the service that shows it. */
export interface DashboardEntry {
  readonly guard: Guard;
  /** When the places were last looked at, as an ISO instant; `undefined`: not yet. */
  readonly lastSync: () => string | undefined;
}

export interface TelemetrySources {
  /** In which others count what they do. */
  readonly tally: Tally;
  /** Requests that wait for their turn. */
  readonly waiting?: (() => Readonly<Record<ServiceName, number>>) | undefined;
  /** Where the companies stand, as far as that is known. */
  readonly standings?: (() => Promise<readonly CompanyStanding[]>) | undefined;
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
  const { jobs, projects, open, store, timeZone, now, log, run, time = machineTime } = options;
  const { telemetry = { tally: new Tally() } } = options;
  const { tally } = telemetry;
  const observer = countJobs(tally, { jobs: jobs.map(({ name }) => name), now, time });
  const scheduler = createScheduler({ jobs, projects, store, timezone: timeZone, now, log, run, observer });
  const poke = (slugs: ReadonlySet<string>) => scheduler.poke(SYNC, slugs);
  const hints = createHints({ projects, open, poke, time, log });
  const { webhookTokens, ownBots = () => new Set() } = options.notion;
  const listening = { hear: hints.hear, store, now, time, log };
  const webhooks = [
    notionWebhook({ ...listening, tokens: webhookTokens, ownBots }),
    trelloWebhook({
      ...listening,
      secrets: options.trello.apiSecrets,
      callbackURL: trelloCallbackURL(options.publicUrl),
    }),
  ];
  const { token, host, port } = options.http;
  const guard = createGuard({ token, host, port, publicUrl: options.publicUrl, now, time });
  const { dashboard } = options;
  const pages = dashboard && later(() => dashboard({ guard, lastSync: () => scheduler.lastRuns()[SYNC] }));
  const { version } = options;
  const scrape = createScrape({ ...telemetry, version, projects, store, timeZone, time, log });
  const server = await listen({
    ...{ host, port },
    version,
    startedAt: now(),
    now,
    lastRuns: scheduler.lastRuns,
    ready: async () => void (await store.projects()),
    routes: [
      countWebhooks(tally),
      ...webhooks.map(({ routes }) => routes),
      metricsRoutes(guard, scrape),
      ...(pages ? [pages] : []),
    ],
    log,
  });
  const hangUp = async () => {
    hints.stop();
    await Promise.all([...webhooks.map((webhook) => webhook.stop()), server.close()]);
  };
  log.info({ url: server.url, jobs: jobs.map((job) => job.name) }, 'service started');
  try {
    await scheduler.start();
  } catch (error) {
    await hangUp();
    throw error;
  }
  return {
    url: server.url,
    stop: async () => {
      await Promise.all([scheduler.stop(GRACE_MS), hangUp()]);
      log.info('service stopped');
    },
  };
}
