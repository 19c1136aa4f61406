import { createHash } from 'node:crypto';
import { blockCapReached } from './api-error.ts';
import type {
  Block,
  Comment,
  Connection,
  Database,
  DataSource,
  FileUpload,
  Page,
  Parent,
  Stamps,
  Thing,
  User,
  View,
} from './records.ts';
import type { Settings } from './settings.ts';

/** Who acts: a connection through the API, or a person in the interface. */
export interface Caller {
  readonly userId: string;
  /** Undefined: a person, who sees everything and is bound by no plan. */
  readonly connection?: Connection | undefined;
}

export type WorldMemory = Pick<
  World,
  'things' | 'uploads' | 'users' | 'connections' | 'created' | 'changes' | 'resolved'
> & { readonly serial: number };

/** Everything that the simulated workspace holds. */
export class World {
  readonly settings: Settings;
  readonly things = new Map<string, Thing>();
  readonly uploads = new Map<string, FileUpload>();
  readonly users = new Map<string, User>();
  readonly connections = new Map<string, Connection>();
  readonly workspaceId: string;
  /** Blocks created since the start, by whom. Deleting gives none back. */
  readonly created = { byConnections: 0, byPeople: 0 };
  /** Ids of the discussions that people have closed: the API shows nothing of them. */
  readonly resolved = new Set<string>();
  /** For search, which sees changes late: the last change of each id, in the order of the changes. */
  readonly changes: { id: string; erased: boolean }[] = [];
  #serial = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.workspaceId = this.newId();
    for (const person of settings.people) this.addUser(person.name, person.email);
  }

  now(): number {
    return this.settings.now().getTime();
  }

  /** All that it holds by now, for other worlds of the same seed to begin with. */
  memory(): WorldMemory {
    const { things, uploads, users, connections, created, changes, resolved } = this;
    const held = structuredClone({ things, uploads, users, connections, created, changes, resolved });
    return { ...held, serial: this.#serial };
  }

  /** Takes over what another world of the same seed held. */
  recall(memory: WorldMemory): void {
    const { serial, ...held } = memory;
    const { things, uploads, users, connections, created, changes, resolved } = structuredClone(held);
    for (const id of resolved) this.resolved.add(id);
    for (const [id, thing] of things) this.things.set(id, thing);
    for (const [id, upload] of uploads) this.uploads.set(id, upload);
    for (const [id, user] of users) this.users.set(id, user);
    for (const [token, connection] of connections)
      this.connections.set(token, Object.assign(this.connections.get(token) ?? connection, connection));
    Object.assign(this.created, created);
    this.changes.splice(0, this.changes.length, ...changes);
    this.#serial = serial;
  }

  newId(): string {
    const hex = this.#digest();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** Four characters of which some need percent-encoding, as in the real thing. */
  newPropertyId(): string {
    const alphabet = ':@?;^`|<>=~{}[]abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const bytes = Buffer.from(this.#digest(), 'hex');
    return [...bytes.subarray(0, 4)].map((byte) => alphabet[byte % alphabet.length]).join('');
  }

  addUser(name: string, email: string | undefined): User {
    const user: User = { kind: 'user', id: this.newId(), name, email };
    this.users.set(user.id, user);
    return user;
  }

  addConnection(name: string, token: string): Connection {
    const bot = this.addUser(name, undefined);
    const connection: Connection = {
      token,
      integrationId: this.newId(),
      userId: bot.id,
      name,
      revoked: false,
      shared: new Set(),
      withdrawn: new Set(),
    };
    this.connections.set(token, connection);
    return connection;
  }

  stamps(caller: Caller): Stamps {
    const now = this.now();
    return {
      createdAt: now,
      editedAt: now,
      createdBy: caller.userId,
      editedBy: caller.userId,
      inTrash: false,
    };
  }

  add<T extends Thing>(thing: T): T {
    this.things.set(thing.id, thing);
    this.changes.push({ id: thing.id, erased: false });
    return thing;
  }

  touch(thing: Thing, caller: Caller): void {
    thing.editedAt = this.now();
    thing.editedBy = caller.userId;
    this.changes.push({ id: thing.id, erased: false });
  }

  /**
   * Counts blocks that are about to be created.
   * @throws ApiError 403 when a connection would pass what a Free workspace gives for life.
   */
  spendBlocks(count: number, caller: Caller): void {
    if (caller.connection === undefined) {
      this.created.byPeople += count;
      return;
    }
    const { plan, members, blockCap } = this.settings;
    if (plan === 'free' && members > 1 && this.blocksEver() + count > blockCap) throw blockCapReached();
    this.created.byConnections += count;
  }

  blocksEver(): number {
    return this.settings.blocksBefore + this.created.byConnections + this.created.byPeople;
  }

  all<K extends Thing['kind']>(kind: K): Extract<Thing, { kind: K }>[] {
    const found: Thing[] = [...this.things.values()].filter((thing) => thing.kind === kind);
    return found as Extract<Thing, { kind: K }>[];
  }

  get<K extends Thing['kind']>(kind: K, id: string): Extract<Thing, { kind: K }> | undefined {
    const thing = this.things.get(id);
    return thing?.kind === kind ? (thing as Extract<Thing, { kind: K }>) : undefined;
  }

  /** Rows of a data source, also those in the trash. */
  rowsOf(dataSourceId: string): Page[] {
    return this.all('page').filter(
      ({ parent }) => parent.type === 'data_source_id' && parent.id === dataSourceId,
    );
  }

  /** Those of a page or block whose discussion is not resolved, the oldest first. */
  commentsOn(id: string, { withBlocks = false } = {}): Comment[] {
    return this.all('comment').filter((comment) => {
      const { parent, inTrash, discussionId } = comment;
      const isHere = parent.id === id || (withBlocks && this.pageOf(comment)?.id === id);
      return isHere && !inTrash && !this.resolved.has(discussionId);
    });
  }

  /** What holds the thing; undefined at the top of the workspace. */
  above(thing: Thing): Thing | undefined {
    return this.things.get(parentOf(thing).id);
  }

  /** In the trash itself, or by what holds it. */
  isGone(thing: Thing): boolean {
    for (let at: Thing | undefined = thing; at !== undefined; at = this.above(at)) {
      if (at.inTrash) return true;
    }
    return false;
  }

  /** The page on which a block stands. */
  pageOf(thing: Thing): Page | undefined {
    for (let at: Thing | undefined = thing; at !== undefined; at = this.above(at)) {
      if (at.kind === 'page') return at;
    }
    return undefined;
  }

  #digest(): string {
    this.#serial += 1;
    return createHash('sha256').update(`${this.settings.seed}:${this.#serial}`).digest('hex');
  }
}

export function parentOf(thing: Page | Database | DataSource | Block | View | Comment): Parent {
  if (thing.kind === 'data_source' || thing.kind === 'view') {
    return { type: 'database_id', id: thing.databaseId };
  }
  return thing.parent;
}

export function isContainer(thing: Thing | undefined): thing is Page | Block {
  return thing?.kind === 'page' || thing?.kind === 'block';
}
