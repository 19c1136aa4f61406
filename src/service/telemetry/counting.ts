import { Hono } from 'hono';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { WorkspaceKind } from '#src/workspaces/workspace.ts';
import type { TrafficObserver } from '../connections.ts';
import type { CycleReport } from '../report.ts';
import type { JobObserver } from '../scheduler.ts';
import { NOTION_WEBHOOK_PATH, TRELLO_WEBHOOK_PATH } from '../webhook-notes.ts';
import type { Tally } from './tally.ts';

const SERVICES = ['notion', 'trello'] as const;
const KINDS = ['notion', 'trello', 'excel'] as const satisfies readonly WorkspaceKind[];
/** Where a value comes from that is of none of the workspaces: what was agreed, the template, a rule. */
const PLAN = 'plan';
const CHANGES = [
  'created',
  'updated',
  'archived',
  'adopted',
] as const satisfies readonly (keyof CycleReport['workspaces'][number])[];
const DONE_OR_FAILED = ['done', 'failed'] as const;

/** Counts what the scheduler does. `now` dates, `time` measures. */
export function countJobs(
  tally: Tally,
  { jobs, now, time }: { readonly jobs: readonly string[]; readonly now: () => Date; readonly time: Time },
): JobObserver {
  for (const name of jobs) {
    for (const outcome of DONE_OR_FAILED) {
      tally.add('jobRuns', { name, outcome }, 0);
      tally.add('jobProjectRuns', { name, outcome }, 0);
    }
    tally.add('jobRunSeconds', { name }, 0);
  }
  return {
    round(name) {
      const begunAt = time.now();
      return (outcome) => {
        tally.add('jobRuns', { name, outcome });
        tally.add('jobRunSeconds', { name }, (time.now() - begunAt) / 1000);
        tally.set('jobLastRun', { name }, now().getTime() / 1000);
      };
    },
    project(name, project, outcome) {
      tally.add('jobProjectRuns', { name, outcome });
      if (outcome === 'failed') tally.add('projectFailures', { project });
    },
  };
}

/** Counts what is sent to services. */
export function countTraffic(tally: Tally): TrafficObserver {
  for (const api of SERVICES) {
    for (const outcome of ['ok', 'refused', 'notNow', 'unknown']) tally.add('requests', { api, outcome }, 0);
    tally.add('requestSeconds', { api }, 0);
    tally.add('pauses', { api }, 0);
  }
  tally.add('requests', { api: 'notion', outcome: 'committed' }, 0);
  return {
    sent(api, { outcome, durationMs }) {
      tally.add('requests', { api, outcome });
      tally.add('requestSeconds', { api }, durationMs / 1000);
    },
    paused: (api) => tally.add('pauses', { api }),
  };
}

/** Counts what cycles did, by the kind of the workspace. */
export function countCycles(tally: Tally): (report: CycleReport) => void {
  for (const kind of KINDS) {
    for (const change of CHANGES) tally.add('workspaceChanges', { kind, change }, 0);
    for (const id of ['workspaceEdits', 'workspaceConflicts', 'workspaceFailures'] as const)
      tally.add(id, { kind }, 0);
  }
  return ({ slug, workspaces, conflicts, failures }) => {
    for (const { kind, edits, ...done } of workspaces) {
      for (const change of CHANGES) tally.add('workspaceChanges', { kind, change }, done[change]);
      tally.add('workspaceEdits', { kind }, edits);
    }
    for (const { from } of conflicts) tally.add('workspaceConflicts', { kind: kindOf(from) });
    for (const { workspace } of failures) {
      tally.add('workspaceFailures', { kind: kindOf(workspace ?? PLAN) });
      tally.add('projectFailures', { project: slug });
    }
  };
}

/** Ids of workspaces begin with their kind. */
function kindOf(replica: string): WorkspaceKind | typeof PLAN {
  return KINDS.find((kind) => replica.startsWith(`${kind}:`)) ?? PLAN;
}

/** Counts what webhooks deliver by how it is answered. To be mounted before the routes that answer. */
export function countWebhooks(tally: Tally): Hono {
  const routes = new Hono();
  const paths = { notion: NOTION_WEBHOOK_PATH, trello: TRELLO_WEBHOOK_PATH } as const;
  for (const api of SERVICES) {
    for (const outcome of ['accepted', 'refused']) tally.add('webhooks', { api, outcome }, 0);
    routes.on('POST', paths[api], async (context, next) => {
      await next();
      tally.add('webhooks', { api, outcome: context.res.ok ? 'accepted' : 'refused' });
    });
  }
  return routes;
}
