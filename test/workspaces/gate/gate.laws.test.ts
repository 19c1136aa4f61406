import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { FakeTime, settle } from '../../support/fake-time.ts';
import { aGate, aPace, aSender, aWindow, mostWithin } from './run.ts';

const SOME_RUNS = { numRuns: 60 };

const windows = fc
  .array(
    fc.record({ requests: fc.integer({ min: 1, max: 12 }), perMs: fc.integer({ min: 100, max: 20_000 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((some) => some.map((one, i) => aWindow({ ...one, name: `window ${i}` })));

const arrivals = fc.array(
  fc.record({
    project: fc.constantFrom('a', 'b', 'c', 'd'),
    afterMs: fc.integer({ min: 0, max: 3_000 }),
    slowDownMs: fc.option(fc.integer({ min: 0, max: 30_000 }), { freq: 10, nil: undefined }),
  }),
  { maxLength: 60 },
);

describe('whatever is asked of a gate', () => {
  it('no window is ever exceeded, nothing leaves during a pause, and everything leaves in the end', () =>
    fc.assert(
      fc.asyncProperty(
        windows,
        arrivals,
        fc.integer({ min: 1, max: 5 }),
        async (windows, arrivals, atOnce) => {
          const time = new FakeTime();
          const gate = aGate(time, { pace: aPace({ windows, maxInFlight: atOnce }) });
          const sender = aSender(time, gate, 37);
          const pauses: { from: number; until: number }[] = [];

          const sent: Promise<void>[] = [];
          for (const { project, afterMs, slowDownMs } of arrivals) {
            await time.advance(afterMs);
            const slowDown = slowDownMs === undefined ? undefined : { retryAfterMs: slowDownMs };
            const one = sender.send({ project }, { slowDown }).then(() => {
              if (slowDownMs !== undefined) pauses.push({ from: time.now(), until: time.now() + slowDownMs });
            });
            sent.push(one);
          }
          await time.runOut();
          await Promise.all(sent);

          expect(sender.departures).toHaveLength(arrivals.length);
          for (const { requests, perMs } of windows) {
            expect(mostWithin(sender.departures, perMs)).toBeLessThanOrEqual(requests);
          }
          expect(sender.mostUnderWay).toBeLessThanOrEqual(atOnce);
          for (const { from, until } of pauses) {
            expect(sender.departures.filter(({ at }) => at > from && at < until)).toEqual([]);
          }
          expect(time.pending).toBe(0);
        },
      ),
      SOME_RUNS,
    ));

  it('gates that share a ledger keep to the window together', () =>
    fc.assert(
      fc.asyncProperty(windows, arrivals, async (windows, arrivals) => {
        const time = new FakeTime();
        const ledger = createLedger();
        const senders = ['a', 'b', 'c', 'd'].map((project) => ({
          project,
          ...aSender(time, aGate(time, { ledger, pace: aPace({ windows }) })),
        }));

        const sent: Promise<void>[] = [];
        for (const { project, afterMs } of arrivals) {
          await time.advance(afterMs);
          const sender = senders.find((one) => one.project === project);
          if (sender) sent.push(sender.send({ project }));
        }
        await time.runOut();
        await Promise.all(sent);

        const departures = senders.flatMap((sender) => sender.departures);
        for (const { requests, perMs } of windows) {
          expect(mostWithin(departures, perMs)).toBeLessThanOrEqual(requests);
        }
      }),
      SOME_RUNS,
    ));

  it('a full queue uses at least 95 % of the rate', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1_000, max: 900_000 }),
        async (requests, perMs) => {
          const time = new FakeTime();
          const pace = aPace({ windows: [aWindow({ requests, perMs })], maxInFlight: 100 });
          const { departures, send } = aSender(time, aGate(time, { pace }));
          const rounds = 20;

          for (let i = 0; i < requests * (rounds + 1); i++) void send();
          await time.advance(rounds * perMs);

          expect(departures.length).toBeGreaterThanOrEqual(0.95 * requests * rounds);
        },
      ),
      { numRuns: 20 },
    ));

  it('projects with a full queue each get the same share', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 30, max: 80 }), { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (queues, atOnce) => {
          const time = new FakeTime();
          const pace = aPace({ windows: [aWindow({ requests: 1000 })], maxInFlight: atOnce });
          const gate = aGate(time, { pace });
          const { departures, send } = aSender(time, gate, 10);

          for (const [i, length] of queues.entries()) {
            for (let n = 0; n < length; n++) void send({ project: `project ${i}` });
          }
          await settle();
          while (departures.length < queues.length * 25) await time.advance(10);

          const served = departures.slice(queues.length, queues.length * 25);
          const shares = queues.map((_, i) => served.filter((d) => d.project === `project ${i}`).length);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1 + atOnce);
        },
      ),
      SOME_RUNS,
    ));
});
