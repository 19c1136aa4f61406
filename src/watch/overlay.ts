import type { WatchStore } from '#src/store/store.ts';

/** A store of the watch that forgets: it shows what is written to it, and nothing of that is kept. */
export function overlay(watch: WatchStore): WatchStore {
  const states = new Map<string, string>();
  const snapshots = new Map<string, string>();
  return {
    states: async (sources) =>
      new Map([
        ...(await watch.states(sources)),
        ...[...states].filter(([source]) => sources.includes(source)),
      ]),
    snapshot: async (source) => snapshots.get(source) ?? watch.snapshot(source),
    keep: async ({ source, state, snapshot }) => {
      states.set(source, state);
      if (snapshot !== undefined) snapshots.set(source, snapshot);
    },
    forget: async () => undefined,
    noticesAfter: (number) => watch.noticesAfter(number),
  };
}
