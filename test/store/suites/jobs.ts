import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#src/store/store.ts';
import { type DatabaseKind, open, type TestDatabase } from '../databases.ts';

export function jobsSuite(kind: DatabaseKind): void {
  describe('the periods of a job', () => {
    let database: TestDatabase;
    let store: Store;

    beforeEach(async () => {
      database = await kind.create();
      store = await open(database);
    });
    afterEach(() => store.close());

    it('are claimed once', async () => {
      const claims = [
        await store.claimPeriod('digest', 'martin', '2026-W48', 'r1'),
        await store.claimPeriod('digest', 'martin', '2026-W48', 'r2'),
      ];

      expect(claims).toEqual([true, false]);
    });

    it('belong to one job of one project', async () => {
      const claims = [
        await store.claimPeriod('digest', 'martin', '2026-W48', 'r'),
        await store.claimPeriod('watch', 'martin', '2026-W48', 'r'),
        await store.claimPeriod('digest', 'durand', '2026-W48', 'r'),
      ];

      expect(claims).toEqual([true, true, true]);
    });

    it('count once they are finished', async () => {
      const before = await store.lastPeriod('digest', 'martin');
      await store.claimPeriod('digest', 'martin', '2026-W48', 'r');
      const during = await store.lastPeriod('digest', 'martin');
      await store.finishPeriod('digest', 'martin', '2026-W48', 'done');

      expect([before, during]).toEqual([null, null]);
      expect(await store.lastPeriod('digest', 'martin')).toBe('2026-W48');
    });

    it('never come back once a later one is finished', async () => {
      for (const period of ['2026-W47', '2026-W48']) {
        await store.claimPeriod('digest', 'martin', period, 'r');
        await store.finishPeriod('digest', 'martin', period, 'done');
      }

      const claims = await Promise.all(
        ['2026-W46', '2026-W47', '2026-W48', '2026-W49'].map((period) =>
          store.claimPeriod('digest', 'martin', period, 'r'),
        ),
      );

      expect(claims).toEqual([false, false, false, true]);
    });

    it('do not pile up', async () => {
      for (let n = 100; n < 130; n++) {
        await store.claimPeriod('sync', 'martin', `${n}`, 'r');
        await store.finishPeriod('sync', 'martin', `${n}`, 'done');
      }

      expect(await database.count('job_period')).toBe(1);
    });

    it('may be claimed again from another machine an hour after a claimer fell silent', async () => {
      await store.claimPeriod('digest', 'martin', '2026-W48', 'r1');
      await database.run(`update ${kind.prefix}job_period set machine = 'elsewhere'`);

      const early = await store.claimPeriod('digest', 'martin', '2026-W48', 'r2');
      await database.run(`update ${kind.prefix}job_period set claimed_at = claimed_at - 3600000`);
      const late = await store.claimPeriod('digest', 'martin', '2026-W48', 'r3');

      expect([early, late]).toEqual([false, true]);
    });
  });
}
