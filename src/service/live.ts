import type { Time } from '#src/workspaces/gate/time.ts';
import { createPatience, type Patience } from './patience.ts';
import { createSlowReads, type SlowReads } from './slow-reads.ts';

/** What a service that comes back every few seconds keeps from one cycle to the next. */
export interface Live {
  readonly time: Time;
  readonly patience: Patience;
  readonly reads: SlowReads;
}

export function createLive(time: Time): Live {
  return { time, patience: createPatience(time), reads: createSlowReads(time) };
}
