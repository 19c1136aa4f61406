import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { LoadedProject } from '#src/config/load-projects.ts';
import type { Project } from '#src/config/project.ts';
import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import { comparePlaces, runCycle } from '#src/service/cycle.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { Comparison, CycleDeps, CycleMode, RunningProject } from '#src/service/running-project.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace } from '#src/workspaces/gate/rates.ts';
import { createNotionClient } from '#src/workspaces/notion/client.ts';
import { NotionConnection } from '#src/workspaces/notion/connection.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { isHoliday } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import type { Settings } from '../../simulators/notion/settings.ts';
import { NotionSimulator } from '../../simulators/notion/simulator.ts';
import type { WorldMemory } from '../../simulators/notion/world.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { passTime, WatchedGate } from '../../support/pass-time.ts';

/** One pixel: the pictures have tests of their own. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
export interface TeamOptions {
  readonly template?: Template;
  readonly notion?: Partial<Settings>;
  readonly project?: Partial<Project>;
}

/** A moment in the life of a team, from which others can go on. */
export interface Snapshot {
  readonly template: Template;
  readonly project: Partial<Project>;
  readonly now: number;
  readonly memory: WorldMemory;
  /** The bytes of its database; `undefined` when it has none. */
  readonly store: Buffer | undefined;
}

/** A company whose plan is in a simulated Notion: over HTTP, with a real store, and a clock that a test moves. */
export class NotionTeam {
  readonly notion: NotionSimulator;
  readonly time = new FakeTime();
  readonly folder = mkdtempSync(join(tmpdir(), 'jalon-notion-'));
  template: Template;
  project: Partial<Project>;
  #store: Store | undefined;
  #opened: Promise<RunningProject> | undefined;
  #gate = this.#newGate();
  #connection: NotionConnection | undefined;

  private constructor({ template = smallTemplate(), notion = {}, project = {} }: TeamOptions) {
    this.template = template;
    this.project = project;
    this.notion = new NotionSimulator({ now: () => new Date(this.time.now()), ...notion });
  }

  static async start(options: TeamOptions = {}): Promise<NotionTeam> {
    const team = new NotionTeam(options);
    await team.notion.start();
    onTestFinished(() => team.leave());
    return team;
  }

  /** A team with the same plan, the same Notion and a copy of the store, in a process of its own. */
  static async startFrom({ template, project, now, memory, store }: Snapshot): Promise<NotionTeam> {
    const team = new NotionTeam({ template, project });
    await team.time.advance(now - team.time.now());
    team.notion.world.recall(memory);
    if (store) writeFileSync(join(team.folder, 'jalon.db'), store);
    await team.notion.start();
    onTestFinished(() => team.leave());
    return team;
  }

  async snapshot(): Promise<Snapshot> {
    await this.#store?.close();
    this.#store = undefined;
    const file = join(this.folder, 'jalon.db');
    return {
      template: this.template,
      project: this.project,
      now: this.time.now(),
      memory: this.notion.world.memory(),
      store: existsSync(file) ? readFileSync(file) : undefined,
    };
  }

  async leave(): Promise<void> {
    await this.notion.stop();
    await this.#store?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get today(): string {
    return new Date(this.time.now()).toISOString().slice(0, 10);
  }

  async store(): Promise<Store> {
    this.#store ??= await openStore({ home: this.folder, now: () => new Date(this.time.now()) });
    return this.#store;
  }

  async loseStore(): Promise<void> {
    await this.#store?.close();
    this.#store = undefined;
    for (const file of ['jalon.db', 'jalon.db-wal', 'jalon.db-shm'])
      rmSync(join(this.folder, file), { force: true });
    this.restart();
  }

  /** Another process: what was in memory is gone, what the store holds is there. */
  restart(): void {
    this.#opened = undefined;
    this.#gate = this.#newGate();
    this.#connection = undefined;
  }

  #newGate(): WatchedGate {
    const { time } = this;
    return new WatchedGate({ pace: notionPace('test'), ledger: createLedger(), time, random: () => 0 });
  }

  get connection(): NotionConnection {
    if (!this.#connection) {
      const client = createNotionClient({
        token: this.notion.token,
        baseUrl: this.notion.url,
        gate: this.#gate,
        time: this.time,
        random: () => 0,
      });
      this.#connection = new NotionConnection(client, this.time, 180);
    }
    return this.#connection;
  }

  running(): Promise<RunningProject> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async workspace(): Promise<Workspace> {
    const [workspace] = (await this.running()).workspaces;
    if (!workspace) throw new Error('There is no workspace.');
    return workspace;
  }

  #open(): Promise<RunningProject> {
    const project: Project = {
      company: { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise', facts: {} },
      start: '2026-11-23',
      template: this.template.key,
      profile: 'full',
      locale: 'fr',
      people: { lead: { name: 'Claire', notion: 'claire@example.org' } },
      workspaces: [{ kind: 'notion', parent: this.notion.home.id }],
      sources: [],
      automations: [],
      ...this.project,
    };
    const source: LoadedProject = { slug: 'martin', project, file: 'martin.yaml', text: '' };
    return openProject(source, this.template, {
      projects: this.folder,
      home: this.folder,
      now: () => new Date(this.time.now()),
      today: () => this.today,
      connections: {
        notion: async () => this.connection,
        trello: () => Promise.reject(new Error('nothing of Trello here')),
        bots: () => new Set(),
      },
      credentials: () => ({
        notionToken: this.notion.token,
        trelloApiKey: undefined,
        trelloToken: undefined,
        trelloApiSecret: undefined,
      }),
    });
  }

  async deps(): Promise<CycleDeps> {
    return {
      store: await this.store(),
      today: () => this.today,
      isHoliday,
      log: pino({ level: 'silent' }),
      run: 'test',
      picture: async () => PIXEL,
    };
  }

  async cycle(mode: CycleMode = 'apply'): Promise<CycleReport> {
    return this.finish(runCycle(await this.running(), mode, await this.deps()));
  }

  async compare(): Promise<Comparison> {
    return this.finish(comparePlaces(await this.running(), 'apply', await this.deps()));
  }

  async agreed(): Promise<ReadonlyMap<string, Item>> {
    return (await (await this.store()).load('martin')).agreed;
  }

  /** Waits for work. Where it only waits for time to pass, time passes. */
  finish<T>(work: Promise<T>): Promise<T> {
    return passTime(work, this.time, () => this.#gate.underWay > this.notion.stalled);
  }
}
