import * as z from 'zod';
import { type Memory, REMEMBERED_URL } from '../workspace.ts';

/**
 * What is remembered of a project's board: the ids under which its parts are held, since people rename and move them.
 * A value that cannot be read counts as forgotten.
 */

const BoardPlace = z.object({ id: z.string(), url: z.string() });
export type BoardPlace = z.infer<typeof BoardPlace>;

/** Ids of lists, labels, custom fields and their options by their `ref`. */
const Refs = z.record(z.string(), z.string());

/** Ids of the custom fields that a card's values stand in, by column. */
const Filled = z.record(z.string(), z.string());
export type Filled = Readonly<z.infer<typeof Filled>>;

const CardPlace = z.object({
  card: z.string(),
  /** Ids of the points that it shows, by key. */
  points: z.record(z.string(), z.string()).optional(),
  /** What the card was last seen to say of its task. */
  status: z.enum(['todo', 'doing', 'blocked', 'done', 'dropped']).optional(),
  filled: Filled.optional(),
});
export type CardPlace = z.infer<typeof CardPlace>;

const CommentPlace = z.object({
  action: z.string(),
  card: z.string(),
  /** Another account has posted it for us: Trello does not let ours change it. */
  isForeign: z.boolean().optional(),
});
export type CommentPlace = z.infer<typeof CommentPlace>;

const Overview = z.object({
  card: z.string(),
  /** Of what its text and its picture show, as digests. */
  text: z.string().optional(),
  picture: z.string().optional(),
});
export type RememberedOverview = z.infer<typeof Overview>;

export class Remembered {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get board(): BoardPlace | undefined {
    return this.#read('board', BoardPlace);
  }
  set board(board: BoardPlace) {
    this.#write('board', board);
    this.#memory.set(REMEMBERED_URL, board.url);
  }

  get lists(): Readonly<Record<string, string>> {
    return this.#read('lists', Refs) ?? {};
  }
  set lists(refs: Readonly<Record<string, string>>) {
    this.#write('lists', refs);
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#read('labels', Refs) ?? {};
  }
  set labels(refs: Readonly<Record<string, string>>) {
    this.#write('labels', refs);
  }

  get fields(): Readonly<Record<string, string>> {
    return this.#read('fields', Refs) ?? {};
  }
  set fields(refs: Readonly<Record<string, string>>) {
    this.#write('fields', refs);
  }

  /** Ids of people by the e-mail address under which they were searched for; `''` where nobody was found. */
  get emails(): Readonly<Record<string, string>> {
    return this.#read('emails', Refs) ?? {};
  }
  set emails(ids: Readonly<Record<string, string>>) {
    this.#write('emails', ids);
  }

  /** When Trello last would not make a custom field, in ms since 1970. */
  get fieldsRefusedAt(): number | undefined {
    return this.#read('fieldsRefused', z.object({ at: z.number() }))?.at;
  }
  set fieldsRefusedAt(at: number) {
    this.#write('fieldsRefused', { at });
  }

  /** `null`: people have taken it away. */
  get overview(): RememberedOverview | null | undefined {
    return this.#read('overview', Overview.nullable());
  }
  set overview(overview: RememberedOverview | null) {
    this.#write('overview', overview);
  }

  card(key: string): CardPlace | undefined {
    return this.#read(`card:${key}`, CardPlace);
  }
  setCard(key: string, place: CardPlace): void {
    this.#write(`card:${key}`, place);
  }

  /** Of a comment that we have posted, not of those that people write in Trello. */
  comment(key: string): CommentPlace | undefined {
    return this.#read(`comment:${key}`, CommentPlace);
  }
  setComment(key: string, place: CommentPlace): void {
    this.#write(`comment:${key}`, place);
  }

  flush(): Promise<void> {
    return this.#memory.flush();
  }

  #read<T>(name: string, schema: z.ZodType<T>): T | undefined {
    const text = this.#memory.get(name);
    if (text === undefined) return undefined;
    try {
      return schema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  #write(name: string, value: object | null): void {
    this.#memory.set(name, JSON.stringify(value));
  }
}
