import { overviewOf } from '#src/metrics/overview.ts';
import { verdictOf } from '#src/metrics/status.ts';
import type { Item } from '#src/plan/item.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { overviewInput } from '#src/service/standing.ts';
import type { Standing } from './show-status.ts';

/** Where an open project stands, ready to be shown. */
export function standingOf(
  project: RunningProject,
  agreed: ReadonlyMap<string, Item>,
  today: string,
): Standing {
  return {
    company: project.blueprint.company,
    title: project.blueprint.title,
    urls: project.workspaces.map((workspace) => workspace.url),
    overview: overviewOf(overviewInput(project, agreed, today)),
    verdict: verdictOf(agreed, today),
  };
}
