import * as z from 'zod';
import type { Memory } from '../workspace.ts';
import type { KnownSchema } from './properties.ts';

/**
 * What is remembered of a project's place in Notion: the ids under which its parts are held, since people rename and
 * move them, and what we last put on the home page. A value that cannot be read counts as forgotten.
 */

const Home = z.object({
  page: z.string(),
  url: z.string(),
  /** Ids of the blocks that we keep up to date; `null` for one that people have taken away. */
  blocks: z.record(z.string(), z.string().nullable()).optional(),
  /** What each of these blocks shows, as a digest. */
  shows: z.record(z.string(), z.string()),
});
export type RememberedHome = z.infer<typeof Home>;

const Place = z.object({ database: z.string(), source: z.string() });
export type TablePlace = z.infer<typeof Place>;

const Schema: z.ZodType<KnownSchema> = z.record(
  z.string(),
  z.object({
    id: z.string(),
    options: z.record(z.string(), z.string()).optional(),
    unfit: z.literal(true).optional(),
  }),
);

/** Ids by the name of the view; `null` for one that Notion does not grant. */
const Views = z.record(z.string(), z.string().nullable());
export type RememberedViews = z.infer<typeof Views>;

const Line = z.object({
  page: z.string(),
  /** When we made the page, as Notion says, with all its points: until it is edited they need not be read. */
  made: z.string().optional(),
  /** Block ids of points; `''` for one that was made with its page, which does not tell them. */
  points: z.record(z.string(), z.string()).optional(),
  /** Block ids of points that were deleted one by one: they come back without costing a block. */
  deleted: z.record(z.string(), z.string()).optional(),
});
export type RememberedLine = z.infer<typeof Line>;

const HOME = 'home';
const SETTLED = 'settled';
const BOT = 'bot';
const PERSON = 'person:';
const LINE = 'line:';
const COMMENT = 'comment:';
const KEPT = 'kept:';
const DENIED = 'denied:comments';

/** What the connection may not do with comments; `insertAgain`: it was not to insert them, and is to try again. */
const Denied = z.enum(['read', 'insert', 'insertAgain']);
export type DeniedComments = z.infer<typeof Denied>;

export class Remembered {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get home(): RememberedHome | undefined {
    return this.#read(HOME, Home);
  }
  set home(home: RememberedHome) {
    this.#write(HOME, home);
  }

  /** Every database that we ever meant to make is among those remembered. */
  get isSettled(): boolean {
    return this.#memory.get(SETTLED) !== undefined;
  }
  set isSettled(settled: boolean) {
    if (settled) this.#memory.set(SETTLED, 'yes');
    else this.#memory.delete(SETTLED);
  }

  /** The id of our own bot user. */
  get bot(): string | undefined {
    return this.#memory.get(BOT);
  }
  set bot(id: string) {
    this.#memory.set(BOT, id);
  }

  /** The name that we have used for someone, by their id. */
  person(id: string): string | undefined {
    return this.#memory.get(`${PERSON}${id}`);
  }
  setPerson(id: string, name: string): void {
    if (this.person(id) !== name) this.#memory.set(`${PERSON}${id}`, name);
  }

  table(parent: string): TablePlace | undefined {
    return this.#read(`table:${parent}`, Place);
  }
  setTable(parent: string, place: TablePlace): void {
    this.#write(`table:${parent}`, place);
  }

  schema(parent: string): KnownSchema | undefined {
    return this.#read(`schema:${parent}`, Schema);
  }
  setSchema(parent: string, schema: KnownSchema): void {
    this.#write(`schema:${parent}`, schema);
  }

  views(parent: string): RememberedViews | undefined {
    return this.#read(`views:${parent}`, Views);
  }
  setViews(parent: string, views: RememberedViews): void {
    this.#write(`views:${parent}`, views);
  }

  line(key: string): RememberedLine | undefined {
    return this.#read(`${LINE}${key}`, Line);
  }
  setLine(key: string, line: RememberedLine): void {
    this.#write(`${LINE}${key}`, line);
  }

  forgetLine(key: string): void {
    this.#memory.delete(`${LINE}${key}`);
  }

  /** The id of a comment that we have written. */
  comment(key: string): string | undefined {
    return this.#memory.get(`${COMMENT}${key}`);
  }
  setComment(key: string, id: string): void {
    if (this.comment(key) !== id) this.#memory.set(`${COMMENT}${key}`, id);
  }

  /** What a comment that is not ours goes on showing, whatever it was changed to elsewhere. */
  keptText(key: string): string | undefined {
    return this.#memory.get(`${KEPT}${key}`);
  }
  setKeptText(key: string, text: string): void {
    if (this.keptText(key) !== text) this.#memory.set(`${KEPT}${key}`, text);
  }

  /** As Notion last said; `undefined` while it has denied nothing. */
  get deniedComments(): DeniedComments | undefined {
    return Denied.safeParse(this.#memory.get(DENIED)).data;
  }
  set deniedComments(denied: DeniedComments | undefined) {
    if (denied === this.deniedComments) return;
    if (denied === undefined) this.#memory.delete(DENIED);
    else this.#memory.set(DENIED, denied);
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

  #write(name: string, value: object): void {
    this.#memory.set(name, JSON.stringify(value));
  }
}
