import { onTestFinished } from 'vitest';
import { serviceJobs } from '#src/service/jobs.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import type { Job } from '#src/service/scheduler.ts';
import type { Workspace, Written } from '#src/workspaces/workspace.ts';
import { type Hands, handsIn } from './tools/hands.ts';
import { type Snapshot, type Tool, type ToolsOptions, ToolsTeam } from './tools/team.ts';

const ROUND_MS = 10_000;
const NEVER = new AbortController().signal;

/** A company in several tools, with the sync job of a service that comes by every ten seconds. */
export class LiveTeam {
  readonly team: ToolsTeam;
  readonly hands: Readonly<Record<Tool, Hands>>;
  /** Of the cycles that the job has run, the latest last. */
  readonly reports: CycleReport[] = [];
  #sync: Promise<Job> | undefined;

  private constructor(team: ToolsTeam) {
    this.team = team;
    this.hands = handsIn(team);
  }

  /** With its plan in all places, and nothing left to do. */
  static async start(options: ToolsOptions = {}): Promise<LiveTeam> {
    const team = await ToolsTeam.startFrom(await eveOf(options), options);
    onTestFinished(() => team.leave());
    const live = new LiveTeam(team);
    await live.round();
    return live;
  }

  /** The moment from which all teams with these options start: the minutes in which their plan was made are over. */
  static async eve(options: ToolsOptions): Promise<Snapshot> {
    const team = await ToolsTeam.start(options);
    try {
      const live = new LiveTeam(team);
      await live.round();
      // What Notion dates by the minute is read once more when that minute is over.
      await live.pass(300_000);
      return await team.snapshot();
    } finally {
      await team.leave();
    }
  }

  /** One round of the job, as the schedule or a webhook asks for it. Resolves with how long it took, in ms. */
  async round(): Promise<number> {
    const startedAt = this.team.time.now();
    const sync = await this.#job();
    await this.team.finish(sync.run('martin', '', NEVER));
    return this.team.time.now() - startedAt;
  }

  /** Rounds for that long, ten seconds from one to the next. Resolves with what the longest round took, in ms. */
  async pass(ms: number, everyMs = ROUND_MS): Promise<number> {
    const { time } = this.team;
    const end = time.now() + ms;
    let longest = 0;
    while (time.now() < end) {
      await time.advance(Math.min(everyMs, end - time.now()));
      longest = Math.max(longest, await this.round());
    }
    return longest;
  }

  /** Another process takes over: what was in memory is gone. */
  restart(): void {
    this.team.restart();
    this.#sync = undefined;
  }

  #job(): Promise<Job> {
    this.#sync ??= this.#newJob();
    return this.#sync;
  }

  async #newJob(): Promise<Job> {
    const project = watched(await this.team.running(), this.team);
    const [sync] = serviceJobs({
      open: async () => project,
      cycle: await this.team.deps(),
      time: this.team.time,
      onReport: (report) => this.reports.push(report),
    });
    if (!sync) throw new Error('There is no such job.');
    return sync;
  }
}

const eves = new Map<string, Promise<Snapshot>>();

/** Made once in a process: each team goes on from a copy. */
function eveOf(options: ToolsOptions): Promise<Snapshot> {
  const key = JSON.stringify(options);
  const eve = eves.get(key) ?? LiveTeam.eve(options);
  eves.set(key, eve);
  return eve;
}

/** The project, with whose files the team waits for the disk instead of letting time pass. */
function watched(project: RunningProject, team: ToolsTeam): RunningProject {
  return {
    ...project,
    workspaces: project.workspaces.map((one) => (one.kind === 'excel' ? atDisk(one, team) : one)),
  };
}

function atDisk(workspace: Workspace, team: ToolsTeam): Workspace {
  const busy = async <T>(work: () => Promise<T>): Promise<T> => {
    team.atDisk += 1;
    try {
      return await work();
    } finally {
      team.atDisk -= 1;
    }
  };
  const { glance } = workspace;
  return {
    ...workspace,
    ...(glance && { glance: () => busy(() => glance()) }),
    read: (order) => busy(() => workspace.read(order)),
    async *write(order) {
      yield* await busy(async () => {
        const written: Written[] = [];
        for await (const one of workspace.write(order)) written.push(one);
        return written;
      });
    },
  };
}
