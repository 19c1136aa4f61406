import fc from 'fast-check';
import type { CycleMode } from '#src/service/running-project.ts';
import type { Edition } from './edition.ts';

/** What may happen to a project, as plain data: it can be shrunk, printed and played again. */
export type Act =
  | {
      readonly do: 'edit';
      readonly book: number;
      readonly row: number;
      readonly cell: Cell;
      readonly word: number;
    }
  | {
      readonly do: 'add';
      readonly book: number;
      readonly sheet: SheetName;
      readonly word: number;
      readonly twin: boolean;
    }
  | {
      readonly do: 'delete';
      readonly book: number;
      readonly sheet: SheetName;
      readonly row: number;
      readonly whole: boolean;
    }
  | { readonly do: 'copyRow'; readonly book: number; readonly row: number }
  | { readonly do: 'putAway'; readonly book: number; readonly sheet: SheetName; readonly row: number }
  | { readonly do: 'bringBack'; readonly book: number; readonly row: number }
  | { readonly do: 'sort'; readonly book: number; readonly sheet: SheetName; readonly by: number }
  | { readonly do: 'rename'; readonly book: number; readonly sheet: SheetName; readonly word: number }
  | { readonly do: 'loseFile'; readonly book: number }
  | { readonly do: 'keepCopy'; readonly book: number }
  | { readonly do: 'restoreCopy'; readonly book: number }
  | { readonly do: 'lock'; readonly book: number; readonly locked: boolean }
  | { readonly do: 'loseStore' }
  | { readonly do: 'template'; readonly edition: Edition }
  | { readonly do: 'cycle'; readonly mode: CycleMode; readonly mishap: Mishap };

export type SheetName = 'plan' | 'checks' | 'register:tools';

/** A cell that people fill, and how what they type is to be understood. */
export const CELLS = [
  { sheet: 'plan', field: 'title', type: 'text' },
  { sheet: 'plan', field: 'notes', type: 'text' },
  { sheet: 'plan', field: 'notes', type: 'erased' },
  { sheet: 'plan', field: 'status', type: 'status' },
  { sheet: 'plan', field: 'status', type: 'status' },
  { sheet: 'plan', field: 'due', type: 'date' },
  { sheet: 'plan', field: 'people', type: 'names' },
  { sheet: 'checks', field: 'title', type: 'text' },
  { sheet: 'checks', field: 'done', type: 'tick' },
  { sheet: 'checks', field: 'done', type: 'tick' },
  { sheet: 'register:tools', field: 'name', type: 'text' },
  { sheet: 'register:tools', field: 'cost', type: 'amount' },
] as const satisfies readonly { sheet: SheetName; field: string; type: string }[];
export type Cell = (typeof CELLS)[number];

/** Where a cycle goes wrong, if it does. */
export const MISHAPS = [
  'read fails',
  'write fails before',
  'write fails after',
  'edited meanwhile',
  'killed before commit',
  'killed before writes',
  'killed after writes',
] as const;
export type Mishap = { readonly kind: (typeof MISHAPS)[number] | 'none'; readonly book: number };

const book = fc.nat({ max: 1 });
const row = fc.nat({ max: 11 });
const word = fc.nat({ max: 9 });
const sheet = fc.constantFrom<SheetName>('plan', 'plan', 'checks', 'register:tools');
const cell = fc.constantFrom<Cell>(...CELLS);
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'none' as const, book: 0 }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom(...MISHAPS), book }) },
);
const edition: fc.Arbitrary<Edition> = fc.record({
  wording: fc.nat({ max: 2 }),
  weeks: fc.nat({ max: 2 }),
  two: fc.constantFrom('there', 'gone', 'split'),
  four: fc.boolean(),
  pointB: fc.boolean(),
  till: fc.boolean(),
  column: fc.boolean(),
});
const as = <const Name extends string>(name: Name) => fc.constant(name);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: as('edit'), book, row, cell, word }) },
  { weight: 4, arbitrary: fc.record({ do: as('add'), book, sheet, word, twin: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: as('delete'), book, sheet, row, whole: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: as('copyRow'), book, row }) },
  { weight: 2, arbitrary: fc.record({ do: as('putAway'), book, sheet, row }) },
  { weight: 2, arbitrary: fc.record({ do: as('bringBack'), book, row }) },
  { weight: 1, arbitrary: fc.record({ do: as('sort'), book, sheet, by: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: as('rename'), book, sheet, word }) },
  { weight: 1, arbitrary: fc.record({ do: as('loseFile'), book }) },
  { weight: 1, arbitrary: fc.record({ do: as('keepCopy'), book }) },
  { weight: 1, arbitrary: fc.record({ do: as('restoreCopy'), book }) },
  { weight: 1, arbitrary: fc.record({ do: as('lock'), book, locked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: as('loseStore') }) },
  { weight: 3, arbitrary: fc.record({ do: as('template'), edition }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: as('cycle'), mode: fc.constantFrom<CycleMode>('apply', 'sync'), mishap }),
  },
);

/** A plan that has been handed over, then anything. */
export const acts: fc.Arbitrary<readonly Act[]> = fc.array(act, { maxLength: 24, size: 'max' });
