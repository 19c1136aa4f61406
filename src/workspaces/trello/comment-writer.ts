import { said, say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { COMMENT_REMARKS, COMMENT_WORDS } from '#src/i18n/trello-comments.ts';
import { TRELLO_REMARKS } from '#src/i18n/trello-words.ts';
import { type Fields, type Item, text } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { concurrently } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import type { WriteOrder, Written } from '../workspace.ts';
import { nameOf } from './card-content.ts';
import { commentText, isCommentCut, readComment } from './comment-text.ts';
import { outOfReach, type Posted } from './comments.ts';
import { call, type Desk } from './desk.ts';
import { addComment, getCardComments, updateComment } from './endpoints/cards.ts';
import { isForbidden, isNotFound } from './locate.ts';
import { need } from './outcome.ts';
import type { Sighted } from './read.ts';
import type { Refused } from './refused.ts';

/** As many as the gate lets under way at once. */
const SIDE_BY_SIDE = 10;

export interface CommentsOrder {
  readonly desk: Desk;
  readonly order: WriteOrder;
  readonly sighted: Sighted;
  readonly refused: Refused;
  /** What the item shows once it is given these fields. */
  fitted(item: Item, fields: Fields): Fields;
}

/** Posts comments from elsewhere on their cards, and changes those that were posted before. */
export class CommentWriter {
  readonly #input: CommentsOrder;

  constructor(input: CommentsOrder) {
    this.#input = input;
  }

  /** Those of one card one after the other, in the order in which they were said. */
  async *run(): AsyncGenerator<Written> {
    const { order, sighted } = this.#input;
    for (const item of outOfReach(sighted.comments, order.agreed))
      order.tell(said(COMMENT_REMARKS.notOurs, { card: this.#cardName(item) }));
    const comments = order.changes.filter(({ item }) => item.kind === 'comment');
    const byCard = Map.groupBy(comments.toSorted(byTime), ({ item }) => item.parent);
    yield* concurrently(
      [...byCard.values()].map((ofCard) => () => this.#ofCard(ofCard)),
      SIDE_BY_SIDE,
    );
  }

  async #ofCard(changes: readonly Change[]): Promise<readonly Written[]> {
    const written: Written[] = [];
    for (const { item, ...change } of changes) {
      this.#input.order.signal?.throwIfAborted();
      const fields = 'fields' in change ? change.fields : item.fields;
      const done = change.kind === 'create' ? await this.#post(item) : await this.#change(item);
      if (done) written.push({ key: item.key, done, shows: this.#input.fitted(item, fields) });
    }
    return written;
  }

  async #post(item: Item): Promise<Written['done'] | undefined> {
    const { desk, sighted, refused } = this.#input;
    const { remembered } = desk;
    const card = sighted.lines.get(item.parent)?.card.id ?? remembered.card(item.parent)?.card;
    // The card could not be made: the comment is asked for again with it.
    if (card === undefined) return undefined;
    const { outcome, adopted } = await createOnce(
      {
        send: () => call(desk, addComment(card, this.#whole(item))),
        find: async () => {
          const { rows } = need(this.#about(item), await call(desk, getCardComments(card)));
          return rows.find(({ data }) => readComment(data.text ?? '').key === item.key);
        },
      },
      desk.connection.time,
      desk.signal,
    );
    const made = refused.settleExisting(this.#about(item), outcome);
    if (!made) return undefined;
    remembered.setComment(item.key, { action: made.id, card });
    this.#tellCut(item);
    return adopted ? 'adopted' : 'created';
  }

  async #change(item: Item): Promise<Written['done'] | undefined> {
    const { desk, sighted, refused } = this.#input;
    const posted = sighted.comments.get(item.key);
    if (!posted?.isOurs) return undefined;
    const whole = this.#whole(item);
    if (whole === posted.whole) return 'updated';
    const outcome = await call(desk, updateComment(posted.card, posted.action, whole));
    // Deleted there, with its card or alone, it stays deleted.
    if (isNotFound(outcome)) return 'updated';
    if (isForbidden(outcome)) return this.#leave(item, posted);
    if (!refused.settleExisting(this.#about(item), outcome)) return undefined;
    this.#tellCut(item);
    return 'updated';
  }

  #leave(item: Item, { action, card }: Posted): undefined {
    const { desk, order } = this.#input;
    desk.remembered.setComment(item.key, { action, card, isForeign: true });
    order.tell(said(COMMENT_REMARKS.notOurs, { card: this.#cardName(item) }));
  }

  #whole(item: Item): string {
    const { blueprint, timeZone } = this.#input.desk;
    return commentText(item, { locale: blueprint.locale, timeZone });
  }

  #tellCut(item: Item): void {
    const { order, desk } = this.#input;
    const { locale } = desk.blueprint;
    if (!isCommentCut(item.key, text(item, 'text'), locale)) return;
    const parts = say(locale, COMMENT_WORDS.name);
    order.tell(said(TRELLO_REMARKS.tooLong, { card: this.#cardName(item), parts }));
  }

  #about(item: Item): About {
    return { type: 'comment', name: this.#cardName(item) };
  }

  #cardName({ parent }: Item): string {
    const card = this.#input.order.agreed.get(parent);
    return card ? nameOf(card) : parent;
  }
}

function byTime(one: Change, other: Change): number {
  const [a, b] = [one, other].map(({ item }) => `${text(item, 'at')} ${item.key}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
