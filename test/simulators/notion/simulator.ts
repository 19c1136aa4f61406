import { Faults } from './faults.ts';
import { Look } from './look.ts';
import { Person } from './person.ts';
import type { Connection, Page } from './records.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { prepareSchemas } from './schemas.ts';
import { NotionServer } from './server.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { World } from './world.ts';

const secretOfTests = 'ntn_token-of-the-tests';

/**
 * A Notion workspace of its own, answering over HTTP on this machine: stateful, as strict as the real one, with a
 * clock, a plan and faults that a test decides. It starts with one page that is shared with one connection.
 */
export class NotionSimulator {
  readonly world: World;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly look: Look;
  /** The first person of the workspace. */
  readonly person: Person;
  /** The connection that a test uses unless it adds another. */
  readonly connection: Connection;
  /** The page that a person has shared with the connection. */
  readonly home: Page;
  /** Called once a request has done its work, before it is answered: the place to kill a client. */
  beforeAnswer: (request: LoggedRequest) => void | Promise<void> = () => {};
  readonly #server: NotionServer;
  #url = '';

  constructor(settings: Partial<Settings> = {}) {
    this.world = new World({ ...defaultSettings, ...settings });
    this.look = new Look(this.world);
    this.person = new Person(this.world, [...this.world.users.keys()][0] ?? '');
    this.connection = this.world.addConnection('Jalon', secretOfTests);
    this.home = this.person.addPage('Facturation électronique');
    // It was there before the test: `blocksBefore` says how many blocks were.
    this.world.created.byPeople = 0;
    this.share(this.home.id);
    const { world, faults, log } = this;
    this.#server = new NotionServer({
      world,
      faults,
      log,
      beforeAnswer: (request) => this.beforeAnswer(request),
    });
  }

  async start(): Promise<this> {
    await prepareSchemas();
    this.#url = await this.#server.listen();
    return this;
  }

  async stop(): Promise<void> {
    await this.#server.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** What goes into `baseUrl` of the SDK, or into NOTION_BASE_URL. */
  get url(): string {
    return this.#url;
  }

  /** Requests that wait for an answer which a fault keeps from them. */
  get stalled(): number {
    return this.#server.stalled;
  }

  get token(): string {
    return this.connection.token;
  }

  /** Another connection of the same workspace; nothing is shared with it. */
  addConnection(name: string, token: string): Connection {
    return this.world.addConnection(name, token);
  }

  /** Shares a page, and what lies below. */
  share(pageId: string, connection = this.connection): void {
    connection.shared.add(pageId);
    connection.withdrawn.delete(pageId);
  }

  /** Takes the access to a page away, and to what lies below. */
  withdraw(pageId: string, connection = this.connection): void {
    connection.shared.delete(pageId);
    connection.withdrawn.add(pageId);
  }

  /** The connection is deleted: every request is 401 from now on. */
  revoke(connection = this.connection): void {
    connection.revoked = true;
  }
}

export function startNotion(settings: Partial<Settings> = {}): Promise<NotionSimulator> {
  return new NotionSimulator(settings).start();
}
