import { existsSync, readFileSync } from 'node:fs';
import type { Value } from '#src/plan/item.ts';
import { nameKey, sameValue } from '#src/reconcile/names.ts';
import { Book } from '#src/workspaces/excel/book.ts';
import { findGrids, type Grid } from '#src/workspaces/excel/grid.ts';
import type { Hand } from '../../workspaces/excel/person.ts';
import type { Cell, SheetName } from './acts.ts';

export const SHEETS: readonly SheetName[] = ['plan', 'checks', 'register:tools'];

/** One row as a person sees it. */
export interface Line {
  readonly sheet: SheetName;
  readonly row: number;
  /** `''` for a row that nobody has given a key yet, and for the lower one of two with the same key. */
  readonly key: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** Every row of a workbook that says something, archives aside; nothing where there is no file. */
export async function linesOf(file: string): Promise<readonly Line[]> {
  if (!existsSync(file)) return [];
  const grids = await findGrids(await Book.open(readFileSync(file)));
  const plan = grids.get('jalon:plan')?.[0];
  const tasks = new Set(plan ? rowsOf(plan).map((row) => nameKey(plan.fieldText(row, 'title'))) : []);
  return SHEETS.flatMap((sheet) => {
    const grid = grids.get(`jalon:${sheet}`)?.[0];
    const lines = grid ? linesIn(grid, sheet) : [];
    // A point of a task that nobody knows is told to the team and left alone.
    return lines.filter(
      ({ key, cells }) => sheet !== 'checks' || key || tasks.has(nameKey(cells.task ?? '')),
    );
  });
}

export function linesIn(grid: Grid, sheet: SheetName): readonly Line[] {
  const used = new Set<string>();
  return rowsOf(grid).map((row) => {
    const found = grid.keyOf(row);
    const key = used.has(found) ? '' : found;
    used.add(found);
    const fields = ['title', 'notes', 'status', 'due', 'people', 'done', 'task', 'name', 'cost'];
    return {
      sheet,
      row,
      key,
      cells: Object.fromEntries(fields.map((one) => [one, grid.fieldText(row, one)])),
    };
  });
}

function rowsOf(grid: Grid): readonly number[] {
  return grid
    .dataRows()
    .filter((row) => (grid.fieldText(row, 'title') || grid.fieldText(row, 'name')) !== '');
}

/** The sheet of archives, once there is one. */
export function archiveOf(hand: Hand): Grid | undefined {
  try {
    return hand.grid('archive');
  } catch {
    return undefined;
  }
}

const STATUSES: Readonly<Record<string, string>> = {
  'À faire': 'todo',
  'En cours': 'doing',
  Bloqué: 'blocked',
  Fait: 'done',
  Abandonné: 'dropped',
};

/** What a person means by the text of a cell. */
export function meaning(type: Cell['type'], text: string): Value {
  switch (type) {
    case 'status':
      return STATUSES[text] ?? text;
    case 'date':
      return text.split('/').reverse().join('-');
    case 'names':
      return text.split(', ').filter((name) => name !== '');
    case 'tick':
      return ['☑', 'x', 'oui'].includes(text);
    case 'amount':
      return Number(text.replace(',', '.'));
    default:
      return text;
  }
}

export function says(line: Line, { field, type }: Cell, value: Value): boolean {
  return sameValue(meaning(type, line.cells[field] ?? ''), value);
}
