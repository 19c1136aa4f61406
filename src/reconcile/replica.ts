import type { Fields, Item, ItemRef, Value } from '#src/plan/item.ts';

/** One place where the plan lives, as it was found, and as it was last seen. */
export interface Replica {
  /** `template`, or a workspace's id. Also breaks ties, so that the order of replicas never matters. */
  readonly id: string;
  /**
   * A person beats a voice, a voice beats the template; only a person's place is ever written to. A voice says
   * something once (a rule, an undo): the fields that it gives and no others, and nothing of it is remembered.
   */
  readonly authority: 'person' | 'voice' | 'template';
  readonly shows: ReadonlyMap<string, Shown>;
  /** The read saw everything: an item seen before and not shown now has been removed there. */
  readonly complete: boolean;
  readonly removed: ReadonlySet<string>;
  readonly seen: ReadonlyMap<string, Fields>;
  holds(item: ItemRef, field: string): boolean;
  fit(item: ItemRef, field: string, value: Value): Value;
  /** Whether it has room for the whole value of the item’s field. Absent: where `fit` gives it back as it is. */
  showsWhole?(item: Item, field: string): boolean;
  /** For the template: which earlier items an item takes over. */
  readonly replaces?: ReadonlyMap<string, readonly string[]>;
}

/** What the template is called among the replicas and in the audit log. */
export const TEMPLATE = 'template';

/** What is agreed, where it loses against a place that has not shown it: in the audit log it stands for whoever said it. */
export const AGREED = 'agreed';

/** Says these items, or only some of their fields, as of now. `id` names it in the audit log, e.g. `rule:relance`. */
export function voice(id: string, items: readonly Item[]): Replica {
  return speaker({ id, authority: 'voice', shows: new Map(items.map((item) => [item.key, item])) });
}

type Speaker = Pick<Replica, 'id' | 'shows'> &
  Partial<Pick<Replica, 'complete' | 'seen' | 'replaces'>> & {
    readonly authority: Exclude<Replica['authority'], 'person'>;
  };

/** What only speaks, and is never written to: it holds whatever it says, just as it says it. */
export function speaker(who: Speaker): Replica {
  return {
    complete: false,
    removed: new Set(),
    seen: new Map(),
    holds: () => true,
    fit: (_item, _field, value) => value,
    ...who,
  };
}

/** When a person last gave an agreed field its value, as an ISO instant; `undefined` where that is not known. */
export type AgreedAt = (key: string, field: string) => string | undefined;

export interface Shown extends Item {
  /** ISO instant of the last edit there, where the place can tell. */
  readonly editedAt?: string;
}

/** What a place must do to show what has been agreed. `item` is the item as it will stand. */
export type Change =
  | { readonly kind: 'create'; readonly key: string; readonly item: Item }
  | { readonly kind: 'update'; readonly key: string; readonly item: Item; readonly fields: Fields };

/**
 * Something that happened to the plan, for the audit log. `conflict`: `old` is the value that lost, `new` the one
 * that stands; its actor is `AGREED` where someone wrote over what they could not see, or not to its end. `kept`: the template proposed `new`, and what people wrote (`old`) stands.
 */
export interface Happening {
  readonly kind: 'created' | 'changed' | 'archived' | 'restored' | 'conflict' | 'kept';
  readonly key: string;
  readonly field: string | null;
  /** The replica that it came from. */
  readonly actor: string;
  readonly old: Value;
  readonly new: Value;
}

/** What one replica now shows of one item; `null`: it is no longer expected there. */
export interface SeenUpdate {
  readonly replica: string;
  readonly key: string;
  readonly fields: Fields | null;
}

export interface Outcome {
  /** The whole agreed state. */
  readonly agreed: ReadonlyMap<string, Item>;
  /** The items of `agreed` that are new or differ from the base. */
  readonly changed: readonly Item[];
  /** Per replica that is written to, in a stable order; absent when it lacks nothing. */
  readonly writes: ReadonlyMap<string, readonly Change[]>;
  readonly seen: readonly SeenUpdate[];
  readonly happenings: readonly Happening[];
}

/** One item in one replica: what it was last seen to show, and what it shows now. */
export interface Sighting {
  readonly replica: Replica;
  readonly last: Fields | undefined;
  /** `undefined` when the item is not there, and never was. */
  readonly fields: Fields | undefined;
  readonly editedAt: string;
  /** Whether it shows something else than it was last seen to show. */
  readonly changed: boolean;
}
