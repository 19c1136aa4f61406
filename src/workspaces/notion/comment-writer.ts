import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { COMMENT_REMARKS } from '#src/i18n/notion-comments.ts';
import { type Fields, type Item, isArchived, text } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { concurrently } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import type { WriteOrder, Written } from '../workspace.ts';
import { type CommentStyle, commentPieces, nativeId } from './comment-content.ts';
import type { NotionConnection } from './connection.ts';
import { findable, need, type Outcome, type RefusalCode } from './outcome.ts';
import { type CommentsRead, isDenied, ownComments } from './read-comments.ts';
import { plainText } from './read-values.ts';
import type { Refusals } from './refusals.ts';
import type { Remembered } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { Comment } from './schema.ts';
import { aboutLine } from './writer.ts';

const SIDE_BY_SIDE = 10;

export interface CommentOrder {
  readonly requests: Requests;
  readonly connection: NotionConnection;
  readonly remembered: Remembered;
  readonly order: WriteOrder;
  readonly style: CommentStyle;
  /** Ids of the pages that can be seen, by key. */
  readonly pages: ReadonlyMap<string, string>;
  /** As this cycle has read them: where a line is among them, nothing need be looked for. */
  readonly found: CommentsRead['ours'];
  readonly refusals: Refusals;
  fitted(item: Item, fields: Fields): Fields;
}

/** Writes comments onto pages that are all there. */
export class CommentWriter {
  readonly #input: CommentOrder;
  /** Notion has said that the connection may not. */
  #isDenied = false;

  constructor(input: CommentOrder) {
    this.#input = input;
  }

  /** Yields each comment once it stands. Those of one page follow each other in the order in which they were said. */
  async *run(): AsyncGenerator<Written> {
    const { changes } = this.#input.order;
    const comments = changes.filter(({ item }) => item.kind === 'comment');
    const byLine = Map.groupBy(comments, ({ item }) => item.parent);
    const jobs = [...byLine].map(
      ([parent, ofLine]) =>
        () =>
          this.#onPage(parent, ofLine),
    );
    yield* concurrently(jobs, SIDE_BY_SIDE);
  }

  async #onPage(parent: string, changes: readonly Change[]): Promise<readonly Written[]> {
    const page = this.#input.pages.get(parent);
    const line = this.#input.order.agreed.get(parent);
    if (page === undefined || !line) return [];
    const about: About = { type: 'comment', name: aboutLine(line).name };
    const desk = new PageDesk(page, about, parent, this.#input);
    const written: Written[] = [];
    for (const change of changes.toSorted(byInstant)) {
      if (this.#isDenied) break;
      const stands =
        change.kind === 'create'
          ? await this.#create(desk, change.item)
          : await this.#change(desk, change, isArchived(line));
      if (stands) written.push(stands);
    }
    return written;
  }

  async #create(desk: PageDesk, item: Item): Promise<Written | undefined> {
    const { requests, connection, remembered, style } = this.#input;
    const ours = await desk.ours();
    // Where we may not look for what we have written, we might write it twice.
    if (!ours) return this.#deny('read');
    if (ours.has(item.key)) return this.#standing(item, item.fields, 'adopted');
    const creation = await createOnce<{ id: string }, Exclude<Outcome<{ id: string }>, { kind: 'ok' }>>(
      {
        send: () =>
          requests.createComment(desk.about, {
            parent: { type: 'page_id', page_id: desk.page },
            rich_text: commentPieces(item, style),
          }),
        find: async () => {
          const id = (await desk.lookAgain()).get(item.key);
          return id === undefined ? undefined : { id };
        },
        fetch: async (id) => ({ id }),
      },
      connection.time,
      requests.signal,
    );
    const comment = this.#settle(desk, creation.outcome);
    if (!comment) return undefined;
    if (remembered.deniedComments === 'insertAgain') remembered.deniedComments = undefined;
    remembered.setComment(item.key, comment.id);
    return this.#standing(item, item.fields, creation.adopted ? 'adopted' : 'created');
  }

  /** Comments go with their line; on one that is put away nothing is changed. */
  async #change(
    desk: PageDesk,
    { item, fields }: Extract<Change, { kind: 'update' }>,
    isAway: boolean,
  ): Promise<Written | undefined> {
    const stands = this.#standing(item, fields, 'updated');
    const isInWords = 'text' in fields || 'author' in fields || 'origin' in fields;
    if (isAway || !isInWords) return stands;
    const { requests, remembered, style } = this.#input;
    const id = remembered.comment(item.key) ?? (await desk.ours())?.get(item.key);
    if (id === undefined) return 'text' in fields ? this.#leave(desk, item, fields) : stands;
    const outcome = await requests.updateComment(desk.about, {
      comment_id: id,
      rich_text: commentPieces(item, style),
    });
    if (outcome.kind === 'refused' && IS_GONE.has(outcome.refusal.code)) return stands;
    return this.#settle(desk, outcome) ? stands : undefined;
  }

  /**
   * Only its author may change what a person has written: it goes on showing that. What was deleted there, or
   * resolved, was said, and is not said again.
   */
  async #leave(desk: PageDesk, item: Item, fields: Fields): Promise<Written> {
    const stands = this.#standing(item, fields, 'updated');
    const native = nativeId(item.key);
    if (native === undefined) return stands;
    const shown = (await desk.comments())?.find(({ id }) => id.replaceAll('-', '') === native);
    if (!shown) return stands;
    const kept = plainText(shown.rich_text);
    this.#input.remembered.setKeptText(item.key, kept);
    this.#input.order.tell(said(COMMENT_REMARKS.notOurs, { line: desk.about.name }));
    return { ...stands, shows: { ...stands.shows, text: kept } };
  }

  #settle<T>(desk: PageDesk, outcome: Outcome<T>): T | undefined {
    return isDenied(outcome) ? this.#deny('insert') : this.#input.refusals.settle(desk.about, outcome);
  }

  /** It is told once, however often it is tried again. */
  #deny(what: 'read' | 'insert'): undefined {
    const { remembered, order } = this.#input;
    const remark = what === 'read' ? COMMENT_REMARKS.notRead : COMMENT_REMARKS.notInserted;
    if (remembered.deniedComments === undefined) order.tell(said(remark));
    remembered.deniedComments = what;
    this.#isDenied = true;
  }

  #standing(item: Item, fields: Fields, done: Written['done']): Written {
    return { key: item.key, done, shows: this.#input.fitted(item, fields) };
  }
}

/** Notion does not tell a comment that was deleted from one that another connection has made. */
const IS_GONE = new Set<RefusalCode>(['notShared', 'validation']);

function byInstant(one: Change, other: Change): number {
  const [a, b] = [one, other].map(({ item, key }) => `${text(item, 'at')} ${key}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** What is known of the comments of one page. */
class PageDesk {
  readonly page: string;
  readonly about: About;
  readonly #parent: string;
  readonly #requests: Requests;
  #comments: readonly Comment[] | undefined;
  #ours: ReadonlyMap<string, string> | undefined;

  constructor(page: string, about: About, parent: string, { requests, found }: CommentOrder) {
    this.page = page;
    this.about = about;
    this.#parent = parent;
    this.#requests = requests;
    this.#ours = found.get(parent);
  }

  /**
   * Ids of those that we have written, by their keys: an earlier run may have died before it could tell of one.
   * `undefined` where the connection may not read them.
   */
  async ours(): Promise<ReadonlyMap<string, string> | undefined> {
    if (this.#ours) return this.#ours;
    const comments = await this.comments();
    this.#ours = comments && ownComments(comments, this.#parent);
    return this.#ours;
  }

  async lookAgain(): Promise<ReadonlyMap<string, string>> {
    const comments = need(this.about, await this.#requests.comments(this.about, this.page));
    return ownComments(comments, this.#parent);
  }

  async comments(): Promise<readonly Comment[] | undefined> {
    if (this.#comments) return this.#comments;
    const outcome = await this.#requests.comments(this.about, this.page);
    if (isDenied(outcome)) return undefined;
    // A page that has gone meanwhile has none.
    this.#comments = findable(this.about, outcome) ?? [];
    return this.#comments;
  }
}
