import type { Memory } from '#src/workspaces/workspace.ts';

export interface KeptMemory extends Memory {
  /** What would be there after a crash. */
  readonly kept: ReadonlyMap<string, string>;
}

/** A memory that tells what has been kept from what has only been set. */
export function memory(first: Readonly<Record<string, string>> = {}): KeptMemory {
  const kept = new Map(Object.entries(first));
  const values = new Map(kept);
  return {
    kept,
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    delete: (name) => void values.delete(name),
    flush: async () => {
      kept.clear();
      for (const [name, value] of values) kept.set(name, value);
    },
  };
}
