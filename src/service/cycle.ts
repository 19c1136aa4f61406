import type { Logger } from 'pino';
import { buildPlan, type PlanInput } from '#src/plan/build-plan.ts';
import type { Template } from '#src/plan/template.ts';
import type { IsHoliday } from '#src/plan/working-days.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import type { Outcome, Replica } from '#src/reconcile/replica.ts';
import type { ProjectState, Store, StoreMemory } from '#src/store/store.ts';
import type { Blueprint, Reading, Workspace } from '#src/workspaces/workspace.ts';
import { carryOut } from './carry-out.ts';
import { type CycleFailure, type CycleReport, disagreements } from './report.ts';
import { overviewFor, pictureFor } from './standing.ts';

/** A project, opened: all that a cycle needs to know of it, and the doors to its workspaces. */
export interface RunningProject {
  readonly slug: string;
  readonly template: Template;
  readonly blueprint: Blueprint;
  readonly planInput: Omit<PlanInput, 'isHoliday'>;
  readonly workspaces: readonly Workspace[];
}

export interface CycleDeps {
  readonly store: Store;
  /** `YYYY-MM-DD`, in the team's time zone. */
  readonly today: () => string;
  readonly holidays: () => Promise<IsHoliday>;
  readonly log: Logger;
  /** Names the run in the audit log and in every line of the log. */
  readonly run: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** `apply` lets the template speak: provision, upgrade, repair. `sync` only carries people's edits around. */
export type CycleMode = 'apply' | 'sync';

/** One workspace, as this cycle found it. */
export interface Visit {
  readonly workspace: Workspace;
  readonly memory: StoreMemory;
  /** `undefined` when it could not be read. */
  readonly reading: Reading | undefined;
  readonly failure: CycleFailure | undefined;
  readonly startedAt: number;
}

export interface Comparison {
  readonly state: ProjectState;
  readonly visits: readonly Visit[];
  readonly outcome: Outcome;
}

/** How long a command waits for another one that works on the same project. */
const LOCK_WAIT_MS = 60_000;

/**
 * One cycle of a project: read every place, reconcile, note what was agreed, then write what each place lacks.
 * What was agreed and what lost is stored before anything is written, so that a crash loses no edit; a write that
 * was not acknowledged is asked for again by the next cycle. A workspace that fails does not hold up the others.
 */
export function runCycle(project: RunningProject, mode: CycleMode, deps: CycleDeps): Promise<CycleReport> {
  return deps.store.withLock(project.slug, { waitMs: LOCK_WAIT_MS }, async (signal) => {
    const comparison = await comparePlaces(project, mode, deps);
    await commit(project, mode, comparison, deps);
    const overview = overviewFor(project, comparison.outcome.agreed, deps.today());
    const written = await carryOut(comparison, project.slug, deps, signal, {
      blueprint: project.blueprint,
      overview,
      agreed: comparison.outcome.agreed,
      picture: () => pictureFor(overview, project.blueprint.locale),
    });
    return {
      slug: project.slug,
      workspaces: written.reports,
      conflicts: disagreements(comparison.outcome, 'conflict'),
      kept: disagreements(comparison.outcome, 'kept'),
      remarks: comparison.visits.flatMap((visit) => visit.reading?.remarks ?? []),
      failures: [...comparison.visits.flatMap((visit) => visit.failure ?? []), ...written.failures],
    };
  });
}

/** Reads and compares; writes nothing anywhere. */
export async function comparePlaces(
  project: RunningProject,
  mode: CycleMode,
  deps: CycleDeps,
): Promise<Comparison> {
  const state = await deps.store.load(project.slug);
  const visits = await Promise.all(
    project.workspaces.map((workspace) => visit(project, workspace, state, deps)),
  );
  const replicas = visits.map((one) => workspaceReplica(one, state));
  if (mode === 'apply') replicas.push(await templateReplica(project, state, deps));
  return { state, visits, outcome: reconcile(state.agreed, replicas) };
}

async function visit(
  project: RunningProject,
  workspace: Workspace,
  state: ProjectState,
  deps: CycleDeps,
): Promise<Visit> {
  const startedAt = performance.now();
  const memory = await deps.store.memory(project.slug, workspace.id);
  try {
    const cursor = state.cursors.get(workspace.id) ?? null;
    const reading = await workspace.read(project.blueprint, memory, cursor);
    return { workspace, memory, reading, failure: undefined, startedAt };
  } catch (error) {
    deps.log.warn({ workspace: workspace.id, err: error }, 'workspace not read');
    return { workspace, memory, reading: undefined, failure: { workspace: workspace.id, error }, startedAt };
  }
}

/** A place that could not be read shows what it last showed; one that is gone has never shown anything. */
function workspaceReplica({ workspace, reading }: Visit, state: ProjectState): Replica {
  return {
    id: workspace.id,
    authority: 'person',
    shows: new Map(reading?.items.map((item) => [item.key, item])),
    complete: reading?.complete === true && !reading.missing,
    removed: new Set(reading?.removed),
    seen: reading?.missing ? new Map() : (state.seen.get(workspace.id) ?? new Map()),
    holds: (kind, field) => workspace.holds(kind, field),
    fit: (field, value) => workspace.fit(field, value),
  };
}

async function templateReplica(
  project: RunningProject,
  state: ProjectState,
  deps: CycleDeps,
): Promise<Replica> {
  const plan = buildPlan({ ...project.planInput, isHoliday: await deps.holidays() });
  return {
    id: 'template',
    authority: 'template',
    shows: plan.items,
    complete: true,
    removed: new Set(),
    seen: state.seen.get('template') ?? new Map(),
    holds: () => true,
    fit: (_field, value) => value,
    replaces: plan.replaces,
  };
}

async function commit(
  project: RunningProject,
  mode: CycleMode,
  { visits, outcome, state }: Comparison,
  { store, run }: CycleDeps,
): Promise<void> {
  const read = visits.filter((one) => one.reading !== undefined);
  for (const { workspace, reading } of read) {
    if (reading?.missing && state.seen.has(workspace.id))
      await store.forgetReplica(project.slug, workspace.id);
  }
  await store.commit(project.slug, {
    run,
    agreed: outcome.changed,
    seen: outcome.seen,
    cursors: read.map(({ workspace, reading }) => ({
      replica: workspace.id,
      cursor: reading?.cursor ?? null,
    })),
    audit: outcome.happenings,
    intents: read.flatMap(({ workspace }) =>
      (outcome.writes.get(workspace.id) ?? []).map(({ key, kind }) => ({ replica: workspace.id, key, kind })),
    ),
    ...(mode === 'apply' && { templateVersion: project.template.version }),
  });
}
