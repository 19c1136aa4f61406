import { type Overview, type OverviewInput, overviewOf } from '#src/metrics/overview.ts';
import { bindingObligations } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import type { RunningProject } from './running-project.ts';

type Known = Pick<RunningProject, 'template' | 'blueprint' | 'planInput'>;

/** All that the figures of a project are computed from. */
export function overviewInput(
  { template, blueprint, planInput }: Known,
  agreed: ReadonlyMap<string, Item>,
  today: string,
): OverviewInput {
  return {
    agreed,
    steps: blueprint.steps,
    obligations: bindingObligations(template, planInput.company),
    sources: template.sources,
    locale: blueprint.locale,
    today,
  };
}

/** Where the project stands today, from what was last agreed. */
export function overviewFor(known: Known, agreed: ReadonlyMap<string, Item>, today: string): Overview {
  return overviewOf(overviewInput(known, agreed, today));
}
