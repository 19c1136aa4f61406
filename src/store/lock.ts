import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { NotNow } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { storeSays } from '#src/i18n/store.ts';
import type { Ask } from './engine.ts';
import { type LockRow, release, renew, tryAcquire } from './lock-row.ts';
import type { Tables } from './schema.ts';

export interface LockOptions {
  /** What the lock is taken for, as a person who waits will read it: `apply`, `sync`. */
  readonly owner?: string;
  /** How long to wait for the holder; 0: not at all. */
  readonly waitMs: number;
  /** Called once, when there is someone to wait for. */
  readonly onWait?: (holder: LockHolder) => void;
  /** Gives up waiting, and aborts the signal that the work was given. */
  readonly signal?: AbortSignal;
}

export interface LockHolder {
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  /** ISO instant, on the database's clock. */
  readonly since: string;
}

/** Throws, inside the transaction that asks, when the lock under which the caller runs has gone to another. */
export type Fence = (writer: Transaction<Tables>) => Promise<void>;

export interface Locks {
  withLock<T>(project: string, options: LockOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Bound to the `withLock` of the project in which it is called; outside of any, it lets everything pass. */
  fence(project: string): Fence;
  /** Releases what is held, and aborts the work that runs under it. */
  close(): Promise<void>;
}

interface Held {
  readonly project: string;
  readonly token: string;
  readonly lost: AbortController;
}

const FIRST_POLL_MS = 25;
const SLOWEST_POLL_MS = 1_000;
const RENEWALS_PER_LEASE = 3;

export function createLocks({ ask, leaseMs }: { readonly ask: Ask; readonly leaseMs: number }): Locks {
  const holding = new AsyncLocalStorage<Held>();
  const all = new Set<Held>();

  async function acquire(project: string, options: LockOptions): Promise<Held> {
    const { owner = '', waitMs, onWait, signal } = options;
    const token = crypto.randomUUID();
    const deadline = performance.now() + waitMs;
    let told = false;
    for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 1.5, SLOWEST_POLL_MS)) {
      signal?.throwIfAborted();
      const found = await ask((handle) => tryAcquire(handle, { project, token, owner, leaseMs }));
      if (!found) return { project, token, lost: new AbortController() };
      const holder = holderOf(found);
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new NotNow(said(storeSays.locked, { project, ...holder }));
      if (!told) onWait?.(holder);
      told = true;
      await wait(Math.min(pollMs, leftMs), undefined, { ...(signal && { signal }) });
    }
  }

  return {
    withLock: async (project, options, work) => {
      const held = await acquire(project, options);
      all.add(held);
      const stopRenewing = keepRenewed(held, { ask, leaseMs });
      const signals = [held.lost.signal, ...(options.signal ? [options.signal] : [])];
      try {
        return await holding.run(held, work, AbortSignal.any(signals));
      } finally {
        stopRenewing();
        all.delete(held);
        await letGo(held, ask);
      }
    },
    fence: (project) => {
      const held = holding.getStore();
      return async (writer) => {
        if (held?.project !== project) return;
        const kept = !held.lost.signal.aborted && (await renew(writer, held));
        if (!kept) throw lockLost(project);
      };
    },
    close: async () => {
      for (const held of all) held.lost.abort(lockLost(held.project));
      await Promise.all([...all].map((held) => letGo(held, ask)));
    },
  };
}

function holderOf({ owner, host, pid, taken_at }: LockRow): LockHolder {
  return { owner, host, pid, since: new Date(taken_at).toISOString() };
}

/** A lock that cannot be released is not worth failing for: it ends with its lease, or with this process. */
async function letGo({ token }: Held, ask: Ask): Promise<void> {
  await ask((handle) => release(handle, token)).catch(() => undefined);
}

function lockLost(project: string): NotNow {
  return new NotNow(said(storeSays.lockLost, { project }));
}

interface Lease {
  readonly ask: Ask;
  readonly leaseMs: number;
}

/**
 * Shows signs of life until told to stop. The lock is lost once the database says so, or once the database has not
 * answered for a whole lease: from then on another machine may hold it.
 */
function keepRenewed(held: Held, { ask, leaseMs }: Lease): () => void {
  let stopped = false;
  let renewedAt = performance.now();
  let timer: NodeJS.Timeout;

  async function beat(): Promise<void> {
    const askedAt = performance.now();
    const kept = await ask(({ db, clock }) => renew(db, held, { clock, leaseMs })).catch(() => undefined);
    if (stopped) return;
    if (kept) renewedAt = askedAt;
    const silent = performance.now() - renewedAt >= leaseMs;
    if (kept === false || silent) held.lost.abort(lockLost(held.project));
    else schedule();
  }
  function schedule(): void {
    timer = setTimeout(() => void beat(), leaseMs / RENEWALS_PER_LEASE);
    timer.unref();
  }

  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
