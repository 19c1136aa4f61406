import { beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseKind, open, type TestDatabase } from '../databases.ts';
import { allAtOnce, startWorker } from '../processes.ts';

export function processesSuite(kind: DatabaseKind): void {
  describe('several processes at once', { timeout: 60_000 }, () => {
    let database: TestDatabase;

    beforeEach(async () => {
      database = await kind.create();
    });

    it('all open a store that none of them has made yet', async () => {
      const results = await allAtOnce(database, Array(4).fill({ do: 'load' }));

      expect(results).toEqual([0, 0, 0, 0]);
    });

    it('lose no count when each adds under the lock', async () => {
      await allAtOnce(database, Array(3).fill({ do: 'add', times: 20 }));

      const store = await open(database);
      const { agreed } = await store.load('martin');
      await store.close();
      expect(agreed.get('counter')?.fields.count).toBe('60');
    });

    it('give a period of a job to exactly one of them', async () => {
      const orders = ['a', 'b', 'c', 'd'].map((run) => ({ do: 'claim', period: '2026-W48', run }) as const);

      const results = await allAtOnce(database, orders);

      expect(results.toSorted()).toEqual([false, false, false, true]);
    });

    it('are not held up by a holder of the lock that was killed', async () => {
      await using holder = await startWorker(database, { do: 'hold' });
      holder.begin();
      await holder.says();
      const store = await open(database);
      await expect(store.withLock('martin', { waitMs: 0 }, async () => {})).rejects.toThrow(
        `apply, process ${holder.process.pid}`,
      );

      await holder.kill();
      const result = await store.withLock('martin', { waitMs: 0 }, async () => 'mine');

      await store.close();
      expect(result).toBe('mine');
    });

    it('wait for a holder that was stopped, however long its lease has run out', async () => {
      await using holder = await startWorker(database, { do: 'hold' });
      holder.begin();
      await holder.says();
      holder.process.kill('SIGSTOP');
      await database.run(`update ${kind.prefix}project_lock set expires_at = 0`);

      const store = await open(database);
      const attempt = store.withLock('martin', { waitMs: 0 }, async () => {});

      await expect(attempt).rejects.toThrow('at work');
      await store.close();
    });

    it('may claim again what a process claimed and died without finishing', async () => {
      await allAtOnce(database, [{ do: 'claim', period: '2026-W48', run: 'first' }]);

      const store = await open(database);
      const claims = [
        await store.claimPeriod('digest', 'martin', '2026-W48', 'second'),
        await store.claimPeriod('digest', 'martin', '2026-W48', 'third'),
      ];

      await store.close();
      expect(claims).toEqual([true, false]);
    });

    it('find whole commits only after one of them was killed while committing', async () => {
      for (let kills = 0; kills < 3; kills++) {
        await using worker = await startWorker(database, { do: 'commit-for-ever' });
        worker.begin();
        await worker.says();
        await worker.kill();

        const store = await open(database);
        const { agreed, seen } = await store.load('martin');
        const audit = await store.readAudit('martin');
        await store.close();

        const rounds = new Set([...agreed.values()].map((item) => item.fields.round));
        expect(rounds.size).toBe(1);
        expect(new Set([...(seen.get('x')?.values() ?? [])].map((fields) => fields.round))).toEqual(rounds);
        expect(audit.length % 40).toBe(0);
      }
    });
  });
}
