import type { BlockObjectRequest } from '@notionhq/client';
import type { Fields, Item } from '#src/plan/item.ts';
import { canonicalText } from '#src/reconcile/names.ts';
import { matchPoints, type PointsMatch } from '../match-points.ts';
import { textPieces } from './fit.ts';
import { plainText } from './read-values.ts';
import type { Block } from './schema.ts';

/**
 * Points are to-do blocks on the page of their task. A page is created in one request, which does not tell the ids of
 * its blocks: until it has been read once, its points are known by their words.
 */

export type ToDoRequest = Extract<BlockObjectRequest, { to_do: unknown }>;
export type ToDo = Block & { readonly to_do: NonNullable<Block['to_do']> };
export type ToDoShown = ToDo & { readonly words: string };

/** A point as a block, for `pages.create`, `blocks.children.append` or, of one that is there, `blocks.update`. */
export function toDoBlock(fields: Fields): { to_do: ToDoRequest['to_do'] } {
  const title = typeof fields.title === 'string' ? fields.title : '';
  return { to_do: { rich_text: textPieces(title), checked: fields.done === true } };
}

/**
 * What a block shows of its point. A point without words keeps those that it had; its rank is ours, and not read.
 */
export function pointFields({ to_do, in_trash }: ToDo): Fields {
  const title = plainText(to_do.rich_text);
  return { ...(canonicalText(title) !== '' && { title }), done: to_do.checked, archived: in_trash };
}

export function isToDo(block: Block): block is ToDo {
  return block.to_do !== undefined;
}

/** `blocks`: all the blocks of the page in their order, nested ones in place. */
export function matchChecklist(
  points: readonly Item[],
  blocks: readonly Block[],
  idOf: (key: string) => string | undefined,
): PointsMatch<ToDoShown> {
  const shown = blocks.filter(isToDo).filter(({ in_trash }) => !in_trash);
  const inWords = shown.map((block) => ({ ...block, words: plainText(block.to_do.rich_text) }));
  return matchPoints(points, inWords, idOf);
}
