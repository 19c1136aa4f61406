import type { Said } from '#src/i18n/message.ts';
import { isArchived } from '#src/plan/item.ts';
import type { Change, Outcome } from '#src/reconcile/replica.ts';
import { together } from '#src/workspaces/concurrently.ts';
import type { WriteOrder, Written } from '#src/workspaces/workspace.ts';
import { type CycleFailure, removals, type WorkspaceReport } from './report.ts';
import type { Comparison, CycleDeps, RunningProject, Visit } from './running-project.ts';
import { asTyped, changeAsTyped, type Holds, unlessHeld } from './settle.ts';
import { failureOf, patiently } from './visit.ts';

/** Written items are acknowledged to the store in groups: what a crash leaves in between is found again by its key. */
const ACKNOWLEDGE_EVERY = 20;

type Order = Omit<WriteOrder, 'changes' | 'memory' | 'tell' | 'signal'>;

/** Writes to every workspace that could be read, side by side. A failure is reported, never thrown. */
export async function carryOut(
  comparison: Comparison,
  project: RunningProject,
  deps: CycleDeps,
  signal: AbortSignal,
  order: Order,
): Promise<{
  reports: readonly WorkspaceReport[];
  failures: readonly CycleFailure[];
  remarks: readonly Said[];
}> {
  const progress = sharedProgress(comparison, deps);
  // Together: a store that fails for one place must not let go of the project while another is being written.
  const results = await together(
    comparison.visits
      .filter((visit) => visit.reading !== undefined)
      .map((visit) => writeTo(visit, comparison, project, deps, signal, order, progress)),
  );
  return {
    reports: results.map((result) => result.report),
    failures: results.flatMap((result) => result.failure ?? []),
    remarks: results.flatMap((result) => result.remarks),
  };
}

function sharedProgress({ outcome }: Comparison, { onProgress }: CycleDeps): () => void {
  const total = [...outcome.writes.values()].reduce((sum, changes) => sum + changes.length, 0);
  let done = 0;
  return () => onProgress?.(++done, total);
}

async function writeTo(
  visit: Visit,
  { outcome, settling }: Comparison,
  project: RunningProject,
  deps: CycleDeps,
  stop: AbortSignal,
  whole: Order,
  onWritten: () => void,
): Promise<{ report: WorkspaceReport; remarks: readonly Said[]; failure?: CycleFailure }> {
  const { store, log } = deps;
  const { slug } = project;
  const { workspace, memory } = visit;
  const holds = settling.holds.get(workspace.id);
  const order = { ...whole, agreed: agreedAsTyped(whole.agreed, holds) };
  const changes = (outcome.writes.get(workspace.id) ?? []).map((one) => changeAsTyped(one, holds));
  const written: Written[] = [];
  const remarks: Said[] = [];
  const tell = (remark: Said) => void remarks.push(remark);
  let acknowledged = 0;
  const acknowledge = async () => {
    if (acknowledged < written.length)
      await store.acknowledge(slug, workspace.id, written.slice(acknowledged));
    acknowledged = written.length;
  };

  let failure: CycleFailure | undefined;
  try {
    await patiently('write', project, workspace, deps, stop, async (signal = stop) => {
      for await (const one of workspace.write({ ...order, changes, memory, tell, signal })) {
        written.push({ ...one, shows: unlessHeld(one.key, one.shows, holds) });
        onWritten();
        if (written.length - acknowledged >= ACKNOWLEDGE_EVERY) await acknowledge();
        signal.throwIfAborted();
      }
    });
  } catch (error) {
    log.warn({ workspace: workspace.id, err: error }, 'workspace not written');
    failure = failureOf(project, workspace, deps, error);
  }
  await acknowledge();
  // Last, and only after a whole write: a memory that knows the place as written would hide what was not acknowledged.
  if (!failure) await memory.flush();
  const report = reportOf(visit, changes, written, outcome);
  return failure ? { report, remarks, failure } : { report, remarks };
}

/** Where people are typing, the place is told that their words are agreed: then it leaves them alone. */
function agreedAsTyped(agreed: Order['agreed'], holds: Holds | undefined): Order['agreed'] {
  if (!holds) return agreed;
  return new Map([...agreed].map(([key, item]) => [key, asTyped(item, holds)]));
}

function reportOf(
  { workspace, startedAt }: Visit,
  changes: readonly Change[],
  written: readonly Written[],
  outcome: Outcome,
): WorkspaceReport {
  const { agreed, happenings } = outcome;
  const removed = removals(outcome, workspace.id);
  const countOf = (done: Written['done']) => written.filter((one) => one.done === done).length;
  const active = [...agreed.values()].filter((item) => !isArchived(item)).length;
  const touched = changes.filter((change) => !isArchived(change.item)).length;
  const fromHere = happenings.filter((one) => one.actor === workspace.id && one.kind !== 'conflict');
  const added = fromHere.filter((one) => one.kind === 'created').length;
  return {
    kind: workspace.kind,
    url: workspace.url,
    created: countOf('created'),
    updated: countOf('updated'),
    archived: countOf('archived'),
    adopted: countOf('adopted') + added,
    unchanged: Math.max(0, active - touched - added),
    edits: fromHere.length - added - removed.length,
    removed,
    requests: workspace.requests?.() ?? 0,
    durationMs: Math.round(performance.now() - startedAt),
  };
}
