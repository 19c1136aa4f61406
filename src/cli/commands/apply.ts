import { runCycle } from '#src/service/cycle.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { CycleMode } from '#src/service/running-project.ts';
import { type Context, exitCodeFor, withContext } from '../context.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import type { CommonOptions } from '../options.ts';
import { reportDocument, showReport } from '../show-report.ts';
import { showTroubles, troubleDocument } from '../show-troubles.ts';

export function apply(options: CommonOptions): Promise<number> {
  return withContext(options, (context) => cycleAll(context, 'apply'));
}

export function sync(options: CommonOptions): Promise<number> {
  return withContext(options, (context) => cycleAll(context, 'sync'));
}

/** One cycle of each project, one after the other: a failure is told, and the next project goes on. */
async function cycleAll(context: Context, mode: CycleMode): Promise<number> {
  const { locale } = context;
  const { chosen, troubles } = await context.projects();
  const reports: CycleReport[] = [];
  const failed: { slug: string; error: unknown }[] = [...troubles];
  for (const project of chosen) {
    const { name } = project.source.project.company;
    try {
      const report = await runCycle(running(project, context), mode, await cycleDeps(context));
      context.progress.done();
      reports.push(report);
      context.print(`${showReport(report, name, locale, context.paint)}\n`);
    } catch (error) {
      context.progress.done();
      failed.push({ slug: project.slug, error });
    }
  }
  showTroubles(failed, locale);
  context.document({
    projects: [
      ...reports.map((one) => reportDocument(one, locale)),
      ...failed.map((one) => troubleDocument(one, locale)),
    ],
  });
  const whole = reports.filter((report) => report.failures.length === 0).length;
  return exitCodeFor(
    whole,
    [...failed, ...reports.flatMap((report) => report.failures)].map((one) => one.error),
  );
}
