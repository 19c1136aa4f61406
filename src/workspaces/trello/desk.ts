import type { Item, Status } from '#src/plan/item.ts';
import type { Blueprint } from '../workspace.ts';
import type { TrelloConnection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import type { Layout } from './lists.ts';
import type { Outcome } from './outcome.ts';
import type { ProjectPerson } from './people.ts';
import type { Remembered } from './remembered.ts';

/** Where the plan is to be: on a new board of a Trello workspace, or on a board that is there. */
export type BoardWish = { readonly organization: string } | { readonly board: string };

/** What working on one project's board needs. */
export interface Desk {
  readonly connection: TrelloConnection;
  readonly project: string;
  readonly signal: AbortSignal | undefined;
  readonly wish: BoardWish;
  readonly layout: Layout;
  /** Lists of the team's own that mean a status, by name. */
  readonly ownLists: Readonly<Record<string, Status>>;
  readonly people: readonly ProjectPerson[];
  readonly timeZone: string;
  readonly blueprint: Blueprint;
  readonly remembered: Remembered;
  /** What was last agreed, or else what the template holds. */
  readonly known: ReadonlyMap<string, Item>;
}

export function call<T>({ connection, project, signal }: Desk, endpoint: Endpoint<T>): Promise<Outcome<T>> {
  return connection.client.call({ project, signal }, endpoint);
}
