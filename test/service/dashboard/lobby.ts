import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { dashboardRoutes } from '#src/service/dashboard/routes.ts';
import { createStandings } from '#src/service/dashboard/standings.ts';
import { drawingApart } from '#src/service/drawing.ts';
import { lastFailures } from '#src/service/last-failures.ts';
import { createLog } from '#src/service/log.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type Service, startService } from '#src/service/start.ts';
import { CompanyWithDigests, templateWithDigests } from '../../digest/weekly-company.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { readPage, type ShownPage } from './shown-page.ts';

/** Once a year: nothing of the schedule falls into a test. */
const NEVER = '0 0 1 1 *';

interface LobbyOptions {
  readonly token?: string;
  readonly host?: string;
  readonly publicUrl?: string;
}

/** A running service with real companies and a real store, seen as a browser sees it. */
export class Lobby {
  readonly time = new FakeTime();
  readonly failures = lastFailures();
  readonly logLines: string[] = [];
  readonly #companies = new Map<string, CompanyWithDigests>();
  readonly #opened = new Map<string, RunningProject>();
  /** What opening a project throws. */
  readonly broken = new Map<string, unknown>();
  #service: Service | undefined;
  cookie = '';

  /** Companies of one store, by slug: theirs are the names. */
  static async open(names: Readonly<Record<string, string>>, options: LobbyOptions = {}): Promise<Lobby> {
    const lobby = new Lobby();
    const template = await templateWithDigests();
    let first: CompanyWithDigests | undefined;
    for (const [slug, name] of Object.entries(names)) {
      const company = new CompanyWithDigests(template);
      if (first) company.shareWith(first);
      first ??= company;
      company.slug = slug;
      company.name = name;
      company.move(company.at);
      lobby.#companies.set(slug, company);
    }
    await lobby.#start(first ?? new CompanyWithDigests(template), options);
    return lobby;
  }

  company(slug: string): CompanyWithDigests {
    const company = this.#companies.get(slug);
    if (!company) throw new Error(`no company ${slug}`);
    return company;
  }

  /** Its plan is written into its workbook, as of Monday 16 November 2026. */
  async found(...slugs: string[]): Promise<void> {
    for (const slug of slugs) await this.company(slug).cycle('apply');
  }

  /** For all companies, who live by one clock. */
  move(at: string): void {
    for (const company of this.#companies.values()) company.move(at);
  }

  get url(): string {
    return this.#service?.url ?? '';
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(this.cookie && { cookie: this.cookie }), ...init.headers };
    return fetch(`${this.url}${path}`, { redirect: 'manual', ...init, headers });
  }

  /** Reads the answer to its end: a connection that hangs in the middle of one holds up the end of the service. */
  async status(path: string, init?: RequestInit): Promise<number> {
    const answer = await this.fetch(path, init);
    await answer.arrayBuffer();
    return answer.status;
  }

  async page(path: string, init?: RequestInit): Promise<ShownPage> {
    const answer = await this.fetch(path, init);
    return readPage(answer.status, await answer.text());
  }

  async #start(
    first: CompanyWithDigests,
    { token, host = '127.0.0.1', publicUrl }: LobbyOptions,
  ): Promise<void> {
    const projects = async () => [...this.#companies.keys(), ...this.broken.keys()].toSorted();
    const open = async (slug: string): Promise<RunningProject> => {
      if (this.broken.has(slug)) throw this.broken.get(slug);
      const opened = this.#opened.get(slug) ?? (await this.company(slug).running());
      this.#opened.set(slug, opened);
      return opened;
    };
    const store = await first.store();
    const cycle = await first.deps();
    const shared = { projects, open, cycle, locale: 'fr', time: this.time } as const;
    const drawing = drawingApart();
    const log = createLog({
      level: 'info',
      run: 'test',
      secrets: token === undefined ? [] : [token],
      stream: { write: (line) => this.logLines.push(line) },
    });
    this.#service = await startService({
      jobs: [{ name: 'sync', cron: NEVER, remembered: false, run: async () => {} }],
      projects,
      open,
      notion: { webhookTokens: [] },
      trello: { apiSecrets: [] },
      publicUrl,
      store,
      timeZone: 'Europe/Paris',
      http: { host, port: 0, token },
      dashboard: async (entry) =>
        dashboardRoutes({
          ...shared,
          ...entry,
          standings: createStandings(shared),
          drawing: async () => drawing,
          failuresOf: this.failures.of,
          log,
        }),
      version: 'test',
      now: cycle.now,
      time: this.time,
      log: pino({ level: 'silent' }),
      run: 'test',
    });
    onTestFinished(async () => {
      drawing.stop();
      await this.#service?.stop();
    });
  }
}
