import { EXIT } from '#src/errors.ts';
import { say } from '#src/i18n/message.ts';
import { reportMessages } from '#src/i18n/report.ts';
import { comparePlaces } from '#src/service/cycle.ts';
import { exitCodeFor, withContext } from '../context.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import type { CommonOptions } from '../options.ts';
import { isPending, planDocument, showPlan } from '../show-plan.ts';
import { showTroubles, troubleDocument } from '../show-troubles.ts';

/** Shows what an `apply` would do. Nothing is written anywhere. */
export function plan(options: CommonOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { locale } = context;
    const { chosen, troubles } = await context.projects();
    const failed: { slug: string; error: unknown }[] = [...troubles];
    const documents: unknown[] = [];
    let pending = false;
    for (const project of chosen) {
      try {
        const comparison = await comparePlaces(running(project, context), 'apply', await cycleDeps(context));
        pending ||= isPending(comparison);
        failed.push(
          ...comparison.visits.flatMap(({ failure }) =>
            failure ? [{ slug: project.slug, error: failure.error }] : [],
          ),
        );
        documents.push(planDocument(comparison, project.slug, locale));
        context.print(
          `${showPlan(comparison, project.source.project.company.name, locale, context.paint)}\n`,
        );
      } catch (error) {
        failed.push({ slug: project.slug, error });
      }
    }
    if (pending) context.print(say(locale, reportMessages.applyIt));
    showTroubles(failed, locale);
    context.document({ projects: [...documents, ...failed.map((one) => troubleDocument(one, locale))] });
    const failure = exitCodeFor(
      documents.length,
      failed.map((one) => one.error),
    );
    return failure === EXIT.done && pending ? EXIT.pending : failure;
  });
}
