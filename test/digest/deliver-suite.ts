import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '#src/digest/send/deliver.ts';
import type { Delivery } from '#src/digest/send/delivery.ts';
import type { AddressedMessage } from '#src/plan/outgoing-message.ts';
import type { Store } from '#src/store/store.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { type DatabaseKind, open, type TestDatabase } from '../store/databases.ts';
import { aCommit } from '../store/samples.ts';
import type { DeliverOrder } from './deliver-worker.ts';
import { CERTIFICATE, type MailOffice, openMailOffice } from './mail-office.ts';
import { aDelivery, aMessage } from './messages.ts';
import { slackService, teamsService } from './webhook-services.ts';

const MINUTE_MS = 60_000;

/** What deliveries promise, whatever the database. */
export function deliverSuite(kind: DatabaseKind): void {
  describe(`deliveries on ${kind.name}`, () => {
    let database: TestDatabase;
    let store: Store;
    let now: Date;
    let lines: string[];

    beforeEach(async () => {
      now = new Date('2026-11-23T08:00:00Z');
      lines = [];
      database = await kind.create();
      store = await open(database, { now: () => now });
    });
    afterEach(() => store.close());

    const put = (...messages: AddressedMessage[]) => store.commit('martin', aCommit({ messages }));
    const later = (ms: number) => {
      now = new Date(now.getTime() + ms);
    };
    const run = (delivery: Delivery, from = store, signal?: AbortSignal) =>
      deliver(delivery, {
        signal,
        outbox: from.outbox,
        log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
        fetch: globalThis.fetch,
        time: machineTime,
        now: () => now,
        dayOf: (instant) => instant.toISOString().slice(0, 10),
        timeoutMs: 5_000,
        ca: CERTIFICATE,
      });
    const byMail = (office: MailOffice) => aDelivery({ smtpUrl: office.url });
    const recipients = (office: MailOffice) =>
      office.letters.map(({ to }) =>
        [to].flat().flatMap((one) => one?.value.map(({ address }) => address) ?? []),
      );
    const states = async () =>
      (await store.outbox.entries('martin')).map(({ channel, state, note }) => ({
        channel,
        state,
        why: note?.why,
      }));

    it('send each message once over each of its channels, however often they run', async () => {
      const [office, slack, teams] = await Promise.all([openMailOffice(), slackService(), teamsService()]);
      const delivery = aDelivery({
        smtpUrl: office.url,
        slackWebhookUrl: slack.url,
        teamsWebhookUrl: teams.url,
      });
      await put(aMessage({ channels: ['email', 'slack', 'teams'] }));

      const first = await run(delivery);
      await put(aMessage({ channels: ['email', 'slack', 'teams'] }));
      const second = await run(delivery);

      expect(first).toEqual({ sent: 3, waiting: 0, failed: 0, unknown: 0 });
      expect(second).toEqual({ sent: 0, waiting: 0, failed: 0, unknown: 0 });
      expect([office.letters.length, slack.posted.length, teams.posted.length]).toEqual([1, 1, 1]);
    });

    it('send a message once when several run at the same time', async () => {
      const office = await openMailOffice();
      const other = await open(database, { now: () => now });
      await put(aMessage({ key: 'a' }), aMessage({ key: 'b' }), aMessage({ key: 'c' }));

      const counts = await Promise.all([
        run(byMail(office)),
        run(byMail(office), other),
        run(byMail(office)),
      ]);

      await other.close();
      expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(3);
      expect(office.letters).toHaveLength(3);
    });

    it('write to persons by role or by name, and to whoever has the digest for one without an address', async () => {
      const office = await openMailOffice();
      await put(
        aMessage({ key: 'a', to: ['office-manager', 'Zoë', 'Claire'] }),
        aMessage({ key: 'b', to: ['director'] }),
        aMessage({ key: 'c', to: 'subscribers' }),
      );

      await run(byMail(office));

      const subscribers = ['claire@example.org', 'direction@example.org'];
      expect(recipients(office)).toEqual([
        ['claire@example.org', 'zoe@example.org'],
        subscribers,
        subscribers,
      ]);
    });

    it('say in a channel that many read whom a message is for', async () => {
      const slack = await slackService();
      await put(aMessage({ to: ['director', 'Zoë'], channels: ['slack'] }));

      await run(aDelivery({ slackWebhookUrl: slack.url }));

      expect(JSON.stringify(slack.posted)).toContain('Pour\u00a0: Paul et Zoë');
    });

    it('come back later when they are asked to, after longer and longer waits', async () => {
      const office = await openMailOffice();
      office.mood = { message: 451 };
      await put(aMessage());

      const tries: number[] = [];
      for (const minutes of [0, 0.99, 0.01, 3.99, 0.01, 16]) {
        later(minutes * MINUTE_MS);
        tries.push((await run(byMail(office))).waiting);
      }
      office.mood = {};
      later(60 * MINUTE_MS);
      const last = await run(byMail(office));

      expect(tries).toEqual([1, 0, 1, 0, 1, 1]);
      expect(last.sent).toBe(1);
      expect(office.letters).toHaveLength(1);
    });

    it('wait for as long as a service asks', async () => {
      const slack = await slackService();
      slack.answers.push((response) => void response.writeHead(429, { 'retry-after': '7200' }).end());
      await put(aMessage({ channels: ['slack'] }));
      const delivery = aDelivery({ slackWebhookUrl: slack.url });

      await run(delivery);
      later(7_199_000);
      const early = await run(delivery);
      later(1_000);
      const late = await run(delivery);

      expect([early.sent, late.sent]).toEqual([0, 1]);
    });

    it('give up after some three days of trying, and say so', async () => {
      await put(aMessage());
      const started = now.getTime();
      const delivery = aDelivery({ smtpUrl: 'smtp://127.0.0.1:1', smtpFrom: 'jalon@example.org' });

      let failed = 0;
      for (let hour = 0; hour < 24 * 5 && failed === 0; hour += 1) {
        ({ failed } = await run(delivery));
        later(60 * MINUTE_MS);
      }

      expect(await states()).toEqual([{ channel: 'email', state: 'failed', why: 'unreachable' }]);
      expect((now.getTime() - started) / (24 * 60 * MINUTE_MS)).toBeCloseTo(3, 0);
      expect(lines.at(-1)).toContain('"state":"failed"');
    });

    it('write a second time only to those who were to be tried again, and name who was refused', async () => {
      const office = await openMailOffice();
      office.mood = { recipients: { 'claire@example.org': 550, 'zoe@example.org': 451 } };
      await put(aMessage({ to: ['Claire', 'Zoë', 'paul@example.org'] }));
      const people = [
        ...aDelivery().people,
        { role: 'paul@example.org', name: 'P', email: 'paul@example.org' },
      ];
      const delivery = { ...byMail(office), people };

      await run(delivery);
      office.mood = {};
      later(MINUTE_MS);
      await run(delivery);

      expect(recipients(office)).toHaveLength(2);
      expect(recipients(office)[1]).toEqual(['zoe@example.org']);
      const [entry] = await store.outbox.entries('martin');
      expect(entry).toMatchObject({ state: 'sent', note: { refused: ['claire@example.org'] } });
      expect(lines.at(-1)).toContain('Claire (claire@example.org)');
    });

    it('no longer name an address that was refused, once it is corrected and has the message', async () => {
      const office = await openMailOffice();
      office.mood = { recipients: { 'wrong@example.org': 550 } };
      await put(aMessage());
      const refused = await run(aDelivery({ smtpUrl: office.url, digestTo: ['wrong@example.org'] }));
      const before = await states();
      await store.outbox.retry('martin');

      const corrected = await run(aDelivery({ smtpUrl: office.url, digestTo: ['right@example.org'] }));

      expect([refused.failed, corrected.sent]).toEqual([1, 1]);
      expect(before).toEqual([{ channel: 'email', state: 'failed', why: 'allRefused' }]);
      expect(await states()).toEqual([]);
      expect(recipients(office)).toEqual([['right@example.org']]);
    });

    it('leave a message unknown, and not lost, when the signal to stop comes while it leaves', async () => {
      const [office, slack] = await Promise.all([openMailOffice(), slackService()]);
      office.mood = { silent: true };
      slack.answers.push(() => {});
      const delivery = aDelivery({ smtpUrl: office.url, slackWebhookUrl: slack.url });
      await put(aMessage({ channels: ['email', 'slack'] }));
      const stop = new AbortController();
      const running = run(delivery, store, stop.signal);
      await office.arrived(1);
      stop.abort();
      const stopped = await running;

      expect(stopped).toEqual({ sent: 0, waiting: 0, failed: 0, unknown: 1 });
      expect(await states()).toEqual([
        { channel: 'email', state: 'unknown', why: 'cut' },
        { channel: 'slack', state: 'waiting', why: undefined },
      ]);
    });

    it('say that a message comes late, and on which day it was due', async () => {
      const office = await openMailOffice();
      await put(aMessage());
      later(3 * 24 * 60 * MINUTE_MS);

      await run(byMail(office));

      expect(office.letters[0]?.text).toContain('aurait dû partir le 23\u00a0novembre\u00a02026');
    });

    it('never repeat by themselves what may have arrived, and repeat it when a person asks', async () => {
      const office = await openMailOffice();
      office.mood = { cut: 'kept' };
      await put(aMessage());

      const first = await run(byMail(office));
      office.mood = {};
      later(24 * 60 * MINUTE_MS);
      const second = await run(byMail(office));
      await store.outbox.retry('martin');
      const third = await run(byMail(office));

      expect([first.unknown, second.sent, third.sent]).toEqual([1, 0, 1]);
      const [before, after] = office.letters;
      expect(after?.messageId).toBe(before?.messageId);
    });

    it('keep the addresses of webhooks out of the log and the store', async () => {
      const slack = await slackService();
      slack.answers.push(
        (response) => void response.writeHead(404).end('no service at /services/T000/B000/s3cretPath'),
      );
      await put(aMessage({ channels: ['slack'] }));

      await run(aDelivery({ slackWebhookUrl: slack.url }));

      const [entry] = await store.outbox.entries('martin');
      expect(entry?.note?.detail).toBe('404 no service at [secret]');
      expect(lines.join('')).not.toContain('s3cretPath');
    });

    describe('of a process that is killed', { timeout: 60_000 }, () => {
      const start = (delivery: Delivery): ChildProcess => {
        const order: DeliverOrder = {
          ...database.options,
          delivery,
          ca: CERTIFICATE,
          now: now.toISOString(),
        };
        const file = new URL('deliver-worker.ts', import.meta.url);
        return fork(file, [JSON.stringify(order)], { execArgv: [] });
      };
      const kill = async (child: ChildProcess) => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      };

      it('once its letter is there and not noted are not sent again', async () => {
        const office = await openMailOffice();
        office.mood = { silent: true };
        await put(aMessage({ key: 'a' }), aMessage({ key: 'b' }));
        const child = start(byMail(office));
        await office.arrived(1);
        await kill(child);

        office.mood = {};
        const after = await run(byMail(office));

        expect(after).toEqual({ sent: 1, waiting: 0, failed: 0, unknown: 1 });
        expect(office.letters.map(({ messageId }) => messageId)).toHaveLength(2);
        expect(new Set(office.letters.map(({ messageId }) => messageId)).size).toBe(2);
        expect(await states()).toEqual([{ channel: 'email', state: 'unknown', why: 'interrupted' }]);
        expect(lines.some((line) => line.includes('"why":"interrupted"'))).toBe(true);
      });

      it.each([
        ['slack', slackService],
        ['teams', teamsService],
      ] as const)('once %s has the message and it is not noted are not sent again', async (channel, open) => {
        const service = await open();
        service.answers.push(() => {});
        const delivery = aDelivery(
          channel === 'slack' ? { slackWebhookUrl: service.url } : { teamsWebhookUrl: service.url },
        );
        await put(aMessage({ channels: [channel] }));
        const child = start(delivery);
        await service.arrived(1);
        await kill(child);

        const after = await run(delivery);

        expect(after).toEqual({ sent: 0, waiting: 0, failed: 0, unknown: 1 });
        expect(service.requests).toHaveLength(1);
      });

      it('leave everything that they had not begun to the next', async () => {
        const office = await openMailOffice();
        await put(...Array.from({ length: 12 }, (_, n) => aMessage({ key: `k${n}` })));
        const child = start(byMail(office));
        await office.arrived(4);
        await kill(child);

        const after = await run(byMail(office));

        const ids = office.letters.map(({ messageId }) => messageId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(12 - after.unknown);
        expect(after.unknown).toBeLessThanOrEqual(1);
        expect(after.failed + after.waiting).toBe(0);
      });
    });
  });
}
