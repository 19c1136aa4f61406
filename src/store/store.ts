import type { Fields } from '#src/plan/item.ts';
import { type AuditFilter, type AuditRecord, readAudit } from './audit.ts';
import { acknowledge, commit, forgetReplica, openIntents } from './commit.ts';
import type { Engine, Handle } from './engine.ts';
import { claimPeriod, finishPeriod, lastPeriod } from './jobs.ts';
import { listProjects, loadProject, readRevision } from './load.ts';
import { createLocks, type LockOptions } from './lock.ts';
import { openMemory, type StoreMemory } from './memory.ts';
import { type Outbox, outboxOn } from './outbox-access.ts';
import type { OpenIntent, ProjectCommit, ProjectState } from './state.ts';
import { WATCH_LOCK, type WatchStore, watchOn } from './watch.ts';

export type { AuditFilter, AuditRecord } from './audit.ts';
export type { LockHolder, LockOptions } from './lock.ts';
export type { StoreMemory } from './memory.ts';
export type { DeliveryNote, DeliveryState, OutboxEntry, Queued, Settlement } from './outbox.ts';
export type { Outbox, OutboxCount } from './outbox-access.ts';
export type { AuditEntry, Intent, Mark, OpenIntent, ProjectCommit, ProjectState } from './state.ts';
export { type StoredNotice, WATCH_LOCK, type WatchStore } from './watch.ts';

/**
 * What Jalon remembers between runs. Every method throws `NotNow` when the database is busy or out of reach,
 * `BadInput` when it cannot be written, `NeedsAttention` when it is damaged.
 */
export interface Store {
  /** Everything known of a project, as of one moment. A project that was never committed is empty. */
  load(project: string): Promise<ProjectState>;
  /**
   * All or nothing. An intent is closed when its key is in `seen`, and opened again when it is in `intents`.
   * @throws NotNow when this store runs `withLock` on the project and the lock has gone to another run.
   */
  commit(project: string, change: ProjectCommit): Promise<void>;
  /** What surely stands now: merged into what the replica was seen to show; the intents of these keys are closed. */
  acknowledge(
    project: string,
    replica: string,
    written: readonly { readonly key: string; readonly shows: Fields }[],
  ): Promise<void>;
  /** What runs meant to write and never acknowledged, in the order of replicas and keys. */
  openIntents(project: string): Promise<readonly OpenIntent[]>;
  /** Forgets what a place has shown, its cursor, its memory and its intents. What was agreed stays. */
  forgetReplica(project: string, replica: string): Promise<void>;
  /** What a workspace remembers. Read once, changed in memory, kept by `flush`. */
  memory(project: string, replica: string): Promise<StoreMemory>;
  /** The latest entries first. */
  readAudit(project: string, filter?: AuditFilter): Promise<readonly AuditRecord[]>;
  /** The highest number among the entries of its log; 0 when there are none. While it is the same, so is what was agreed. */
  revision(project: string): Promise<number>;
  /**
   * Runs the work as the only writer of the project, across processes and machines. `signal` aborts when the lock
   * is lost. A holder of this machine that is dead is succeeded at once, one of another machine after its lease.
   * @throws NotNow after `waitMs`, naming the holder; whatever the work throws.
   */
  withLock<T>(project: string, options: LockOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The latest period that was finished, `null` when none was. Periods of a job are compared as text. */
  lastPeriod(job: string, project: string): Promise<string | null>;
  /**
   * True for exactly one claimer, and never for a period up to the last that was finished. A period whose claimer
   * has died unfinished may be claimed again: at once on the same machine, after an hour from another one.
   */
  claimPeriod(job: string, project: string, period: string, run: string): Promise<boolean>;
  finishPeriod(job: string, project: string, period: string, outcome: string): Promise<void>;
  /** Messages to people, on their way. They come in by `commit`. */
  readonly outbox: Outbox;
  /** What is known of official sources, for all projects together. */
  readonly watch: WatchStore;
  /** The slugs of all projects that were ever committed, sorted. */
  projects(): Promise<readonly string[]>;
  /** Releases the locks held here, aborting their signals, and closes the database. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** The folder of `jalon.db`. Created when missing. */
  readonly home: string;
  /** A `postgres:` URL; empty or `undefined`: SQLite in `home`. */
  readonly databaseUrl?: string | undefined;
  /** Dates the entries of the audit log. Leases run on the database's own clock. */
  readonly now: () => Date;
  /** How long a lock outlives the last sign of life of its holder. */
  readonly lockLeaseMs?: number;
}

const LOCK_LEASE_MS = 30_000;

/**
 * Opens the store, making or upgrading it where needed. Any number of processes may do so at once.
 *
 * @throws BadInput when the folder or the file cannot be written, the URL is wrong or the schema is newer than
 * this version of Jalon; NeedsAttention when the file is no database, or not ours; NotNow when the database is out
 * of reach; Refused when it does not let us in.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return storeOn(await openEngine(options), options);
}

/** Each engine is loaded only when it is the one: starting up is what people wait for. */
async function openEngine({ home, databaseUrl }: StoreOptions): Promise<Engine> {
  if (!databaseUrl) return (await import('./sqlite.ts')).openSqlite(home);
  return (await import('./postgres.ts')).openPostgres(databaseUrl);
}

function storeOn(engine: Engine, { now, lockLeaseMs = LOCK_LEASE_MS }: StoreOptions): Store {
  const at = () => now().toISOString();
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw engine.explain(error);
    }
  };
  const ask = <T>(query: (handle: Handle) => Promise<T>): Promise<T> => guard(engine.handle().then(query));
  const locks = createLocks({ ask, leaseMs: lockLeaseMs });

  return {
    load: (project) => guard(loadProject(engine, project)),
    commit: (project, change) =>
      ask((handle) => commit(handle, project, change, { at: at(), fence: locks.fence(project) })),
    acknowledge: (project, replica, written) =>
      ask((handle) => acknowledge(handle, project, replica, written, locks.fence(project))),
    openIntents: (project) => ask((handle) => openIntents(handle, project)),
    forgetReplica: (project, replica) => ask((handle) => forgetReplica(handle, project, replica)),
    memory: (project, replica) => guard(openMemory({ engine, ask, project, replica })),
    readAudit: (project, filter = {}) => ask((handle) => readAudit(handle, project, filter)),
    revision: (project) => guard(readRevision(engine, project)),
    withLock: (project, options, work) => locks.withLock(project, options, work),
    lastPeriod: (job, project) => ask((handle) => lastPeriod(handle, job, project)),
    claimPeriod: (job, project, period, run) =>
      ask((handle) => claimPeriod(handle, job, project, period, run)),
    finishPeriod: (job, project, period, outcome) =>
      ask((handle) => finishPeriod(handle, job, project, period, outcome)),
    outbox: outboxOn({ engine, ask, guard, at }),
    watch: watchOn({ engine, ask, guard, at, fence: () => locks.fence(WATCH_LOCK) }),
    projects: () => guard(listProjects(engine)),
    close: async () => {
      await locks.close();
      await guard(engine.close());
    },
  };
}
