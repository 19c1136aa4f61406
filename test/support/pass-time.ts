import { Gate, type GateRequest, type Hear } from '#src/workspaces/gate/gate.ts';
import type { FakeTime } from './fake-time.ts';

/** Turns of the event loop without anything under way, after which only time can bring the work on. */
const IDLE_TURNS = 4;

/** Knows how many requests are under way. */
export class WatchedGate extends Gate {
  underWay = 0;

  override run<T>(request: GateRequest, send: (hear: Hear) => Promise<T>): Promise<T> {
    return super.run(request, async (hear) => {
      this.underWay += 1;
      try {
        return await send(hear);
      } finally {
        this.underWay -= 1;
      }
    });
  }
}

/** Waits for work. Where it only waits for time to pass, which is when nothing is busy, time passes. */
export async function passTime<T>(work: Promise<T>, time: FakeTime, isBusy: () => boolean): Promise<T> {
  let done = false;
  const end = () => {
    done = true;
  };
  work.then(end, end);
  for (let idle = 0; !done; ) {
    await new Promise((resolve) => setImmediate(resolve));
    idle = isBusy() ? 0 : idle + 1;
    if (idle < IDLE_TURNS) continue;
    await time.next();
    idle = 0;
  }
  return work;
}
