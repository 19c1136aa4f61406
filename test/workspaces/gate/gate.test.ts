import { describe, expect, it } from 'vitest';
import { GatePaused } from '#src/workspaces/gate/gate.ts';
import { createLedger, type RateLedger } from '#src/workspaces/gate/ledger.ts';
import { trelloPace } from '#src/workspaces/gate/rates.ts';
import { FakeTime, settle } from '../../support/fake-time.ts';
import { aGate, aPace, aSender, aWindow, mostWithin } from './run.ts';

const HOUR_MS = 3_600_000;

describe('a gate with room', () => {
  it('lets a burst leave at once, up to what the window allows', async () => {
    const time = new FakeTime();
    const { departures, send } = aSender(time, aGate(time));

    for (let i = 0; i < 7; i++) void send();
    await settle();

    expect(departures).toHaveLength(5);
    await time.advance(10_000);
    expect(departures).toHaveLength(5);
    await time.advance(300);
    expect(departures).toHaveLength(7);
    expect(time.pending).toBe(0);
  });

  it('hands back what the sender returns, and throws what it throws', async () => {
    const gate = aGate(new FakeTime());

    const answered = gate.run({ project: 'a' }, async () => 'page');
    const failed = gate.run({ project: 'a' }, async () => Promise.reject(new TypeError('fetch failed')));

    await expect(answered).resolves.toBe('page');
    await expect(failed).rejects.toThrow('fetch failed');
  });

  it('keeps no more requests under way than the pace says', async () => {
    const time = new FakeTime();
    const pace = aPace({ windows: [aWindow({ requests: 100 })], maxInFlight: 3 });
    const sender = aSender(time, aGate(time, { pace }), 50);

    const all = Promise.all(Array.from({ length: 20 }, () => sender.send()));
    await time.runOut();
    await all;

    expect(sender.mostUnderWay).toBe(3);
  });

  it('frees the place of a request that failed', async () => {
    const time = new FakeTime();
    const gate = aGate(time, { pace: aPace({ maxInFlight: 1 }) });
    await gate.run({ project: 'a' }, async () => Promise.reject(new Error('reset'))).catch(() => {});

    const next = gate.run({ project: 'a' }, async () => 'sent');

    await expect(next).resolves.toBe('sent');
  });
});

describe('projects that share a gate', () => {
  it('take turns, however long the queue of one of them', async () => {
    const time = new FakeTime();
    const { departures, send } = aSender(time, aGate(time, { pace: aPace({ maxInFlight: 1 }) }));

    for (let i = 0; i < 20; i++) void send({ project: 'large' });
    for (let i = 0; i < 2; i++) void send({ project: 'small' });
    await time.advance(0);

    expect(departures.map(({ project }) => project)).toEqual(['large', 'small', 'large', 'small', 'large']);
  });

  it('keep the order of their own requests', async () => {
    const time = new FakeTime();
    const gate = aGate(time, { pace: aPace({ windows: [aWindow({ requests: 2 })] }) });
    const order: number[] = [];

    for (let i = 0; i < 6; i++) void gate.run({ project: 'a' }, async () => void order.push(i));
    await time.runOut();

    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('are not held up by one whose narrower window is full', async () => {
    const time = new FakeTime();
    const pace = trelloPace('key', 'token');
    const { departures, send } = aSender(time, aGate(time, { pace }));
    const members = { project: 'members', also: [pace.membersAndSearch] };

    for (let i = 0; i < 150; i++) void send(members);
    await time.advance(30_000);
    const before = departures.length;
    void send({ project: 'board' });
    await settle();

    expect(before).toBe(100);
    expect(departures.at(-1)?.project).toBe('board');
    await time.advance(900_000);
    expect(departures).toHaveLength(151);
  });
});

describe('a gate that was told to slow down', () => {
  it('sends nothing before the time that it was told, be it hours', async () => {
    const time = new FakeTime();
    const gate = aGate(time);
    const { departures, send } = aSender(time, gate);
    const start = time.now();

    await send({}, { slowDown: { retryAfterMs: 5 * HOUR_MS } });
    void send({ project: 'b' });
    await time.advance(5 * HOUR_MS - 1);

    expect(departures).toHaveLength(1);
    expect(gate.pausedUntil()).toEqual(new Date(start + 5 * HOUR_MS));
    await time.advance(1);
    expect(departures).toHaveLength(2);
    expect(gate.pausedUntil()).toBeUndefined();
  });

  it('waits for longer than a timer of the machine can', async () => {
    const time = new FakeTime();
    const { departures, send } = aSender(time, aGate(time));

    await send({}, { slowDown: { retryAfterMs: 40 * 24 * HOUR_MS } });
    void send();
    await time.advance(40 * 24 * HOUR_MS - 1);
    expect(departures).toHaveLength(1);
    await time.advance(1);

    expect(departures).toHaveLength(2);
  });

  it('survives a wait that is no date any more', async () => {
    const time = new FakeTime();
    const gate = aGate(time);
    const { send } = aSender(time, gate);

    await send({}, { slowDown: { retryAfterMs: 1e300 } });

    expect(gate.pausedUntil()?.getUTCFullYear()).toBe(2027);
  });

  it('says until when, and again when it becomes longer, never shorter', async () => {
    const time = new FakeTime();
    const told: string[] = [];
    const gate = aGate(time, { onPause: (until) => told.push(until.toISOString()) });
    const { send } = aSender(time, gate, 10);

    const all = Promise.all(
      [60_000, 30_000, 90_000].map((ms) => send({}, { slowDown: { retryAfterMs: ms } })),
    );
    await time.advance(10);
    await all;

    expect(told).toEqual(['2026-11-23T09:01:00.010Z', '2026-11-23T09:01:30.010Z']);
  });

  it('turns away at once who would not wait that long, and those who wait already', async () => {
    const time = new FakeTime();
    const gate = aGate(time, { pace: aPace({ maxInFlight: 1 }) });
    const { send } = aSender(time, gate, 10);

    const first = send({}, { slowDown: { retryAfterMs: HOUR_MS } });
    const waiting = send({ patienceMs: 60_000 }).catch((error: unknown) => error);
    await time.advance(10);
    await first;
    const late = send({ patienceMs: 60_000 }).catch((error: unknown) => error);

    expect(await waiting).toBeInstanceOf(GatePaused);
    expect(await late).toMatchObject({ until: new Date('2026-11-23T10:00:00.010Z') });
    expect(gate.waiting).toBe(0);
  });

  it('sends one request ahead after the pause, and the others once it was welcome', async () => {
    const time = new FakeTime();
    const { departures, send } = aSender(time, aGate(time), 100);
    const first = send({}, { slowDown: { retryAfterMs: 60_000 } });
    await time.advance(100);
    await first;

    for (let i = 0; i < 4; i++) void send();
    await time.advance(60_000);
    const ahead = departures.length;
    await time.advance(100);

    expect(ahead).toBe(2);
    expect(departures).toHaveLength(5);
  });

  it('keeps away longer each time when it is not told for how long', async () => {
    const time = new FakeTime();
    const pace = aPace({ windows: [aWindow({ requests: 1000 })] });
    const { departures, send } = aSender(time, aGate(time, { pace }));

    for (let i = 0; i < 6; i++) void send({}, { slowDown: { retryAfterMs: undefined } });
    await time.runOut();

    const gaps = departures.slice(1).map(({ at }, i) => at - (departures[i]?.at ?? 0));
    expect(gaps).toEqual([10_000, 20_000, 40_000, 80_000, 80_000]);
  });

  it('counts requests that were refused together as one refusal', async () => {
    const time = new FakeTime();
    const gate = aGate(time);
    const { send } = aSender(time, gate, 10);

    const all = Promise.all(
      Array.from({ length: 5 }, () => send({}, { slowDown: { retryAfterMs: undefined } })),
    );
    await time.advance(10);
    await all;

    expect(gate.pausedUntil()).toEqual(new Date(time.now() + 10_000));
  });

  it('holds back the other gates of the same window, and only those', async () => {
    const time = new FakeTime();
    const ledger = createLedger();
    const one = trelloPace('key', 'one');
    const first = aSender(time, aGate(time, { ledger, pace: one }));
    const second = aSender(time, aGate(time, { ledger, pace: trelloPace('key', 'two') }));

    await first.send({}, { slowDown: { retryAfterMs: 10_000, windows: [one.token] } });
    void second.send();
    await settle();
    const afterToken = second.departures.length;
    await time.advance(20_000);
    await first.send({}, { slowDown: { retryAfterMs: 10_000, windows: [one.key] } });
    void second.send();
    await time.advance(9_999);
    const afterKey = second.departures.length;
    await time.advance(1);

    expect([afterToken, afterKey, second.departures.length]).toEqual([1, 1, 2]);
  });

  it('tells the patience of a sender from a pause that another process has earned', async () => {
    const time = new FakeTime();
    const ledger = createLedger();
    const one = aSender(time, aGate(time, { ledger }));
    const other = aSender(time, aGate(time, { ledger }));

    await one.send({}, { slowDown: { retryAfterMs: HOUR_MS } });
    const refused = other.send({ patienceMs: 60_000 });

    await expect(refused).rejects.toThrow(GatePaused);
  });
});

describe('who gives up waiting', () => {
  it('is told why, sends nothing and takes nobody’s place', async () => {
    const time = new FakeTime();
    const { departures, send } = aSender(time, aGate(time));
    for (let i = 0; i < 5; i++) await send();
    const controller = new AbortController();

    const given = send({ project: 'gone', signal: controller.signal });
    const stays = send({ project: 'stays' });
    controller.abort(new Error('stopped'));

    await expect(given).rejects.toThrow('stopped');
    await time.runOut();
    await stays;
    expect(departures.slice(5).map(({ project }) => project)).toEqual(['stays']);
  });

  it('never gets into the queue when it had given up before', async () => {
    const gate = aGate(new FakeTime());

    const given = gate.run({ project: 'a', signal: AbortSignal.abort(new Error('stopped')) }, async () => 1);

    await expect(given).rejects.toThrow('stopped');
    expect(gate.waiting).toBe(0);
  });
});

describe('what the service counts', () => {
  it('is believed when others use the credential too', async () => {
    const time = new FakeTime();
    const window = aWindow({ requests: 10 });
    const { departures, send } = aSender(time, aGate(time, { pace: aPace({ windows: [window] }) }));

    await send({}, { readings: [{ window, remaining: 2 }] });
    for (let i = 0; i < 10; i++) void send();
    await time.advance(10_299);
    expect(departures).toHaveLength(3);
    await time.advance(1);

    expect(departures).toHaveLength(11);
  });

  it('changes nothing while it only counts ours', async () => {
    const time = new FakeTime();
    const window = aWindow({ requests: 10 });
    const { departures, send } = aSender(time, aGate(time, { pace: aPace({ windows: [window] }) }));

    for (let left = 9; left >= 0; left--) await send({}, { readings: [{ window, remaining: left }] });

    expect(departures).toHaveLength(10);
  });

  it('is not believed once it is older than the window', async () => {
    const time = new FakeTime();
    const window = aWindow();
    const gate = aGate(time, { pace: aPace({ windows: [window] }) });
    const slow = aSender(time, gate, 11_000);
    const quick = aSender(time, gate);

    const old = slow.send({}, { readings: [{ window, remaining: 0 }] });
    await time.advance(11_000);
    await old;
    for (let i = 0; i < 5; i++) void quick.send();
    await settle();

    expect(quick.departures).toHaveLength(5);
  });
});

describe('processes that share a ledger', () => {
  /** A ledger that answers later, as one in a database does. */
  function remote(ledger: RateLedger): RateLedger {
    return {
      take: async (...asked) => {
        await Promise.resolve();
        return ledger.take(...asked);
      },
      close: async (...asked) => ledger.close(...asked),
      settle: async (...asked) => ledger.settle(...asked),
      forecast: async (...asked) => ledger.forecast(...asked),
    };
  }

  it('do not exceed the window together', async () => {
    const time = new FakeTime();
    const ledger = remote(createLedger());
    const senders = [1, 2].map(() => aSender(time, aGate(time, { ledger })));

    const all = Promise.all(senders.flatMap(({ send }) => Array.from({ length: 20 }, () => send())));
    for (let i = 0; i < 12; i++) await time.advance(10_300);
    await all;

    const departures = senders.flatMap((sender) => sender.departures);
    expect(departures).toHaveLength(40);
    expect(mostWithin(departures, 10_000)).toBe(5);
  });

  it('tell the one request for which the ledger failed, and go on with the next', async () => {
    const ledger = createLedger();
    let calls = 0;
    const failing: RateLedger = {
      ...ledger,
      take: async (...asked) => {
        calls += 1;
        if (calls === 1) throw new Error('database is locked');
        return ledger.take(...asked);
      },
    };
    const gate = aGate(new FakeTime(), { ledger: failing });

    const [first, second] = [1, 2].map((n) => gate.run({ project: 'a' }, async () => n));

    await expect(first).rejects.toThrow('database is locked');
    await expect(second).resolves.toBe(2);
  });

  it('do not suffer from a listener that throws', async () => {
    const time = new FakeTime();
    const gate = aGate(time, {
      onPause: () => {
        throw new Error('progress bar is gone');
      },
    });
    const { send } = aSender(time, gate);

    await send({}, { slowDown: { retryAfterMs: 1000 } });
    void send();
    await time.advance(1000);

    expect(gate.waiting).toBe(0);
  });
});

describe('an estimate', () => {
  it('is what the queue then costs', async () => {
    const time = new FakeTime();
    const pace = aPace({ windows: [aWindow({ requests: 180, perMs: 60_000 })] });
    const gate = aGate(time, { pace });
    const { send } = aSender(time, gate, 100);
    const start = time.now();

    const estimate = await gate.estimate(2318);
    const all = Promise.all(Array.from({ length: 2318 }, () => send()));
    await time.runOut();
    await all;

    const seconds = (time.now() - start) / 1000;
    expect(estimate).toBeGreaterThan(seconds * 0.97);
    expect(estimate).toBeLessThan(seconds * 1.03);
    expect(seconds / 60).toBeCloseTo(12.4, 0);
  });

  it('counts what waits already, and the pause', async () => {
    const time = new FakeTime();
    const gate = aGate(time);
    const { send } = aSender(time, gate);
    await send({}, { slowDown: { retryAfterMs: HOUR_MS } });
    for (let i = 0; i < 5; i++) void send();
    await settle();

    const estimate = await gate.estimate(1);

    expect(estimate).toBeGreaterThan(3600 + 10);
    expect(estimate).toBeLessThan(3600 + 11);
  });

  it('is bound by the answers when those are slow', async () => {
    const gate = aGate(new FakeTime(), {
      pace: aPace({ windows: [aWindow({ requests: 1000 })], maxInFlight: 2, expectedAnswerMs: 1000 }),
    });

    const estimate = await gate.estimate(20);

    expect(estimate).toBe(10);
  });

  it('of nothing is nothing', async () => {
    expect(await aGate(new FakeTime()).estimate(0)).toBe(0);
  });
});
