import type { CycleReport } from '#src/service/report.ts';
import { type Context, exitCodeFor } from './context.ts';
import { reportDocument } from './show-report.ts';
import { showTroubles, type Trouble, troubleDocument } from './show-troubles.ts';

/** The end of a command that ran cycles: what failed on stderr, the contract’s document, and the exit code. */
export function concludeCycles(
  reports: readonly CycleReport[],
  failed: readonly Trouble[],
  context: Context,
): number {
  const { locale } = context;
  showTroubles(failed, locale);
  context.document({
    projects: [
      ...reports.map((report) => reportDocument(report, locale)),
      ...failed.map((trouble) => troubleDocument(trouble, locale)),
    ],
  });
  const whole = reports.filter((report) => report.failures.length === 0).length;
  const errors = [...failed, ...reports.flatMap((report) => report.failures)].map(({ error }) => error);
  return exitCodeFor(whole, errors);
}
