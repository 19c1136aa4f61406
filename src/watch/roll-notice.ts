import type { WatchSource } from '#src/plan/watch-source.ts';
import type { Store } from '#src/store/store.ts';
import { digestOf } from './compare.ts';
import type { Notice } from './notice.ts';
import { compareRolls, isNothing, type OfficialList, type Roll, rollOf } from './platforms.ts';
import type { Snapshot } from './snapshot.ts';
import { sourceKey } from './source-key.ts';
import type { SourceState } from './source-state.ts';

interface ListSource {
  readonly source: WatchSource;
  readonly status: OfficialList['status'];
}

/** The sources that are official lists of platforms. */
function listSources(sources: readonly WatchSource[]): readonly ListSource[] {
  return sources.flatMap((source) =>
    source.kind === 'file' && source.list ? [{ source, status: source.list.status }] : [],
  );
}

/** Under which what was last told of these lists together is kept, beside the sources themselves. */
function rollKey(lists: readonly ListSource[]): string {
  const keys = lists.map(({ source }) => sourceKey(source)).toSorted();
  return `roll-${digestOf(keys.join('\n'))}`;
}

interface RollMemory {
  readonly roll: Roll;
  /** When the lists that the roll was made from had last been read: the same readings say nothing new. */
  readonly readings: string;
}

/** The platforms on all the official lists as they were last told; `undefined` before those were read once. */
export async function knownRoll(
  sources: readonly WatchSource[],
  watch: Store['watch'],
): Promise<Roll | undefined> {
  const memories = await Promise.all(rollsOf(sources).map((lists) => memoryOf(rollKey(lists), watch)));
  const rolls = memories.flatMap((memory) => (memory ? [memory.roll] : []));
  return rolls.length === 0 ? undefined : Object.assign({}, ...rolls);
}

/**
 * What has changed on the official lists, those of one site together, once each of them has been read; kept with the
 * new rolls. The first time says nothing.
 */
export async function rollNotices(
  sources: readonly WatchSource[],
  deps: RollDeps,
): Promise<readonly Notice[]> {
  const found: Notice[] = [];
  for (const lists of rollsOf(sources)) {
    const notice = await rollNotice(lists, deps);
    if (notice) found.push(notice);
  }
  return found;
}

interface RollDeps {
  readonly store: Pick<Store, 'watch'>;
  readonly today: () => string;
}

function rollsOf(sources: readonly WatchSource[]): readonly (readonly ListSource[])[] {
  return [...Map.groupBy(listSources(sources), ({ source }) => new URL(source.url).host).values()];
}

async function rollNotice(
  lists: readonly ListSource[],
  { store, today }: RollDeps,
): Promise<Notice | undefined> {
  const read = await readLists(lists, store.watch);
  if (read === undefined) return undefined;
  const key = rollKey(lists);
  const before = await memoryOf(key, store.watch);
  if (before?.readings === read.readings) return undefined;
  const { roll, change } = compareRolls(before?.roll ?? {}, rollOf(read.lists));
  const notice: Notice = {
    id: `${lists[0]?.source.id}-${today()}-${digestOf(`${key} ${JSON.stringify(change)}`)}`,
    sources: lists.map(({ source }) => sourceKey(source)),
    entry: null,
    added: [],
    removed: [],
    changed: [],
    platforms: change,
  };
  const isTold = before !== undefined && !isNothing(change);
  const memory: RollMemory = { roll, readings: read.readings };
  await store.watch.keep(
    { source: key, state: '{}', snapshot: JSON.stringify(memory) },
    isTold ? [{ id: notice.id, notice: JSON.stringify(notice) }] : [],
  );
  return isTold ? notice : undefined;
}

interface ReadLists {
  readonly lists: readonly OfficialList[];
  readonly readings: string;
}

/** `undefined` while one of them was never read, or is sick: a platform may be on that one. */
async function readLists(
  lists: readonly ListSource[],
  watch: Store['watch'],
): Promise<ReadLists | undefined> {
  const states = await watch.states(lists.map(({ source }) => sourceKey(source)));
  const read: OfficialList[] = [];
  const readings: string[] = [];
  for (const { source, status } of lists) {
    const key = sourceKey(source);
    const text = await watch.snapshot(key);
    const snapshot = text === undefined ? undefined : (JSON.parse(text) as Snapshot);
    const state = JSON.parse(states.get(key) ?? '{}') as Partial<SourceState>;
    if (snapshot?.kind !== 'platforms' || state.illness) return undefined;
    read.push({ status, platforms: snapshot.platforms });
    readings.push(`${key} ${state.wellAt ?? ''}`);
  }
  return { lists: read, readings: readings.join('\n') };
}

async function memoryOf(key: string, watch: Store['watch']): Promise<RollMemory | undefined> {
  const text = await watch.snapshot(key);
  return text === undefined ? undefined : (JSON.parse(text) as RollMemory);
}
