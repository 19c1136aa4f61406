import { readdir } from 'node:fs/promises';
import { EXIT } from '#src/errors.ts';
import { cliMessages as words } from '#src/i18n/cli.ts';
import { say } from '#src/i18n/message.ts';
import { reportMessages } from '#src/i18n/report.ts';
import { type JobDeps, SYNC, serviceJobs } from '#src/service/jobs.ts';
import { webhookKeeper } from '#src/service/keep-webhooks.ts';
import { lastFailures } from '#src/service/last-failures.ts';
import { outlookFor } from '#src/service/outlook.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { createShelf, type Shelf } from '#src/service/shelf.ts';
import { basisOf } from '#src/service/standing.ts';
import { startService } from '#src/service/start.ts';
import { countCycles } from '#src/service/telemetry/counting.ts';
import type { WatchDeps } from '#src/service/watch.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { concludeCycles } from '../conclude.ts';
import { type ChosenProject, type Context, withContext } from '../context.ts';
import { courierDeps } from '../courier-deps.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import { dashboardFor } from '../dashboard-for.ts';
import { writeExample } from '../example.ts';
import { installationOf } from '../installation.ts';
import { invocation } from '../invocation.ts';
import { withKnownUrls } from '../known-urls.ts';
import { listeningText } from '../listening-text.ts';
import type { CommonOptions } from '../options.ts';
import { outlookDeps } from '../outlook-deps.ts';
import { FEW_PROJECTS, letCompile } from '../service-flags.ts';
import { failureText } from '../show-report.ts';
import { showStanding } from '../show-status.ts';
import { showTroubles, type Trouble } from '../show-troubles.ts';
import { standingOf } from '../standing-of.ts';
import { version } from '../version.ts';

/** Beyond this many projects, one line each says more than a screen each. */
const MOST_STANDINGS = 3;

export function start(options: CommonOptions & { readonly once?: boolean }): Promise<number> {
  return withContext(options, async (context) => {
    if (options.project === undefined) await ensureProject(context);
    return options.once ? runOnce(context) : serve(context, options.project);
  });
}

/** A first call on an empty folder shows a plan rather than an error. */
async function ensureProject(context: Context): Promise<void> {
  const { projects: folder } = context.environment;
  const names = await readdir(folder).catch(() => []);
  if (names.some((name) => /\.ya?ml$/i.test(name))) return;
  const file = await writeExample(folder, context.today(), context.locale);
  context.print(`${say(context.locale, words.exampleWritten, { file, command: invocation() })}\n`);
}

/** Every job once for every project, in turn; what is wrong with one does not stop the others. */
async function runOnce(context: Context): Promise<number> {
  const { chosen, troubles } = await context.projects();
  const reports: CycleReport[] = [];
  const failed: Trouble[] = [...troubles];
  for (const project of chosen) {
    try {
      const opened = await running(project, context);
      const jobs = serviceJobs({
        open: async () => opened,
        cycle: await cycleDeps(context),
        onReport: (report) => reports.push(report),
        installation: installationOf(context),
        courier: courierDeps(context),
        watch: watching(context),
      });
      for (const job of jobs)
        await job.run(project.slug, context.now().toISOString(), new AbortController().signal);
      context.progress.done();
      await showWhere(opened, context);
    } catch (error) {
      context.progress.done();
      failed.push({ slug: project.slug, error });
    }
  }
  for (const report of reports) tellFailures(report, context);
  return concludeCycles(reports, failed, context);
}

async function serve(context: Context, asked: readonly string[] | undefined): Promise<number> {
  const stopped = stopAsked();
  const { chosen, troubles } = await context.projects();
  const [trouble] = troubles;
  if (chosen.length === 0 && trouble) throw trouble.error;
  showTroubles(troubles, context.locale);
  const shelf = createShelf(context.environment.projects, (slug) => loadOne(slug, context));
  const cycle = await cycleDeps(context);
  const keepWebhooks = webhookKeeper({ ...cycle, time: machineTime });
  const failures = lastFailures();
  const tell = teller(context);
  const { tally } = context;
  const count = countCycles(tally);
  const { bots, waiting } = await context.connections();
  const projects = async () => asked ?? shelf.slugs();
  if ((await projects()).length > FEW_PROJECTS) letCompile();
  const shown = dashboardFor({ projects, open: shelf.open, cycle, failuresOf: failures.of }, context);
  const jobs = serviceJobs({
    open: shelf.open,
    cycle,
    time: machineTime,
    keepWebhooks,
    installation: installationOf(context, () => openedOf(shelf)),
    courier: courierDeps(context),
    watch: watching(context),
    onReport: (report) => {
      failures.note(report);
      count(report);
      tell(report);
    },
  });
  const service = await startService({
    jobs: jobs.map((job) => (job.name === SYNC ? failures.watched(job) : job)),
    projects,
    open: shelf.open,
    notion: {
      webhookTokens: context.environment.notion.webhookTokens,
      ownBots: bots,
    },
    trello: { apiSecrets: context.environment.trello.apiSecrets },
    publicUrl: context.environment.publicUrl,
    store: await context.store(),
    timeZone: context.environment.timeZone,
    http: context.environment.http,
    dashboard: shown.dashboard,
    telemetry: { tally, waiting, standings: shown.standings },
    version: version(),
    now: context.now,
    log: await context.log(),
    run: context.run,
  });
  context.progress.done();
  await showStandings(chosen.slice(0, MOST_STANDINGS), context);
  context.print(listeningText(context.environment, service.url, context.locale));
  await stopped;
  context.print(say(context.locale, words.stopping));
  await service.stop();
  return EXIT.done;
}

async function openedOf(shelf: Shelf): Promise<readonly RunningProject[]> {
  const opened = await Promise.allSettled(shelf.slugs().map((slug) => shelf.open(slug)));
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Made once, when it is first needed: all jobs ask official sites at one pace. */
function watching(context: Context): JobDeps['watch'] {
  if (!context.environment.watch.isOn) return undefined;
  let made: Promise<WatchDeps> | undefined;
  return () => (made ??= import('../watch-deps.ts').then(({ watchDeps }) => watchDeps(context)));
}

/** Resolves at the first Ctrl-C or request to end; a second one ends the process at once. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

async function loadOne(slug: string, context: Context): Promise<RunningProject> {
  const { chosen, troubles } = await context.projects([slug]);
  const [found] = chosen;
  if (!found) throw troubles[0]?.error;
  return running(found, context);
}

/** The service is up by now: what keeps a standing from being shown is told, and stops nothing. */
async function showStandings(projects: readonly ChosenProject[], context: Context): Promise<void> {
  for (const project of projects) {
    try {
      await showWhere(await running(project, context), context);
    } catch (error) {
      showTroubles([{ slug: project.slug, error }], context.locale);
    }
  }
}

async function showWhere(project: RunningProject, context: Context): Promise<void> {
  const store = await context.store();
  const { agreed } = await store.load(project.slug);
  const basis = await withKnownUrls(project.slug, basisOf(project), store);
  const outlook = await outlookFor(project.slug, basis, agreed, outlookDeps(context, store));
  const standing = standingOf(basis, agreed, context.today(), outlook);
  context.print(`${showStanding(standing, context.locale, context.paint)}\n`);
}

/** Tells what a round changed, and what keeps it from working once, not every ten seconds. */
function teller(context: Context): (report: CycleReport) => void {
  const last = new Map<string, string>();
  return (report) => {
    const { locale } = context;
    const done = report.workspaces.filter(
      (one) => one.created + one.updated + one.archived + one.adopted + one.edits > 0,
    );
    for (const one of done)
      context.print(`${clockTime(context)}  ${report.slug} · ${say(locale, reportMessages.totals, one)}`);
    const problems = [
      ...report.failures.map((one) => failureText(one.workspace, one.error, locale)),
      ...report.remarks.map((remark) => remark(locale)),
    ].join('\n');
    if (problems !== '' && problems !== last.get(report.slug)) process.stderr.write(`${problems}\n`);
    last.set(report.slug, problems);
  };
}

function tellFailures(report: CycleReport, { locale }: Context): void {
  for (const { workspace, error } of report.failures)
    process.stderr.write(`${failureText(workspace, error, locale)}\n`);
}

function clockTime({ now, locale, environment }: Context): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: environment.timeZone }).format(
    now(),
  );
}
