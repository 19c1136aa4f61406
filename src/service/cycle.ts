import { type Said, said } from '#src/i18n/message.ts';
import { reportMessages } from '#src/i18n/report.ts';
import { buildPlan } from '#src/plan/build-plan.ts';
import type { Fields } from '#src/plan/item.ts';
import { asPlacesShow } from '#src/reconcile/reconcile.ts';
import { type Change, type Outcome, type Replica, speaker, TEMPLATE } from '#src/reconcile/replica.ts';
import type { Mark, ProjectState } from '#src/store/store.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { agree } from './agree.ts';
import { automate, marksOf } from './automate.ts';
import { carryOut } from './carry-out.ts';
import { courseFor } from './course.ts';
import { type CycleReport, disagreements, firings } from './report.ts';
import type {
  Announcement,
  Comparison,
  CycleDeps,
  CycleMode,
  RunningProject,
  Visit,
} from './running-project.ts';
import { holdBack, type Settling, writeHolds } from './settle.ts';
import { basisOf, overviewFor } from './standing.ts';
import { HOLDS, visitAll, workspaceReplica } from './visit.ts';

/** How long a command waits for another one that works on the same project. */
const LOCK_WAIT_MS = 60_000;

/**
 * One cycle of a project: read every place, reconcile, note what was agreed, then write what each place lacks.
 * What was agreed and what lost is stored before anything is written, so that a crash loses no edit; a write that
 * was not acknowledged is asked for again by the next cycle. A workspace that fails does not hold up the others.
 * What is announced counts as said now: see `Replica`.
 */
export function runCycle(
  project: RunningProject,
  mode: CycleMode,
  deps: CycleDeps,
  announced: Announcement = {},
): Promise<CycleReport> {
  const { onWait, signal: stop } = deps;
  const lock = {
    owner: mode,
    waitMs: LOCK_WAIT_MS,
    ...(onWait && { onWait }),
    ...(stop && { signal: stop }),
  };
  return deps.store.withLock(project.slug, lock, async (signal) => {
    const comparison = await commit(
      project,
      mode,
      await comparePlaces(project, mode, deps, announced.voices),
      announced,
      deps,
    );
    const { agreed } = comparison.outcome;
    const settlesAt = comparison.settling.until;
    const overview = overviewFor(project, agreed, deps.today());
    const written = await carryOut(comparison, project, deps, signal, {
      blueprint: project.blueprint,
      overview,
      agreed: asPlacesShow(agreed),
      picture: atMostOnce(async (kind) =>
        deps.picture(
          overview,
          await courseFor(
            project.slug,
            basisOf(project),
            { agreed, entries: await deps.store.readAudit(project.slug) },
            deps,
          ),
          project.blueprint.locale,
          kind,
        ),
      ),
    });
    return {
      slug: project.slug,
      workspaces: written.reports,
      conflicts: disagreements(comparison.outcome, 'conflict'),
      kept: disagreements(comparison.outcome, 'kept'),
      automations: firings(comparison.reaction),
      remarks: [
        ...comparison.visits.flatMap((visit) => visit.reading?.remarks ?? []),
        ...written.remarks,
        ...waitingProposal(project, mode, comparison.state),
      ],
      failures: [...comparison.visits.flatMap((visit) => visit.failure ?? []), ...written.failures],
      ...(settlesAt !== undefined && { settlesAt }),
    };
  });
}

/** Places share their pictures: the log is read and a picture drawn when the first one asks for it. */
function atMostOnce<K, T>(work: (kind: K) => Promise<T>): (kind: K) => Promise<T> {
  const done = new Map<K, Promise<T>>();
  return (kind) => {
    const known = done.get(kind) ?? work(kind);
    done.set(kind, known);
    return known;
  };
}

/** A new version of the template is only proposed: it is an `apply` that carries it out. */
function waitingProposal(
  { template }: RunningProject,
  mode: CycleMode,
  { templateVersion }: ProjectState,
): readonly Said[] {
  if (mode === 'apply' || templateVersion === null || templateVersion === template.version) return [];
  return [said(reportMessages.newTemplate, { from: templateVersion, to: template.version })];
}

/** Reads and compares; writes nothing anywhere. */
export async function comparePlaces(
  project: RunningProject,
  mode: CycleMode,
  deps: CycleDeps,
  voices: readonly Replica[] = [],
): Promise<Comparison> {
  const state = await deps.store.load(project.slug);
  const isNew = state.agreed.size === 0;
  const template = mode === 'apply' || isNew ? templateReplica(project, state, deps) : undefined;
  // With a lost store, what the template holds tells a place what it may find.
  const known = isNew ? (template?.shows ?? state.agreed) : state.agreed;
  const visits = await visitAll(project, state, known, deps);
  const settling = settle(project, mode, visits, state, deps);
  const speaking = mode === 'apply' && template ? template : unaskedTemplate(state);
  const replicas = [...settling.replicas, speaking];
  const places = new Set(project.workspaces.map(({ id }) => id));
  const agreement = { slug: project.slug, places, store: deps.store };
  const found = { state, replicas, outcome: await agree(state.agreed, [...replicas, ...voices], agreement) };
  const { outcome, reaction } = await automate(project, mode, found, deps);
  const writes = writesDue(outcome, project.workspaces);
  return { state, visits, settling, outcome: { ...outcome, writes }, reaction };
}

/** A place may leave some of what it lacks for later: a register whose step has not begun, for instance. */
function writesDue(
  { writes, agreed }: Outcome,
  workspaces: readonly Workspace[],
): ReadonlyMap<string, readonly Change[]> {
  const due = workspaces.map((workspace): [string, readonly Change[]] => {
    const changes = writes.get(workspace.id) ?? [];
    return [workspace.id, workspace.due?.(changes, agreed) ?? changes];
  });
  return new Map(due.filter(([, changes]) => changes.length > 0));
}

/** What people are still typing waits, where the service can come back for it; the template and voices never wait. */
function settle(
  project: RunningProject,
  mode: CycleMode,
  visits: readonly Visit[],
  state: ProjectState,
  { live }: CycleDeps,
): Settling {
  const places = visits.map((one) => ({
    replica: workspaceReplica(one, state),
    isLive: one.workspace.kind !== 'excel',
    before: one.heldBefore,
  }));
  if (!live || mode === 'apply' || state.agreed.size === 0)
    return { replicas: places.map(({ replica }) => replica), holds: new Map(), until: undefined };
  return holdBack(places, state.agreed, project.blueprint, live.time.now());
}

/** Kept with what was seen, so that the next read shows again what this one has held back. */
function holdMarks({ visits, settling }: Comparison): readonly Mark[] {
  return visits.flatMap(({ workspace, reading, heldBefore }) => {
    const holds = settling.holds.get(workspace.id);
    if (!reading || reading.missing || (!holds && heldBefore.size === 0)) return [];
    return [{ replica: workspace.id, name: HOLDS, value: writeHolds(holds) }];
  });
}

function templateReplica(project: RunningProject, state: ProjectState, deps: CycleDeps): Replica {
  const plan = buildPlan({ ...project.planInput, isHoliday: deps.isHoliday });
  return speaker({
    id: TEMPLATE,
    authority: 'template',
    shows: plan.items,
    complete: true,
    seen: seenOfTemplate(state),
    replaces: plan.replaces,
  });
}

/** Only what it last said counts: a new version of the template waits for `apply`. */
function unaskedTemplate(state: ProjectState): Replica {
  return speaker({ id: TEMPLATE, authority: 'template', shows: new Map(), seen: seenOfTemplate(state) });
}

function seenOfTemplate({ seen }: ProjectState): ReadonlyMap<string, Fields> {
  return seen.get(TEMPLATE) ?? new Map();
}

/**
 * What a workspace remembers is kept first: a place whose cursor is stored must find the memory that goes with it.
 * A place that has gone starts again from nothing.
 */
async function commit(
  project: RunningProject,
  mode: CycleMode,
  comparison: Comparison,
  { marks = [], messages = [] }: Announcement,
  { store, run }: CycleDeps,
): Promise<Comparison> {
  const { visits, outcome } = comparison;
  const read = visits.filter((one) => one.reading !== undefined);
  const settled = await Promise.all(
    visits.map((one) => (one.reading?.missing ? startOver(project, one, store) : one)),
  );
  for (const { memory } of settled) await memory.flush();
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
    marks: [...marks, ...holdMarks(comparison), ...marksOf(comparison.reaction)],
    messages: [...messages, ...comparison.reaction.messages].map((one) => ({
      channels: project.delivery.channels,
      ...one,
    })),
    ...(mode === 'apply' && { templateVersion: project.template.version }),
  });
  return { ...comparison, visits: settled };
}

async function startOver(project: RunningProject, visit: Visit, store: CycleDeps['store']): Promise<Visit> {
  await store.forgetReplica(project.slug, visit.workspace.id);
  return { ...visit, memory: await store.memory(project.slug, visit.workspace.id) };
}
