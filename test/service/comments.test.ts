import { rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, text } from '#src/plan/item.ts';
import { voice } from '#src/reconcile/replica.ts';
import { runCycle } from '#src/service/cycle.ts';
import { type Grid, SEARCHED_ROWS } from '#src/workspaces/excel/grid.ts';
import { type } from '../workspaces/excel/person.ts';
import { CompanyAtWork } from './company.ts';

const BOOKS = ['plan.xlsx', 'copie.xlsx'] as const;
type BookName = (typeof BOOKS)[number];

type Act =
  | { readonly do: 'say'; readonly book: BookName; readonly about: string }
  | { readonly do: 'reword' | 'delete' | 'empty'; readonly book: BookName; readonly row: number }
  | { readonly do: 'sort'; readonly book: BookName }
  | { readonly do: 'open' | 'close'; readonly book: BookName }
  | { readonly do: 'cycle' };

const book = fc.constantFrom(...BOOKS);
const as = <const Name extends string>(...names: Name[]) => fc.constantFrom(...names);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: as('say'), book, about: as('One', 'THREE', 'Scale', 'Scale (Tools)') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: as('reword', 'reword', 'delete', 'empty'), book, row: fc.nat({ max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: as('sort'), book }) },
  { weight: 1, arbitrary: fc.record({ do: as('open', 'close'), book }) },
  { weight: 4, arbitrary: fc.record({ do: as('cycle') }) },
);

const FIRST: Item = {
  key: 'first/one@jalon-1',
  kind: 'comment',
  parent: 'first/one',
  fields: {
    text: 'Bonjour',
    author: 'Jalon',
    origin: 'jalon',
    at: '2026-11-23T08:00:00.000Z',
    archived: false,
  },
};

/** People who talk in two copies of a workbook, and what of it must remain. */
class Talk {
  readonly company = new CompanyAtWork();
  /** Typed, and still there when the workbook was read. */
  readonly heard = new Set<string>();
  readonly #typed = new Map<BookName, Set<string>>(BOOKS.map((one) => [one, new Set()]));
  /** Taken off a sheet by hand: `book key`, or its text while it had no key. */
  readonly gone = new Set<string>();
  #count = 0;

  async begin(): Promise<void> {
    this.company.workbooks = [...BOOKS];
    await this.company.cycle();
    await runCycle(await this.company.running(), 'sync', await this.company.deps(), {
      voices: [voice('test', [FIRST])],
    });
  }

  async carryOut(one: Act): Promise<void> {
    if (one.do === 'cycle') return this.cycle();
    const lock = this.company.file(`.~lock.${one.book}#`);
    if (one.do === 'open') return writeFileSync(lock, ',claire,poste,23.11.2026 09:00,file:///home/claire;');
    if (one.do === 'close') return rmSync(lock, { force: true });
    await this.company.edit(({ grid }) => this.#inSheet(one, grid('comments')), one.book);
  }

  async cycle(): Promise<void> {
    await this.company.cycle('sync');
    for (const typed of this.#typed.values()) {
      for (const words of typed) this.heard.add(words);
      typed.clear();
    }
  }

  close(): void {
    for (const one of BOOKS) rmSync(this.company.file(`.~lock.${one}#`), { force: true });
  }

  #inSheet(one: Exclude<Act, { do: 'cycle' }>, grid: Grid): void {
    const rows = spoken(grid);
    if (one.do === 'sort') {
      turnRound(grid, rows);
      return;
    }
    const typed = this.#typed.get(one.book) ?? new Set();
    const words = `Mot ${++this.#count}`;
    if (one.do === 'say') {
      const row = grid.newRow();
      type(grid, row, 'about', one.about);
      type(grid, row, 'text', words);
      typed.add(words);
      return;
    }
    const row = 'row' in one ? rows[one.row % rows.length] : undefined;
    if (row === undefined) return;
    typed.delete(grid.fieldText(row, 'text'));
    if (one.do === 'reword') {
      type(grid, row, 'text', words);
      typed.add(words);
      return;
    }
    this.gone.add(`${one.book} ${grid.keyOf(row) || grid.fieldText(row, 'text')}`);
    if (one.do === 'empty') type(grid, row, 'text', '');
    else for (const at of grid.sheet.columnsOf(row)) grid.sheet.set(row, at, { type: 'blank' });
  }
}

function spoken(grid: Grid): readonly number[] {
  return grid.dataRows().filter((row) => row <= SEARCHED_ROWS && grid.fieldText(row, 'text') !== '');
}

function turnRound(grid: Grid, rows: readonly number[]): void {
  const columns = [...new Set(rows.flatMap((row) => grid.sheet.columnsOf(row)))];
  const contents = rows.map((row) => columns.map((column) => grid.sheet.copyOf(row, column))).toReversed();
  for (const [index, row] of rows.entries())
    for (const [at, column] of columns.entries())
      grid.sheet.set(row, column, contents[index]?.[at] ?? { type: 'blank' });
}

async function shownIn(company: CompanyAtWork, name: BookName): Promise<readonly [string, string][]> {
  let shown: [string, string][] = [];
  await company.edit(({ grid }) => {
    const sheet = grid('comments');
    shown = spoken(sheet).map((row) => [sheet.keyOf(row), sheet.fieldText(row, 'text')]);
  }, name);
  return shown;
}

describe('what people say in two workbooks', () => {
  it('is kept, stands once everywhere, and ends in calm, whatever they reword, delete, sort or hold open', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 16, size: 'max' }), async (story) => {
        const talk = new Talk();
        try {
          await talk.begin();
          for (const one of story) await talk.carryOut(one);
          talk.close();
          await talk.cycle();
          await talk.cycle();
          await expectCalm(talk);
          await expectKept(talk);
        } finally {
          await talk.company.leave();
        }
      }),
      { numRuns: Number(process.env.JALON_STORIES ?? 8) },
    );
  });
});

async function expectCalm({ company }: Talk): Promise<void> {
  const before = BOOKS.map((one) => company.bytes(one));
  const report = await company.cycle('apply');
  expect(report.failures).toEqual([]);
  for (const [index, one] of BOOKS.entries())
    expect(company.bytes(one).equals(before[index] ?? Buffer.alloc(0)), `${one} is left as it was`).toBe(
      true,
    );
}

async function expectKept({ company, heard, gone }: Talk): Promise<void> {
  const agreed = [...(await company.agreed()).values()].filter(({ kind }) => kind === 'comment');
  const audit = await (await company.store()).readAudit(company.slug);
  const told = new Set(audit.flatMap((record) => [record.old, record.new]));
  const words = agreed.map((item) => text(item, 'text'));

  expect(words.toSorted(), 'nothing is said twice').toEqual([...new Set(words)].toSorted());
  expect(agreed.filter(({ fields }) => fields.archived === true)).toEqual([]);
  for (const one of heard) expect(told.has(one) || words.includes(one), `lost: ${one}`).toBe(true);
  for (const name of BOOKS) {
    const shown = new Map(await shownIn(company, name));
    for (const item of agreed) {
      const names = [item.key, ...audit.filter(({ key }) => key === item.key).map((one) => String(one.new))];
      const isGone = names.some((one) => gone.has(`${name} ${one}`));
      if (!shown.has(item.key)) expect(isGone, `${name} lacks ${item.key}`).toBe(true);
      else expect(shown.get(item.key)).toBe(text(item, 'text'));
    }
    for (const key of shown.keys()) expect(agreed.some((item) => item.key === key)).toBe(true);
  }
}
