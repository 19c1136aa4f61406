import { type Item, type ItemRef, isArchived } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { Blueprint } from '../workspace.ts';
import type { Page } from './schema.ts';

/**
 * A page costs a block, of which a Free workspace has a thousand for life. So of a register whose last row alone
 * counts, the row of a new week takes over the page of the week before. Earlier rows stay in the other places and in
 * the store.
 */

/** Rows that are posted week by week are named by their week; people's own are not. */
function isPosted({ key, parent }: ItemRef): boolean {
  return /^\d{4}-W\d{2}$/.test(key.slice(parent.length + 1));
}

/** The changes without those of rows whose page has gone over to a later one. */
export function withoutEarlierRows(
  changes: readonly Change[],
  { registers }: Blueprint,
  agreed: ReadonlyMap<string, Item>,
): readonly Change[] {
  const latest = new Map<string, string>();
  const rolling = new Set(registers.filter(({ latestOnly }) => latestOnly).map(({ key }) => key));
  if (rolling.size === 0) return changes;
  for (const item of agreed.values()) {
    if (!rolling.has(item.parent) || !isPosted(item) || isArchived(item)) continue;
    if (item.key > (latest.get(item.parent) ?? '')) latest.set(item.parent, item.key);
  }
  return changes.filter(
    ({ item }) => !rolling.has(item.parent) || !isPosted(item) || item.key >= (latest.get(item.parent) ?? ''),
  );
}

export interface RowPlace {
  readonly agreed: ReadonlyMap<string, Item>;
  readonly blueprint: Blueprint;
  /** Lines as they were read, by key. */
  readonly lines: ReadonlyMap<string, { readonly page: Page }>;
  /** The id of our bot, where it is known. */
  readonly bot: string | undefined;
}

/**
 * The row whose page the new one takes over; `undefined`: it gets a page of its own. A page on which people have
 * written stays theirs, and so does one of which that cannot be told.
 */
export function rowToTakeOver(item: Item, { agreed, blueprint, lines, bot }: RowPlace): string | undefined {
  const register = blueprint.registers.find(({ key }) => key === item.parent);
  if (!register?.latestOnly || !isPosted(item) || bot === undefined) return undefined;
  const last = [...lines.keys()]
    .filter((key) => {
      const row = agreed.get(key);
      return row?.parent === item.parent && isPosted(row) && key < item.key;
    })
    .toSorted()
    .at(-1);
  const row = last === undefined ? undefined : agreed.get(last);
  const page = last === undefined ? undefined : lines.get(last)?.page;
  if (!row || !page || page.in_trash || page.last_edited_by?.id !== bot) return undefined;
  const isTalkedOf = [...agreed.values()].some(({ kind, parent }) => kind === 'comment' && parent === last);
  return isTalkedOf || hasMore(row, item) ? undefined : last;
}

/** Something stands where nothing is posted: people have filled it in, before we last wrote. */
function hasMore(row: Item, posted: Item): boolean {
  return Object.entries(row.fields).some(
    ([name, value]) => !(name in posted.fields) && !sameValue(value, undefined),
  );
}
