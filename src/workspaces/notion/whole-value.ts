import * as z from 'zod';
import type { About } from '#src/i18n/notion.ts';
import { collect } from './paging.ts';
import { listOf, type NotionList, PropertyValue } from './schema.ts';

/** One piece of a value: a stretch of text, a person, a related page. */
const Piece = z.looseObject({ type: z.string() });
type Piece = z.infer<typeof Piece>;

export const Pieces = listOf<Piece>(Piece);

/**
 * Puts a value together of which a page shows the first 25 pieces only. `undefined` when a piece could not be read:
 * part of a value must not pass for the whole.
 */
export async function wholeValue(
  about: About,
  propertyId: string,
  ask: (cursor: string | undefined) => Promise<NotionList<Piece>>,
): Promise<PropertyValue | undefined> {
  const { rows, complete } = await collect(about, ask);
  const type = rows[0]?.type;
  if (!complete || type === undefined) return undefined;
  const raw = { id: propertyId, type, [type]: rows.map((piece) => piece[type]), has_more: false };
  return PropertyValue.safeParse(raw).data;
}
