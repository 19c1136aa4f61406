import { type Item, text } from '#src/plan/item.ts';
import type { Blueprint } from '../workspace.ts';
import { isCommentCut } from './comment-text.ts';
import { describeTask } from './description.ts';
import { fitName } from './fit.ts';
import { roomBeside } from './marker.ts';

/** Whether a card, or a comment on it, has room for the whole text of the item’s field beside its other texts. */
export function showsWhole(item: Item, field: string, blueprint: Blueprint): boolean {
  const words = text(item, field);
  if (words === '') return true;
  if (item.kind === 'row') return sumOfTexts(item) <= roomBeside(item.key);
  if (field === 'title' || item.kind === 'check') return String(fitName(words)).length >= words.trim().length;
  const { locale, roles, sources } = blueprint;
  if (item.kind === 'comment') return field !== 'text' || !isCommentCut(item.key, words, locale);
  // Titles of other tasks take little room, whatever they are.
  const context = { locale, roles, sources, titleOf: () => undefined, keyOfTitle: () => undefined };
  return !describeTask({ fields: item.fields, others: [] }, item.key, context).cut.includes(field);
}

function sumOfTexts({ fields }: Item): number {
  return Object.values(fields).reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? one.length : 0),
    0,
  );
}
