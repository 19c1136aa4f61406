import { runCycle } from './cycle.ts';
import type { WebhookKeeper } from './keep-webhooks.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import type { Job } from './scheduler.ts';

export interface JobDeps {
  readonly open: (slug: string) => Promise<RunningProject>;
  readonly cycle: CycleDeps;
  readonly onReport?: ((report: CycleReport) => void) | undefined;
  /** Absent where nobody listens for what webhooks tell. */
  readonly keepWebhooks?: WebhookKeeper | undefined;
}

/** Every ten seconds: while nothing has changed, a round costs one look at each workbook's date. */
const SYNC_CRON = '*/10 * * * * *';

/** All that the service does on a schedule. Later jobs are added here, once. */
export function serviceJobs(deps: JobDeps): readonly Job[] {
  return [{ name: 'sync', cron: SYNC_CRON, remembered: false, run: syncJob(deps) }];
}

/**
 * One cycle of a project, unless a look at its workspaces says that nothing has changed since a cycle that found
 * nothing to do. A new day counts as a change: what is late, and with it the dashboard, depends on it.
 */
function syncJob({ open, cycle, onReport, keepWebhooks }: JobDeps): Job['run'] {
  const settled = new Map<string, { readonly project: RunningProject; readonly signs: string }>();
  return async (slug, _period, signal) => {
    const project = await open(slug);
    // Looked at before the cycle reads: what is saved in between shows at the next look, and is never missed.
    const signs = await signsOf(project, cycle.today());
    const before = settled.get(slug);
    if (before?.project === project && before.signs === signs && signs !== undefined) {
      return keepWebhooks?.(project, signal);
    }

    settled.delete(slug);
    const { templateVersion } = await cycle.store.load(slug);
    const report = await runCycle(project, templateVersion === null ? 'apply' : 'sync', { ...cycle, signal });
    if (signs !== undefined && isQuiet(report)) settled.set(slug, { project, signs });
    onReport?.(report);
    // A place that could not be read may not even be there.
    if (report.failures.length === 0) await keepWebhooks?.(project, signal);
  };
}

/** `undefined` when a workspace cannot tell at a glance: then every round reads it. */
async function signsOf(project: RunningProject, today: string): Promise<string | undefined> {
  const signs = await Promise.all(project.workspaces.map((workspace) => workspace.glance?.()));
  return signs.includes(undefined) ? undefined : [today, ...signs].join('\n');
}

function isQuiet({ failures, workspaces }: CycleReport): boolean {
  const changes = workspaces.map((one) => one.created + one.updated + one.archived + one.adopted + one.edits);
  return failures.length === 0 && changes.every((count) => count === 0);
}
