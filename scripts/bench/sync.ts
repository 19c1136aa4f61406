import { createHints } from '#src/service/hints.ts';
import { serviceJobs } from '#src/service/jobs.ts';
import { createLog } from '#src/service/log.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { signsOf } from '#src/service/signs.ts';
import type { Workspace, Written } from '#src/workspaces/workspace.ts';
import { type Hands, handsIn } from '../../test/service/tools/hands.ts';
import { TOOLS, type Tool, ToolsTeam } from '../../test/service/tools/team.ts';
import type { Figure } from './figure.ts';

/** All times are of an injected clock, on which each answer of a service takes so long. */
const LATENCY_MS = 300;
const ROUND_MS = 10_000;
const KEY = 'first/two';
const EDITS = 10;
/** Long enough for all that Notion dates by the minute to have settled. */
const QUIET_MS = 300_000;
/** Between two edits. */
const PAUSE_MS = 60_000;
const COUNTS = [1, 10, 100, 1_000];
const LOOK_BAR = 1;
const NEVER = new AbortController().signal;

/** How long an edit is on its way from one tool to another, and what keeping tools in step costs. */
export async function benchSync(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [from, to] of PAIRS) {
    const office = await Office.open([from, to]);
    try {
      figures.push(...(await arrivals(office, from, to)), ...(await costOfEdit(office, from, to)));
    } finally {
      await office.close();
    }
  }
  for (const tool of ['notion', 'trello'] as const) figures.push(...(await quietProjects(tool)));
  return figures;
}

const PAIRS = TOOLS.flatMap((from) => TOOLS.filter((to) => to !== from).map((to) => [from, to] as const));

/** A file has no webhook: its date is looked at. */
async function arrivals(office: Office, from: Tool, to: Tool): Promise<readonly Figure[]> {
  const polled: number[] = [];
  const told: number[] = [];
  for (let number = 0; number < EDITS; number += 1) {
    // Spread over the ten seconds between two rounds.
    const phase = (number * ROUND_MS) / EDITS;
    polled.push(await office.arrival({ from, to, day: dayOf(number), phase, isTold: false }));
    if (from !== 'excel')
      told.push(await office.arrival({ from, to, day: dayOf(EDITS + number), phase, isTold: true }));
  }
  const what = (how: string) => `sync, a date from ${from} to ${to}, ${how}`;
  return [
    ...percentiles(what('by polling'), polled),
    ...(told.length > 0 ? percentiles(what('by webhook'), told) : []),
  ];
}

function dayOf(number: number): string {
  return new Date(Date.UTC(2027, 0, 4 + number)).toISOString().slice(0, 10);
}

function percentiles(what: string, times: readonly number[]): readonly Figure[] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0) / 1000;
  return [
    { what: `${what}, p50`, measured: at(0.5), unit: 's' },
    { what: `${what}, p95`, measured: at(0.95), unit: 's' },
  ];
}

/** All requests from the edit until a minute after it has arrived, looks included. */
async function costOfEdit(office: Office, from: Tool, to: Tool): Promise<readonly Figure[]> {
  await office.pass(QUIET_MS);
  office.clearLogs();
  await office.arrival({ from, to, day: '2027-06-01', phase: 0, isTold: from !== 'excel' });
  const requests = office.requests();
  return [{ what: `sync, one edit from ${from} to ${to}`, measured: requests, unit: 'requests' }];
}

/**
 * The looks of one round, when nothing has been edited. All the projects are doors to one plan: what a look asks is
 * the same for many plans, and making a thousand of them would be a bench of another kind.
 */
async function quietProjects(tool: 'notion' | 'trello'): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const office = await Office.open([tool]);
  try {
    const projects: RunningProject[] = [];
    for (const count of COUNTS) {
      while (projects.length < count) projects.push(await office.anotherDoor());
      await office.team.time.advance(ROUND_MS);
      await office.lookAt(projects);
      await office.team.time.advance(ROUND_MS);
      office.clearLogs();
      await office.lookAt(projects);
      const what = `sync, ${count.toLocaleString('en')} quiet projects in ${tool}, each round`;
      figures.push({ what, measured: office.requests(), unit: 'requests', bar: LOOK_BAR });
    }
    return figures;
  } finally {
    await office.close();
  }
}

interface Edit {
  readonly from: Tool;
  readonly to: Tool;
  readonly day: string;
  /** How long after a round, in ms. */
  readonly phase: number;
  /** By a webhook, besides the rounds of the schedule. */
  readonly isTold: boolean;
}

/** One company in some tools, and a service that comes by every ten seconds. */
class Office {
  readonly team: ToolsTeam;
  readonly #hands: Readonly<Record<Tool, Hands>>;
  #round: () => Promise<void> = async () => {};
  #project: RunningProject | undefined;

  private constructor(team: ToolsTeam) {
    this.team = team;
    this.#hands = handsIn(team);
  }

  static async open(tools: readonly Tool[]): Promise<Office> {
    const team = await ToolsTeam.start({ tools });
    const office = new Office(team);
    office.#takeTime();
    const project = watched(await team.running(), team);
    office.#project = project;
    const [sync] = serviceJobs({ open: async () => project, cycle: await team.deps(), time: team.time });
    office.#round = () => team.finish(sync?.run('martin', '', NEVER) ?? Promise.resolve());
    await office.#round();
    await office.pass(QUIET_MS);
    return office;
  }

  close(): Promise<void> {
    return this.team.leave();
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= ROUND_MS) {
      await this.team.time.advance(ROUND_MS);
      await this.#round();
    }
  }

  /** From the edit until the other tool shows it, in ms; then goes on until all is quiet. */
  async arrival({ from, to, day, phase, isTold }: Edit): Promise<number> {
    const { time } = this.team;
    await this.pass(ROUND_MS);
    await time.advance(phase);
    await this.#hands[from].setDue(KEY, day);
    const editedAt = time.now();
    if (isTold) await this.#hint(from);
    if (!(await this.#shows(to, day))) {
      await time.advance(Math.max(0, ROUND_MS - phase - (time.now() - editedAt)));
      await this.#round();
    }
    while (!(await this.#shows(to, day))) await this.pass(ROUND_MS);
    const tookMs = time.now() - editedAt;
    await this.pass(PAUSE_MS);
    return tookMs;
  }

  /** Tells what a webhook would, without the time that the service takes to deliver it. */
  async #hint(tool: Tool): Promise<void> {
    const { time, notion, trello } = this.team;
    const rows = () => notion.look.rows(notion.look.dataSource('Plan').id);
    const id =
      tool === 'notion' ? rows().find(({ values }) => values.Clé === KEY)?.id : trello.look.boards()[0]?.id;
    const poked = Promise.withResolvers<void>();
    const hints = createHints({
      projects: async () => ['martin'],
      open: async () => this.#project ?? { workspaces: [] },
      poke: async () => this.#round().then(poked.resolve),
      time,
      log: createLog({ level: 'silent', run: 'bench', secrets: [], stream: process.stderr }),
    });
    hints.hear([id ?? '']);
    await time.advance(2_000);
    await poked.promise;
  }

  async #shows(tool: Tool, day: string): Promise<boolean> {
    const shown = await this.#contentOf(tool);
    return shown.includes(day);
  }

  async #contentOf(tool: Tool): Promise<string> {
    const { notion, trello } = this.team;
    if (tool === 'notion') return JSON.stringify(notion.look.rows(notion.look.dataSource('Plan').id));
    if (tool === 'trello') return JSON.stringify(trello.look.cards(trello.look.boards()[0]?.id ?? ''));
    const seen = (await (await this.team.store()).load('martin')).seen.get('excel:plan.xlsx');
    return JSON.stringify(seen?.get(KEY));
  }

  async anotherDoor(): Promise<RunningProject> {
    const { team } = this;
    const project = await team.openAfresh();
    const { store } = await team.deps();
    const { agreed } = await store.load('martin');
    for (const workspace of project.workspaces) {
      const memory = await store.memory('martin', workspace.id);
      const { blueprint } = project;
      const cursor = (await store.load('martin')).cursors.get(workspace.id) ?? null;
      await team.finish(workspace.read({ blueprint, memory, cursor, known: agreed }));
    }
    return project;
  }

  async lookAt(projects: readonly RunningProject[]): Promise<void> {
    const deps = await this.team.deps();
    for (const project of projects) await this.team.finish(signsOf(project, deps));
  }

  clearLogs(): void {
    this.team.notion.log.clear();
    this.team.trello.log.clear();
  }

  requests(): number {
    return [...this.team.notion.log.all()].length + [...this.team.trello.log.all()].length;
  }

  /** Answers are due after a while, for which the clock has to go on. */
  #takeTime(): void {
    const { time, notion, trello } = this.team;
    for (const service of [notion, trello]) {
      let waiting = 0;
      Object.defineProperty(service, 'stalled', { get: () => waiting });
      service.beforeAnswer = async () => {
        waiting += 1;
        await new Promise<void>((resolve) => time.after(LATENCY_MS, resolve));
        waiting -= 1;
      };
    }
  }
}

/** A workbook is read and written in no time of that clock. */
function watched(project: RunningProject, team: ToolsTeam): RunningProject {
  const busy = async <T>(work: () => Promise<T>): Promise<T> => {
    team.atDisk += 1;
    try {
      return await work();
    } finally {
      team.atDisk -= 1;
    }
  };
  const atDisk = (one: Workspace): Workspace => ({
    ...one,
    ...(one.glance && { glance: () => busy(async () => one.glance?.()) }),
    read: (order) => busy(() => one.read(order)),
    async *write(order) {
      yield* await busy(async () => {
        const written: Written[] = [];
        for await (const item of one.write(order)) written.push(item);
        return written;
      });
    },
  });
  return {
    ...project,
    workspaces: project.workspaces.map((one) => (one.kind === 'excel' ? atDisk(one) : one)),
  };
}
