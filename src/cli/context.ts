import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Logger } from 'pino';
import { type Clock, clockFrom, dayIn } from '#src/config/clock.ts';
import { type Environment, loadEnvironment } from '#src/config/environment.ts';
import type { LoadedProject } from '#src/config/load-projects.ts';
import { EXIT, type ExitCode, exitCodeOf } from '#src/errors.ts';
import { cliMessages } from '#src/i18n/cli.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { clockText } from '#src/i18n/moment.ts';
import type { Template } from '#src/plan/template.ts';
import type { WatchedConnections } from '#src/service/connections.ts';
import type { Drawing } from '#src/service/drawing.ts';
import { Tally } from '#src/service/telemetry/tally.ts';
import type { Store } from '#src/store/store.ts';
import type { CommonOptions } from './options.ts';
import { type Progress, progressReporter } from './progress.ts';
import type { Paint } from './show-status.ts';
import type { Trouble } from './show-troubles.ts';

/** What every command works with. Whatever costs time to load is loaded when it is first asked for. */
export interface Context {
  readonly environment: Environment;
  readonly locale: Locale;
  readonly json: boolean;
  readonly now: Clock;
  readonly today: () => string;
  /** Names this run in the log and in the audit log. */
  readonly run: string;
  readonly paint: Paint;
  readonly progress: Progress;
  /** A line for a person; silent with `--json`. */
  print(text: string): void;
  /** The one JSON document of `--json`; silent without. */
  document(value: unknown): void;
  log(): Promise<Logger>;
  store(): Promise<Store>;
  /** Whether there is a store already, so that looking for one makes none. */
  hasStore(): boolean;
  drawing(): Promise<Drawing>;
  connections(): Promise<WatchedConnections>;
  /** What this process has done, for whoever watches it. */
  readonly tally: Tally;
  template(name: string): Promise<Template>;
  /** The projects asked for by `--project`, or all; or those named. */
  projects(slugs?: readonly string[]): Promise<ChosenProjects>;
}

/** A project that a command works on, with its template. */
export interface ChosenProject {
  readonly slug: string;
  readonly source: LoadedProject;
  readonly template: Template;
}

export interface ChosenProjects {
  readonly chosen: readonly ChosenProject[];
  readonly troubles: readonly Trouble[];
}

/** Runs a command's work with a context, and closes what was opened, however it ends. */
export async function withContext<T>(
  options: CommonOptions,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const environment = await loadEnvironment();
  const opened: Opened = {};
  try {
    return await work(createContext(options, environment, opened));
  } finally {
    (await opened.drawing?.catch(() => undefined))?.stop();
    await (await opened.store?.catch(() => undefined))?.close();
  }
}

/** What a command has opened, to be closed at its end. */
interface Opened {
  store?: Promise<Store>;
  drawing?: Promise<Drawing>;
}

function createContext(options: CommonOptions, environment: Environment, opened: Opened): Context {
  const json = options.json === true;
  const locale = options.locale ?? environment.locale;
  const now = clockFrom(environment.now);
  const today = () => dayIn(environment.timeZone, now());
  let run: string | undefined;
  // The global `crypto` is loaded when it is first used, which `status` never does.
  const runId = () => (run ??= crypto.randomUUID());
  const template = once(async (name: string) => {
    const { loadTemplate } = await import('#src/config/load-template.ts');
    return loadTemplate(name, environment);
  });
  let log: Promise<Logger> | undefined;
  let connections: Promise<WatchedConnections> | undefined;
  const tally = new Tally();
  const tellPause = pauseTeller(environment, json, locale);
  const openLogOnce = () => (log ??= openLog(environment, runId()));

  return {
    environment,
    locale,
    json,
    now,
    today,
    get run() {
      return runId();
    },
    paint: (format, text) => styleText(format, text, { stream: process.stdout }),
    progress: progressReporter({
      stream: process.stderr,
      isTTY: process.stderr.isTTY === true,
      quiet: json,
      locale,
      now: () => performance.now(),
    }),
    print: (text) => void (json || process.stdout.write(`${text}\n`)),
    document: (value) => void (json && process.stdout.write(`${JSON.stringify(value)}\n`)),
    log: openLogOnce,
    store: () => (opened.store ??= openStoreOf(environment, now)),
    hasStore: () => environment.databaseUrl !== undefined || existsSync(join(environment.home, 'jalon.db')),
    drawing: () =>
      (opened.drawing ??= import('#src/service/drawing.ts').then(({ drawingApart }) => drawingApart())),
    connections: () =>
      (connections ??= openLogOnce().then((log) => openConnections(environment, log, tally, tellPause))),
    tally,
    template,
    projects: (slugs = options.project) => chooseProjects(environment, slugs, today(), template),
  };
}

async function openStoreOf(environment: Environment, now: Clock): Promise<Store> {
  const { openStore } = await import('#src/store/store.ts');
  return openStore({ home: environment.home, databaseUrl: environment.databaseUrl, now });
}

/** A person at a terminal reads sentences; the log is for whoever asks for it, and for services. */
async function openLog({ logLevel, secrets }: Environment, run: string): Promise<Logger> {
  const { createLog } = await import('#src/service/log.ts');
  const level = logLevel ?? (process.stderr.isTTY ? 'silent' : 'info');
  return createLog({ level, run, secrets, stream: process.stderr });
}

async function openConnections(
  { notion, trello }: Environment,
  log: Logger,
  tally: Tally,
  onPause: (until: Date) => void,
): Promise<WatchedConnections> {
  const [{ createConnections }, { countTraffic }] = await Promise.all([
    import('#src/service/connections.ts'),
    import('#src/service/telemetry/counting.ts'),
  ]);
  return createConnections({ notion, trello, log, onPause, observer: countTraffic(tally) });
}

/** Whoever waits at the command line learns why; several requests that are sent away together are one pause. */
function pauseTeller({ timeZone }: Environment, json: boolean, locale: Locale): (until: Date) => void {
  let told = '';
  return (date) => {
    const until = clockText(locale, date, timeZone);
    if (json || until === told) return;
    told = until;
    process.stderr.write(`${say(locale, cliMessages.paused, { until })}\n`);
  };
}

function once<T>(load: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const loading = known.get(name) ?? load(name);
    known.set(name, loading);
    return loading;
  };
}

async function chooseProjects(
  { projects: folder }: Environment,
  slugs: readonly string[] | undefined,
  today: string,
  template: (name: string) => Promise<Template>,
): Promise<ChosenProjects> {
  const [{ loadProjects }, { templateOf }] = await Promise.all([
    import('#src/config/load-projects.ts'),
    import('#src/config/project.ts'),
  ]);
  const { projects, problems } = await loadProjects({ folder, today, slugs });
  const chosen: ChosenProject[] = [];
  const troubles: Trouble[] = [...problems];
  for (const source of projects) {
    try {
      const found = await templateOf(source, template);
      chosen.push({ slug: source.slug, source, template: found });
    } catch (error) {
      troubles.push({ slug: source.slug, error });
    }
  }
  return { chosen, troubles };
}

/** 0 when all went well, 3 when some failed and others are done; when nothing could be done, the reason’s own code. */
export function exitCodeFor(done: number, errors: readonly unknown[]): ExitCode {
  if (errors.length === 0) return EXIT.done;
  const codes = new Set(errors.map(exitCodeOf));
  const [only] = codes;
  return done === 0 && codes.size === 1 && only !== undefined ? only : EXIT.someFailed;
}
