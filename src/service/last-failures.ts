import type { CycleFailure, CycleReport } from './report.ts';
import type { Job } from './scheduler.ts';

/** What went wrong with each project last, for whoever looks at it. */
export interface LastFailures {
  /** Of its last cycle. */
  note(report: CycleReport): void;
  /** The same job; what it throws for a project counts until it goes well again. */
  watched(job: Job): Job;
  of(slug: string): readonly CycleFailure[];
}

export function lastFailures(): LastFailures {
  const reported = new Map<string, readonly CycleFailure[]>();
  const thrown = new Map<string, CycleFailure>();
  return {
    note(report) {
      if (report.failures.length > 0) reported.set(report.slug, report.failures);
      else reported.delete(report.slug);
    },
    watched: (job) => ({
      ...job,
      async run(slug, period, signal) {
        try {
          await job.run(slug, period, signal);
          thrown.delete(slug);
        } catch (error) {
          thrown.set(slug, { workspace: null, error });
          throw error;
        }
      },
    }),
    of: (slug) => {
      const failure = thrown.get(slug);
      return [...(failure ? [failure] : []), ...(reported.get(slug) ?? [])];
    },
  };
}
