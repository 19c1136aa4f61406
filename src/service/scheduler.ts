import cron, { type ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import type { Store } from '#src/store/store.ts';
import { createRounds, type Order, type Rounds } from './rounds.ts';

/** Work that comes back on a schedule, for each project in turn. Later jobs are added to the list in `jobs.ts`. */
export interface Job {
  readonly name: string;
  /** Five or six cron fields, in the team's time zone. */
  readonly cron: string;
  /**
   * A remembered job runs once for each time that it was due, whichever process is there; what was missed while
   * nobody was there is caught up once. Another one runs at start and whenever it is due, and may run twice.
   */
  readonly remembered: boolean;
  /** A round may take minutes: the start does not wait for it, nor do the other jobs. */
  readonly isLong?: boolean;
  run(slug: string, period: string, signal: AbortSignal): Promise<void>;
}

export interface SchedulerOptions {
  readonly jobs: readonly Job[];
  readonly projects: () => Promise<readonly string[]>;
  readonly store: Pick<Store, 'lastPeriod' | 'claimPeriod' | 'finishPeriod'>;
  readonly timezone: string;
  readonly now: () => Date;
  readonly log: Logger;
  /** Names this process in the store. */
  readonly run: string;
  readonly observer?: JobObserver | undefined;
}

export type JobOutcome = 'done' | 'failed';

/** Told what the scheduler does, for whoever watches the service. Must not throw. */
export interface JobObserver {
  /** A round has begun; what is returned is called when it is over. One that failed has reached no project. */
  round(job: string): (outcome: JobOutcome) => void;
  /** The job has run for a project. */
  project(job: string, slug: string, outcome: JobOutcome): void;
}

export interface Scheduler {
  /** Catches up what was missed, then keeps to the schedule. Resolves once the first round is done. */
  start(): Promise<void>;
  /**
   * A round of the job for these projects, as soon as it may run: after the one that is under way, together with
   * whatever else is asked meanwhile. Resolves when it is over, or was dropped by `stop`. Never rejects. Does nothing
   * for a remembered job, which has times of its own, nor for a project that no longer exists.
   */
  poke(job: string, projects: ReadonlySet<string>): Promise<void>;
  /** Starts nothing more and waits for what is under way, at most `graceMs`; then asks it to hand back. */
  stop(graceMs: number): Promise<void>;
  /** When each job ran last in this process, as ISO instants. */
  lastRuns(): Readonly<Record<string, string>>;
}

/** Projects worked on side by side: their time goes into waiting for disks and services. */
const SIDE_BY_SIDE = 4;
const MINUTE_MS = 60_000;
/** How long a job that was asked to hand back is waited for. */
const HAND_BACK_MS = 1500;
/** How far back a missed period is looked for: a little more than the longest rhythm, a week. */
const LOOK_BACK_MS = 8 * 24 * 60 * MINUTE_MS;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { jobs } = options;
  const aborter = new AbortController();
  const lastRuns: Record<string, string> = {};
  const tasks: ScheduledTask[] = [];
  let stopping = false;

  const run = async (job: Job, order: Order): Promise<void> => {
    // A remembered job has times of its own: there is nothing to do at any other.
    if (!job.remembered || order.due) await runRound(job, order, options, aborter.signal);
    lastRuns[job.name] = options.now().toISOString();
  };
  const rounds = new Map(jobs.map((job): [string, Rounds] => [job.name, createRounds((o) => run(job, o))]));
  const wholeRound = async (job: Job, due: Date | undefined) =>
    rounds.get(job.name)?.order({ scope: 'all', due });

  const schedule = (job: Job): ScheduledTask => {
    const task = cron.createTask(job.cron, ({ date }) => wholeRound(job, date), {
      name: job.name,
      timezone: options.timezone,
      noOverlap: true,
      suppressMissedWarning: true,
    });
    // The machine slept, or was too busy: once is enough, however many times were missed.
    task.on('execution:missed', ({ date }) => wholeRound(job, date));
    return task;
  };

  return {
    async start() {
      for (const job of jobs) tasks.push(schedule(job));
      const first = jobs.map((job, index) => ({
        over: wholeRound(job, missedPeriod(job, tasks[index], options.now())),
        isWaitedFor: job.isLong !== true,
      }));
      await Promise.all(first.flatMap(({ over, isWaitedFor }) => (isWaitedFor ? [over] : [])));
      if (!stopping) for (const task of tasks) await task.start();
    },
    poke: async (job, projects) => rounds.get(job)?.order({ scope: projects, due: undefined }),
    async stop(graceMs) {
      stopping = true;
      const underWay = [...rounds.values()].map((one) => one.close());
      await Promise.all(tasks.map((task) => task.destroy()));
      const patience = setTimeout(() => aborter.abort(), graceMs);
      const impatience = Promise.withResolvers<void>();
      const last = setTimeout(impatience.resolve, graceMs + HAND_BACK_MS);
      await Promise.race([Promise.all(underWay), impatience.promise]);
      clearTimeout(patience);
      clearTimeout(last);
    },
    lastRuns: () => lastRuns,
  };
}

/** The last time at which a remembered job was due; `undefined` when it was not due for longer than we look back. */
function missedPeriod(job: Job, task: ScheduledTask | undefined, now: Date): Date | undefined {
  if (!job.remembered || !task) return undefined;
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let time = minute; time > minute - LOOK_BACK_MS; time -= MINUTE_MS) {
    const date = new Date(time);
    if (task.match(date)) return date;
  }
  return undefined;
}

/** What it throws ends here, in the log. */
async function runRound(
  job: Job,
  order: Order,
  options: SchedulerOptions,
  signal: AbortSignal,
): Promise<void> {
  const isOver = options.observer?.round(job.name);
  try {
    await runForMany(job, order, options, signal);
    isOver?.('done');
  } catch (error) {
    options.log.error({ job: job.name, err: error }, 'job failed');
    isOver?.('failed');
  }
}

async function runForMany(
  job: Job,
  { scope, due }: Order,
  options: SchedulerOptions,
  signal: AbortSignal,
): Promise<void> {
  const projects = await options.projects();
  const waiting = projects.filter((slug) => scope === 'all' || scope.has(slug));
  const worker = async () => {
    for (let slug = waiting.shift(); slug !== undefined && !signal.aborted; slug = waiting.shift()) {
      await runForOne(job, slug, (due ?? options.now()).toISOString(), options, signal);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** One sick project never stops the others: what it throws ends here, in the log. */
async function runForOne(
  job: Job,
  slug: string,
  period: string,
  { store, log, run, observer }: SchedulerOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (job.remembered && !(await claims(job, slug, period, { store, run }))) return;
    await job.run(slug, period, signal);
    if (job.remembered) await store.finishPeriod(job.name, slug, period, 'done');
    observer?.project(job.name, slug, 'done');
  } catch (error) {
    observer?.project(job.name, slug, 'failed');
    log.error({ job: job.name, project: slug, err: error }, 'job failed for one project');
    if (job.remembered) await store.finishPeriod(job.name, slug, period, 'failed').catch(() => undefined);
  }
}

/** True for exactly one process, and for none once the period is done. */
async function claims(
  { name }: Job,
  slug: string,
  period: string,
  { store, run }: Pick<SchedulerOptions, 'store' | 'run'>,
): Promise<boolean> {
  const last = await store.lastPeriod(name, slug);
  return (last === null || last < period) && store.claimPeriod(name, slug, period, run);
}
