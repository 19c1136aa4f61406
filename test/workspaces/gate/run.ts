import { Gate, type GateOptions, type GateRequest, type Heard } from '#src/workspaces/gate/gate.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import type { Pace, RateWindow } from '#src/workspaces/gate/rates.ts';
import type { FakeTime } from '../../support/fake-time.ts';

export function aWindow(changes: Partial<RateWindow> = {}): RateWindow {
  return { name: 'test', requests: 5, perMs: 10_000, source: 'this test', ...changes };
}

export function aPace(changes: Partial<Pace> = {}): Pace {
  return {
    windows: [aWindow()],
    maxInFlight: 10,
    unsaidPauseMs: 10_000,
    expectedAnswerMs: 100,
    ...changes,
  };
}

export function aGate(time: FakeTime, changes: Partial<GateOptions> = {}): Gate {
  return new Gate({ pace: aPace(), ledger: createLedger(), time, random: () => 0, ...changes });
}

export interface Departure {
  readonly project: string;
  readonly at: number;
}

/** Sends through a gate and writes down who left when. */
export function aSender(time: FakeTime, gate: Gate, answerMs = 0) {
  const departures: Departure[] = [];
  let underWay = 0;
  let mostUnderWay = 0;

  function send(request: Partial<GateRequest> = {}, heard: Heard = {}): Promise<void> {
    const { project = 'a' } = request;
    return gate.run({ project, ...request }, async (hear) => {
      departures.push({ project, at: time.now() });
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      if (answerMs > 0) await new Promise<void>((resolve) => time.after(answerMs, resolve));
      underWay -= 1;
      hear(heard);
    });
  }

  return {
    departures,
    send,
    get mostUnderWay() {
      return mostUnderWay;
    },
  };
}

/** The most departures in any stretch of that length. */
export function mostWithin(departures: readonly Departure[], ms: number): number {
  const counts = departures.map(({ at }) => departures.filter((d) => d.at >= at && d.at < at + ms).length);
  return Math.max(0, ...counts);
}
