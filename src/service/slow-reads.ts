import type { Time } from '#src/workspaces/gate/time.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';

/**
 * Reads that go on while cycles go by without them. A place that is not read is not written either, so what such a read
 * finds is as good for a later cycle as for the one that began it: unless another process has been there meanwhile.
 */
export interface SlowReads {
  /** Whether a read of the place is under way, or over and waiting to be used. */
  stateOf(workspace: Workspace): 'under way' | 'over' | undefined;
  /**
   * What the read finds, or throws. `undefined`: it is still under way, and will be asked for again. `basis` says from
   * what the read starts: what was found from another basis is dropped, and the place read anew.
   */
  read<T>(workspace: Workspace, basis: string, start: () => Promise<T>): Promise<T | undefined>;
}

/** Longer than any healthy place of a usual size takes. */
const WAITED_FOR_MS = 10_000;

interface Pending {
  readonly basis: string;
  readonly found: Promise<unknown>;
  isOver: boolean;
}

export function createSlowReads(time: Time): SlowReads {
  const pending = new WeakMap<Workspace, Pending>();

  function begin(workspace: Workspace, basis: string, found: Promise<unknown>): Pending {
    const one: Pending = { basis, found, isOver: false };
    const end = () => {
      one.isOver = true;
    };
    found.then(end, end);
    pending.set(workspace, one);
    return one;
  }

  return {
    stateOf(workspace) {
      const known = pending.get(workspace);
      return known && (known.isOver ? 'over' : 'under way');
    },
    async read<T>(workspace: Workspace, basis: string, start: () => Promise<T>) {
      const known = pending.get(workspace);
      if (known && !known.isOver) return undefined;
      const one = known?.basis === basis ? known : begin(workspace, basis, start());
      await orLate(one.found, time);
      if (!one.isOver) return undefined;
      pending.delete(workspace);
      return one.found as Promise<T>;
    },
  };
}

/** Resolves when the work is over, whatever came of it, or when it has been waited for long enough. */
async function orLate(work: Promise<unknown>, time: Time): Promise<void> {
  const late = Promise.withResolvers<void>();
  const cancel = time.after(WAITED_FOR_MS, late.resolve);
  const over = () => late.resolve();
  work.then(over, over);
  await late.promise;
  cancel();
}
