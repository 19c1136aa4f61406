import { type BindingObligation, bindingObligations } from '#src/plan/calendar.ts';
import type { Company } from '#src/plan/company.ts';
import { type PlannedTask, selectTasks } from '#src/plan/select-tasks.ts';
import type { Template } from '#src/plan/template.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { citedSources } from './citations.ts';
import { wordsOf } from './compare.ts';
import type { Notice } from './notice.ts';
import { sourceKey } from './source-key.ts';

/** What of a project a notice is held against. */
export interface Watched {
  readonly template: Template;
  /** The template's and the project's own. */
  readonly sources: readonly WatchSource[];
  readonly company: Company;
  readonly profile: string;
}

/** Why a notice concerns a project, and what of its plan it may touch. */
export interface Concern {
  /** The source in which it was found, as the project knows it. */
  readonly source: WatchSource;
  readonly tasks: readonly PlannedTask[];
  readonly obligations: readonly BindingObligation[];
}

/**
 * How a notice concerns a project; `undefined`: not at all. What is touched is what the source says that it touches and
 * what the text itself cites, as far as this company has it. A notice that touches something, and nothing of this
 * company's, is not for it; one of which nobody knows what it touches is for all.
 */
export function concernOf(notice: Notice, watched: Watched): Concern | undefined {
  const keys = new Set(notice.sources);
  const source = watched.sources.find((one) => keys.has(sourceKey(one)));
  if (!source) return undefined;
  const { template, company, profile } = watched;
  const {
    sources: named = [],
    tasks: namedTasks = [],
    obligations: namedObligations = [],
  } = source.touches ?? {};
  const cited = citedSources(template.sources, wordsOf({ ...notice, digest: '' })).map(({ id }) => id);
  const legal = new Set([...named, ...cited]);
  const tasks = selectTasks(template, company, profile).filter(
    ({ key, task }) => namedTasks.includes(key) || (task.sources ?? []).some((id) => legal.has(id)),
  );
  const obligations = bindingObligations(template, company).filter(
    ({ obligation }) => namedObligations.includes(obligation.id) || legal.has(obligation.source),
  );
  const touchesSomething = legal.size + namedTasks.length + namedObligations.length > 0;
  if (touchesSomething && tasks.length + obligations.length === 0) return undefined;
  return { source, tasks: inPlanOrder(template, tasks), obligations };
}

function inPlanOrder(template: Template, tasks: readonly PlannedTask[]): readonly PlannedTask[] {
  const order = new Map(
    template.steps
      .flatMap((step) => step.tasks.map((task) => `${step.key}/${task.key}`))
      .map((key, index) => [key, index]),
  );
  return tasks.toSorted((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}
