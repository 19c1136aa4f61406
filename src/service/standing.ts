import type { OverviewInput } from '#src/metrics/overview.ts';
import { type Overview, overviewOf } from '#src/metrics/overview.ts';
import { bindingObligations } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import type { RunningProject } from './running-project.ts';

/** What the figures of a project are computed from, besides its items and the day. Plain data. */
export interface Basis extends Omit<OverviewInput, 'agreed' | 'today'> {
  /** The template’s key. */
  readonly template: string;
  /** The keys of the registers that the plan keeps. */
  readonly registers: readonly string[];
  readonly freeze: Template['schedule']['freeze'];
  readonly company: string;
  readonly title: string;
  /** Where people open the plan. */
  readonly urls: readonly string[];
  /** The ids of the places of those addresses. */
  readonly places: readonly string[];
}

export function basisOf({ template, blueprint, planInput, workspaces }: RunningProject): Basis {
  const obligations = bindingObligations(template, planInput.company);
  const cited = new Set(obligations.map(({ obligation }) => obligation.source));
  return {
    template: template.key,
    registers: template.registers.map(({ key }) => key),
    freeze: template.schedule.freeze,
    company: blueprint.company,
    title: blueprint.title,
    urls: workspaces.map((workspace) => workspace.url),
    places: workspaces.map((workspace) => workspace.id),
    steps: blueprint.steps.map(({ key, title, color }) => ({ key, title, color })),
    obligations,
    sources: template.sources.filter(({ id }) => cited.has(id)),
    locale: blueprint.locale,
  };
}

/** Where the project stands today, from what was last agreed. */
export function overviewFor(
  project: RunningProject,
  agreed: ReadonlyMap<string, Item>,
  today: string,
): Overview {
  return overviewOf({ ...basisOf(project), agreed, today });
}
