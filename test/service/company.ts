import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { LoadedProject } from '#src/config/load-projects.ts';
import type { Project } from '#src/config/project.ts';
import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import { createConnections } from '#src/service/connections.ts';
import { runCycle } from '#src/service/cycle.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { CycleDeps, CycleMode, RunningProject } from '#src/service/running-project.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { aStep, aTask, aTemplate, isHoliday, words } from '../builders/template.ts';
import { type Hand, personEdits } from '../workspaces/excel/person.ts';

/** One pixel: the pictures have tests of their own. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A template of three tasks, one with a checklist, and a register. */
export function smallTemplate(more: Partial<Template> = {}): Template {
  return aTemplate({
    steps: [
      aStep(
        'first',
        aTask('one', { checklist: [{ key: 'a', title: words('Point A') }] }),
        aTask('two', { dependsOn: ['first/one'] }),
      ),
      aStep('second', aTask('three')),
    ],
    registers: [
      {
        key: 'tools',
        title: words('Tools'),
        summary: words('What we use'),
        step: 'first',
        columns: [
          { key: 'name', title: words('Name'), type: 'text' },
          { key: 'cost', title: words('Cost'), type: 'amount' },
        ],
        rows: [{ key: 'scale', values: { name: 'Scale', cost: 12.5 } }],
      },
    ],
    ...more,
  });
}

const noCredentials = {
  notionToken: undefined,
  trelloApiKey: undefined,
  trelloToken: undefined,
  trelloApiSecret: undefined,
};

/** A company at work: a folder with its workbook, a real store, and people who edit. */
export class CompanyAtWork {
  readonly folder: string;
  template: Template;
  slug = 'martin';
  name = 'Boulangerie Martin';
  workbooks = ['plan.xlsx'];
  today = '2026-11-23';
  readonly connections = createConnections({
    notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
    trello: { baseUrl: 'http://127.0.0.1:9/1', ratePer10Seconds: 100 },
  });
  #store: Store | undefined;
  #host: CompanyAtWork | undefined;

  constructor(template: Template = smallTemplate()) {
    this.template = template;
    this.folder = mkdtempSync(join(tmpdir(), 'jalon-company-'));
    onTestFinished(() => this.leave());
  }

  /** Takes everything away; for tests that found many companies. */
  async leave(): Promise<void> {
    await this.#store?.close();
    this.#store = undefined;
    rmSync(this.folder, { recursive: true, force: true });
  }

  get home(): string {
    return join(this.folder, '.jalon');
  }

  file(workbook = 'plan.xlsx'): string {
    return join(this.folder, workbook);
  }

  bytes(workbook?: string): Buffer {
    return readFileSync(this.file(workbook));
  }

  async store(): Promise<Store> {
    if (this.#host) return this.#host.store();
    this.#store ??= await openStore({ home: this.home, now: () => this.now() });
    return this.#store;
  }

  /** Both are kept in the store of the other. */
  shareWith(other: CompanyAtWork): void {
    this.#host = other;
  }

  async loseStore(): Promise<void> {
    await this.#store?.close();
    this.#store = undefined;
    rmSync(this.home, { recursive: true, force: true });
  }

  now(): Date {
    return new Date(`${this.today}T08:00:00Z`);
  }

  async running(): Promise<RunningProject> {
    const project: Project = {
      company: { name: this.name, size: 'micro', vat: 'franchise', facts: {} },
      start: '2026-11-23',
      template: this.template.key,
      profile: 'full',
      locale: 'fr',
      people: { lead: { name: 'Claire' } },
      workspaces: this.workbooks.map((file) => ({ kind: 'excel', file })),
      sources: [],
      automations: [],
    };
    const source: LoadedProject = { slug: this.slug, project, file: 'martin.yaml', text: '' };
    return openProject(source, this.template, {
      projects: this.folder,
      home: this.home,
      now: () => this.now(),
      today: () => this.today,
      connections: this.connections,
      credentials: () => noCredentials,
    });
  }

  async deps(): Promise<CycleDeps> {
    return {
      store: await this.store(),
      today: () => this.today,
      now: () => this.now(),
      isHoliday,
      log: pino({ level: 'silent' }),
      run: 'test',
      timeZone: 'UTC',
      picture: async () => PIXEL,
    };
  }

  async cycle(mode: CycleMode = 'apply'): Promise<CycleReport> {
    return runCycle(await this.running(), mode, await this.deps());
  }

  async edit(change: (hand: Hand) => void | Promise<void>, workbook?: string): Promise<void> {
    await personEdits(this.file(workbook), change);
  }

  async agreed(): Promise<ReadonlyMap<string, Item>> {
    const store = await this.store();
    return (await store.load(this.slug)).agreed;
  }
}
