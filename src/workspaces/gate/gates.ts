import { createHash } from 'node:crypto';
import { Gate, type GateOptions } from './gate.ts';
import type { Pace } from './rates.ts';

/** The gates of one process: one for each credential, whoever asks. */
export interface Gates {
  /** The gate of that credential. The pace counts for the first who asks. */
  of(pace: Pace): Gate;
  /** Requests that wait for their turn, at all of them. */
  waiting(): number;
}

export function createGates(shared: Omit<GateOptions, 'pace'>): Gates {
  const gates = new Map<string, Gate>();
  return {
    of(pace) {
      const name = pace.windows.map((window) => window.name).join(' ');
      const gate = gates.get(name) ?? new Gate({ ...shared, pace });
      gates.set(name, gate);
      return gate;
    },
    waiting: () => [...gates.values()].reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

/** Names a credential in logs, ledgers and stores without giving anything of it away. */
export function credentialName(secret: string): string {
  return createHash('sha256').update(`jalon ${secret}`).digest('hex').slice(0, 12);
}
