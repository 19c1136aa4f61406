import * as z from 'zod';
import type { Time } from '../gate/time.ts';
import type { NotionClient } from './client.ts';
import { listOf, NotionId, Parent } from './schema.ts';

/** Several projects look at once, every few seconds: one question serves them all. */
const FRESH_MS = 8_000;
/** Edits are dated to the minute: one that follows in the same minute looks like none. */
const SETTLED_AFTER_MS = 120_000;
const MOST_PAGES = 5;

const Found = z.object({ id: NotionId, parent: Parent, last_edited_time: z.string() });

/**
 * What was edited last among all that a connection sees: one search for any number of projects. It is a hint: search
 * is late, shows nothing of the trash, and may miss things; full reads and webhooks make up for it.
 */
export class Edits {
  readonly #client: NotionClient;
  readonly #time: Time;
  /** The latest edit of each page and data source, and of what lies in it. */
  readonly #latest = new Map<string, string>();
  #highest = '';
  #lost = 0;
  #asked: { readonly at: number; readonly done: Promise<boolean> } | undefined;

  constructor(client: NotionClient, time: Time) {
    this.#client = client;
    this.#time = time;
  }

  /**
   * A sign that is the same as long as nothing is known to have been edited among these ids or in them. `undefined`
   * when Notion did not say.
   */
  async sign(ids: readonly string[], project: string): Promise<string | undefined> {
    const now = this.#time.now();
    if (!this.#asked || now - this.#asked.at >= FRESH_MS)
      this.#asked = { at: now, done: this.#ask(project).catch(() => false) };
    if (!(await this.#asked.done)) return undefined;
    const latest = ids.reduce((last, id) => later(last, this.#latest.get(id) ?? ''), '');
    const isSettled = latest === '' || now - Date.parse(latest) >= SETTLED_AFTER_MS;
    return [latest, this.#lost, isSettled ? '' : Math.floor(now / 60_000)].join(' ');
  }

  async #ask(project: string): Promise<boolean> {
    const before = this.#highest;
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const outcome = await this.#client.call(
        { project, about: { type: 'workspace', name: 'Notion' } },
        (sdk) =>
          sdk.search({
            sort: { timestamp: 'last_edited_time', direction: 'descending' },
            page_size: 100,
            ...(cursor !== undefined && { start_cursor: cursor }),
          }),
        listOf(Found),
      );
      if (outcome.kind !== 'ok') return false;
      const { rows, hasMore, nextCursor } = outcome.value;
      for (const row of rows) this.#note(row);
      const oldest = rows.at(-1)?.last_edited_time ?? '';
      // The first look sets the mark; the next ones go back to it, and a little further, since search is late.
      const reached = before === '' || Date.parse(oldest) < Date.parse(before) - SETTLED_AFTER_MS;
      if (!hasMore || nextCursor === null || reached) return true;
      cursor = nextCursor;
    }
    // More has been edited than is worth looking through: everyone has to look for himself.
    this.#lost += 1;
    return true;
  }

  #note({ id, parent, last_edited_time }: z.infer<typeof Found>): void {
    this.#highest = later(this.#highest, last_edited_time);
    for (const one of parent.id === null ? [id] : [id, parent.id])
      this.#latest.set(one, later(this.#latest.get(one) ?? '', last_edited_time));
  }
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
