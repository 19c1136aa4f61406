import type { Locale } from '#src/i18n/message.ts';
import { type Outlook, reasonText } from '#src/metrics/outlook.ts';
import { type Overview, overviewOf } from '#src/metrics/overview.ts';
import type { Item } from '#src/plan/item.ts';
import { type OutlookDeps, outlookFor } from './outlook.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import { basisOf } from './standing.ts';

/** Where the project stands and why, as `status` says it. */
export async function standingOf(
  project: RunningProject,
  agreed: ReadonlyMap<string, Item>,
  deps: CycleDeps & Pick<OutlookDeps, 'sisters'>,
  locale: Locale = project.blueprint.locale,
): Promise<{ readonly overview: Overview; readonly outlook: Outlook; readonly reason: string }> {
  const basis = { ...basisOf(project), locale };
  const outlook = await outlookFor(project.slug, basis, agreed, deps);
  return {
    overview: overviewOf({ ...basis, agreed, today: deps.today() }),
    outlook,
    reason: reasonText(outlook.reason, basis.obligations, locale),
  };
}
