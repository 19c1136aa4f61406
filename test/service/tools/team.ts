import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedProject } from '#src/config/load-projects.ts';
import type { Project, ProjectWorkspace } from '#src/config/project.ts';
import type { Template } from '#src/plan/template.ts';
import { openProject } from '#src/service/open-project.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace, trelloPace } from '#src/workspaces/gate/rates.ts';
import { createNotionClient } from '#src/workspaces/notion/client.ts';
import { NotionConnection } from '#src/workspaces/notion/connection.ts';
import { createTrelloClient } from '#src/workspaces/trello/client.ts';
import { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import type { Settings as NotionSettings } from '../../simulators/notion/settings.ts';
import { NotionSimulator } from '../../simulators/notion/simulator.ts';
import type { WorldMemory as NotionMemory } from '../../simulators/notion/world.ts';
import { TrelloSimulator } from '../../simulators/trello/simulator.ts';
import type { WorldMemory as TrelloMemory } from '../../simulators/trello/world.ts';
import { WatchedGate } from '../../support/pass-time.ts';
import { Team } from '../../workspaces/team.ts';
import { smallTemplate } from '../company.ts';

export const TOOLS = ['notion', 'trello', 'excel'] as const;
export type Tool = (typeof TOOLS)[number];

export interface ToolsOptions {
  readonly template?: Template;
  /** Where the team works from the first day on; all three when left out. */
  readonly tools?: readonly Tool[];
  readonly notion?: Partial<NotionSettings>;
}

/** A moment in the life of a team, from which others can go on. */
export interface Snapshot {
  readonly now: number;
  readonly notion: NotionMemory;
  readonly trello: TrelloMemory;
  /** The bytes of its database. */
  readonly store: Buffer | undefined;
  readonly workbook: Buffer;
}

const WORKBOOK = 'plan.xlsx';

/** A company that works in Notion, in Trello and in a workbook at once: real HTTP, a real file, a real store. */
export class ToolsTeam extends Team {
  readonly notion: NotionSimulator;
  readonly trello: TrelloSimulator;
  readonly template: Template;
  /** Where the team works: a place may be added, or detached. */
  tools: readonly Tool[];
  /** Ids of the pages in Notion that have a plan below them. */
  notionPages: readonly string[];
  #notionGate = this.#gateFor('notion');
  #trelloGate = this.#gateFor('trello');
  #connections: { notion: NotionConnection; trello: TrelloConnection } | undefined;

  /** How far the clock of a service is from ours, in ms, from now on. */
  skew: Readonly<Partial<Record<Tool, number>>> = {};

  private constructor({ template = smallTemplate(), tools = TOOLS, notion = {} }: ToolsOptions) {
    super();
    const clockOf = (tool: Tool) => () => new Date(this.time.now() + (this.skew[tool] ?? 0));
    this.template = template;
    this.tools = tools;
    this.notion = new NotionSimulator({ ...notion, now: clockOf('notion') });
    this.trello = new TrelloSimulator({ now: clockOf('trello') });
    this.notionPages = [this.notion.home.id];
  }

  static async start(options: ToolsOptions = {}): Promise<ToolsTeam> {
    const team = new ToolsTeam(options);
    await Promise.all([team.notion.start(), team.trello.start()]);
    return team;
  }

  /** A team with the same plan in all its places, in a process of its own. */
  static async startFrom(
    { now, notion, trello, store, workbook }: Snapshot,
    options: ToolsOptions = {},
  ): Promise<ToolsTeam> {
    const team = new ToolsTeam(options);
    await team.time.advance(now - team.time.now());
    team.notion.world.recall(notion);
    team.trello.world.recall(trello);
    team.putStore(store);
    writeFileSync(team.workbook, workbook);
    await Promise.all([team.notion.start(), team.trello.start()]);
    return team;
  }

  async snapshot(): Promise<Snapshot> {
    return {
      now: this.time.now(),
      notion: this.notion.world.memory(),
      trello: this.trello.world.memory(),
      store: await this.storeBytes(),
      workbook: readFileSync(this.workbook),
    };
  }

  async leave(): Promise<void> {
    await Promise.all([this.notion.stop(), this.trello.stop()]);
    await this.removeFolder();
  }

  get workbook(): string {
    return join(this.folder, WORKBOOK);
  }

  override restart(): void {
    super.restart();
    this.#notionGate = this.#gateFor('notion');
    this.#trelloGate = this.#gateFor('trello');
    this.#connections = undefined;
  }

  /** The doors as a process finds them that has never been there. */
  openAfresh(): Promise<RunningProject> {
    return this.open();
  }

  protected open(): Promise<RunningProject> {
    const workspaces: Record<Tool, readonly ProjectWorkspace[]> = {
      notion: this.notionPages.map((parent) => ({ kind: 'notion', parent })),
      trello: [
        {
          kind: 'trello',
          organization: this.trello.organization.id,
          board: undefined,
          layout: 'steps',
          lists: {},
        },
      ],
      excel: [{ kind: 'excel', file: WORKBOOK }],
    };
    const project: Project = {
      company: { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise', facts: {} },
      start: '2026-11-23',
      template: this.template.key,
      profile: 'full',
      locale: 'fr',
      people: { lead: { name: 'Claire Morel', notion: 'claire@example.org', trello: 'clairemorel' } },
      workspaces: this.tools.flatMap((tool) => workspaces[tool]),
      sources: [],
      automations: [],
    };
    const source: LoadedProject = { slug: 'martin', project, file: 'martin.yaml', text: '' };
    return openProject(source, this.template, {
      projects: this.folder,
      home: this.folder,
      now: () => new Date(this.time.now()),
      today: () => this.today,
      timeZone: 'Europe/Paris',
      connections: {
        notion: async () => this.#connected().notion,
        trello: async () => this.#connected().trello,
        bots: () => new Set(),
      },
      credentials: () => ({
        notionToken: this.notion.token,
        trelloApiKey: this.trello.key,
        trelloToken: this.trello.token,
        trelloApiSecret: undefined,
      }),
    });
  }

  protected isWaitingForAnswer(): boolean {
    const underWay = this.#notionGate.underWay + this.#trelloGate.underWay;
    return underWay > this.notion.stalled + this.trello.stalled;
  }

  #gateFor(tool: 'notion' | 'trello'): WatchedGate {
    const pace = tool === 'notion' ? notionPace('test') : trelloPace('key', 'token');
    return new WatchedGate({ pace, ledger: createLedger(), time: this.time, random: () => 0 });
  }

  #connected(): { notion: NotionConnection; trello: TrelloConnection } {
    this.#connections ??= { notion: this.#toNotion(), trello: this.#toTrello() };
    return this.#connections;
  }

  #toNotion(): NotionConnection {
    const { token, url } = this.notion;
    const client = createNotionClient({
      token,
      baseUrl: url,
      gate: this.#notionGate,
      time: this.time,
      random: () => 0,
    });
    return new NotionConnection(client, this.time, 180);
  }

  #toTrello(): TrelloConnection {
    const { key, token, url } = this.trello;
    const client = createTrelloClient({
      key,
      token,
      baseUrl: url,
      gate: this.#trelloGate,
      pace: trelloPace('key', 'token'),
      time: this.time,
      random: () => 0,
    });
    return new TrelloConnection(client, this.time, 100);
  }
}
