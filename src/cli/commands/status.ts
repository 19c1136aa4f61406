import { slugsIn } from '#src/config/stamps.ts';
import { explain } from '#src/errors.ts';
import { say } from '#src/i18n/message.ts';
import { statusMessages } from '#src/i18n/status.ts';
import { statusDocument } from '#src/metrics/status.ts';
import { outlookFor } from '#src/service/outlook.ts';
import type { Basis } from '#src/service/standing.ts';
import { type Context, exitCodeFor, withContext } from '../context.ts';
import { keepBasis, knownBasis } from '../known-basis.ts';
import { withKnownUrls } from '../known-urls.ts';
import type { CommonOptions } from '../options.ts';
import { outlookDeps } from '../outlook-deps.ts';
import { showStanding } from '../show-status.ts';
import { showTroubles, type Trouble } from '../show-troubles.ts';
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

/** In the order of the slugs; what is known already is not read again. */
async function allBases(
  asked: readonly string[] | undefined,
  context: Context,
): Promise<{ bases: ReadonlyMap<string, Basis>; troubles: readonly Trouble[] }> {
  const slugs = asked ?? slugsIn(context.environment.projects);
  const known = new Map<string, Basis>();
  if (context.hasStore()) {
    for (const slug of slugs) {
      const basis = await knownBasis(slug, context, await context.store());
      if (basis) known.set(slug, basis);
    }
  }
  if (slugs.length > 0 && known.size === slugs.length) return { bases: known, troubles: [] };

  const { chosen, troubles } = await context.projects(slugs.filter((slug) => !known.has(slug)));
  const failed: Trouble[] = [...troubles];
  for (const project of chosen) {
    try {
      const [{ running }, { basisOf }] = await Promise.all([
        import('../cycle-deps.ts'),
        import('#src/service/standing.ts'),
      ]);
      const basis = basisOf(await running(project, context));
      known.set(project.slug, basis);
      await keepBasis(project, basis, context);
    } catch (error) {
      failed.push({ slug: project.slug, error });
    }
  }
  return { bases: new Map([...known].sort(([a], [b]) => (a < b ? -1 : 1))), troubles: failed };
}
