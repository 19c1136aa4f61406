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
import { notionPace } from '#src/workspaces/gate/rates.ts';
import { createNotionClient } from '#src/workspaces/notion/client.ts';
import { NotionConnection } from '#src/workspaces/notion/connection.ts';
import { NotionSimulator } from '../../simulators/notion/simulator.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { passTime, WatchedGate } from '../../support/pass-time.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const TEMPLATE = 'facturation-electronique';
const START = '2026-11-23';

export interface OfficeOptions {
  readonly profile: string;
  readonly perMinute: number;
  readonly companies?: number;
  /** How long Notion takes for an answer, on the clock of the bench. */
  readonly latencyMs?: number;
}

/** Companies that share one connection to a simulated Notion, with a real store and a clock that moves when all wait. */
export class NotionOffice {
  readonly notion: NotionSimulator;
  readonly #options: OfficeOptions;
  readonly #time = new FakeTime();
  readonly #folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  readonly #gate: WatchedGate;
  readonly #projects: RunningProject[] = [];
  #store: Store | undefined;
  /** Requests that have done their work, and wait until their answer is due. */
  #waiting = 0;

  private constructor(options: OfficeOptions) {
    const time = this.#time;
    const pace = notionPace('bench', options.perMinute);
    this.#options = options;
    this.#gate = new WatchedGate({ pace, ledger: createLedger(), time, random: () => 0 });
    this.notion = new NotionSimulator({ now: () => this.#now(), ratePerMinute: options.perMinute });
    this.notion.beforeAnswer = () => this.#answerTime();
  }

  static async open(options: OfficeOptions): Promise<NotionOffice> {
    const office = new NotionOffice(options);
    await office.#found();
    return office;
  }

  async close(): Promise<void> {
    await this.notion.stop();
    await this.#store?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One `apply` of every company, all at once. @throws what one of them failed with. */
  async apply(): Promise<void> {
    const deps = await this.#deps();
    const work = Promise.all(this.#projects.map((project) => runCycle(project, 'apply', deps)));
    const reports = await passTime(work, this.#time, () => this.#gate.underWay > this.#waiting);
    const [failure] = reports.flatMap(({ failures }) => failures);
    if (failure) throw failure.error;
  }

  async #found(): Promise<void> {
    await this.notion.start();
    const template = await loadTemplate(TEMPLATE, { projects: this.#folder });
    const { perMinute, companies = 1 } = this.#options;
    const client = createNotionClient({
      token: this.notion.token,
      baseUrl: this.notion.url,
      gate: this.#gate,
      time: this.#time,
      random: () => 0,
    });
    const connection = new NotionConnection(client, this.#time, perMinute);
    for (let number = 1; number <= companies; number += 1)
      this.#projects.push(await this.#company(number, template, connection));
  }

  #company(number: number, template: Template, connection: NotionConnection): Promise<RunningProject> {
    const slug = `company-${number}`;
    const { notion } = this;
    const parent = notion.person.addPage(`Entreprise ${number}`, notion.home.id).id;
    const project = {
      company: { name: `Entreprise ${number}`, size: 'micro', vat: 'franchise', facts: {} },
      start: START,
      template: TEMPLATE,
      profile: this.#options.profile,
      locale: 'fr',
      people: { 'office-manager': { name: 'Claire', notion: 'claire@example.org' } },
      workspaces: [{ kind: 'notion', parent }],
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
        notion: async () => connection,
        trello: () => Promise.reject(new Error('nothing of Trello here')),
        bots: () => new Set(),
      },
      credentials: () => ({
        notionToken: notion.token,
        trelloApiKey: undefined,
        trelloToken: undefined,
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
