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

export interface Identities {
  readonly rows: readonly Identity[];
  /** Rows that have been emptied and still have their key. */
  readonly emptied: readonly { readonly row: number; readonly key: string }[];
  /** Points without a key whose task nobody knows by that title. */
  readonly orphans: readonly { readonly row: number; readonly task: string }[];
}

/** The rows of one sheet as last known: name keys of titles by key. */
export type KnownTitles = ReadonlyMap<string, string>;

/**
 * Names the item of every row. A key counts once: of a row and its copy, the upper one keeps it. A row without a
 * key is first looked for by its title among the keys that have lost their row; else it is new, under a key made
 * of its words alone, so that every reading of the same sheet makes the same key.
 */
export function identify(
  grid: Grid,
  layout: SheetLayout,
  known: KnownTitles,
  taskOf: (title: string) => string | undefined,
): Identities {
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

  const orphans: { row: number; task: string }[] = [];
  for (const row of unnamed) {
    const title = grid.fieldText(row, titleField(layout));
    if (nameKey(title) === '') continue;
    const scope = scopeOf(grid, layout, row, taskOf);
    if (scope === undefined) {
      orphans.push({ row, task: grid.fieldText(row, 'task') });
      continue;
    }
    const key = lostKey(scope, title, known, used) ?? newKey(scope, title, used);
    used.add(key);
    found.set(row, { row, key, stamped: false });
  }
  const rows = [...found.values()].sort((a, b) => a.row - b.row);
  return { rows, emptied: emptied.filter(({ key }) => !used.has(key)), orphans };
}

/** Whether a key is one of this sheet's kind: a row may have been pasted from another sheet. */
export function belongs(layout: SheetLayout, key: string): boolean {
  if (layout.kind === 'task') return key.includes('/') && !/[#:]/.test(key);
  if (layout.kind === 'check') return key.includes('#');
  return key.startsWith(`${layout.parent}:`);
}

function isEmptied(grid: Grid, layout: SheetLayout, row: number): boolean {
  return layout.columns.every((column) => {
    if (column.kind === 'display') return true;
    const text = grid.fieldText(row, column.field).trim();
    return text === '' || (column.kind === 'check' && text === '☐');
  });
}

/** What the keys of the row's kind begin with; `undefined` when the task of a point is not known. */
function scopeOf(
  grid: Grid,
  layout: SheetLayout,
  row: number,
  taskOf: (title: string) => string | undefined,
): string | undefined {
  if (layout.kind === 'task') return 'own/';
  if (layout.kind === 'row') return `${layout.parent}:own-`;
  const task = taskOf(grid.fieldText(row, 'task'));
  return task === undefined ? undefined : `${task}#own-`;
}

function lostKey(
  scope: string,
  title: string,
  known: KnownTitles,
  used: ReadonlySet<string>,
): string | undefined {
  const parent = scope.replace(/own[-/]$/, '');
  for (const [key, name] of known) {
    if (name === nameKey(title) && !used.has(key) && key.startsWith(parent)) return key;
  }
  return undefined;
}

function newKey(scope: string, title: string, used: ReadonlySet<string>): string {
  const name = nameKey(title);
  for (let copy = 0; ; copy += 1) {
    const hash = createHash('sha256').update(`${scope}\n${name}\n${copy}`).digest('hex').slice(0, 8);
    const key = `${scope}${slug(name)}-${hash}`;
    if (!used.has(key)) return key;
  }
}

function slug(name: string): string {
  const words = name
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return words || 'x';
}
