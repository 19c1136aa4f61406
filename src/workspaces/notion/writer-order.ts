import type { Fields, Item } from '#src/plan/item.ts';
import type { WriteOrder } from '../workspace.ts';
import type { NotionConnection } from './connection.ts';
import type { People } from './people.ts';
import type { Refusals } from './refusals.ts';
import type { Remembered } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { Page } from './schema.ts';
import type { Structure } from './structure.ts';

/** What writing lines and points works with. */
export interface WriterOrder {
  readonly requests: Requests;
  readonly connection: NotionConnection;
  readonly remembered: Remembered;
  readonly structure: Structure;
  readonly order: WriteOrder;
  readonly people: People;
  /** Ids of the pages that can be seen, by key: those that this run makes are added. */
  readonly pages: Map<string, string>;
  /** Lines as they were read, by key: their page, and whether it bears the key. */
  readonly lines: ReadonlyMap<string, { readonly page: Page; readonly stamped: boolean }>;
  /** Lines that we have made twice. */
  readonly redundant: readonly Page[];
  /** Told of what Notion will not take while the rest goes on. */
  readonly refusals: Refusals;
  /** What the item shows if it is given these fields now: a relation to a page that is not there yet is not shown. */
  fitted(item: Item, fields: Fields): Fields;
}
