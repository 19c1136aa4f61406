import { createHash } from 'node:crypto';
import { nameKey } from '#src/reconcile/names.ts';
import type { Grid } from './grid.ts';
import { type SheetLayout, titleField } from './layout.ts';

/** Which item each row of a sheet is. `stamped` tells whether the row says so itself, in its key cell. */
export interface Identity {
  readonly row: number;
  readonly key: string;
  readonly stamped: boolean;
}

/** One sheet of items, found in a workbook, and what its rows are. */
export interface FoundSheet {
  readonly layout: SheetLayout;
  readonly grid: Grid;
  readonly identities: Identities;
}

export interface Identities {
  readonly rows: readonly Identity[];
  /** Rows that have been emptied and still have their key. */
  readonly emptied: readonly { readonly row: number; readonly key: string }[];
  /** Points and comments without a key of which nobody knows what they belong to; `owner` is what they say of it. */
  readonly orphans: readonly { readonly row: number; readonly owner: string }[];
}

/** The rows of one sheet as last known. */
export interface KnownRows {
  /** `nameOf` their titles, by key. */
  readonly names: ReadonlyMap<string, string>;
  /** Rows of comments that had no key of their own yet: the key under which each was taken up. */
  readonly drafts: ReadonlyMap<number, string>;
}

export interface Surroundings {
  readonly known: KnownRows;
  /** The key of what a point or a comment belongs to, by the label that its row shows. */
  ownerOf(label: string): string | undefined;
  /** Whether a key is taken by something that the sheet does not show. */
  isTaken(key: string): boolean;
}

/**
 * Names the item of every row. A key counts once: of a row and its copy, the upper one keeps it. A row without a
 * key is first looked for by its title among the keys that have lost their row; else it is new, under a key made
 * of its words alone, so that every reading of the same sheet makes the same key.
 */
export function identify(grid: Grid, layout: SheetLayout, around: Surroundings): Identities {
  const found = new Map<number, Identity>();
  const used = new Set<string>();
  const emptied: { row: number; key: string }[] = [];
  const unnamed: number[] = [];
  for (const row of grid.dataRows()) {
    const key = grid.keyOf(row);
    const own = belongs(layout, key) && !used.has(key);
    if (isEmptied(grid, layout, row)) {
      if (own) emptied.push({ row, key });
    } else if (own) {
      used.add(key);
      found.set(row, { row, key, stamped: true });
    } else unnamed.push(row);
  }

  const { named, orphans } = nameRows(grid, layout, unnamed, used, around);
  const rows = [...found.values(), ...named].sort((a, b) => a.row - b.row);
  return { rows, emptied: emptied.filter(({ key }) => !used.has(key)), orphans };
}

/** Gives rows without a key of their own the one that they are to have; `used` are those that others have. */
function nameRows(
  grid: Grid,
  layout: SheetLayout,
  unnamed: readonly number[],
  used: Set<string>,
  around: Surroundings,
): { readonly named: readonly Identity[]; readonly orphans: Identities['orphans'] } {
  const named: Identity[] = [];
  const take = (row: number, key: string) => {
    used.add(key);
    named.push({ row, key, stamped: false });
  };
  const orphans: { row: number; owner: string }[] = [];
  const fresh: { row: number; scope: Scope }[] = [];
  for (const row of unnamed) {
    const title = grid.fieldText(row, titleField(layout));
    if (nameKey(title) === '') continue;
    const scope = scopeOf(grid, layout, row, around);
    const lost = lostKey(scope, nameOf(layout, title), around.known, used);
    if (lost !== undefined) take(row, lost);
    else if (scope) fresh.push({ row, scope });
    else orphans.push({ row, owner: ownerLabel(grid, layout, row) });
  }
  // Only now: a row that still says the same has the first right to its key.
  for (const { row, scope } of fresh)
    take(row, draftKey(row, scope, around.known, used) ?? newKey(grid, layout, row, scope, used, around));
  return { named, orphans };
}

/** Whether a key is one of this sheet's kind: a row may have been pasted from another sheet. */
export function belongs(layout: SheetLayout, key: string): boolean {
  if (layout.kind === 'comment') return /^[^@]*[/:][^@]*@./.test(key);
  if (key.includes('@')) return false;
  if (layout.kind === 'task') return key.includes('/') && !/[#:]/.test(key);
  if (layout.kind === 'check') return key.includes('#');
  return key.startsWith(`${layout.parent}:`);
}

/** By what a row is known again that has lost its key. Comments may be long: theirs is a digest. */
export function nameOf(layout: SheetLayout, title: string): string {
  const name = nameKey(title);
  return layout.kind === 'comment' && name !== '' ? digest(name) : name;
}

/** A comment is what it says: without its text, who said it and when is nothing. */
function isEmptied(grid: Grid, layout: SheetLayout, row: number): boolean {
  if (layout.kind === 'comment')
    return grid.columnOf('text') !== undefined && grid.fieldText(row, 'text').trim() === '';
  return layout.columns.every((column) => {
    if (column.kind === 'display') return true;
    const text = grid.fieldText(row, column.field).trim();
    return text === '' || (column.kind === 'check' && text === '☐');
  });
}

interface Scope {
  /** What the keys begin with that the row may have had. */
  readonly all: string;
  /** What the keys begin with that we make. */
  readonly own: string;
}

/** `undefined` when it is not known what the point or the comment belongs to. */
function scopeOf(grid: Grid, layout: SheetLayout, row: number, { ownerOf }: Surroundings): Scope | undefined {
  if (layout.kind === 'task') return { all: '', own: 'own/' };
  if (layout.kind === 'row') return { all: `${layout.parent}:`, own: `${layout.parent}:own-` };
  const owner = ownerOf(ownerLabel(grid, layout, row));
  if (owner === undefined) return undefined;
  return layout.kind === 'check'
    ? { all: `${owner}#`, own: `${owner}#own-` }
    : { all: `${owner}@`, own: `${owner}@excel-` };
}

function ownerLabel(grid: Grid, layout: SheetLayout, row: number): string {
  return grid.fieldText(row, layout.kind === 'comment' ? 'about' : 'task');
}

/** A point whose task is not known has no key; a comment may be about something that is no longer in the plan. */
function lostKey(
  scope: Scope | undefined,
  name: string,
  { names }: KnownRows,
  used: ReadonlySet<string>,
): string | undefined {
  for (const [key, known] of names) {
    if (known !== name || used.has(key)) continue;
    if (scope ? key.startsWith(scope.all) : key.includes('@')) return key;
  }
  return undefined;
}

/**
 * While a workbook is open elsewhere it is read, but its rows get no key. Whoever goes on writing a comment there
 * means the same one, not a second.
 */
function draftKey(
  row: number,
  { own }: Scope,
  { drafts }: KnownRows,
  used: ReadonlySet<string>,
): string | undefined {
  const key = drafts.get(row);
  return key?.startsWith(own) && !used.has(key) ? key : undefined;
}

function newKey(
  grid: Grid,
  layout: SheetLayout,
  row: number,
  { own }: Scope,
  used: ReadonlySet<string>,
  { isTaken }: Surroundings,
): string {
  const name = nameKey(grid.fieldText(row, titleField(layout)));
  // The same words may be said twice, by others or later on.
  const said =
    layout.kind === 'comment' ? `${grid.fieldText(row, 'author')}\n${grid.fieldText(row, 'at')}\n` : '';
  const words = layout.kind === 'comment' ? '' : `${slug(name)}-`;
  const letters = layout.kind === 'comment' ? 16 : 8;
  for (let copy = 0; ; copy += 1) {
    const key = `${own}${words}${digest(`${own}\n${name}\n${said}${copy}`).slice(0, letters)}`;
    if (!used.has(key) && !isTaken(key)) return key;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function slug(name: string): string {
  const words = name
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return words || 'x';
}
