import type { BlockObjectRequest } from '@notionhq/client';
import { ARCHIVED, type Fields, type Item, text } from '#src/plan/item.ts';
import { canonicalText, nameKey } from '#src/reconcile/names.ts';
import { textPieces } from './fit.ts';
import { plainText } from './read-values.ts';
import type { Block } from './schema.ts';

/**
 * Points are to-do blocks on the page of their task, and bear no key: people would see it. A block is known again by
 * its id, which is remembered; where it is not (a page is created in one request, which does not tell the ids of its
 * blocks, or the store is lost), by its words and its place.
 */

export type ToDoRequest = Extract<BlockObjectRequest, { to_do: unknown }>;
type ToDo = Block & { readonly to_do: NonNullable<Block['to_do']> };

/** A point as a block, for `pages.create`, `blocks.children.append` or, of one that is there, `blocks.update`. */
export function toDoBlock(fields: Fields): { to_do: ToDoRequest['to_do'] } {
  const title = typeof fields.title === 'string' ? fields.title : '';
  return { to_do: { rich_text: textPieces(title), checked: fields.done === true } };
}

/** Those that are not archived, in the order in which to show them. */
export function pointsInOrder(points: readonly Item[]): readonly Item[] {
  return points
    .filter(({ fields }) => fields.archived !== true)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.key < b.key ? -1 : 1));
}

/** The point as it is matched with blocks: one that is archived may stand on the page all the same. */
export function living(point: Item): Item {
  return { ...point, fields: { ...point.fields, [ARCHIVED]: false } };
}

function rankOf({ fields }: Item): number {
  return typeof fields.rank === 'number' ? fields.rank : Number.MAX_SAFE_INTEGER;
}

/**
 * What a block shows of its point. A point without words keeps those that it had; its rank is ours, and not read.
 */
export function pointFields({ to_do, in_trash }: ToDo): Fields {
  const title = plainText(to_do.rich_text);
  return { ...(canonicalText(title) !== '' && { title }), done: to_do.checked, archived: in_trash };
}

export interface ChecklistMatch {
  /** Blocks by the key of their point. */
  readonly blocks: ReadonlyMap<string, ToDo>;
  /** Points that people have added, where they stand. Blocks without words are not among them. */
  readonly added: readonly { readonly block: ToDo; readonly rank: number }[];
  /** Keys whose remembered block is not on the page: removed if the page was seen whole, or moved elsewhere. */
  readonly gone: readonly string[];
  /** Keys of points that have no block here, and as far as we know never had. */
  readonly absent: readonly string[];
}

/**
 * Tells which point each to-do block is. `points` are those that the page is to show, `blocks` all the blocks of the
 * page in their order, nested ones in place; `idOf` gives the block that is remembered for a point.
 */
export function matchChecklist(
  points: readonly Item[],
  blocks: readonly Block[],
  idOf: (key: string) => string | undefined,
): ChecklistMatch {
  const shown = blocks.filter(isToDo).filter(({ in_trash }) => !in_trash);
  const found = new Map<string, ToDo>();
  const left = new Set(shown);
  const open = new Set(pointsInOrder(points));
  const pair = (point: Item, block: ToDo) => {
    found.set(point.key, block);
    left.delete(block);
    open.delete(point);
  };

  const byId = new Map(shown.map((block) => [block.id, block]));
  for (const point of open) {
    const block = byId.get(idOf(point.key) ?? '');
    if (block && left.has(block)) pair(point, block);
  }
  for (const spelling of [canonicalText, nameKey]) {
    for (const point of open) {
      const block = left.values().find((one) => spelling(wordsOf(one)) === spelling(text(point, 'title')));
      if (block) pair(point, block);
    }
  }
  const isRemembered = points.some(({ key }) => idOf(key) !== undefined);
  if (!isRemembered) {
    for (const [point, block] of rewordedPairs([...open], [...left])) pair(point, block);
  }
  const { gone = [], absent = [] } = Object.groupBy([...open], ({ key }) =>
    idOf(key) === undefined ? 'absent' : 'gone',
  );
  return {
    blocks: found,
    added: addedBlocks(shown, left, found, points),
    gone: gone.map(({ key }) => key),
    absent: absent.map(({ key }) => key),
  };
}

function isToDo(block: Block): block is ToDo {
  return block.to_do !== undefined;
}

function wordsOf({ to_do }: ToDo): string {
  return plainText(to_do.rich_text);
}

/**
 * With nothing remembered, a point that someone has reworded is the block that shares most of its words; the best
 * pairs first.
 */
function rewordedPairs(points: readonly Item[], blocks: readonly ToDo[]): readonly (readonly [Item, ToDo])[] {
  const candidates = points.flatMap((point) =>
    blocks.map((block) => ({ point, block, likeness: likeness(text(point, 'title'), wordsOf(block)) })),
  );
  const taken = new Set<object>();
  return candidates
    .filter((one) => one.likeness >= LIKE_ENOUGH)
    .toSorted((a, b) => b.likeness - a.likeness)
    .flatMap(({ point, block }): (readonly [Item, ToDo])[] => {
      if (taken.has(point) || taken.has(block)) return [];
      taken.add(point).add(block);
      return [[point, block]];
    });
}

const LIKE_ENOUGH = 0.5;

/** The share of words that two texts have in common: 1 for the same words, 0 for none. */
function likeness(one: string, other: string): number {
  const a = wordSet(one);
  const b = wordSet(other);
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(nameKey(words).match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Ranks between those of the neighbours, so that added points stand elsewhere where they stand here. */
function addedBlocks(
  shown: readonly ToDo[],
  left: ReadonlySet<ToDo>,
  found: ReadonlyMap<string, ToDo>,
  points: readonly Item[],
): ChecklistMatch['added'] {
  const ranks = new Map<ToDo, number>();
  for (const point of points) {
    const block = found.get(point.key);
    if (block) ranks.set(block, rankOf(point));
  }
  const all = shown.filter(
    (block) => ranks.has(block) || (left.has(block) && nameKey(wordsOf(block)) !== ''),
  );
  let before = -1;
  return all.flatMap((block, index) => {
    const own = ranks.get(block);
    if (own !== undefined) {
      before = own;
      return [];
    }
    const next = all.slice(index).find((one) => ranks.has(one));
    const after = next === undefined ? before + 2 : (ranks.get(next) ?? before + 2);
    before = after > before ? (before + after) / 2 : before;
    return [{ block, rank: before }];
  });
}

/**
 * After which block a point is to be put: that of the nearest point before it which has one. `undefined`: none has,
 * and it goes where the checklist begins or, on a page without one, to the end.
 */
export function blockBefore(
  key: string,
  points: readonly Item[],
  blocks: ChecklistMatch['blocks'],
): string | undefined {
  const order = pointsInOrder(points).map((point) => point.key);
  const before = order.slice(0, Math.max(0, order.indexOf(key)));
  const nearest = before.findLast((one) => blocks.has(one));
  return nearest === undefined ? undefined : blocks.get(nearest)?.id;
}
