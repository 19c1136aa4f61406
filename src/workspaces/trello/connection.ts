import type { Time } from '../gate/time.ts';
import type { TrelloClient } from './client.ts';
import type { Endpoint } from './endpoint.ts';
import { getMyBoards } from './endpoints/boards.ts';
import { getMyTokens, getOrganization, getOrganizationMembers, searchMembers } from './endpoints/people.ts';
import type { Outcome } from './outcome.ts';
import type { Board, GivenToken, Member, Organization, Rows } from './schema.ts';
import { Stamps } from './stamps.ts';

/** Several projects look at once, every few seconds: one question serves them all. */
const BOARDS_FRESH_MS = 8_000;
/** A workspace changes its plan rarely. */
const ORGANIZATION_FRESH_MS = 10 * 60_000;
/** Questions about people are few: 100 in a quarter of an hour. */
const PEOPLE_FRESH_MS = 60 * 60_000;
/** The share of the allowed rate that reading boards without a sign may take. */
const UNASKED_SHARE = 0.2;
const SHORTEST_UNASKED_MS = 5 * 60_000;

/** For whom a request is made. */
interface Asker {
  readonly project: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One token of Trello, as all the projects share it that use it: its client, and what is asked once for all of them.
 */
export class TrelloConnection {
  readonly client: TrelloClient;
  readonly time: Time;
  readonly ratePer10Seconds: number;
  readonly stamps = new Stamps();
  /** Ids of boards that Trello does not show in one answer. */
  readonly pagedBoards = new Set<string>();
  readonly #kept = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  readonly #boards = new Set<string>();

  constructor(client: TrelloClient, time: Time, ratePer10Seconds: number) {
    this.client = client;
    this.time = time;
    this.ratePer10Seconds = ratePer10Seconds;
  }

  /** The open boards of the person of the token, with their last activity: a hint, since labels move none. */
  boards(asker: Asker): Promise<Outcome<Rows<Board>>> {
    return this.#once('boards', BOARDS_FRESH_MS, getMyBoards(), asker);
  }

  organization(name: string, asker: Asker): Promise<Outcome<Organization>> {
    return this.#once(`organization ${name}`, ORGANIZATION_FRESH_MS, getOrganization(name), asker);
  }

  /** Everyone of a workspace, guests included. */
  colleagues(organization: string, asker: Asker): Promise<Outcome<Rows<Member>>> {
    const endpoint = getOrganizationMembers(organization);
    return this.#once(`colleagues ${organization}`, ORGANIZATION_FRESH_MS, endpoint, asker);
  }

  /** The tokens that the person of ours has given, with their rights. */
  tokens(asker: Asker): Promise<Outcome<Rows<GivenToken>>> {
    return this.#once('tokens', ORGANIZATION_FRESH_MS, getMyTokens(), asker);
  }

  /** Those whom Trello finds for an e-mail address. */
  membersByEmail(email: string, asker: Asker): Promise<Outcome<Rows<Member>>> {
    return this.#once(`email ${email}`, PEOPLE_FRESH_MS, searchMembers(email), asker);
  }

  /** Says that a board is kept in step. */
  noteBoard(board: string): void {
    this.#boards.add(board);
  }

  /** How often each board is read although nothing shows that it has changed: a read is one request. */
  get readUnaskedEveryMs(): number {
    const perSecond = (this.ratePer10Seconds / 10) * UNASKED_SHARE;
    return Math.max(SHORTEST_UNASKED_MS, (this.#boards.size / perSecond) * 1000);
  }

  /** Asks once for all who ask within that time; what was not answered is asked again. */
  #once<T>(name: string, freshMs: number, endpoint: Endpoint<T>, asker: Asker): Promise<Outcome<T>> {
    const kept = this.#kept.get(name);
    if (kept && this.time.now() - kept.at < freshMs) return kept.value as Promise<Outcome<T>>;
    const value = this.client.call(asker, endpoint);
    this.#kept.set(name, { at: this.time.now(), value });
    const forget = () => this.#kept.delete(name);
    value.then(({ kind }) => kind === 'ok' || forget(), forget);
    return value;
  }
}
