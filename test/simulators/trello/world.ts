import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Action, Board, Card, Credential, Member, Organization, Thing, Webhook } from './records.ts';
import type { Scope, Settings } from './settings.ts';
import { Things } from './things.ts';

/** Who acts: an application through the API, or a person in the interface. */
export interface Caller {
  readonly memberId: string;
  /** Undefined: a person in the interface, who sees everything and is bound by no plan. */
  readonly credential?: Credential | undefined;
  /** What the request says it is, to be told to webhooks. */
  readonly clientIdentifier?: string | undefined;
}

/** Everything that a Trello holds, from which another of the same seed can go on. */
export interface WorldMemory {
  readonly things: readonly Thing[];
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly members: ReadonlyMap<string, Member>;
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly actions: readonly Action[];
  readonly requests: number;
  readonly serial: number;
  readonly idSerial: number;
}

/** Everything that the simulated Trello holds. */
export class World extends Things {
  readonly settings: Settings;
  readonly organizations = new Map<string, Organization>();
  readonly members = new Map<string, Member>();
  readonly credentials = new Map<string, Credential>();
  readonly webhooks = new Map<string, Webhook>();
  readonly actions: Action[] = [];
  /** Told each action, also those that are not stored. */
  onAction: (action: Action) => void = () => {};
  /** What addresses of files begin with, once the simulator listens. */
  baseUrl = '';
  /** That have come in. */
  requests = 0;
  readonly #machine: string;
  readonly #comments = new Map<string, Action[]>();
  #serial = 0;
  #idSerial: number;
  #unfinished: { requestsLeft: number; finish: () => void }[] = [];

  constructor(settings: Settings) {
    super();
    this.settings = settings;
    this.#machine = createHash('sha256').update(settings.seed).digest('hex').slice(0, 10);
    this.#idSerial = Number.parseInt(this.#digest().slice(0, 5), 16);
    for (const { fullName, username, email } of settings.people) {
      this.addMember({ fullName, username, email, confirmed: true });
    }
  }

  now(): number {
    return this.settings.now().getTime();
  }

  /** @throws while a copy is not finished: what it is still to do cannot be taken along. */
  memory(): WorldMemory {
    if (this.#unfinished.length > 0) throw new Error('A copy is not finished yet.');
    const { organizations, members, credentials, webhooks, actions, requests } = this;
    const held = structuredClone({ organizations, members, credentials, webhooks, actions, requests });
    const things = structuredClone(this.everything());
    return { ...held, things, serial: this.#serial, idSerial: this.#idSerial };
  }

  /** Takes over what another world of the same seed held. */
  recall(memory: WorldMemory): void {
    const { things, organizations, members, credentials, webhooks, actions } = structuredClone(memory);
    for (const thing of things) this.add(withBuffers(thing));
    for (const [id, organization] of organizations)
      this.organizations.set(id, Object.assign(this.organizations.get(id) ?? organization, organization));
    for (const [id, member] of members) this.members.set(id, member);
    for (const [token, credential] of credentials)
      this.credentials.set(token, Object.assign(this.credentials.get(token) ?? credential, credential));
    for (const [id, webhook] of webhooks) this.webhooks.set(id, webhook);
    for (const action of actions) this.#keep(action);
    this.requests = memory.requests;
    this.#serial = memory.serial;
    this.#idSerial = memory.idSerial;
  }

  /** 24 hex digits, of which the first eight are the second of creation; later ids sort after earlier ones. */
  newId(): string {
    this.#idSerial += 1;
    const seconds = Math.floor(this.now() / 1000);
    return `${seconds.toString(16).padStart(8, '0')}${this.#machine}${this.#idSerial.toString(16).padStart(6, '0')}`;
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

  /** By id, user name or e-mail. */
  findMember(name: string): Member | undefined {
    return [...this.members.values()].find(
      ({ id, username, email }) => id === name || username === name || email === name,
    );
  }

  /** Comments of a card that have not been deleted, the oldest first. */
  commentsOn(idCard: string): readonly Action[] {
    return this.#comments.get(idCard) ?? [];
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
    if (action.stored) this.#keep(action);
    this.onAction(action);
    return action;
  }

  /** A comment that its author has deleted is told nowhere any more. */
  forget(action: Action): void {
    this.actions.splice(this.actions.indexOf(action), 1);
    for (const [idCard, comments] of this.#comments) {
      if (comments.includes(action))
        this.#comments.set(
          idCard,
          comments.filter((one) => one !== action),
        );
    }
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

  /** A request has come in: copies come closer to their end. */
  passRequest(): void {
    this.requests += 1;
    const waiting = this.#unfinished;
    for (const copy of waiting) copy.requestsLeft -= 1;
    this.#unfinished = waiting.filter(({ requestsLeft }) => requestsLeft >= 0);
    for (const { requestsLeft, finish } of waiting) if (requestsLeft < 0) finish();
  }

  #keep(action: Action): void {
    this.actions.push(action);
    if (action.type !== 'commentCard') return;
    const idCard = String(Object(action.data.card).id);
    this.#comments.set(idCard, [...this.commentsOn(idCard), action]);
  }

  #digest(): string {
    this.#serial += 1;
    return createHash('sha256').update(`${this.settings.seed}:${this.#serial}`).digest('hex');
  }
}

/** A clone of a Buffer is a plain array of bytes. */
function withBuffers(thing: Thing): Thing {
  if (thing.kind !== 'card') return thing;
  const attachments = thing.attachments.map(({ bytes, ...rest }) => ({
    ...rest,
    bytes: bytes && Buffer.from(bytes),
  }));
  return { ...thing, attachments };
}
