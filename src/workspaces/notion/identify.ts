import { nameKey } from '#src/reconcile/names.ts';
import { keyOfPage, titleOf } from './mapping.ts';
import type { SchemaMatch } from './properties.ts';
import type { Page } from './schema.ts';
import type { Table } from './tables.ts';

/** A line of a database, and the item that it is. */
export interface Line {
  readonly page: Page;
  readonly key: string;
  /** It bears its key itself. Otherwise the key is to be written into it. */
  readonly stamped: boolean;
}

export interface Identified {
  readonly lines: readonly Line[];
  /** Lines that we have made twice, and that nobody has touched since. */
  readonly redundant: readonly Page[];
}

export interface Identities {
  /** Keys that a line of the table may have, with their titles. */
  readonly known: readonly { readonly key: string; readonly title: string }[];
  /** The page that is remembered for a key. */
  pageOf(key: string): string | undefined;
  /** Our own user. */
  readonly bot: string | undefined;
}

/**
 * Tells which item each line is. A key counts once: of several lines that bear it, the one that is remembered keeps
 * it, else one that a person has edited, else the oldest. Another one that is all ours is redundant; one that a person
 * has a hand in, a copy for instance, is an item of its own. A line without a key is known by its id, else, where
 * nothing is remembered of a key, by its title; else it is an item of its own too, once it has a title. Its key then
 * follows from its id, so that every reading makes the same one.
 */
export function identifyLines(
  table: Table,
  pages: readonly Page[],
  bound: SchemaMatch['bound'],
  identities: Identities,
): Identified {
  const lines: Line[] = [];
  const redundant: Page[] = [];
  const unnamed: Page[] = [];
  const byKey = Map.groupBy(pages.toSorted(byAge), (page) => {
    const key = keyOfPage(page, bound);
    return belongs(table, key) ? key : '';
  });
  for (const [key, bearers] of byKey) {
    if (key === '') {
      unnamed.push(...bearers);
      continue;
    }
    const keeper = keeperOf(key, bearers, identities);
    if (keeper) lines.push({ page: keeper, key, stamped: true });
    for (const page of bearers) {
      if (page === keeper) continue;
      if (isOursAlone(page, identities)) redundant.push(page);
      else unnamed.push(page);
    }
  }
  const lost = lostKeys(lines, identities);
  const named = unnamed.flatMap((page): Line[] => {
    const key = lost.claim(page);
    if (key !== undefined) return [{ page, key, stamped: false }];
    return titleOf(page).trim() === '' ? [] : [{ page, key: ownKey(table, page.id), stamped: false }];
  });
  return { lines: [...lines, ...named], redundant };
}

/** Keys that no line bears, by the page that is remembered for them or, where none is, by their title. */
function lostKeys(lines: readonly Line[], { known, pageOf }: Identities) {
  const borne = new Set(lines.map(({ key }) => key));
  const byPage = new Map<string, string>();
  const byTitle = new Map<string, string>();
  for (const { key, title } of known) {
    if (borne.has(key)) continue;
    const page = pageOf(key);
    if (page !== undefined) byPage.set(page, key);
    else if (nameKey(title) !== '' && !byTitle.has(nameKey(title))) byTitle.set(nameKey(title), key);
  }
  return {
    claim(page: Page): string | undefined {
      const title = nameKey(titleOf(page));
      const key = byPage.get(page.id) ?? byTitle.get(title);
      byTitle.delete(title);
      return key;
    },
  };
}

function byAge(a: Page, b: Page): number {
  if (a.created_time !== b.created_time) return a.created_time < b.created_time ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function keeperOf(key: string, bearers: readonly Page[], identities: Identities): Page | undefined {
  const remembered = identities.pageOf(key);
  return (
    bearers.find(({ id }) => id === remembered) ??
    bearers.find((page) => page.created_by?.id === identities.bot && !isOursAlone(page, identities)) ??
    bearers[0]
  );
}

function isOursAlone({ created_by, last_edited_by }: Page, { bot }: Identities): boolean {
  return bot !== undefined && created_by?.id === bot && last_edited_by?.id === bot;
}

/** Whether a key is one of this table's: a line may have been moved here from another. */
export function belongs({ kind, parent }: Pick<Table, 'kind' | 'parent'>, key: string): boolean {
  return kind === 'task' ? key.includes('/') && !/[#:]/.test(key) : key.startsWith(`${parent}:`);
}

function ownKey({ kind, parent }: Table, pageId: string): string {
  return kind === 'task' ? `own/${shortId(pageId)}` : `${parent}:own-${shortId(pageId)}`;
}

/** The end of an id: its beginning may be the time. */
export function shortId(id: string): string {
  return id.replaceAll('-', '').slice(-12);
}
