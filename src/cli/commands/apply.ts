import { runCycle } from '#src/service/cycle.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { CycleMode } from '#src/service/running-project.ts';
import { concludeCycles } from '../conclude.ts';
import { type Context, withContext } from '../context.ts';
import { deliverNow } from '../courier-deps.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import type { CommonOptions } from '../options.ts';
import { showReport } from '../show-report.ts';
import type { Trouble } from '../show-troubles.ts';
import { tellingOf } from '../wording.ts';

export function apply(options: CommonOptions): Promise<number> {
  return withContext(options, (context) => cycleAll(context, 'apply'));
}

export function sync(options: CommonOptions): Promise<number> {
  return withContext(options, (context) => cycleAll(context, 'sync'));
}

/** One cycle of each project, one after the other: a failure is told, and the next project goes on. */
async function cycleAll(context: Context, mode: CycleMode): Promise<number> {
  const { chosen, troubles } = await context.projects();
  const reports: CycleReport[] = [];
  const failed: Trouble[] = [...troubles];
  for (const project of chosen) {
    const { name } = project.source.project.company;
    try {
      const opened = await running(project, context);
      const report = await runCycle(opened, mode, await cycleDeps(context));
      context.progress.done();
      reports.push(report);
      await deliverNow(opened, context);
      context.print(`${showReport(report, name, tellingOf(opened.blueprint, context))}\n`);
    } catch (error) {
      context.progress.done();
      failed.push({ slug: project.slug, error });
    }
  }
  return concludeCycles(reports, failed, context);
}
