import { EXIT } from '#src/errors.ts';
import { say } from '#src/i18n/message.ts';
import { reportMessages } from '#src/i18n/report.ts';
import { comparePlaces } from '#src/service/cycle.ts';
import { exitCodeFor, withContext } from '../context.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import { invocation } from '../invocation.ts';
import type { CommonOptions } from '../options.ts';
import { isPending, planDocument, showPlan } from '../show-plan.ts';
import { showTroubles, troubleDocument } from '../show-troubles.ts';
import { tellingOf } from '../wording.ts';

export interface PlanOptions extends CommonOptions {
  /** Also which rule would do what, and why. */
  readonly explain?: boolean;
}

/** Shows what an `apply` would do. Nothing is written anywhere. */
export function plan(options: PlanOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { locale } = context;
    const { chosen, troubles } = await context.projects();
    const failed: { slug: string; error: unknown }[] = [...troubles];
    const documents: unknown[] = [];
    const unread: unknown[] = [];
    let whole = 0;
    let pending = false;
    for (const project of chosen) {
      try {
        const opened = await running(project, context);
        const comparison = await comparePlaces(opened, 'apply', await cycleDeps(context));
        pending ||= isPending(comparison);
        const failures = comparison.visits.flatMap(({ failure }) => failure?.error ?? []);
        unread.push(...failures);
        if (failures.length === 0) whole += 1;
        documents.push(planDocument(comparison, project.slug, locale, options));
        const { name } = project.source.project.company;
        const telling = tellingOf(opened.blueprint, context);
        context.print(`${showPlan(comparison, name, telling, options)}\n`);
      } catch (error) {
        failed.push({ slug: project.slug, error });
      }
    }
    if (pending) context.print(say(locale, reportMessages.applyIt, { command: invocation() }));
    showTroubles(failed, locale);
    context.document({ projects: [...documents, ...failed.map((one) => troubleDocument(one, locale))] });
    const failure = exitCodeFor(whole, [...failed.map((one) => one.error), ...unread]);
    return failure === EXIT.done && pending ? EXIT.pending : failure;
  });
}
