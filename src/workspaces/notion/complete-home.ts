import type { About } from '#src/i18n/notion.ts';
import type { WriteOrder } from '../workspace.ts';
import { homeBlocks, homeTitle } from './home.ts';
import type { Search } from './locate.ts';
import { need } from './outcome.ts';
import type { Block } from './schema.ts';

export interface HomeCompletion extends Search {
  readonly order: WriteOrder;
}

/**
 * Adds the blocks that a home page lacks: one whose answer was lost may have been made with the first of them only.
 * A page in which people have had a hand is as they want it. The picture is brought with the other parts.
 */
export async function completeHome(
  { requests, blueprint, order }: HomeCompletion,
  page: string,
): Promise<void> {
  const about: About = { type: 'page', name: homeTitle(blueprint) };
  const { created_by, last_edited_by } = need(about, await requests.page(about, page));
  if (created_by?.id !== last_edited_by?.id) return;
  const present = (await requests.children(about, page)).filter(isContent);
  const words = present.filter(({ type }) => type !== 'image');
  const missing = homeBlocks(order.overview, blueprint, undefined).slice(words.length);
  if (missing.length === 0) return;
  const last = present.at(-1)?.id;
  // The databases may be there already, and stay at the end.
  const position =
    last === undefined
      ? ({ type: 'start' } as const)
      : ({ type: 'after_block', after_block: { id: last } } as const);
  need(about, await requests.append(about, { block_id: page, children: missing, position }));
}

function isContent({ child_page, child_database }: Block): boolean {
  return child_page === undefined && child_database === undefined;
}
