import { slugsIn } from '#src/config/stamps.ts';
import type { Basis } from '#src/service/standing.ts';
import type { Context } from './context.ts';
import { keepBasis, knownBasis } from './known-basis.ts';
import type { Trouble } from './show-troubles.ts';

/** In the order of the slugs; what is known already is not read again. */
export async function allBases(
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
        import('./cycle-deps.ts'),
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
