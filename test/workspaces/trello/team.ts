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
import { trelloPace } from '#src/workspaces/gate/rates.ts';
import { createTrelloClient } from '#src/workspaces/trello/client.ts';
import { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { isHoliday } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { defaultSettings, type Settings } from '../../simulators/trello/settings.ts';
import { TrelloSimulator } from '../../simulators/trello/simulator.ts';
import type { WorldMemory } from '../../simulators/trello/world.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { passTime, WatchedGate } from '../../support/pass-time.ts';

/** One pixel: the pictures have tests of their own. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export interface TeamOptions {
  readonly template?: Template;
  readonly trello?: Partial<Settings>;
  readonly project?: Partial<Project>;
  readonly layout?: 'steps' | 'status';
  readonly lists?: Readonly<Record<string, 'todo' | 'doing' | 'blocked' | 'done' | 'dropped'>>;
  /** A board that is there already, instead of a new one. */
  readonly board?: string;
  /** Where Trello reaches the service. */
  readonly callbackURL?: string;
}

/** A moment in the life of a team, from which others can go on. */
export interface Snapshot {
  readonly options: TeamOptions;
  readonly now: number;
  readonly memory: WorldMemory;
  /** The bytes of its database; `undefined` when it has none. */
  readonly store: Buffer | undefined;
}

/** A company whose plan is on a simulated Trello board: over HTTP, with a real store, and a clock that a test moves. */
export class TrelloTeam {
  readonly trello: TrelloSimulator;
  readonly time = new FakeTime();
  readonly folder = mkdtempSync(join(tmpdir(), 'jalon-trello-'));
  options: TeamOptions;
  #store: Store | undefined;
  #opened: Promise<RunningProject> | undefined;
  #pace = trelloPace('key', 'token');
  #gate = this.#newGate();
  #connection: TrelloConnection | undefined;

  private constructor(options: TeamOptions) {
    this.options = options;
    this.trello = new TrelloSimulator({ now: () => new Date(this.time.now()), ...options.trello });
  }

  static async start(options: TeamOptions = {}): Promise<TrelloTeam> {
    const team = new TrelloTeam(options);
    await team.trello.start();
    onTestFinished(() => team.leave());
    return team;
  }

  /** A team with the same plan, the same Trello and a copy of the store, in a process of its own. */
  static async startFrom({ options, now, memory, store }: Snapshot): Promise<TrelloTeam> {
    const team = new TrelloTeam(options);
    await team.time.advance(now - team.time.now());
    team.trello.world.recall(memory);
    if (store) writeFileSync(join(team.folder, 'jalon.db'), store);
    await team.trello.start();
    onTestFinished(() => team.leave());
    return team;
  }

  async snapshot(): Promise<Snapshot> {
    await this.#store?.close();
    this.#store = undefined;
    const file = join(this.folder, 'jalon.db');
    return {
      options: this.options,
      now: this.time.now(),
      memory: this.trello.world.memory(),
      store: existsSync(file) ? readFileSync(file) : undefined,
    };
  }

  async leave(): Promise<void> {
    await this.trello.stop();
    await this.#store?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get template(): Template {
    return this.options.template ?? smallTemplate();
  }

  get today(): string {
    return new Date(this.time.now()).toISOString().slice(0, 10);
  }

  /** The one board of the plan. */
  get board(): string {
    const [board] = this.trello.look.boards();
    if (!board) throw new Error('There is no board.');
    return board.id;
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
    return new WatchedGate({ pace: this.#pace, ledger: createLedger(), time, random: () => 0 });
  }

  get connection(): TrelloConnection {
    if (!this.#connection) {
      const client = createTrelloClient({
        key: this.trello.key,
        token: this.trello.token,
        baseUrl: this.trello.url,
        gate: this.#gate,
        pace: this.#pace,
        time: this.time,
        random: () => 0,
      });
      this.#connection = new TrelloConnection(client, this.time, 100);
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
    const { layout = 'steps', lists = {}, board } = this.options;
    const place = board === undefined ? { organization: this.trello.organization.id } : { board };
    const project: Project = {
      company: { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise', facts: {} },
      start: '2026-11-23',
      template: this.template.key,
      profile: 'full',
      locale: 'fr',
      people: { lead: { name: 'Claire', trello: 'claire' } },
      workspaces: [{ kind: 'trello', layout, lists, ...place }],
      sources: [],
      automations: [],
      ...this.options.project,
    };
    const source: LoadedProject = { slug: 'martin', project, file: 'martin.yaml', text: '' };
    return openProject(source, this.template, {
      projects: this.folder,
      home: this.folder,
      now: () => new Date(this.time.now()),
      today: () => this.today,
      timeZone: 'Europe/Paris',
      trelloCallbackURL: this.options.callbackURL,
      connections: {
        notion: () => Promise.reject(new Error('No Notion here.')),
        trello: async () => this.connection,
        bots: () => new Set(),
      },
      credentials: () => ({
        notionToken: undefined,
        trelloApiKey: this.trello.key,
        trelloToken: this.trello.token,
        trelloApiSecret: this.options.callbackURL === undefined ? undefined : defaultSettings.appSecret,
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
    return passTime(work, this.time, () => this.#gate.underWay > this.trello.stalled);
  }
}
