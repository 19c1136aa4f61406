import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { inOrder } from './positions.ts';
import type {
  Action,
  Board,
  Card,
  Checklist,
  Credential,
  Label,
  List,
  Member,
  Organization,
  Thing,
  Webhook,
} from './records.ts';
import type { Scope, Settings } from './settings.ts';

/** Who acts: an application through the API, or a person in the interface. */
export interface Caller {
  readonly memberId: string;
  /** Undefined: a person in the interface, who sees everything and is bound by no plan. */
  readonly credential?: Credential | undefined;
  /** What the request says it is, to be told to webhooks. */
  readonly clientIdentifier?: string | undefined;
}

/** Everything that the simulated Trello holds. */
export class World {
  readonly settings: Settings;
  readonly things = new Map<string, Thing>();
  readonly organizations = new Map<string, Organization>();
  readonly members = new Map<string, Member>();
  readonly credentials = new Map<string, Credential>();
  readonly webhooks = new Map<string, Webhook>();
  readonly actions: Action[] = [];
  /** Told each action, also those that are not stored. */
  onAction: (action: Action) => void = () => {};
  /** What addresses of files begin with, once the simulator listens. */
  baseUrl = '';
  #serial = 0;
  #idSerial: number;
  #unfinished: { requestsLeft: number; finish: () => void }[] = [];

  constructor(settings: Settings) {
    this.settings = settings;
    this.#idSerial = Number.parseInt(this.#digest().slice(0, 5), 16);
    for (const { fullName, username, email } of settings.people) {
      this.addMember({ fullName, username, email, confirmed: true });
    }
  }

  now(): number {
    return this.settings.now().getTime();
  }

  /** 24 hex digits, of which the first eight are the second of creation; later ids sort after earlier ones. */
  newId(): string {
    this.#idSerial += 1;
    const seconds = Math.floor(this.now() / 1000);
    const machine = createHash('sha256').update(this.settings.seed).digest('hex').slice(0, 10);
    return `${seconds.toString(16).padStart(8, '0')}${machine}${this.#idSerial.toString(16).padStart(6, '0')}`;
  }

  newShortLink(): string {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const bytes = Buffer.from(this.#digest(), 'hex');
    return [...bytes.subarray(0, 8)].map((byte) => alphabet[byte % alphabet.length]).join('');
  }

  addMember(member: Omit<Member, 'id'>): Member {
    const added: Member = { id: this.newId(), ...member };
    this.members.set(added.id, added);
    return added;
  }

  addOrganization(displayName: string, memberIds: Iterable<string>): Organization {
    const name = displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
    const organization: Organization = {
      id: this.newId(),
      name,
      displayName,
      memberIds: new Set(memberIds),
    };
    this.organizations.set(organization.id, organization);
    return organization;
  }

  addCredential(memberId: string, key: string, token: string, scopes: readonly Scope[]): Credential {
    const tokenId = this.newId();
    const credential: Credential = { key, token, tokenId, memberId, scopes, revoked: false };
    this.credentials.set(token, credential);
    return credential;
  }

  add<T extends Thing>(thing: T): T {
    this.things.set(thing.id, thing);
    return thing;
  }

  all<K extends Thing['kind']>(kind: K): Extract<Thing, { kind: K }>[] {
    const found: Thing[] = [...this.things.values()].filter((thing) => thing.kind === kind);
    return found as Extract<Thing, { kind: K }>[];
  }

  /** By id; a board or a card also by its short link. */
  get<K extends Thing['kind']>(kind: K, id: string): Extract<Thing, { kind: K }> | undefined {
    const thing = this.things.get(id) ?? this.#byShortLink(id);
    return thing?.kind === kind ? (thing as Extract<Thing, { kind: K }>) : undefined;
  }

  /** A thing that another one names, which is therefore there. */
  need<K extends Thing['kind']>(kind: K, id: string): Extract<Thing, { kind: K }> {
    const thing = this.get(kind, id);
    if (thing === undefined) throw new Error(`The simulator lost the ${kind} ${id}.`);
    return thing;
  }

  /** By id, user name or e-mail. */
  findMember(name: string): Member | undefined {
    return [...this.members.values()].find(
      ({ id, username, email }) => id === name || username === name || email === name,
    );
  }

  listsOf(idBoard: string): List[] {
    return inOrder(this.all('list').filter((list) => list.idBoard === idBoard));
  }

  labelsOf(idBoard: string): Label[] {
    return this.all('label').filter((label) => label.idBoard === idBoard);
  }

  /** In the order of the lists, then of the cards in each. */
  cardsOf(idBoard: string): Card[] {
    return this.listsOf(idBoard).flatMap(({ id }) => this.cardsIn(id));
  }

  cardsIn(idList: string): Card[] {
    return inOrder(this.all('card').filter((card) => card.idList === idList));
  }

  checklistsOf(idCard: string): Checklist[] {
    return inOrder(this.all('checklist').filter((checklist) => checklist.idCard === idCard));
  }

  customFieldsOf(idBoard: string) {
    return inOrder(this.all('customField').filter((field) => field.idBoard === idBoard));
  }

  boardOf(thing: Thing): Board {
    switch (thing.kind) {
      case 'board':
        return thing;
      case 'checklist':
        return this.need('board', this.need('card', thing.idCard).idBoard);
      default:
        return this.need('board', thing.idBoard);
    }
  }

  /** Notes what was done. @param hidden only webhooks hear of it. */
  act(
    caller: Caller,
    type: string,
    data: JsonObject,
    { hidden = false, aboutMemberId }: { hidden?: boolean; aboutMemberId?: string } = {},
  ): Action {
    const action: Action = {
      id: this.newId(),
      type,
      at: this.now(),
      memberId: caller.memberId,
      data: structuredClone(data),
      aboutMemberId,
      stored: !hidden,
      clientIdentifier: caller.clientIdentifier,
    };
    if (action.stored) this.actions.push(action);
    this.onAction(action);
    return action;
  }

  touch(thing: Card | Board): void {
    thing.activeAt = this.now();
    if (thing.kind === 'card') this.need('board', thing.idBoard).activeAt = this.now();
  }

  /** Does the work now, or once so many requests have passed as a copy lags behind. */
  finishCopy(finish: () => void): void {
    if (this.settings.copyLag === 0) finish();
    else this.#unfinished.push({ requestsLeft: this.settings.copyLag, finish });
  }

  /** A request has been served: copies come closer to their end. */
  passRequest(): void {
    const waiting = this.#unfinished;
    for (const copy of waiting) copy.requestsLeft -= 1;
    this.#unfinished = waiting.filter(({ requestsLeft }) => requestsLeft >= 0);
    for (const { requestsLeft, finish } of waiting) if (requestsLeft < 0) finish();
  }

  #byShortLink(text: string): Thing | undefined {
    if (text.length !== 8) return undefined;
    return this.things
      .values()
      .find((thing) => (thing.kind === 'board' || thing.kind === 'card') && thing.shortLink === text);
  }

  #digest(): string {
    this.#serial += 1;
    return createHash('sha256').update(`${this.settings.seed}:${this.#serial}`).digest('hex');
  }
}
