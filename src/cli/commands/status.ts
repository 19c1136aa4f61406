import { explain } from '#src/errors.ts';
import { say } from '#src/i18n/message.ts';
import { statusMessages } from '#src/i18n/status.ts';
import { statusDocument } from '#src/metrics/status.ts';
import { overviewInput } from '#src/service/standing.ts';
import { exitCodeFor, withContext } from '../context.ts';
import { running } from '../cycle-deps.ts';
import type { CommonOptions } from '../options.ts';
import { showStanding } from '../show-status.ts';
import { showTroubles } from '../show-troubles.ts';
import { standingOf } from '../standing-of.ts';

/** Where each project stands, from what was last agreed. Reads the store alone: no workspace is asked. */
export function status(options: CommonOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { locale } = context;
    const { chosen, troubles } = await context.projects();
    const documents: unknown[] = [];
    const failed: { slug: string; error: unknown }[] = [...troubles];
    for (const project of chosen) {
      try {
        const opened = running(project, context);
        const { agreed, templateVersion } = await (await context.store()).load(project.slug);
        const today = context.today();
        documents.push(statusDocument(project.slug, overviewInput(opened, agreed, today)));
        context.print(showStanding(standingOf(opened, agreed, today), locale, context.paint));
        if (templateVersion === null) context.print(`\n${say(locale, statusMessages.neverApplied)}`);
        context.print('');
      } catch (error) {
        failed.push({ slug: project.slug, error });
      }
    }
    showTroubles(failed, locale);
    context.document({
      projects: documents,
      ...(failed.length > 0 && {
        errors: failed.map(({ slug, error }) => ({ slug, message: explain(error)(locale) })),
      }),
    });
    return exitCodeFor(
      documents.length,
      failed.map((one) => one.error),
    );
  });
}
