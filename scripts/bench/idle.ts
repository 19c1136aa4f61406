import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeExample } from '#src/cli/example.ts';
import { type ProjectDraft, writeProject } from '#src/config/write-project.ts';
import { startNotion } from '../../test/simulators/notion/simulator.ts';
import { startTrello } from '../../test/simulators/trello/simulator.ts';
import { freePort } from '../../test/support/free-port.ts';
import type { Figure } from './figure.ts';
import { install, ROOT } from './install.ts';

const BAR_MB = 100;
const BYTES_PER_MB = 1_000_000;
/** For the first round of them all, on a machine that is busy. */
const READY_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 250;
/** After its first round, until it counts as idle: six rounds of the sync, one of each job that runs each minute. */
const SETTLE_MS = 60_000;
/** What is told is the most that it has held in that time, looked at once a second. */
const WATCHED_SECONDS = 20;
const PER_MINUTE = 10_000;

interface Run {
  readonly what: string;
  readonly bar?: number;
  /** The file of the command. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** Writes the one project of the service. */
  readonly found: (folder: string) => Promise<unknown>;
}

/**
 * Services with one project each, started as they are installed and as a checkout starts them, each a process of its
 * own that nobody nudges: idle, seen from outside. Official sites are left in peace.
 */
export async function benchIdle(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  const notion = await startNotion({ ratePerMinute: PER_MINUTE });
  const trello = await startTrello({
    tokenPer10Seconds: PER_MINUTE,
    keyPer10Seconds: PER_MINUTE,
    memberPer10Seconds: PER_MINUTE,
  });
  try {
    const installed = install(folder);
    const workbook = (projects: string) => writeExample(projects, today(), 'fr');
    const runs: readonly Run[] = [
      { what: 'a workbook', bar: BAR_MB, command: installed, env: {}, found: workbook },
      {
        what: 'a workbook, from a checkout',
        command: join(ROOT, 'src/cli/main.ts'),
        env: {},
        found: workbook,
      },
      {
        what: 'a page in Notion',
        command: installed,
        env: {
          NOTION_BASE_URL: notion.url,
          NOTION_TOKEN: notion.token,
          NOTION_RATE_PER_MINUTE: String(PER_MINUTE),
        },
        found: (projects) => place(projects, { kind: 'notion', parent: notion.home.id }),
      },
      {
        what: 'a board in Trello',
        command: installed,
        env: {
          TRELLO_BASE_URL: trello.url,
          TRELLO_API_KEY: trello.key,
          TRELLO_TOKEN: trello.token,
          TRELLO_RATE_PER_10S: String(PER_MINUTE),
        },
        found: (projects) => place(projects, { kind: 'trello', organization: trello.organization.name }),
      },
    ];
    return await Promise.all(runs.map((run, index) => figureOf(run, join(folder, String(index)))));
  } finally {
    await Promise.all([notion.stop(), trello.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function place(projects: string, workspace: NonNullable<ProjectDraft['workspaces']>[number]): Promise<void> {
  return writeProject(join(projects, 'bench.yaml'), {
    company: { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise' },
    start: today(),
    template: 'facturation-electronique',
    profile: 'essentiel',
    workspaces: [workspace],
  });
}

async function figureOf({ what, bar, command, env, found }: Run, folder: string): Promise<Figure> {
  const projects = join(folder, 'projects');
  mkdirSync(projects, { recursive: true });
  await found(projects);
  const port = await freePort();
  const service = spawn(process.execPath, [command, 'start'], {
    cwd: folder,
    env: {
      ...process.env,
      JALON_HOME: join(folder, 'home'),
      JALON_PROJECTS: projects,
      JALON_WATCH: 'off',
      HTTP_PORT: String(port),
      ...env,
    },
    stdio: 'ignore',
  });
  try {
    await firstRoundOf(service, `http://127.0.0.1:${port}`);
    await wait(SETTLE_MS);
    const bytes = await mostResident(service);
    return {
      what: `whole service with ${what}, idle`,
      measured: bytes / BYTES_PER_MB,
      unit: 'MB',
      ...(bar !== undefined && { bar }),
    };
  } finally {
    service.kill();
  }
}

/** Its health says when each job ran last: the first round is over once they all have. */
async function firstRoundOf(service: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (service.exitCode !== null) throw new Error(`the service ended with ${service.exitCode}`);
    const health = await fetch(`${url}/healthz`)
      .then((answer) => answer.json() as Promise<{ lastRuns: Readonly<Record<string, string>> }>)
      .catch(() => undefined);
    if (health && ['sync', 'remind', 'digest'].every((job) => job in health.lastRuns)) return;
    await wait(LOOK_AGAIN_MS);
  }
  throw new Error(`the service at ${url} has not come to the end of its first round`);
}

async function mostResident(service: ChildProcess): Promise<number> {
  let most = 0;
  for (let second = 0; second < WATCHED_SECONDS; second++) {
    most = Math.max(most, residentBytes(service.pid ?? 0));
    await wait(1000);
  }
  return most;
}

/** As the system counts it, in KiB: Linux says so in a file, others by `ps`. */
function residentBytes(pid: number): number {
  const kib =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kib) * 1024;
}
