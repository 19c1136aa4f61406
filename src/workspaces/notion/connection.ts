import * as z from 'zod';
import type { About } from '#src/i18n/notion.ts';
import type { Time } from '../gate/time.ts';
import type { NotionClient } from './client.ts';
import { Edits } from './edits.ts';
import { findable, type Outcome } from './outcome.ts';
import type { Requests } from './requests.ts';
import { DataSource, listOf, type User } from './schema.ts';

/** Members come and go rarely. */
const USERS_FRESH_MS = 10 * 60_000;
/** Long enough for a round over many new projects. */
const SOURCES_FRESH_MS = 60_000;
/** Pages of search results that are looked through for a lost database: 500 of them. */
const MOST_SEARCHES = 5;
/** The share of the allowed rate that looking everything through again may take. */
const FULL_CHECK_SHARE = 0.2;
const SHORTEST_FULL_CHECK_MS = 10 * 60_000;

const Me = z.object({
  id: z.string(),
  name: z.string().nullish(),
  bot: z
    .object({
      workspace_name: z.string().nullish(),
      workspace_limits: z.object({ max_file_upload_size_in_bytes: z.number() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type Me = z.infer<typeof Me>;

/**
 * One connection to Notion, as all the projects share it that use the same token: its client, and what is asked once
 * for all of them.
 */
export class NotionConnection {
  readonly client: NotionClient;
  readonly time: Time;
  readonly edits: Edits;
  readonly ratePerMinute: number;
  /** Our own user, once it is known. */
  bot: string | undefined;
  readonly #kept = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  readonly #costs = new Map<string, number>();

  constructor(client: NotionClient, time: Time, ratePerMinute: number) {
    this.client = client;
    this.time = time;
    this.ratePerMinute = ratePerMinute;
    this.edits = new Edits(client, time);
  }

  me(requests: Requests): Promise<Outcome<Me>> {
    const { client, project, signal } = requests;
    return client.call({ project, signal, about: WORKSPACE }, (sdk) => sdk.users.me({}), Me);
  }

  /** Everyone but guests. */
  users(requests: Requests): Promise<Outcome<readonly User[]>> {
    const isKept = ({ kind }: Outcome<unknown>) => kind === 'ok' || kind === 'refused';
    return this.#once('users', USERS_FRESH_MS, () => requests.users(WORKSPACE), isKept);
  }

  /** The data sources that are shared with the connection, as far as search knows them: it is late, and forgets some. */
  sources(requests: Requests): Promise<readonly DataSource[]> {
    return this.#once('sources', SOURCES_FRESH_MS, () => searchSources(requests));
  }

  /** Says what a full read of a workspace costs, in requests. */
  noteFullRead(workspace: string, requests: number): void {
    this.#costs.set(workspace, requests);
  }

  /** How often everything of each workspace is read again, so that it keeps to its share of the rate. */
  get fullCheckEveryMs(): number {
    const requests = [...this.#costs.values()].reduce((sum, one) => sum + one, 0);
    return Math.max(SHORTEST_FULL_CHECK_MS, (requests / (this.ratePerMinute * FULL_CHECK_SHARE)) * 60_000);
  }

  /** Asks once for all who ask within that time. What has failed, or is not worth keeping, is asked for again. */
  #once<T>(name: string, freshMs: number, ask: () => Promise<T>, isKept = (_value: T) => true): Promise<T> {
    const kept = this.#kept.get(name);
    if (kept && this.time.now() - kept.at < freshMs) return kept.value as Promise<T>;
    const value = ask();
    this.#kept.set(name, { at: this.time.now(), value });
    const forget = () => void this.#kept.delete(name);
    value.then((told) => isKept(told) || forget(), forget);
    return value;
  }
}

export const WORKSPACE: About = { type: 'workspace', name: 'Notion' };

async function searchSources({ client, project, signal }: Requests): Promise<readonly DataSource[]> {
  const found: DataSource[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_SEARCHES; page += 1) {
    const outcome = await client.call(
      { project, signal, about: WORKSPACE },
      (sdk) =>
        sdk.search({
          filter: { property: 'object', value: 'data_source' },
          page_size: 100,
          ...(cursor !== undefined && { start_cursor: cursor }),
        }),
      listOf(DataSource),
    );
    // Who may not search has found nothing; who was not answered does not know, and would make everything again.
    const list = findable(WORKSPACE, outcome);
    if (!list) return found;
    found.push(...list.rows);
    if (!list.hasMore || list.nextCursor === null) return found;
    cursor = list.nextCursor;
  }
  return found;
}
