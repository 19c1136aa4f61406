import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { loadTemplate } from '#src/config/load-template.ts';
import type { Template } from '#src/plan/template.ts';
import { runCycle } from '#src/service/cycle.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { TRELLO_DEFAULT_PER_10_SECONDS, trelloPace } from '#src/workspaces/gate/rates.ts';
import { createTrelloClient } from '#src/workspaces/trello/client.ts';
import { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import { TrelloSimulator } from '../../simulators/trello/simulator.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { passTime, WatchedGate } from '../../support/pass-time.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const TEMPLATE = 'facturation-electronique';
const START = '2026-11-23';
/** A board for each company; the simulator's Free plan is asked for the rest of what Free gives. */
const BOARDS = 1_000;

export interface OfficeOptions {
  readonly profile: string;
  readonly companies?: number;
  /** How long Trello takes for an answer, on the clock of the bench. */
  readonly latencyMs?: number;
}

/** Companies that share one token of a simulated Trello, with a real store and a clock that moves when all wait. */
export class TrelloOffice {
  readonly trello: TrelloSimulator;
  readonly #options: OfficeOptions;
  readonly #time = new FakeTime();
  readonly #folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  readonly #pace = trelloPace('bench', 'bench');
  readonly #gate: WatchedGate;
  readonly #projects: RunningProject[] = [];
  #store: Store | undefined;
  /** Requests that have done their work, and wait until their answer is due. */
  #waiting = 0;

  private constructor(options: OfficeOptions) {
    this.#options = options;
    this.#gate = new WatchedGate({
      pace: this.#pace,
      ledger: createLedger(),
      time: this.#time,
      random: () => 0,
    });
    this.trello = new TrelloSimulator({ now: () => this.#now(), freeBoards: BOARDS });
    this.trello.beforeAnswer = () => this.#answerTime();
  }

  static async open(options: OfficeOptions): Promise<TrelloOffice> {
    const office = new TrelloOffice(options);
    await office.#found();
    return office;
  }

  async close(): Promise<void> {
    await this.trello.stop();
    await this.#store?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One `apply` of every company, all at once. @throws what one of them failed with. */
  apply(): Promise<void> {
    return this.#apply(this.#projects);
  }

  /** One `apply` of the company of that number, the first being 1. @throws what it failed with. */
  applyOf(number: number): Promise<void> {
    return this.#apply(this.#projects.slice(number - 1, number));
  }

  async #apply(projects: readonly RunningProject[]): Promise<void> {
    const deps = await this.#deps();
    const work = Promise.all(projects.map((project) => runCycle(project, 'apply', deps)));
    const reports = await passTime(work, this.#time, () => this.#gate.underWay > this.#waiting);
    const [failure] = reports.flatMap(({ failures }) => failures);
    if (failure) throw failure.error;
  }

  async #found(): Promise<void> {
    await this.trello.start();
    const template = await loadTemplate(TEMPLATE, { projects: this.#folder });
    const client = createTrelloClient({
      key: this.trello.key,
      token: this.trello.token,
      baseUrl: this.trello.url,
      gate: this.#gate,
      pace: this.#pace,
      time: this.#time,
      random: () => 0,
    });
    const connection = new TrelloConnection(client, this.#time, TRELLO_DEFAULT_PER_10_SECONDS);
    const { companies = 1 } = this.#options;
    for (let number = 1; number <= companies; number += 1)
      this.#projects.push(await this.#company(number, template, connection));
  }

  #company(number: number, template: Template, connection: TrelloConnection): Promise<RunningProject> {
    const slug = `company-${number}`;
    const { trello } = this;
    const project = {
      company: { name: `Entreprise ${number}`, size: 'micro', vat: 'franchise', facts: {} },
      start: START,
      template: TEMPLATE,
      profile: this.#options.profile,
      locale: 'fr',
      people: { 'office-manager': { name: 'Marc', trello: 'marcpetit' } },
      workspaces: [
        {
          kind: 'trello' as const,
          organization: trello.organization.id,
          layout: 'steps' as const,
          lists: {},
        },
      ],
      sources: [],
      automations: [],
    } as const;
    const source = {
      slug,
      project: { ...project, workspaces: [...project.workspaces], sources: [], automations: [] },
      file: `${slug}.yaml`,
      text: '',
    };
    return openProject(source, template, {
      projects: this.#folder,
      home: this.#folder,
      now: () => this.#now(),
      today: () => START,
      connections: {
        notion: () => Promise.reject(new Error('nothing of Notion here')),
        trello: async () => connection,
        bots: () => new Set(),
      },
      credentials: () => ({
        notionToken: undefined,
        trelloApiKey: trello.key,
        trelloToken: trello.token,
        trelloApiSecret: undefined,
      }),
    });
  }

  async #deps(): Promise<CycleDeps> {
    this.#store ??= await openStore({ home: this.#folder, now: () => this.#now() });
    return {
      store: this.#store,
      today: () => START,
      now: () => this.#now(),
      isHoliday: isFrenchHoliday,
      log: pino({ level: 'silent' }),
      run: 'bench',
      timeZone: 'UTC',
      picture: async () => PIXEL,
    };
  }

  #now(): Date {
    return new Date(this.#time.now());
  }

  async #answerTime(): Promise<void> {
    const { latencyMs = 0 } = this.#options;
    if (latencyMs === 0) return;
    this.#waiting += 1;
    await new Promise<void>((resolve) => this.#time.after(latencyMs, resolve));
    this.#waiting -= 1;
  }
}
