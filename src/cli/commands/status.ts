import { explain } from '#src/errors.ts';
import { say } from '#src/i18n/message.ts';
import { statusMessages } from '#src/i18n/status.ts';
import { statusDocument } from '#src/metrics/status.ts';
import { outlookFor } from '#src/service/outlook.ts';
import { allBases } from '../all-bases.ts';
import { exitCodeFor, withContext } from '../context.ts';
import { withKnownUrls } from '../known-urls.ts';
import type { CommonOptions } from '../options.ts';
import { outlookDeps } from '../outlook-deps.ts';
import { showStanding } from '../show-status.ts';
import { showTroubles } from '../show-troubles.ts';
import { standingOf } from '../standing-of.ts';

/** Where each project stands, from what was last agreed. Reads the store alone: no workspace is asked. */
export function status(options: CommonOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { locale } = context;
    const { bases, troubles } = await allBases(options.project, context);
    const documents: unknown[] = [];
    for (const [slug, kept] of bases) {
      const store = await context.store();
      const { agreed, templateVersion } = await store.load(slug);
      const basis = await withKnownUrls(slug, kept, store);
      const today = context.today();
      const outlook = await outlookFor(slug, basis, agreed, outlookDeps(context, store));
      documents.push(statusDocument(slug, { ...basis, agreed, today }, outlook));
      context.print(showStanding(standingOf(basis, agreed, today, outlook), locale, context.paint));
      if (templateVersion === null) context.print(`\n${say(locale, statusMessages.neverApplied)}`);
      context.print('');
    }
    showTroubles(troubles, locale);
    context.document({
      projects: documents,
      ...(troubles.length > 0 && {
        errors: troubles.map(({ slug, error }) => ({ slug, message: explain(error)(locale) })),
      }),
    });
    return exitCodeFor(
      documents.length,
      troubles.map((one) => one.error),
    );
  });
}
