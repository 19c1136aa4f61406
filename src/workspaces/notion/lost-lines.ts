import { type Said, said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { PLACE_REMARKS } from '#src/i18n/notion-home.ts';
import { type Item, isArchived } from '#src/plan/item.ts';
import { isHidden } from './locate.ts';
import { titleOf } from './mapping.ts';
import { failureOf } from './outcome.ts';
import type { Remembered } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { FoundTable } from './survey.ts';

/** What has become of lines that are known and were not found. */
export interface LostLines {
  /** Keys of those in the trash, or moved out of the plan. */
  readonly removed: readonly string[];
  /** Keys of those that the connection does not see any more. They are left as they are. */
  readonly hidden: readonly string[];
  readonly remarks: readonly Said[];
}

/**
 * Asks for each line of the table that has a page and was not among its lines: an absence proves nothing, since a
 * page from which our access was taken is absent too.
 */
export async function lostLines(
  requests: Requests,
  found: FoundTable,
  known: readonly Item[],
  remembered: Remembered,
): Promise<LostLines> {
  const present = new Set(found.lines.map(({ key }) => key));
  const lost = known.flatMap((item) => {
    if (isArchived(item) || present.has(item.key)) return [];
    const page = remembered.line(item.key)?.page;
    return page === undefined ? [] : [{ item, page }];
  });
  const verdicts = await Promise.all(lost.map(({ item, page }) => verdictOn(requests, found, item, page)));
  return {
    removed: verdicts.flatMap(({ removed }) => removed),
    hidden: verdicts.flatMap(({ hidden }) => hidden),
    remarks: verdicts.flatMap(({ remarks }) => remarks),
  };
}

const NOTHING: LostLines = { removed: [], hidden: [], remarks: [] };

async function verdictOn(
  requests: Requests,
  { place }: FoundTable,
  { key, fields }: Item,
  id: string,
): Promise<LostLines> {
  const title = Object.values(fields).find((value) => typeof value === 'string' && value !== '');
  const name = typeof title === 'string' ? title : key;
  const about: About = { type: 'page', name };
  const page = await requests.page(about, id);
  if (isHidden(page)) {
    return { ...NOTHING, hidden: [key], remarks: [said(PLACE_REMARKS.lineHidden, { line: name })] };
  }
  if (page.kind !== 'ok') throw failureOf(about, page);
  const { in_trash, parent, url } = page.value;
  if (in_trash) return { ...NOTHING, removed: [key] };
  // It has come back since the lines were listed: the next read shows it.
  if (parent.id === place.source) return NOTHING;
  const moved = said(PLACE_REMARKS.lineMoved, { name: titleOf(page.value) || name, url });
  return { ...NOTHING, removed: [key], remarks: [moved] };
}
