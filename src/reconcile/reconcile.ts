import type { Fields, Item } from '#src/plan/item.ts';

/** What a place must do to show what has been agreed. `item` is the item as it will stand. */
export type Change =
  | { readonly kind: 'create'; readonly key: string; readonly item: Item }
  | { readonly kind: 'update'; readonly key: string; readonly item: Item; readonly fields: Fields };
