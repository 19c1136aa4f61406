import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import type { CompanyStanding } from '#src/digest/weekly/portfolio.ts';
import { VERDICTS } from '#src/metrics/verdict.ts';
import { CHANNELS } from '#src/plan/outgoing-message.ts';
import type { Store } from '#src/store/store.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import { atMostEvery } from '../at-most-every.ts';
import type { ServiceName } from '../connections.ts';
import { type Exposition, expose } from './exposition.ts';
import { Tally } from './tally.ts';

export interface ScrapeOptions {
  /** What the service has counted so far. */
  readonly tally: Tally;
  readonly version: string;
  readonly projects: () => Promise<readonly string[]>;
  readonly store: { readonly outbox: Pick<Store['outbox'], 'counts'> };
  /** Requests that wait for their turn. Absent: nothing is sent to services. */
  readonly waiting?: (() => Readonly<Record<ServiceName, number>>) | undefined;
  /** Where the companies stand, as far as that is known. Absent: not told. */
  readonly standings?: (() => Promise<readonly CompanyStanding[]>) | undefined;
  /** In which legal dates begin. */
  readonly timeZone: string;
  readonly time: Time;
  readonly log: Logger;
}

/** Prometheus gives up after ten seconds, unless told otherwise: what is known by then must have left. */
const PATIENCE_MS = 5_000;
const RARELY_MS = 60 * 60_000;
const NOT_SENT = ['waiting', 'sending', 'failed', 'unknown'] as const;

/** One part of the metrics that may fail by itself. */
interface Part {
  readonly name: string;
  /** What is under way already is waited for rather than begun again. */
  read(): Promise<Tally>;
}

/**
 * Reads all metrics. What cannot be read, or takes too long, is missing from the answer, which says so; the rest is
 * given all the same. Whoever asks while somebody is being answered gets the same answer.
 */
export function createScrape(options: ScrapeOptions): () => Promise<Exposition> {
  const parts = partsOf(options);
  const rarely = atMostEvery(RARELY_MS, options.time);

  return shared(async () => {
    const errors = new Tally();
    const read = async ({ name, read }: Part): Promise<Tally> => {
      errors.set('scrapeErrors', { part: name }, 0);
      try {
        return await within(PATIENCE_MS, read(), options.time);
      } catch (error) {
        errors.set('scrapeErrors', { part: name }, 1);
        rarely(() => options.log.warn({ part: name, err: error }, 'metrics incomplete'));
        return new Tally();
      }
    };
    const found = await Promise.all(parts.map(read));
    return expose([ofProcess(options), options.tally, ...found, errors]);
  });
}

function partsOf({ projects, store, standings, timeZone }: ScrapeOptions): readonly Part[] {
  return [
    { name: 'projects', read: shared(async () => ofProjects(await projects())) },
    { name: 'store', read: shared(async () => ofOutbox(await store.outbox.counts())) },
    ...(standings
      ? [{ name: 'standings', read: shared(async () => ofStandings(await standings(), timeZone)) }]
      : []),
  ];
}

function ofProcess({ version, waiting }: ScrapeOptions): Tally {
  const tally = new Tally();
  tally.set('buildInfo', { version }, 1);
  tally.set('nodeInfo', { version: process.version }, 1);
  tally.set('processStart', {}, performance.timeOrigin / 1000);
  const { user, system } = process.cpuUsage();
  tally.add('processCpu', {}, (user + system) / 1e6);
  tally.set('processMemory', {}, process.memoryUsage.rss());
  tally.set('heapUsed', {}, process.memoryUsage().heapUsed);
  for (const [api, requests] of Object.entries(waiting?.() ?? {}))
    tally.set('requestsWaiting', { api }, requests);
  return tally;
}

function ofProjects(slugs: readonly string[]): Tally {
  const tally = new Tally();
  tally.set('projects', {}, slugs.length);
  for (const project of slugs) tally.add('projectFailures', { project }, 0);
  return tally;
}

function ofOutbox(counts: Awaited<ReturnType<Store['outbox']['counts']>>): Tally {
  const tally = new Tally();
  for (const channel of CHANNELS)
    for (const state of NOT_SENT) tally.set('outboxMessages', { channel, state }, 0);
  for (const { channel, state, messages } of counts)
    tally.set('outboxMessages', { channel, state }, messages);
  return tally;
}

function ofStandings(companies: readonly CompanyStanding[], timeZone: string): Tally {
  const tally = new Tally();
  // A date binds many companies, and finding out when a day begins in a time zone takes a while.
  const begins = new Map<string, number>();
  const beginOf = (date: string): number => {
    const known = begins.get(date) ?? beginOfDay(date, timeZone);
    begins.set(date, known);
    return known;
  };
  for (const { slug: project, verdict, progress, overdue, next } of companies) {
    tally.set('projectProgress', { project }, progress);
    tally.set('projectLate', { project }, overdue);
    for (const one of VERDICTS)
      tally.set('projectVerdict', { project, verdict: one }, one === verdict ? 1 : 0);
    if (next) tally.set('projectNextObligation', { project }, beginOf(next.date));
  }
  return tally;
}

/** In seconds since 1970. */
function beginOfDay(date: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds / 1000;
}

/** Whoever asks while the work is under way gets what it finds. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** Rejects when the work takes longer; it then goes on by itself. */
async function within<T>(ms: number, work: Promise<T>, time: Time): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = time.after(ms, () => late.reject(new Error(`not read within ${ms / 1000} s`)));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
