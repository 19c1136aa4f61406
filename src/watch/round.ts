import type { Logger } from 'pino';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { type Store, WATCH_LOCK } from '#src/store/store.ts';
import { concurrently } from '#src/workspaces/concurrently.ts';
import { type CheckDeps, type Checked, checkSource } from './check-source.ts';
import { digestOf } from './compare.ts';
import type { Notice } from './notice.ts';
import { overlay } from './overlay.ts';
import { rollNotices } from './roll-notice.ts';
import type { Change, Snapshot } from './snapshot.ts';
import { sourceKey } from './source-key.ts';
import { isDue, isResting, type SourceState } from './source-state.ts';

export interface RoundDeps extends CheckDeps {
  readonly store: Pick<Store, 'watch' | 'withLock'>;
  readonly log: Logger;
}

export interface RoundOptions {
  readonly sources: readonly WatchSource[];
  /** Also those whose time has not come; not those that have asked us to wait. */
  readonly all: boolean;
  /** Keeps nothing of what is seen and found. */
  readonly dryRun?: boolean | undefined;
  readonly onChecked?: ((source: WatchSource) => void) | undefined;
}

/** What became of one source in a round. */
export interface Look {
  readonly source: WatchSource;
  readonly outcome: 'same' | 'changed' | 'first' | 'sick' | 'not-due' | 'left-out' | 'no-credentials';
  /** As of now; `undefined`: never looked at. */
  readonly state: SourceState | undefined;
  readonly notices: readonly Notice[];
}

/** Hosts that are asked side by side; each of them is asked one thing at a time. */
const HOSTS_SIDE_BY_SIDE = 6;
/** What is kept of a change, to be shown and to look for citations in: a guide may have been written anew as a whole. */
const MOST_PASSAGES = 300;
const LONGEST_PASSAGE = 2000;
/** A host that did not answer so often in a row is left alone until the next round. */
const ENOUGH_SILENCES = 2;
/** A round over thirty pages of one site takes a minute; another one waits for it. */
const LOCK_WAIT_MS = 15 * 60_000;

/**
 * Looks at those of the sources that are due. What is found is stored together with what was seen, source by source,
 * before anything is posted: a crash loses nothing and finds nothing twice. One round at a time, across processes.
 */
export async function watchRound(options: RoundOptions, deps: RoundDeps): Promise<readonly Look[]> {
  const sources = [...new Map(options.sources.map((source) => [sourceKey(source), source])).values()];
  const once = { ...options, sources };
  if (options.dryRun)
    return lookAtAll(once, { ...deps, store: { ...deps.store, watch: overlay(deps.store.watch) } });
  const { due, rest } = await sortOut(once, deps);
  if (due.length === 0) return rest;
  const lock = { owner: 'watch', waitMs: LOCK_WAIT_MS, ...(deps.signal && { signal: deps.signal }) };
  return deps.store.withLock(WATCH_LOCK, lock, (signal) => lookAtAll(once, { ...deps, signal }));
}

/** The states are read under the lock: another round may just have looked. */
async function lookAtAll(options: RoundOptions, deps: RoundDeps): Promise<readonly Look[]> {
  const { due, rest, states } = await sortOut(options, deps);
  const byHost = Map.groupBy(due, ({ url }) => new URL(url).host);
  const jobs = [...byHost.values()].map((list) => async () => {
    const looks: Look[] = [];
    let silences = 0;
    for (const source of list) {
      const before = states.get(sourceKey(source));
      const isDown = silences >= ENOUGH_SILENCES;
      const look: Look = isDown
        ? { source, outcome: 'left-out', state: before, notices: [] }
        : await lookAt(source, before, deps);
      silences = isSilent(look) ? silences + 1 : isDown ? silences : 0;
      looks.push(look);
      options.onChecked?.(source);
    }
    return looks;
  });
  const looks: Look[] = [...rest];
  for await (const look of concurrently(jobs, HOSTS_SIDE_BY_SIDE)) looks.push(look);
  const rolls = await rollNotices(options.sources, deps);
  const order = new Map(options.sources.map((source, index) => [source, index]));
  const sorted = looks.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
  return sorted.map((look) => withRolls(look, rolls));
}

function isSilent({ outcome, state }: Look): boolean {
  const why = state?.illness?.sickness.why;
  return outcome === 'sick' && (why === 'timeout' || why === 'unreachable');
}

interface SortedOut {
  readonly due: readonly WatchSource[];
  readonly rest: readonly Look[];
  readonly states: ReadonlyMap<string, SourceState>;
}

async function sortOut({ sources, all }: RoundOptions, { store, now, piste }: RoundDeps): Promise<SortedOut> {
  const states = await statesOf(sources, store.watch);
  const due: WatchSource[] = [];
  const rest: Look[] = [];
  for (const source of sources) {
    const state = states.get(sourceKey(source));
    const locked = source.kind === 'json' && source.access !== undefined && !piste;
    if (locked) rest.push({ source, outcome: 'no-credentials', state, notices: [] });
    else if (all ? !isResting(state, now()) : isDue(state, source.everyHours, now())) due.push(source);
    else rest.push({ source, outcome: 'not-due', state, notices: [] });
  }
  return { due, rest, states };
}

export async function statesOf(
  sources: readonly WatchSource[],
  watch: Store['watch'],
): Promise<ReadonlyMap<string, SourceState>> {
  const states = await watch.states(sources.map(sourceKey));
  return new Map([...states].map(([key, state]) => [key, JSON.parse(state) as SourceState]));
}

async function snapshotOf(key: string, watch: Store['watch']): Promise<Snapshot | undefined> {
  const text = await watch.snapshot(key);
  return text === undefined ? undefined : (JSON.parse(text) as Snapshot);
}

async function lookAt(source: WatchSource, before: SourceState | undefined, deps: RoundDeps): Promise<Look> {
  const { store, log } = deps;
  const key = sourceKey(source);
  const checked = await checkSource(source, before, () => snapshotOf(key, store.watch), deps);
  const notices = checked.changes.map((change) => noticeOf(source, change, deps.today()));
  await store.watch.keep(
    {
      source: key,
      state: JSON.stringify(checked.state),
      snapshot: checked.snapshot && JSON.stringify(checked.snapshot),
    },
    notices.map((notice) => ({ id: notice.id, notice: JSON.stringify(notice) })),
  );
  const outcome = outcomeOf(checked);
  const { illness } = checked.state;
  if (illness)
    log.warn({ source: source.id, why: illness.sickness, times: illness.times }, 'watch source sick');
  else log.info({ source: source.id, outcome, notices: notices.length }, 'watch source looked at');
  return { source, outcome, state: checked.state, notices };
}

function outcomeOf({ state, changes, isFirst }: Checked): Look['outcome'] {
  if (state.illness) return 'sick';
  if (isFirst) return 'first';
  return changes.length > 0 ? 'changed' : 'same';
}

/** A page may come back to what it once said: only its day tells the one change from the other. */
function noticeOf(source: WatchSource, { digest, ...change }: Change, today: string): Notice {
  const key = sourceKey(source);
  const named = digestOf(`${key} ${digest}`);
  const id = change.entry === null ? `${source.id}-${today}-${named}` : `${source.id}-${named}`;
  const { entry, added, removed, changed } = change;
  return {
    id,
    sources: [key],
    entry,
    added: added.slice(0, MOST_PASSAGES).map(cut),
    removed: removed.slice(0, MOST_PASSAGES).map(cut),
    changed: changed
      .slice(0, MOST_PASSAGES)
      .map(({ before, after }) => ({ before: cut(before), after: cut(after) })),
  };
}

function cut(text: string): string {
  return text.slice(0, LONGEST_PASSAGE);
}

/** What a list tells together with others is shown at the first of them. */
function withRolls(look: Look, rolls: readonly Notice[]): Look {
  const found = rolls.filter(({ sources }) => sources[0] === sourceKey(look.source));
  if (found.length === 0) return look;
  return { ...look, outcome: 'changed', notices: [...look.notices, ...found] };
}
