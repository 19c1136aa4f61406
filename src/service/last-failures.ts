import type { CycleFailure, CycleReport } from './report.ts';

/** What went wrong in the last cycle of each project, for whoever looks at it. */
export interface LastFailures {
  note(report: CycleReport): void;
  of(slug: string): readonly CycleFailure[];
}

export function lastFailures(): LastFailures {
  const failures = new Map<string, readonly CycleFailure[]>();
  return {
    note(report) {
      if (report.failures.length > 0) failures.set(report.slug, report.failures);
      else failures.delete(report.slug);
    },
    of: (slug) => failures.get(slug) ?? [],
  };
}
