import { said } from '#src/i18n/message.ts';
import { BOARD_REMARKS } from '#src/i18n/trello-place.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import type { WriteOrder, Written } from '../workspace.ts';
import { CommentWriter } from './comment-writer.ts';
import type { Desk } from './desk.ts';
import type { WantedList } from './lists.ts';
import { peopleFor } from './members.ts';
import { refreshOverview } from './overview-writer.ts';
import type { Sighted } from './read.ts';
import { Refused } from './refused.ts';
import { openStructure } from './structure.ts';
import { writingContext } from './survey.ts';
import { CardWriter } from './writer.ts';

export interface PlaceOrder {
  readonly desk: Desk;
  readonly order: WriteOrder;
  readonly sighted: Sighted;
  /** Which lists are to be there now. */
  isDue(list: WantedList): boolean;
  /** What the item shows once it is given these fields. */
  fitted(item: Item, fields: Fields): Fields;
}

/**
 * Makes what is missing, carries the changes out, comments last, and brings the card of the overview up to date.
 * @throws what was refused or could not be done, after all the rest.
 */
export async function* writePlace({
  desk,
  order,
  sighted,
  isDue,
  fitted,
}: PlaceOrder): AsyncGenerator<Written> {
  const { survey } = sighted;
  const refused = new Refused();
  try {
    const structure = await openStructure(desk, sighted, isDue, order.tell);
    const people = await peopleFor(desk, structure, survey, order);
    const context = writingContext(desk, survey, order.agreed);
    const shared = { desk, order, sighted, refused, fitted };
    yield* new CardWriter({ ...shared, structure, people, context, agreed: order.agreed }).run();
    yield* new CommentWriter(shared).run();
    if (refused.gone.length > 0) order.tell(said(BOARD_REMARKS.goneMeanwhile, { names: refused.gone }));
    refused.throwAll();
    await refreshOverview(desk, structure, survey, order);
  } finally {
    // What has been made is known to the next run, also when the rest failed.
    await desk.remembered.flush();
  }
}
