import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotNow } from '#src/errors.ts';
import type { LockHolder, Store } from '#src/store/store.ts';
import { type DatabaseKind, open, type TestDatabase } from '../databases.ts';
import { aCommit, aTask } from '../samples.ts';

export function lockingSuite(kind: DatabaseKind): void {
  describe('the lock of a project', () => {
    let database: TestDatabase;
    let store: Store;
    let other: Store;

    beforeEach(async () => {
      database = await kind.create();
      store = await open(database);
      other = await open(database);
    });
    afterEach(async () => {
      await store.close();
      await other.close();
    });

    const toAnotherMachine = (set: string) =>
      database.run(
        `update ${kind.prefix}project_lock set machine = 'elsewhere', host = 'srv-2', pid = 7, ${set}`,
      );

    it('returns what the work returns, and is free again', async () => {
      const first = await store.withLock('martin', { waitMs: 0 }, async () => 'done');
      const second = await other.withLock('martin', { waitMs: 0 }, async () => 'done too');

      expect([first, second]).toEqual(['done', 'done too']);
    });

    it('is free again when the work fails, and the failure comes through untouched', async () => {
      const failure = new Error('ENOSPC, says the work');

      const attempt = store.withLock('martin', { waitMs: 0 }, () => Promise.reject(failure));

      await expect(attempt).rejects.toBe(failure);
      expect(await other.withLock('martin', { waitMs: 0 }, async () => 'free')).toBe('free');
    });

    it('does not keep one project from another', async () => {
      const both = await store.withLock('martin', { waitMs: 0 }, () =>
        other.withLock('durand', { waitMs: 0 }, async () => 'both'),
      );

      expect(both).toBe('both');
    });

    it('says who holds it, for what and since when, to who will not wait', async () => {
      const attempt = store.withLock('martin', { owner: 'apply', waitMs: 0 }, () =>
        other.withLock('martin', { waitMs: 0 }, async () => {}),
      );

      const failure = await attempt.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(NotNow);
      const said = (failure as NotNow).said('fr');
      expect(said).toContain(`le projet «\u00a0martin\u00a0»\u00a0: apply, processus ${process.pid} sur `);
      expect(said).toMatch(/depuis le .* à \d{1,2}\u00a0h\u00a0\d{2}/);
    });

    it('is handed over to who waits, who is told once whom to wait for', async () => {
      const holders: LockHolder[] = [];
      const order: string[] = [];
      const taken = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const first = store.withLock('martin', { owner: 'sync', waitMs: 0 }, async () => {
        taken.resolve();
        await release.promise;
        order.push('first');
      });
      await taken.promise;

      const second = other.withLock(
        'martin',
        {
          waitMs: 20_000,
          onWait: (holder) => {
            holders.push(holder);
            release.resolve();
          },
        },
        async () => void order.push('second'),
      );

      await Promise.all([first, second]);
      expect(order).toEqual(['first', 'second']);
      expect(holders).toMatchObject([{ owner: 'sync', pid: process.pid }]);
      expect(Math.abs(Date.parse(holders[0]?.since ?? '') - Date.now())).toBeLessThan(60_000);
    });

    it('lets go of who waits when they are told to stop', async () => {
      const stop = new AbortController();

      const attempt = store.withLock('martin', { waitMs: 0 }, () =>
        other.withLock(
          'martin',
          { waitMs: 60_000, signal: stop.signal, onWait: () => stop.abort() },
          async () => {},
        ),
      );

      await expect(attempt).rejects.toThrow(/abort/i);
    });

    it('is not taken from another machine before its lease is over', async () => {
      const attempt = store.withLock('martin', { waitMs: 0 }, async () => {
        await toAnotherMachine(`owner = 'sync'`);
        return other.withLock('martin', { waitMs: 0 }, async () => {});
      });

      await expect(attempt).rejects.toThrow('sync, process 7 on srv-2');
    });

    it('is taken from another machine once its lease is over', async () => {
      const taken = await store.withLock('martin', { waitMs: 0 }, async () => {
        await toAnotherMachine('expires_at = 0');
        return other.withLock('martin', { waitMs: 0 }, async () => 'taken');
      });

      expect(taken).toBe('taken');
    });

    it('outlives its lease as long as the work gives signs of life', async () => {
      const leased = await open(database, { lockLeaseMs: 1_000 });

      const result = await leased.withLock('martin', { waitMs: 0 }, async (signal) => {
        await expect(other.withLock('martin', { waitMs: 1_500 }, async () => {})).rejects.toThrow('at work');
        return signal.aborted;
      });

      await leased.close();
      expect(result).toBe(false);
    });

    it('tells the work when it is lost, and stores nothing more of it', async () => {
      const leased = await open(database, { lockLeaseMs: 60 });

      const attempt = leased.withLock('martin', { waitMs: 0 }, async (signal) => {
        await database.run(`update ${kind.prefix}project_lock set token = 'of-another'`);
        if (!signal.aborted) await once(signal, 'abort');
        await leased.commit('martin', aCommit({ agreed: [aTask('late')] }));
      });

      await expect(attempt).rejects.toThrow(NotNow);
      await leased.close();
      expect((await store.load('martin')).agreed.size).toBe(0);
    });

    it('stores nothing of a run that lost it without knowing yet', async () => {
      const attempt = store.withLock('martin', { waitMs: 0 }, async () => {
        await database.run(`update ${kind.prefix}project_lock set token = 'of-another'`);
        await store.acknowledge('martin', 'x', [{ key: 'late', shows: {} }]);
      });

      await expect(attempt).rejects.toThrow(NotNow);
      expect((await other.load('martin')).seen.size).toBe(0);
    });

    it('is released, and its work told to stop, when the store is closed', async () => {
      const closing = await open(database);

      const reason = await closing.withLock('martin', { waitMs: 0 }, async (signal) => {
        await closing.close();
        return signal.reason as unknown;
      });

      expect(reason).toBeInstanceOf(NotNow);
      expect(await other.withLock('martin', { waitMs: 0 }, async () => 'free')).toBe('free');
    });
  });
}
