import type { CourierDeps } from '#src/digest/send/courier.ts';
import { deliver } from '#src/digest/send/deliver.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import { runCycle } from './cycle.ts';
import type { DigestRound, Installation } from './digest-round.ts';
import type { WebhookKeeper } from './keep-webhooks.ts';
import { createLive } from './live.ts';
import { remind } from './remind.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import type { Job } from './scheduler.ts';
import { signsOf } from './signs.ts';
import { restOf } from './visit.ts';
import type { WatchDeps } from './watch.ts';

export interface JobDeps {
  readonly open: (slug: string) => Promise<RunningProject>;
  readonly cycle: CycleDeps;
  /**
   * For a service that comes back every few seconds: texts settle, and slow places are not waited for. Absent where
   * everything runs once.
   */
  readonly time?: Time | undefined;
  readonly onReport?: ((report: CycleReport) => void) | undefined;
  /** Absent where nobody listens for what webhooks tell. */
  readonly keepWebhooks?: WebhookKeeper | undefined;
  /** What official sites are asked with, made when it is first needed. Absent: the watch is off. */
  readonly watch?: (() => Promise<WatchDeps>) | undefined;
  /** Whose digests may be one portfolio. Absent: each project has a message of its own. */
  readonly installation?: Installation | undefined;
  /** What carries messages to people. Absent: they wait for somebody who does. */
  readonly courier?: CourierDeps | undefined;
}

/** The job that looks at what people have edited. */
export const SYNC = 'sync';

/** Every ten seconds: while nothing has changed, a round costs one look at each workbook's date. */
const SYNC_CRON = '*/10 * * * * *';

/** In the morning, before people begin; a machine that slept catches up. */
const REMIND_CRON = '0 8 * * *';

/** Each project has a moment of its own: an hour in which none has come costs a look at the store for each. */
const DIGEST_CRON = '0 * * * *';

/** Every minute, between two rounds of the sync: where no message waits, it costs two looks at the store. */
const DELIVER_CRON = '5 * * * * *';

/** Each source has a rhythm of its own: an hour in which none is due costs a look at the store for each project. */
const WATCH_CRON = '17 * * * *';

/** All that the service does on a schedule. Later jobs are added here, once. */
export function serviceJobs(given: JobDeps): readonly Job[] {
  const { courier, watch, time } = given;
  const deps = { ...given, cycle: { ...given.cycle, ...(time && { live: createLive(time) }) } };
  return [
    { name: SYNC, cron: SYNC_CRON, remembered: false, run: syncJob(deps) },
    { name: 'remind', cron: REMIND_CRON, remembered: true, run: remindJob(deps) },
    ...(watch
      ? [{ name: 'watch', cron: WATCH_CRON, remembered: true, isLong: true, run: watchJob(deps, watch) }]
      : []),
    { name: 'digest', cron: DIGEST_CRON, remembered: false, run: digestJob(deps) },
    ...(courier
      ? [{ name: 'deliver', cron: DELIVER_CRON, remembered: false, run: deliverJob(deps, courier) }]
      : []),
  ];
}

/** A plan that nobody has handed over yet has nothing to be reminded of. */
function remindJob({ open, cycle, onReport }: JobDeps): Job['run'] {
  return async (slug, _period, signal) => {
    const { templateVersion } = await cycle.store.load(slug);
    if (templateVersion === null) return;
    const { report } = await remind(await open(slug), { ...cycle, signal });
    if (report) onReport?.(report);
  };
}

/**
 * The sources are looked at for all projects together: whichever project comes first asks for those that are due, and
 * the others find them looked at. They are not asked side by side: that is for one round to decide.
 */
function watchJob({ open, cycle, onReport }: JobDeps, asking: () => Promise<WatchDeps>): Job['run'] {
  let before: Promise<unknown> = Promise.resolve();
  return async (slug, _period, signal) => {
    const { lookAtSources, postNotices, sourcesOf } = await import('./watch.ts');
    const project = await open(slug);
    const deps = { ...cycle, signal };
    const sources = sourcesOf(project);
    const look = async () => lookAtSources({ sources, all: false }, await asking(), deps);
    const mine = before.then(look, look);
    before = mine;
    await mine;
    const { report } = await postNotices(project, deps);
    if (report) onReport?.(report);
  };
}

/** Not remembered: the project itself knows when it was last told. One that fails is tried again in an hour. */
function digestJob({ open, cycle, onReport, installation }: JobDeps): Job['run'] {
  let round: Promise<DigestRound> | undefined;
  return async (slug, _period, signal) => {
    round ??= import('./digest-round.ts').then(({ createDigestRound }) => createDigestRound(installation));
    const reports = await (await round).tell(await open(slug), { ...cycle, signal });
    for (const report of reports) onReport?.(report);
  };
}

/** Not remembered: the outbox itself knows what is due, and lets each message be claimed once. */
function deliverJob({ open, cycle: { store, log } }: JobDeps, courier: CourierDeps): Job['run'] {
  return async (slug, _period, signal) => {
    const { delivery } = await open(slug);
    await deliver(delivery, { ...courier, outbox: store.outbox, log, signal });
  };
}

/** What is known of a project since a cycle that found nothing to do. */
interface Settled {
  readonly project: RunningProject;
  readonly signs: string;
  /** Something is held back until then, in ms since 1970. */
  readonly until: number | undefined;
}

/**
 * One cycle of a project, unless a look at its workspaces says that nothing has changed since a cycle that found
 * nothing to do, and nothing that was held back is to be looked at again.
 */
function syncJob({ open, cycle, onReport, keepWebhooks }: JobDeps): Job['run'] {
  const settled = new Map<string, Settled>();
  return async (slug, _period, signal) => {
    const project = await open(slug);
    const deps = { ...cycle, signal };
    // Looked at before the cycle reads: what is saved in between shows at the next look, and is never missed.
    const signs = await signsOf(project, deps);
    const before = settled.get(slug);
    const isQuietStill = before?.project === project && before.signs === signs && signs !== undefined;
    if (isQuietStill && !isPast(before.until, cycle.live?.time))
      return isWhole(project, deps) ? keepWebhooks?.(project, signal) : undefined;

    settled.delete(slug);
    const { templateVersion } = await cycle.store.load(slug);
    const report = await runCycle(project, templateVersion === null ? 'apply' : 'sync', deps);
    if (signs !== undefined && isQuiet(report))
      settled.set(slug, { project, signs, until: report.settlesAt });
    onReport?.(report);
    // A place that could not be read may not even be there.
    if (report.failures.length === 0) await keepWebhooks?.(project, signal);
  };
}

/** Without anybody who keeps the time nothing is ever held back. */
function isPast(until: number | undefined, time: Time | undefined): boolean {
  return until !== undefined && time !== undefined && time.now() >= until;
}

function isWhole(project: RunningProject, deps: CycleDeps): boolean {
  return project.workspaces.every((workspace) => restOf(project, workspace, deps) === undefined);
}

/** A place that is left out, or still being read, says by its sign when that is over. */
function isQuiet({ failures, workspaces }: CycleReport): boolean {
  const changes = workspaces.map((one) => one.created + one.updated + one.archived + one.adopted + one.edits);
  return failures.every((one) => one.isAwaited) && changes.every((count) => count === 0);
}
