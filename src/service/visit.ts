import { NotNow } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { serviceMessages } from '#src/i18n/service.ts';
import type { Item } from '#src/plan/item.ts';
import type { Replica } from '#src/reconcile/replica.ts';
import type { ProjectState, StoreMemory } from '#src/store/store.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import type { Rest } from './patience.ts';
import type { CycleFailure } from './report.ts';
import type { CycleDeps, RunningProject, Visit } from './running-project.ts';
import { readHolds, toShowAgain } from './settle.ts';

/** Under this name a place’s memory keeps what was held back there. */
export const HOLDS = 'held-back';

/** Reads every place, side by side. One that fails, takes too long, or is left out, shows in its visit. */
export function visitAll(
  project: RunningProject,
  state: ProjectState,
  known: ReadonlyMap<string, Item>,
  deps: CycleDeps,
): Promise<readonly Visit[]> {
  return Promise.all(project.workspaces.map((one) => visit(project, one, state, known, deps)));
}

async function visit(
  project: RunningProject,
  workspace: Workspace,
  state: ProjectState,
  known: ReadonlyMap<string, Item>,
  deps: CycleDeps,
): Promise<Visit> {
  const startedAt = performance.now();
  const memory = await deps.store.memory(project.slug, workspace.id);
  const heldBefore = readHolds(memory.get(HOLDS));
  const visited = { workspace, memory, heldBefore, startedAt };
  const rest = restOf(project, workspace, deps);
  if (rest) return { ...visited, reading: undefined, failure: awaited(workspace, rest.error) };
  const { blueprint } = project;
  const cursor = state.cursors.get(workspace.id) ?? null;
  const again = toShowAgain(heldBefore);
  const read = async () => {
    const reading = await patiently('read', project, workspace, deps, deps.signal, (signal) =>
      workspace.read({ blueprint, memory, cursor, known, again, signal }),
    );
    return { reading, memory };
  };
  try {
    const found = await orLater(project, workspace, deps, () => basisOf(state, workspace, memory), read);
    if (found) return { ...visited, ...found, failure: undefined };
    const error = new NotNow(said(serviceMessages.beingRead));
    return { ...visited, reading: undefined, failure: awaited(workspace, error) };
  } catch (error) {
    deps.log.warn({ workspace: workspace.id, err: error }, 'workspace not read');
    const failure = failureOf(project, workspace, deps, error);
    return { ...visited, reading: undefined, failure };
  }
}

/** Where others wait, a read that takes long goes on without the cycle; its memory goes with it. */
function orLater<T>(
  project: RunningProject,
  workspace: Workspace,
  { live }: CycleDeps,
  basis: () => string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  if (!live || !isWaitedFor(project, workspace)) return read();
  return live.reads.read(workspace, basis(), read);
}

/** All that another process changes when it has worked on the place. */
function basisOf({ seen, cursors }: ProjectState, { id }: Workspace, memory: StoreMemory): string {
  return JSON.stringify([cursors.get(id), [...(seen.get(id) ?? [])], memory.get(HOLDS)]);
}

/** A place that comes back by itself: it is left out for a while, or still being read. */
function awaited({ id }: Workspace, error: unknown): CycleFailure {
  return { workspace: id, error, isAwaited: true };
}

export function failureOf(
  project: RunningProject,
  workspace: Workspace,
  deps: CycleDeps,
  error: unknown,
): CycleFailure {
  return restOf(project, workspace, deps) ? awaited(workspace, error) : { workspace: workspace.id, error };
}

/** Work on a place, for no longer than it is waited for: where others wait for it, and somebody keeps the time. */
export function patiently<T>(
  what: 'read' | 'write',
  project: Pick<RunningProject, 'slug' | 'workspaces'>,
  workspace: Workspace,
  { live }: CycleDeps,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (!live || !isWaitedFor(project, workspace)) return work(signal);
  return live.patience.attempt(placeOf(project, workspace), { what, signal, work });
}

/** While the place is left out. */
export function restOf(
  project: Pick<RunningProject, 'slug'>,
  workspace: Workspace,
  { live }: Pick<CycleDeps, 'live'>,
): Rest | undefined {
  return live?.patience.resting(placeOf(project, workspace));
}

function placeOf({ slug }: Pick<RunningProject, 'slug'>, { id }: Workspace): string {
  return `${slug} ${id}`;
}

/** Others wait for it. A file answers at once, or is in use, and a look at it costs nothing. */
function isWaitedFor({ workspaces }: Pick<RunningProject, 'workspaces'>, { kind }: Workspace): boolean {
  return kind !== 'excel' && workspaces.length > 1;
}

/** A place that could not be read shows what it last showed; one that is gone has never shown anything. */
export function workspaceReplica({ workspace, reading }: Visit, state: ProjectState): Replica {
  return {
    id: workspace.id,
    authority: 'person',
    shows: new Map(reading?.items.map((item) => [item.key, item])),
    complete: reading?.complete === true && !reading.missing,
    removed: new Set(reading?.removed),
    seen: reading?.missing ? new Map() : (state.seen.get(workspace.id) ?? new Map()),
    holds: (item, field) => workspace.holds(item, field),
    fit: (item, field, value) => workspace.fit(item, field, value),
    ...(workspace.showsWhole && { showsWhole: (item, field) => workspace.showsWhole?.(item, field) ?? true }),
  };
}
