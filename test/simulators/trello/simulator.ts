import { Faults } from './faults.ts';
import { Look } from './look.ts';
import { Person } from './person.ts';
import { Postman } from './postman.ts';
import type { Credential, Organization } from './records.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { TrelloServer } from './server.ts';
import { defaultSettings, type Scope, type Settings } from './settings.ts';
import { World } from './world.ts';

const keyOfTests = '0123456789abcdef0123456789abcdef';
const tokenOfTests = 'ATTA5555aaaa5555aaaa5555aaaa5555aaaa5555aaaa5555aaaa5555aaaa55550123';

/**
 * A Trello of its own, answering over HTTP on this machine: stateful, as strict as the real one, with a clock, a plan
 * and faults that a test decides. It starts with one workspace, its people, and a token that the first of them gave.
 */
export class TrelloSimulator {
  readonly world: World;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly look: Look;
  /** What webhooks are to be told. */
  readonly postman: Postman;
  /** The first person of the workspace, who gave the token. */
  readonly person: Person;
  /** The credential that a test uses unless it adds another. */
  readonly credential: Credential;
  readonly organization: Organization;
  /** Called once a request has done its work, before it is answered: the place to kill a client. */
  beforeAnswer: (request: LoggedRequest) => void | Promise<void> = () => {};
  readonly #server: TrelloServer;
  #url = '';

  constructor(settings: Partial<Settings> = {}) {
    this.world = new World({ ...defaultSettings, ...settings });
    this.look = new Look(this.world);
    this.postman = new Postman(this.world);
    const people = [...this.world.members.keys()];
    this.organization = this.world.addOrganization('Facturation', people);
    this.person = new Person(this.world, people[0] ?? '');
    this.credential = this.addCredential(keyOfTests, tokenOfTests);
    const { world, faults, log } = this;
    this.#server = new TrelloServer({
      world,
      faults,
      log,
      beforeAnswer: (request) => this.beforeAnswer(request),
    });
  }

  async start(): Promise<this> {
    this.#url = await this.#server.listen();
    this.world.baseUrl = this.#url;
    return this;
  }

  async stop(): Promise<void> {
    await this.#server.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** What goes into TRELLO_BASE_URL: it ends in `/1`. */
  get url(): string {
    return this.#url;
  }

  /** Requests that wait for an answer which a fault keeps from them. */
  get stalled(): number {
    return this.#server.stalled;
  }

  get key(): string {
    return this.credential.key;
  }

  get token(): string {
    return this.credential.token;
  }

  /** Another token, of the first person unless said otherwise. */
  addCredential(
    key: string,
    token: string,
    { memberId = this.person.id, scopes = this.world.settings.scopes }: CredentialOptions = {},
  ): Credential {
    return this.world.addCredential(memberId, key, token, scopes);
  }

  /** The token is withdrawn: every request is 401 from now on, and its webhooks are gone. */
  revoke(credential = this.credential): void {
    credential.revoked = true;
    for (const { id, token } of this.world.webhooks.values()) {
      if (token === credential.token) this.world.webhooks.delete(id);
    }
  }
}

interface CredentialOptions {
  readonly memberId?: string;
  readonly scopes?: readonly Scope[];
}

export function startTrello(settings: Partial<Settings> = {}): Promise<TrelloSimulator> {
  return new TrelloSimulator(settings).start();
}
