import { runCycle } from './cycle.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import type { Job } from './scheduler.ts';

export interface JobDeps {
  /** Opens the project anew, so that an edited project file counts from the next round on. */
  readonly open: (slug: string) => Promise<RunningProject>;
  readonly cycle: () => CycleDeps;
  readonly onReport?: ((report: CycleReport) => void) | undefined;
}

/** Every ten seconds: reading an unchanged workbook costs one look at its date. */
const SYNC_CRON = '*/10 * * * * *';

/** All that the service does on a schedule. Later jobs are added here, once. */
export function serviceJobs({ open, cycle, onReport }: JobDeps): readonly Job[] {
  return [
    {
      name: 'sync',
      cron: SYNC_CRON,
      remembered: false,
      run: async (slug, _period, signal) => {
        const project = await open(slug);
        const deps = { ...cycle(), signal };
        const { templateVersion } = await deps.store.load(slug);
        onReport?.(await runCycle(project, templateVersion === null ? 'apply' : 'sync', deps));
      },
    },
  ];
}
