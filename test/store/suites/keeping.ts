import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#src/store/store.ts';
import { type DatabaseKind, NOW, open, type TestDatabase } from '../databases.ts';
import { aCommit, aTask } from '../samples.ts';

export function keepingSuite(kind: DatabaseKind): void {
  describe('the store', () => {
    let database: TestDatabase;
    let store: Store;

    beforeEach(async () => {
      database = await kind.create();
      store = await open(database);
    });
    afterEach(() => store.close());

    describe('what was agreed and seen', () => {
      it('knows nothing of a project that was never committed', async () => {
        const state = await store.load('martin');

        expect(state).toEqual({
          agreed: new Map(),
          seen: new Map(),
          cursors: new Map(),
          templateVersion: null,
        });
        expect(await store.projects()).toEqual([]);
      });

      it('gives back to another process what was committed', async () => {
        const task = aTask('choisir/essai', {
          people: ['Claire', 'Zoë'],
          notes: 'l’été\u00a0: « ok » 🎯',
          n: 1.5,
        });
        await store.commit(
          'martin',
          aCommit({
            agreed: [task],
            seen: [
              { replica: 'template', key: task.key, fields: { title: 'Essai' } },
              { replica: 'excel:plan.xlsx', key: task.key, fields: task.fields },
            ],
            cursors: [{ replica: 'excel:plan.xlsx', cursor: 'v2' }],
            templateVersion: '1.2.0',
          }),
        );

        const other = await open(database);
        const state = await other.load('martin');
        await other.close();

        expect(state.agreed).toEqual(new Map([[task.key, task]]));
        expect(state.seen.get('template')).toEqual(new Map([[task.key, { title: 'Essai' }]]));
        expect(state.seen.get('excel:plan.xlsx')).toEqual(new Map([[task.key, task.fields]]));
        expect(state.cursors).toEqual(new Map([['excel:plan.xlsx', 'v2']]));
        expect(state.templateVersion).toBe('1.2.0');
        expect(await store.projects()).toEqual(['martin']);
      });

      it('keeps the items in the order in which they came to be, whatever changes later', async () => {
        await store.commit('martin', aCommit({ agreed: [aTask('b'), aTask('a'), aTask('é')] }));
        await store.commit('martin', aCommit({ agreed: [aTask('0'), aTask('a', { status: 'done' })] }));

        const { agreed } = await store.load('martin');

        expect([...agreed.keys()]).toEqual(['b', 'a', 'é', '0']);
        expect(agreed.get('a')?.fields.status).toBe('done');
      });

      it('keeps the marks of a commit in what their replica remembers', async () => {
        const before = await store.memory('martin', 'automations');
        before.set('kept', '1');
        await before.flush();
        const mark = (name: string, value: string) => ({ replica: 'automations', name, value });
        await store.commit('martin', aCommit({ marks: [mark('a', '1'), mark('kept', '2')] }));
        await store.commit('martin', aCommit({ marks: [mark('a', '3')] }));

        const memory = await store.memory('martin', 'automations');
        expect([memory.get('a'), memory.get('kept')]).toEqual(['3', '2']);
      });

      it('leaves alone what a later commit does not name', async () => {
        await store.commit(
          'martin',
          aCommit({
            agreed: [aTask('a')],
            seen: [{ replica: 'x', key: 'a', fields: { title: 'A' } }],
            cursors: [{ replica: 'x', cursor: '1' }],
            templateVersion: '1',
          }),
        );
        const before = await store.load('martin');

        await store.commit('martin', aCommit());

        expect(await store.load('martin')).toEqual(before);
      });

      it('forgets what a place no longer shows, and a cursor that no longer holds', async () => {
        await store.commit(
          'martin',
          aCommit({
            seen: [
              { replica: 'x', key: 'a', fields: {} },
              { replica: 'x', key: 'b', fields: {} },
              { replica: 'y', key: 'a', fields: {} },
            ],
            cursors: [{ replica: 'x', cursor: '1' }],
          }),
        );

        await store.commit(
          'martin',
          aCommit({
            seen: [{ replica: 'x', key: 'a', fields: null }],
            cursors: [{ replica: 'x', cursor: null }],
          }),
        );

        const { seen, cursors } = await store.load('martin');
        expect([...(seen.get('x')?.keys() ?? [])]).toEqual(['b']);
        expect([...(seen.get('y')?.keys() ?? [])]).toEqual(['a']);
        expect(cursors.size).toBe(0);
      });

      it('takes the last of two values for the same key', async () => {
        await store.commit(
          'martin',
          aCommit({
            agreed: [aTask('a', { n: 1 }), aTask('a', { n: 2 })],
            seen: [
              { replica: 'x', key: 'a', fields: { n: 1 } },
              { replica: 'x', key: 'a', fields: { n: 2 } },
            ],
          }),
        );

        const { agreed, seen } = await store.load('martin');
        expect(agreed.get('a')?.fields.n).toBe(2);
        expect(seen.get('x')?.get('a')).toEqual({ n: 2 });
      });

      it('carries a thousand items in one commit', async () => {
        const agreed = Array.from({ length: 1000 }, (_, n) => aTask(`t/${n}`));

        await store.commit('martin', aCommit({ agreed }));

        expect([...(await store.load('martin')).agreed.values()]).toEqual(agreed);
      });

      it('keeps projects apart', async () => {
        await store.commit('martin', aCommit({ agreed: [aTask('a', { n: 1 })] }));
        await store.commit('durand', aCommit({ agreed: [aTask('a', { n: 2 })] }));

        expect((await store.load('martin')).agreed.get('a')?.fields.n).toBe(1);
        expect(await store.projects()).toEqual(['durand', 'martin']);
      });

      it('stores nothing at all of a commit that fails half-way', async () => {
        await store.commit('martin', aCommit({ agreed: [aTask('a')] }));
        const before = await store.load('martin');
        const broken = { kind: 'created', key: 'b', field: null, actor: null, old: null, new: null } as never;

        const attempt = store.commit(
          'martin',
          aCommit({
            agreed: [aTask('b')],
            seen: [{ replica: 'x', key: 'b', fields: {} }],
            intents: [{ replica: 'x', key: 'b', kind: 'create' }],
            audit: [broken],
          }),
        );

        await expect(attempt).rejects.toThrow();
        expect(await store.load('martin')).toEqual(before);
        expect(await store.openIntents('martin')).toEqual([]);
      });

      it('stores commits that are made at the same time, each as a whole', async () => {
        const slugs = Array.from({ length: 20 }, (_, n) => `p${n}`);

        await Promise.all(
          slugs.map((slug) =>
            store.commit(slug, aCommit({ agreed: [aTask(`${slug}/a`), aTask(`${slug}/b`)] })),
          ),
        );

        for (const slug of slugs) {
          expect([...(await store.load(slug)).agreed.keys()]).toEqual([`${slug}/a`, `${slug}/b`]);
        }
      });
    });

    describe('intents', () => {
      const intents = [
        { replica: 'x', key: 'a', kind: 'create' },
        { replica: 'x', key: 'b', kind: 'update' },
      ] as const;

      it('tells what a lost run meant to write', async () => {
        await store.commit('martin', aCommit({ run: 'lost', intents }));

        expect(await store.openIntents('martin')).toEqual(
          intents.map((intent) => ({ ...intent, run: 'lost', at: NOW.toISOString() })),
        );
      });

      it('closes an intent once what was written is acknowledged', async () => {
        await store.commit('martin', aCommit({ intents }));

        await store.acknowledge('martin', 'x', [{ key: 'a', shows: { title: 'A' } }]);

        expect((await store.openIntents('martin')).map((one) => one.key)).toEqual(['b']);
      });

      it('closes an intent once the place is seen to show the item', async () => {
        await store.commit('martin', aCommit({ intents }));

        await store.commit('martin', aCommit({ seen: [{ replica: 'x', key: 'a', fields: {} }] }));

        expect((await store.openIntents('martin')).map((one) => one.key)).toEqual(['b']);
      });

      it('keeps an intent open that the same commit means again', async () => {
        await store.commit('martin', aCommit({ intents }));

        await store.commit(
          'martin',
          aCommit({
            run: 'again',
            seen: [{ replica: 'x', key: 'b', fields: {} }],
            intents: [{ replica: 'x', key: 'b', kind: 'update' }],
          }),
        );

        expect((await store.openIntents('martin')).map((one) => one.run)).toEqual(['run-1', 'again']);
      });
    });

    describe('acknowledging', () => {
      it('merges what was written into what the place showed', async () => {
        const seen = [{ replica: 'x', key: 'a', fields: { title: 'A', status: 'todo' } }];
        await store.commit('martin', aCommit({ seen }));

        await store.acknowledge('martin', 'x', [
          { key: 'a', shows: { status: 'doing' } },
          { key: 'new', shows: { title: 'N' } },
          { key: 'a', shows: { due: '2027-01-04' } },
        ]);

        const shown = (await store.load('martin')).seen.get('x');
        expect(shown?.get('a')).toEqual({ title: 'A', status: 'doing', due: '2027-01-04' });
        expect(shown?.get('new')).toEqual({ title: 'N' });
      });
    });

    describe('a place that is detached', () => {
      it('leaves nothing behind but what was agreed', async () => {
        await store.commit(
          'martin',
          aCommit({
            agreed: [aTask('a')],
            seen: ['x', 'y'].map((replica) => ({ replica, key: 'a', fields: {} })),
            cursors: ['x', 'y'].map((replica) => ({ replica, cursor: '1' })),
            intents: ['x', 'y'].map((replica) => ({ replica, key: 'a', kind: 'update' })),
          }),
        );
        const memory = await store.memory('martin', 'x');
        memory.set('page', '42');
        await memory.flush();

        await store.forgetReplica('martin', 'x');

        const state = await store.load('martin');
        expect(state.agreed.size).toBe(1);
        expect([...state.seen.keys()]).toEqual(['y']);
        expect([...state.cursors.keys()]).toEqual(['y']);
        expect((await store.openIntents('martin')).map((one) => one.replica)).toEqual(['y']);
        expect((await store.memory('martin', 'x')).get('page')).toBeUndefined();
      });
    });

    describe('the memory of a workspace', () => {
      it('keeps what was flushed, for its own project and replica', async () => {
        const memory = await store.memory('martin', 'x');
        memory.set('a', '1');
        memory.set('b', '2');
        memory.delete('b');
        await memory.flush();

        const again = await store.memory('martin', 'x');

        expect(again.get('a')).toBe('1');
        expect(again.get('b')).toBeUndefined();
        expect((await store.memory('martin', 'y')).get('a')).toBeUndefined();
        expect((await store.memory('durand', 'x')).get('a')).toBeUndefined();
      });

      it('changes and deletes what was kept before', async () => {
        const memory = await store.memory('martin', 'x');
        for (const name of ['a', 'b', 'c']) memory.set(name, '1');
        await memory.flush();
        memory.set('a', '2');
        memory.delete('b');
        await memory.flush();

        const again = await store.memory('martin', 'x');

        expect(['a', 'b', 'c'].map((name) => again.get(name))).toEqual(['2', undefined, '1']);
      });

      it('forgets what was never flushed', async () => {
        const memory = await store.memory('martin', 'x');
        memory.set('a', '1');

        expect((await store.memory('martin', 'x')).get('a')).toBeUndefined();
      });
    });

    describe('the audit log', () => {
      const changed = {
        kind: 'changed',
        key: 'a',
        field: 'status',
        actor: 'excel:plan.xlsx',
        old: 'todo',
        new: 'done',
      } as const;

      it('tells who changed what, where, from what to what', async () => {
        const people = { ...changed, field: 'people', old: null, new: ['Claire'], note: 'adopted' };
        await store.commit('martin', aCommit({ run: 'r1', audit: [changed, people] }));

        const entries = await store.readAudit('martin');

        const heading = { at: NOW.toISOString(), run: 'r1', project: 'martin' };
        expect(entries).toEqual([
          { id: 2, ...heading, ...people },
          { id: 1, ...heading, ...changed },
        ]);
      });

      it('can be asked for one item, since an instant, and for the latest entries only', async () => {
        let now = new Date('2026-11-20T12:00:00Z');
        const dated = await open(database, { now: () => now });
        await dated.commit('martin', aCommit({ audit: [changed, { ...changed, key: 'b' }] }));
        now = new Date('2026-11-22T12:00:00Z');
        await dated.commit('martin', aCommit({ run: 'later', audit: [changed] }));
        await dated.close();

        const ofKey = await store.readAudit('martin', { key: 'a' });
        const recent = await store.readAudit('martin', { since: '2026-11-22T13:00:00+01:00' });
        const latest = await store.readAudit('martin', { limit: 1 });

        expect(ofKey.map((entry) => entry.run)).toEqual(['later', 'run-1']);
        expect(recent.map((entry) => entry.run)).toEqual(['later']);
        expect(latest.map((entry) => entry.run)).toEqual(['later']);
        expect(await store.readAudit('durand')).toEqual([]);
      });

      it('has a revision for each project, which goes up with its own entries, whatever the clock says', async () => {
        let now = new Date('2027-06-01T12:00:00Z');
        const dated = await open(database, { now: () => now });
        await dated.commit('martin', aCommit({ audit: [changed, changed] }));
        await dated.commit('durand', aCommit({ audit: [changed] }));
        const first = await store.revision('martin');
        now = new Date('2026-11-20T12:00:00Z');
        await dated.commit('martin', aCommit({ audit: [changed] }));
        await dated.close();

        expect([first, await store.revision('martin'), await store.revision('durand')]).toEqual([2, 4, 3]);
        expect(await store.revision('nobody')).toBe(0);
      });

      it.each([
        "update PREFIXaudit set new_value = '1'",
        'delete from PREFIXaudit',
        ...kind.waysToReplaceAudit,
      ])('cannot be rewritten: %s', async (statement) => {
        await store.commit('martin', aCommit({ audit: [changed] }));

        const attempt = database.run(statement.replaceAll('PREFIX', kind.prefix));

        await expect(attempt).rejects.toThrow('append-only');
        expect(await store.readAudit('martin')).toHaveLength(1);
      });
    });
  });
}
