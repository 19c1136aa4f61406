/** One metric with all its labels, as Prometheus calls it. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  /** For the operator who finds it in Prometheus. */
  readonly help: string;
  readonly labels: readonly string[];
}

/**
 * All that `/metrics` tells. Each label has few values, known beforehand, but for `project`, which is a slug: never the
 * name of a company, nor a title. Names and units as Prometheus wants them: seconds, bytes, ratios. No label is called
 * `job`, `instance` or `service`: those are labels of the target, and Prometheus would rename ours.
 */
export const FAMILIES = {
  buildInfo: {
    name: 'jalon_build_info',
    type: 'gauge',
    help: 'Always 1; the version of Jalon is in the label.',
    labels: ['version'],
  },
  nodeInfo: {
    name: 'nodejs_version_info',
    type: 'gauge',
    help: 'Always 1; the version of Node.js is in the label.',
    labels: ['version'],
  },
  processStart: {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process began, in seconds since 1970.',
    labels: [],
  },
  processCpu: {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'CPU time, of user and system, that the process has used.',
    labels: [],
  },
  processMemory: {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Resident memory of the process.',
    labels: [],
  },
  heapUsed: {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    help: 'Memory that JavaScript objects use.',
    labels: [],
  },

  jobRuns: {
    name: 'jalon_job_runs_total',
    type: 'counter',
    help: 'Rounds of a job over its projects. Failed ones reached no project at all.',
    labels: ['name', 'outcome'],
  },
  jobRunSeconds: {
    name: 'jalon_job_run_seconds_total',
    type: 'counter',
    help: 'Time that the rounds of a job have taken.',
    labels: ['name'],
  },
  jobLastRun: {
    name: 'jalon_job_last_run_timestamp_seconds',
    type: 'gauge',
    help: 'When the last round of a job ended, in seconds since 1970.',
    labels: ['name'],
  },
  jobProjectRuns: {
    name: 'jalon_job_project_runs_total',
    type: 'counter',
    help: 'Runs of a job for one project, within its rounds.',
    labels: ['name', 'outcome'],
  },
  projectFailures: {
    name: 'jalon_project_failures_total',
    type: 'counter',
    help: 'Jobs of a project that failed, and workspaces of it that a cycle could not read or write.',
    labels: ['project'],
  },

  requests: {
    name: 'jalon_requests_total',
    type: 'counter',
    help: 'Requests sent to a service, by what became of them.',
    labels: ['api', 'outcome'],
  },
  requestSeconds: {
    name: 'jalon_request_seconds_total',
    type: 'counter',
    help: 'Time from sending requests to the end of their answers.',
    labels: ['api'],
  },
  requestsWaiting: {
    name: 'jalon_requests_waiting',
    type: 'gauge',
    help: 'Requests that wait for their turn, so as to keep to the rate of the service.',
    labels: ['api'],
  },
  pauses: {
    name: 'jalon_service_pauses_total',
    type: 'counter',
    help: 'Times that a service wanted to be left alone for a while, or for longer.',
    labels: ['api'],
  },
  webhooks: {
    name: 'jalon_webhook_deliveries_total',
    type: 'counter',
    help: 'Deliveries of webhooks. Refused ones had no valid signature, or could not be read or kept.',
    labels: ['api', 'outcome'],
  },

  workspaceChanges: {
    name: 'jalon_workspace_changes_total',
    type: 'counter',
    help: 'Items that cycles created, updated, archived or adopted in workspaces.',
    labels: ['kind', 'change'],
  },
  workspaceEdits: {
    name: 'jalon_workspace_edits_total',
    type: 'counter',
    help: 'Edits of people that cycles took in from workspaces, field by field.',
    labels: ['kind'],
  },
  workspaceConflicts: {
    name: 'jalon_workspace_conflicts_total',
    type: 'counter',
    help: 'Values that lost against another, by where they came from; plan stands for none of the workspaces.',
    labels: ['kind'],
  },
  workspaceFailures: {
    name: 'jalon_workspace_failures_total',
    type: 'counter',
    help: 'Workspaces that a cycle could not read or write, each time.',
    labels: ['kind'],
  },
  outboxMessages: {
    name: 'jalon_outbox_messages',
    type: 'gauge',
    help: 'Messages that were not sent: failed and unknown ones are not sent again without a person.',
    labels: ['channel', 'state'],
  },

  projects: {
    name: 'jalon_projects',
    type: 'gauge',
    help: 'Projects that the service looks after.',
    labels: [],
  },
  projectProgress: {
    name: 'jalon_project_progress_ratio',
    type: 'gauge',
    help: 'How much of the plan of a project is done, from 0 to 1.',
    labels: ['project'],
  },
  projectLate: {
    name: 'jalon_project_late_tasks',
    type: 'gauge',
    help: 'Tasks of a project that are overdue.',
    labels: ['project'],
  },
  projectVerdict: {
    name: 'jalon_project_verdict',
    type: 'gauge',
    help: '1 for how a project stands, 0 for the other verdicts.',
    labels: ['project', 'verdict'],
  },
  projectNextObligation: {
    name: 'jalon_project_next_obligation_timestamp_seconds',
    type: 'gauge',
    help: 'When the day of the next legal date of a project begins, in seconds since 1970.',
    labels: ['project'],
  },

  scrapeErrors: {
    name: 'jalon_scrape_errors',
    type: 'gauge',
    help: '1 for a part of these metrics that could not be told this time, and is missing.',
    labels: ['part'],
  },
} as const satisfies Readonly<Record<string, Family>>;

export type FamilyId = keyof typeof FAMILIES;
export type Labels<Id extends FamilyId> = Readonly<Record<(typeof FAMILIES)[Id]['labels'][number], string>>;
