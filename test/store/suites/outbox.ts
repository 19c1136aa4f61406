import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AddressedMessage } from '#src/plan/outgoing-message.ts';
import type { Store } from '#src/store/store.ts';
import { type DatabaseKind, open, type TestDatabase } from '../databases.ts';
import { allAtOnce } from '../processes.ts';
import { aCommit, aTask } from '../samples.ts';

const NOW = new Date('2026-11-23T08:00:00Z');
/** What the first schema had. */
const FIRST_TABLES = /(?:^|\.)(?:project|item|seen|read_cursor|memory|intent|project_lock|job_period|audit)$/;
const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255]);

export function aMessage(over: Partial<AddressedMessage> = {}): AddressedMessage {
  return {
    key: 'digest:2026-W48',
    kind: 'digest',
    to: 'subscribers',
    locale: 'fr',
    subject: 'Où en sommes-nous\u00a0?',
    blocks: [
      { kind: 'heading', text: 'À faire' },
      { kind: 'picture', png: PICTURE, alt: 'Trois tâches sur dix' },
    ],
    channels: ['email'],
    ...over,
  };
}

export function outboxSuite(kind: DatabaseKind): void {
  describe('the outbox', () => {
    let database: TestDatabase;
    let store: Store;

    beforeEach(async () => {
      database = await kind.create();
      store = await open(database);
    });
    afterEach(() => store.close());

    const put = (...messages: AddressedMessage[]) => store.commit('martin', aCommit({ messages }));
    const due = async () =>
      (await store.outbox.due('martin', NOW)).map(({ channel, key }) => `${channel} ${key}`);
    const states = async () =>
      (await store.outbox.entries('martin')).map(({ key, state }) => `${key} ${state}`).toSorted();
    const email = (key: string) => ({ project: 'martin', channel: 'email', key }) as const;

    it('gives back a message as it was stored, once for each channel', async () => {
      const { channels: _, ...message } = aMessage();
      await put({ ...message, channels: ['email', 'teams'] });

      const [first, second] = await store.outbox.due('martin', NOW);

      expect(first).toEqual({
        channel: 'email',
        key: message.key,
        tries: 0,
        message,
        putAt: NOW.toISOString(),
        note: undefined,
      });
      expect(second?.channel).toBe('teams');
    });

    it('keeps the bytes of a picture only for the channel that carries them', async () => {
      await put(aMessage({ channels: ['email', 'slack'] }));

      const pictures = (await store.outbox.due('martin', NOW)).map(({ message }) => message.blocks[1]);

      expect(pictures).toEqual([
        { kind: 'picture', png: PICTURE, alt: 'Trois tâches sur dix' },
        { kind: 'picture', png: new Uint8Array(), alt: 'Trois tâches sur dix' },
      ]);
    });

    it('takes a key once on each channel, even once it was sent', async () => {
      await put(aMessage(), aMessage({ subject: 'Again, in the same commit' }));
      await put(aMessage({ subject: 'Again, while it waits' }));
      await store.outbox.claim(email('digest:2026-W48'));
      await store.outbox.settle(email('digest:2026-W48'), { state: 'sent' });
      await put(aMessage({ subject: 'Again, once it was sent' }));

      expect(await due()).toEqual([]);
      expect(await database.count('outbox')).toBe(1);
    });

    it('belongs to one project', async () => {
      await put(aMessage());
      await store.commit('durand', aCommit({ messages: [aMessage()] }));
      await store.outbox.claim(email('digest:2026-W48'));

      expect(await due()).toEqual([]);
      expect(await store.outbox.due('durand', NOW)).toHaveLength(1);
    });

    it('holds nothing of a commit that fails', async () => {
      const broken = { kind: 'created', key: 'b', field: null, actor: null, old: null, new: null } as never;

      const attempt = store.commit('martin', aCommit({ messages: [aMessage()], audit: [broken] }));

      await expect(attempt).rejects.toThrow();
      expect(await due()).toEqual([]);
    });

    it('lets one of many claim a message', async () => {
      await put(aMessage());

      const claims = await Promise.all([1, 2, 3].map(() => store.outbox.claim(email('digest:2026-W48'))));

      expect(claims.toSorted()).toEqual([false, false, true]);
      expect(await due()).toEqual([]);
    });

    it('keeps no text of what was sent, and tells who was refused', async () => {
      await put(aMessage({ key: 'a' }), aMessage({ key: 'b' }));
      for (const key of ['a', 'b']) await store.outbox.claim(email(key));
      await store.outbox.settle(email('a'), { state: 'sent' });
      await store.outbox.settle(email('b'), { state: 'sent', note: { refused: ['x@example.org'] } });

      expect(await store.outbox.entries('martin')).toMatchObject([
        { key: 'b', state: 'sent', subject: '', note: { refused: ['x@example.org'], at: NOW.toISOString() } },
      ]);
    });

    it('waits until it is due again', async () => {
      await put(aMessage());
      await store.outbox.claim(email('digest:2026-W48'));
      await store.outbox.settle(email('digest:2026-W48'), {
        state: 'waiting',
        dueAt: new Date('2026-11-23T08:04:00Z'),
        note: { why: 'unreachable', left: ['x@example.org'] },
      });

      const early = await store.outbox.due('martin', new Date('2026-11-23T08:03:59Z'));
      const late = await store.outbox.due('martin', new Date('2026-11-23T08:04:00Z'));

      expect(early).toEqual([]);
      expect(late).toMatchObject([{ tries: 1, note: { why: 'unreachable', left: ['x@example.org'] } }]);
    });

    it('does not settle what nobody is sending', async () => {
      await put(aMessage());

      await store.outbox.settle(email('digest:2026-W48'), { state: 'sent' });

      expect(await due()).toEqual(['email digest:2026-W48']);
    });

    it('lets what failed, and what nobody knows of, wait again when asked', async () => {
      await put(...['a', 'b', 'c'].map((key) => aMessage({ key })));
      for (const key of ['a', 'b']) await store.outbox.claim(email(key));
      await store.outbox.settle(email('a'), { state: 'failed', note: { why: 'refused' } });
      await store.outbox.settle(email('b'), { state: 'unknown', note: { why: 'cut' } });

      const asked = await store.outbox.retry('martin');

      expect(asked).toBe(2);
      expect(await states()).toEqual(['a waiting', 'b waiting', 'c waiting']);
      expect((await store.outbox.due('martin', NOW)).map(({ tries }) => tries)).toEqual([0, 0, 0]);
    });

    it('counts what was not sent, for all projects together', async () => {
      await put(...['sent', 'lost', 'refused', 'a', 'b'].map((key) => aMessage({ key })));
      await put(aMessage({ key: 'held', channels: ['teams'] }));
      await store.commit('durand', aCommit({ messages: [aMessage({ channels: ['email', 'slack'] })] }));
      for (const key of ['sent', 'lost', 'refused', 'b']) await store.outbox.claim(email(key));
      await store.outbox.settle(email('sent'), { state: 'sent' });
      await store.outbox.settle(email('lost'), { state: 'unknown', note: { why: 'cut' } });
      await store.outbox.settle(email('refused'), { state: 'failed', note: { why: 'refused' } });

      const counts = await store.outbox.counts();

      expect(counts.map(({ channel, state, messages }) => [channel, state, messages])).toEqual([
        ['email', 'failed', 1],
        ['email', 'sending', 1],
        ['email', 'unknown', 1],
        ['email', 'waiting', 2],
        ['slack', 'waiting', 1],
        ['teams', 'waiting', 1],
      ]);
    });

    it('has nothing to count while it is empty', async () => {
      expect(await store.outbox.counts()).toEqual([]);
    });

    it('loses track of what was being sent by a process that died, and of nothing else', async () => {
      await put(aMessage({ key: 'lost' }), aMessage({ key: 'mine' }), aMessage({ key: 'waiting' }));
      await allAtOnce(database, [{ do: 'send', key: 'lost' }]);
      await store.outbox.claim(email('mine'));

      const lost = await store.outbox.loseTrack('martin');

      expect(lost).toEqual([{ channel: 'email', key: 'lost' }]);
      expect(await states()).toEqual(['lost unknown', 'mine sending', 'waiting waiting']);
      expect(await store.outbox.loseTrack('martin')).toEqual([]);
    });

    it('loses track after an hour of what another machine, or a hung delivery of our own, was sending', async () => {
      await put(aMessage({ key: 'elsewhere' }), aMessage({ key: 'mine' }));
      for (const key of ['elsewhere', 'mine']) await store.outbox.claim(email(key));
      await database.run(`update ${kind.prefix}outbox set machine = 'elsewhere' where key = 'elsewhere'`);

      const early = await store.outbox.loseTrack('martin');
      await database.run(`update ${kind.prefix}outbox set claimed_at = claimed_at - 3600000`);
      const late = await store.outbox.loseTrack('martin');

      expect(early).toEqual([]);
      expect(late.map(({ key }) => key).toSorted()).toEqual(['elsewhere', 'mine']);
    });

    it('is made in a store of the first schema, and leaves what stands there alone', async () => {
      await store.commit('martin', aCommit({ agreed: [aTask('a')] }));
      await store.close();
      const later = (await database.tables()).filter((table) => !FIRST_TABLES.test(table));
      for (const table of later) await database.run(`drop table ${table}`);
      await database.run(kind.setVersion(1));

      store = await open(database);
      await put(aMessage());

      expect(await due()).toEqual(['email digest:2026-W48']);
      expect((await store.load('martin')).agreed.size).toBe(1);
    });
  });
}
