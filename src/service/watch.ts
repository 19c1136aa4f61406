import { dayIn } from '#src/config/clock.ts';
import { type Item, isArchived } from '#src/plan/item.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { voice } from '#src/reconcile/replica.ts';
import type { ProjectState, StoredNotice } from '#src/store/store.ts';
import type { Notice } from '#src/watch/notice.ts';
import { comparisonRows } from '#src/watch/own-platform.ts';
import type { Reader } from '#src/watch/reader.ts';
import { knownRoll } from '#src/watch/roll-notice.ts';
import { type Look, type RoundDeps, type RoundOptions, watchRound } from '#src/watch/round.ts';
import { type Found, itemsOf, urgentMessage } from '#src/watch/rows.ts';
import { runCycle } from './cycle.ts';
import { keepOnly } from './keep-only.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';

/** What the watch asks official sites with; made once, so that a host is asked one thing at a time. */
export type WatchDeps = Pick<RoundDeps, 'fetcher' | 'piste'>;

/** What a project is told. */
export interface Posting {
  /** How many rows of its watch log are new. */
  readonly rows: number;
  /** `undefined`: there was nothing to say. */
  readonly report: CycleReport | undefined;
}

/** Under these names the store keeps up to which notice a project has been told. */
const MEMORY = 'watch';
const TOLD_UP_TO = 'told-up-to';
/** A project that is new takes what was found within that time: it may have been there, just not looked at yet. */
const FRESH_MS = 24 * 3_600_000;
/** While another run tells the same project. */
const LOCK_WAIT_MS = 60_000;

/** The sources that a project watches: its template's and its own. */
export function sourcesOf({ template, ownSources }: RunningProject): readonly WatchSource[] {
  return [...template.watch.sources, ...ownSources];
}

/** Looks at the sources that are due, for whichever projects they are. */
export async function lookAtSources(
  options: RoundOptions,
  watch: WatchDeps,
  { store, now, today, log, signal }: CycleDeps,
): Promise<readonly Look[]> {
  return watchRound(options, { ...watch, store, now, today, log, signal });
}

/**
 * Tells a project what has been found since it was last told. How far it was told is kept in one commit with what is
 * told, and a row that is there already is never said again, so that each notice comes once, however often a run dies.
 * What a place does not show yet is written again, until it does.
 * A project that was never applied waits.
 */
export async function postNotices(project: RunningProject, deps: CycleDeps): Promise<Posting> {
  const { store, signal } = deps;
  // Of two runs the second must see what the first has said, or it would say it over people's answers.
  const lock = { owner: 'watch', waitMs: LOCK_WAIT_MS, ...(signal && { signal }) };
  return store.withLock(`:watch ${project.slug}`, lock, async () => {
    const state = await store.load(project.slug);
    const { agreed, templateVersion } = state;
    if (templateVersion === null) return { rows: 0, report: undefined };
    const { notices, toldUpTo, last } = await untold(project.slug, deps);
    const reader = readerOf(project, agreed, deps);
    const items = await itemsFor(notices, reader, deps);
    const marks = [{ replica: MEMORY, name: TOLD_UP_TO, value: String(last) }];
    if (items.length === 0 && !isOwed(project, state)) {
      if (last !== toldUpTo) await keepOnly(project.slug, { marks }, deps);
      return { rows: 0, report: undefined };
    }
    const messages = notices.flatMap((found) => urgentMessage(found, reader) ?? []);
    const report = await runCycle(project, 'sync', deps, {
      voices: [voice('watch', items)],
      marks,
      messages,
    });
    return { rows: rowsIn(items, project), report };
  });
}

/** A row that was said, and that some place does not show yet: the run that was to write it has died, or failed. */
function isOwed({ template, workspaces }: RunningProject, { agreed, seen }: ProjectState): boolean {
  const rows = [...agreed.values()].filter((item) => item.parent === template.watchLog && !isArchived(item));
  return workspaces.some((workspace) =>
    rows.some((row) => workspace.holds(row, 'title') && !seen.get(workspace.id)?.has(row.key)),
  );
}

/** How many rows of the log of a project these notices, not stored, would make. */
export async function foreseeNotices(
  project: RunningProject,
  notices: readonly Notice[],
  deps: CycleDeps,
): Promise<number> {
  const { agreed } = await deps.store.load(project.slug);
  const reader = readerOf(project, agreed, deps);
  const foundAt = deps.now().toISOString();
  const items = notices.flatMap((notice) => itemsOf({ notice, foundAt, foundOn: deps.today() }, reader));
  return rowsIn(items, project);
}

function rowsIn(items: readonly Item[], { template }: RunningProject): number {
  return items.filter(({ parent }) => parent === template.watchLog).length;
}

interface Untold {
  readonly notices: readonly Found[];
  readonly toldUpTo: number | undefined;
  readonly last: number;
}

async function untold(slug: string, deps: CycleDeps): Promise<Untold> {
  const memory = await deps.store.memory(slug, MEMORY);
  const kept = memory.get(TOLD_UP_TO);
  const toldUpTo = kept === undefined ? undefined : Number(kept);
  const stored = await deps.store.watch.noticesAfter(toldUpTo ?? 0);
  const fresh = new Date(deps.now().getTime() - FRESH_MS).toISOString();
  const notices = toldUpTo === undefined ? stored.filter(({ foundAt }) => foundAt >= fresh) : stored;
  return {
    notices: notices.map((one) => foundIn(one, deps)),
    toldUpTo,
    last: stored.at(-1)?.number ?? toldUpTo ?? 0,
  };
}

function foundIn({ notice, foundAt }: StoredNotice, { timeZone }: CycleDeps): Found {
  return { notice: JSON.parse(notice) as Notice, foundAt, foundOn: dayIn(timeZone, new Date(foundAt)) };
}

function readerOf(project: RunningProject, agreed: ReadonlyMap<string, Item>, { today }: CycleDeps): Reader {
  const { template, company, profile, locale, people } = project.planInput;
  const sources = sourcesOf(project);
  return { template, sources, company, profile, locale, people, agreed, today: today() };
}

async function itemsFor(notices: readonly Found[], reader: Reader, { store }: CycleDeps): Promise<Item[]> {
  const told = notices.flatMap((found) => itemsOf(found, reader));
  if (!reader.template.watch.platforms) return told;
  const roll = await knownRoll(reader.sources, store.watch);
  const changes = notices.flatMap(({ notice }) => notice.platforms ?? []);
  return [...told, ...comparisonRows({ roll, changes }, reader)];
}
