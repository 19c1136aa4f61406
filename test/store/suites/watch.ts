import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Store, WATCH_LOCK } from '#src/store/store.ts';
import { type DatabaseKind, NOW, open, type TestDatabase } from '../databases.ts';

export function watchSuite(kind: DatabaseKind): void {
  describe('what the watch remembers', () => {
    let database: TestDatabase;
    let store: Store;

    beforeEach(async () => {
      database = await kind.create();
      store = await open(database);
    });
    afterEach(() => store.close());

    it('is kept with what was found, and the snapshot stays while nothing new is given', async () => {
      const { watch } = store;
      await watch.keep({ source: 'page', state: '{"n":1}', snapshot: '["a"]' }, []);
      await watch.keep({ source: 'page', state: '{"n":2}' }, [{ id: 'page-1', notice: '{}' }]);

      expect(await watch.states(['page', 'other'])).toEqual(new Map([['page', '{"n":2}']]));
      expect(await watch.snapshot('page')).toBe('["a"]');
      expect(await watch.snapshot('other')).toBeUndefined();
      expect(await watch.noticesAfter(0)).toEqual([
        { number: 1, id: 'page-1', notice: '{}', foundAt: NOW.toISOString() },
      ]);
    });

    it('has no snapshot of a source that has only been sick', async () => {
      await store.watch.keep({ source: 'page', state: '{}' }, []);

      expect(await store.watch.snapshot('page')).toBeUndefined();
    });

    it('holds each notice once, in the order in which they were found', async () => {
      const { watch } = store;
      const found = (...ids: string[]) => ids.map((id) => ({ id, notice: `"${id}"` }));
      await watch.keep({ source: 'feed', state: '{}' }, found('b', 'a'));
      await watch.keep({ source: 'feed', state: '{}' }, found('a', 'c'));

      const all = await watch.noticesAfter(0);

      expect(all.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
      expect((await watch.noticesAfter(all[1]?.number ?? 0)).map(({ id }) => id)).toEqual(['c']);
    });

    it('outlives the process, and no part of a failed write is kept', async () => {
      await store.watch.keep({ source: 'page', state: '1' }, []);
      const twice = [
        { id: 'x', notice: '' },
        { id: null as never, notice: '' },
      ];
      await expect(store.watch.keep({ source: 'page', state: '2' }, twice)).rejects.toThrow();
      await store.close();

      store = await open(database);

      expect(await store.watch.states(['page'])).toEqual(new Map([['page', '1']]));
      expect(await store.watch.noticesAfter(0)).toEqual([]);
    });

    it('can be forgotten, source by source', async () => {
      await store.watch.keep({ source: 'one', state: '1', snapshot: '1' }, []);
      await store.watch.keep({ source: 'two', state: '2', snapshot: '2' }, []);

      await store.watch.forget('one');

      expect([...(await store.watch.states(['one', 'two'])).keys()]).toEqual(['two']);
    });

    it('is not written by a run that has lost the lock', async () => {
      const work = store.withLock(WATCH_LOCK, { owner: 'watch', waitMs: 0 }, async () => {
        await database.run(`delete from ${kind.prefix}project_lock`);
        await store.watch.keep({ source: 'page', state: '1' }, []);
      });

      await expect(work).rejects.toThrow();
      expect((await store.watch.states(['page'])).size).toBe(0);
    });
  });
}
