import { onTestFinished } from 'vitest';
import type { LoadedProject } from '#src/config/load-projects.ts';
import type { Project } from '#src/config/project.ts';
import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import { voice } from '#src/reconcile/replica.ts';
import { runCycle } from '#src/service/cycle.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { CycleMode, RunningProject } from '#src/service/running-project.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace } from '#src/workspaces/gate/rates.ts';
import { createNotionClient } from '#src/workspaces/notion/client.ts';
import { NotionConnection } from '#src/workspaces/notion/connection.ts';
import { smallTemplate } from '../../service/company.ts';
import type { Settings } from '../../simulators/notion/settings.ts';
import { NotionSimulator } from '../../simulators/notion/simulator.ts';
import type { WorldMemory } from '../../simulators/notion/world.ts';
import { WatchedGate } from '../../support/pass-time.ts';
import { Team } from '../team.ts';

export interface TeamOptions {
  readonly template?: Template;
  readonly notion?: Partial<Settings>;
  readonly project?: Partial<Project>;
}

/** A moment in the life of a team, from which others can go on. */
export interface Snapshot {
  readonly template: Template;
  readonly project: Partial<Project>;
  readonly said: readonly Item[];
  readonly now: number;
  readonly memory: WorldMemory;
  /** The bytes of its database; `undefined` when it has none. */
  readonly store: Buffer | undefined;
}

/** A company whose plan is in a simulated Notion: over HTTP, with a real store, and a clock that a test moves. */
export class NotionTeam extends Team {
  readonly notion: NotionSimulator;
  template: Template;
  project: Partial<Project>;
  /** What is said outside of Notion, and heard by every cycle, as another place goes on showing it. */
  said: readonly Item[] = [];
  #gate = this.#newGate();
  #connection: NotionConnection | undefined;

  private constructor({ template = smallTemplate(), notion = {}, project = {} }: TeamOptions) {
    super();
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
  static async startFrom({ template, project, said, now, memory, store }: Snapshot): Promise<NotionTeam> {
    const team = new NotionTeam({ template, project });
    team.said = said;
    await team.time.advance(now - team.time.now());
    team.notion.world.recall(memory);
    team.putStore(store);
    await team.notion.start();
    onTestFinished(() => team.leave());
    return team;
  }

  async snapshot(): Promise<Snapshot> {
    const store = await this.storeBytes();
    return {
      template: this.template,
      project: this.project,
      said: this.said,
      now: this.time.now(),
      memory: this.notion.world.memory(),
      store,
    };
  }

  async leave(): Promise<void> {
    await this.notion.stop();
    await this.removeFolder();
  }

  override restart(): void {
    super.restart();
    this.#gate = this.#newGate();
    this.#connection = undefined;
  }

  #newGate(): WatchedGate {
    const { time } = this;
    return new WatchedGate({ pace: notionPace('test'), ledger: createLedger(), time, random: () => 0 });
  }

  override async cycle(mode: CycleMode = 'apply'): Promise<CycleReport> {
    const voices = this.said.length === 0 ? [] : [voice('elsewhere', this.said)];
    return this.finish(runCycle(await this.running(), mode, await this.deps(), { voices }));
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

  protected open(): Promise<RunningProject> {
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

  protected isWaitingForAnswer(): boolean {
    return this.#gate.underWay > this.notion.stalled;
  }
}
