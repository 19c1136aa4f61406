import { onTestFinished } from 'vitest';
import type { LoadedProject } from '#src/config/load-projects.ts';
import type { Project } from '#src/config/project.ts';
import type { Template } from '#src/plan/template.ts';
import type { Replica } from '#src/reconcile/replica.ts';
import { runCycle } from '#src/service/cycle.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { CycleMode, RunningProject } from '#src/service/running-project.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { trelloPace } from '#src/workspaces/gate/rates.ts';
import { createTrelloClient } from '#src/workspaces/trello/client.ts';
import { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import { smallTemplate } from '../../service/company.ts';
import { defaultSettings, type Settings } from '../../simulators/trello/settings.ts';
import { TrelloSimulator } from '../../simulators/trello/simulator.ts';
import type { WorldMemory } from '../../simulators/trello/world.ts';
import { WatchedGate } from '../../support/pass-time.ts';
import { Team } from '../team.ts';

export interface TeamOptions {
  readonly template?: Template;
  readonly trello?: Partial<Settings>;
  readonly project?: Partial<Project>;
  readonly layout?: 'steps' | 'status';
  readonly lists?: Readonly<Record<string, 'todo' | 'doing' | 'blocked' | 'done' | 'dropped'>>;
  /** A board that is there already, instead of a new one. */
  readonly board?: string;
  /** What is said besides in each cycle: a notice, for instance, or a comment from elsewhere. */
  readonly voices?: readonly Replica[];
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
export class TrelloTeam extends Team {
  readonly trello: TrelloSimulator;
  options: TeamOptions;
  #pace = trelloPace('key', 'token');
  #gate = this.#newGate();
  #connection: TrelloConnection | undefined;

  private constructor(options: TeamOptions) {
    super();
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
    team.putStore(store);
    await team.trello.start();
    onTestFinished(() => team.leave());
    return team;
  }

  async snapshot(): Promise<Snapshot> {
    const store = await this.storeBytes();
    return {
      options: this.options,
      now: this.time.now(),
      memory: this.trello.world.memory(),
      store,
    };
  }

  async leave(): Promise<void> {
    await this.trello.stop();
    await this.removeFolder();
  }

  get template(): Template {
    return this.options.template ?? smallTemplate();
  }

  /** The one board of the plan. */
  get board(): string {
    const [board] = this.trello.look.boards();
    if (!board) throw new Error('There is no board.');
    return board.id;
  }

  override restart(): void {
    super.restart();
    this.#gate = this.#newGate();
    this.#connection = undefined;
  }

  #newGate(): WatchedGate {
    const { time } = this;
    return new WatchedGate({ pace: this.#pace, ledger: createLedger(), time, random: () => 0 });
  }

  override async cycle(mode: CycleMode = 'apply'): Promise<CycleReport> {
    const { voices = [] } = this.options;
    return this.finish(runCycle(await this.running(), mode, await this.deps(), { voices }));
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

  protected open(): Promise<RunningProject> {
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

  protected isWaitingForAnswer(): boolean {
    return this.#gate.underWay > this.trello.stalled;
  }
}
