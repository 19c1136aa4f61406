import type { JsonObject } from '../json.ts';
import type { Action, Board, Card, List } from './records.ts';
import type { Caller, World } from './world.ts';

/** What an action tells beside the card, its list and its board. */
export type Told = JsonObject;

export interface HowTold {
  /** Only webhooks hear of it. */
  readonly hidden?: boolean;
  readonly aboutMemberId?: string;
}

export function boardData({ id, name, shortLink }: Board): JsonObject {
  return { id, name, shortLink };
}

export function listData({ id, name }: List): JsonObject {
  return { id, name };
}

export interface CardData extends JsonObject {
  card: JsonObject;
}

export function cardData(world: World, card: Card): CardData {
  const { id, name, number, shortLink } = card;
  const list = world.get('list', card.idList);
  return {
    card: { id, name, idShort: number, shortLink },
    board: boardData(world.need('board', card.idBoard)),
    ...(list === undefined ? {} : { list: listData(list) }),
  };
}

/** Notes an action on a card. */
export function tell(
  world: World,
  caller: Caller,
  type: string,
  card: Card,
  told: Told = {},
  how: HowTold = {},
): Action {
  return world.act(caller, type, { ...cardData(world, card), ...told }, how);
}

/** An updateCard, with exactly what has changed in `old`, and what it is now in the card. */
export function tellChange(
  world: World,
  caller: Caller,
  card: Card,
  old: JsonObject,
  now: JsonObject,
  how: HowTold = {},
): void {
  const data = cardData(world, card);
  world.act(caller, 'updateCard', { ...data, card: { ...data.card, ...now }, old }, how);
}

/** The same for a list, a board or a label. */
export function tellUpdate(
  world: World,
  caller: Caller,
  kind: 'board' | 'list' | 'label' | 'checklist' | 'customField',
  data: JsonObject,
  old: JsonObject,
  how: HowTold = {},
): void {
  const type = `update${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  world.act(caller, type, { ...data, old }, how);
}

/** The actions that a filter names: `createCard`, `updateCard:idList` (whose `old` has the key), or `all`. */
export function isAsked(action: Action, filter: readonly string[]): boolean {
  if (filter.length === 0 || filter.includes('all')) return true;
  return filter.some((asked) => {
    const [type, key] = asked.split(':');
    if (type !== action.type) return false;
    return key === undefined || (typeof action.data.old === 'object' && key in (action.data.old ?? {}));
  });
}

/** The id that an action has for a board, card, list and the like. */
export function namesModel(action: Action, kind: string, id: string): boolean {
  const about = action.data[kind];
  return typeof about === 'object' && about !== null && !Array.isArray(about) && about.id === id;
}
