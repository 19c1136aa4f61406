import type { Memory } from '../workspace.ts';
import { type FoundSheet, type KnownRows, nameOf } from './identify.ts';
import { type Layout, sheetsOf, titleField } from './layout.ts';

/** What to remember so that sheets that lose their marker, and rows that lose their key, are known again. */
export function remember(sheets: Iterable<FoundSheet>, memory: Memory): void {
  for (const { layout, grid, identities } of sheets) {
    const { marker } = layout;
    const names = identities.rows.map(({ row, key }) => [
      key,
      nameOf(layout, grid.fieldText(row, titleField(layout))),
    ]);
    memory.set(namesMemory(marker), JSON.stringify(names));
    memory.set(sheetMemory(marker), grid.entry.name);
    const columns = layout.columns
      .map(({ field }) => field)
      .filter((field) => grid.columnOf(field) !== undefined);
    memory.set(
      columnsMemory(marker),
      JSON.stringify([...new Set([...knownColumns(memory, marker), ...columns])]),
    );
    if (layout.kind !== 'comment') continue;
    const drafts = identities.rows.filter(({ stamped }) => !stamped).map(({ row, key }) => [row, key]);
    memory.set(draftsMemory(marker), JSON.stringify(drafts));
  }
}

export function knownRows(memory: Memory, marker: string): KnownRows {
  return {
    names: new Map(listIn(memory, namesMemory(marker)) as [string, string][]),
    drafts: new Map(listIn(memory, draftsMemory(marker)) as [number, string][]),
  };
}

/** What the sheet was called when it was last seen; `undefined` for one that has never been. */
export function knownName(memory: Memory, marker: string): string | undefined {
  return memory.get(sheetMemory(marker));
}

/** The columns that the sheet has had: one that a new template brings was never there. */
export function knownColumns(memory: Memory, marker: string): ReadonlySet<string> {
  return new Set(listIn(memory, columnsMemory(marker)) as string[]);
}

/** Whether nothing is new to the workbook: what a template brings is to be there before anybody has filled it in. */
export function hasEverHadAll(layout: Layout, memory: Memory): boolean {
  return sheetsOf(layout).every(({ kind, marker, columns }) => {
    if (kind === 'comment') return true;
    const known = knownColumns(memory, marker);
    return columns.every((column) => column.kind === 'display' || known.has(column.field));
  });
}

function listIn(memory: Memory, name: string): unknown[] {
  return JSON.parse(memory.get(name) ?? '[]') as unknown[];
}

function namesMemory(marker: string): string {
  return `titles ${marker}`;
}

function sheetMemory(marker: string): string {
  return `name ${marker}`;
}

function columnsMemory(marker: string): string {
  return `columns ${marker}`;
}

function draftsMemory(marker: string): string {
  return `drafts ${marker}`;
}
