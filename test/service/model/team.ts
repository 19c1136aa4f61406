import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Value } from '#src/plan/item.ts';
import { runCycle } from '#src/service/cycle.ts';
import type { CycleReport } from '#src/service/report.ts';
import { Book } from '#src/workspaces/excel/book.ts';
import { findGrids, type Grid } from '#src/workspaces/excel/grid.ts';
import type { Package } from '#src/workspaces/excel/package.ts';
import { cutAndPaste, type Hand, partsEdited, replaceIn, type } from '../../workspaces/excel/person.ts';
import { CompanyAtWork } from '../company.ts';
import type { Act, Cell, Mishap, SheetName } from './acts.ts';
import { FIRST, keysOf, templateOf } from './edition.ts';
import { archiveOf, type Line, linesIn, linesOf, meaning, says } from './lines.ts';
import { withMishap } from './mishaps.ts';

export const BOOKS = ['plan.xlsx', 'copie.xlsx'] as const;
const WORDS = [
  'Été',
  'E\u0301te\u0301',
  'l’an',
  "l'an",
  '=1+1',
  '-x',
  '✅ x',
  'x\u00a0y',
  '«\u00a0a\u00a0»',
  '_x0041_',
];

/** What someone has done in a workbook, of which something must remain. */
export interface Deed {
  readonly book: number;
  /** `''` while the row has no key: then what they typed is looked for everywhere. */
  readonly key: string;
  readonly what: 'typed' | 'took away' | 'put back';
  readonly cell?: Cell;
  readonly value?: Value;
}

/** A company whose people, files and template do what a list of acts says, and who remembers what they did. */
export class Team {
  readonly company: CompanyAtWork;
  /** Done in a workbook, and not known to have been read yet. */
  pending: readonly Deed[] = [];
  /** Read and stored. */
  known: readonly Deed[] = [];
  /** Keys, and titles of rows without one, that someone or the template has taken away. */
  readonly mayBeArchived = new Set<string>();
  #count = 0;
  #edition = FIRST;
  readonly #copies = new Map<number, Buffer>();
  readonly #stale = new Set<number>();
  /** Books of which a lost store knew what was in them: a row taken away since then leaves no trace. */
  readonly #unknown = new Set<number>();

  constructor() {
    this.company = new CompanyAtWork(templateOf(FIRST));
    this.company.workbooks = [...BOOKS];
  }

  async carryOut(act: Act): Promise<void> {
    switch (act.do) {
      case 'cycle':
        await this.cycle(act.mode, act.mishap);
        return;
      case 'loseStore':
        await this.#loseStore();
        return;
      case 'template':
        for (const key of keysOf(this.#edition))
          if (!keysOf(act.edition).has(key)) this.mayBeArchived.add(key);
        this.#edition = act.edition;
        this.company.template = templateOf(act.edition);
        return;
      case 'lock':
        if (act.locked)
          writeFileSync(this.#lock(act.book), ',claire,poste,23.11.2026 09:00,file:///home/claire;');
        else rmSync(this.#lock(act.book), { force: true });
        return;
      default:
        if (existsSync(this.file(act.book))) await this.#inWorkbook(act);
    }
  }

  file(book: number): string {
    return this.company.file(BOOKS[book]);
  }

  unlock(): void {
    for (const book of BOOKS.keys()) rmSync(this.#lock(book), { force: true });
  }

  /** `undefined` when it died. */
  async cycle(
    mode: 'apply' | 'sync',
    mishap: Mishap = { kind: 'none', book: 0 },
  ): Promise<CycleReport | undefined> {
    await this.#forgetWhatIsGone();
    const before = this.pending;
    const meanwhile = (book: number) =>
      this.#edit({
        do: 'edit',
        book,
        row: 0,
        cell: { sheet: 'plan', field: 'notes', type: 'text' },
        word: 0,
      });
    const { project, deps, reached } = withMishap(
      await this.company.running(),
      await this.company.deps(),
      mishap,
      meanwhile,
    );
    const report = await runCycle(project, mode, deps).catch(() => undefined);
    const read = BOOKS.map((book) => reached.committed && reached.read.has(`excel:${book}`));
    const isKnown = (deed: Deed) => before.includes(deed) && read[deed.book] === true;
    this.known = [...this.known, ...this.pending.filter(isKnown)];
    this.pending = this.pending.filter((deed) => !isKnown(deed));
    const failed = new Set(report?.failures.map(({ workspace }) => workspace));
    for (const [index, book] of BOOKS.entries())
      if (report && !failed.has(`excel:${book}`)) {
        this.#stale.delete(index);
        this.#unknown.delete(index);
      }
    return report;
  }

  async #inWorkbook(act: Extract<Act, { book: number }>): Promise<void> {
    const file = this.file(act.book);
    switch (act.do) {
      case 'edit':
        return this.#edit(act);
      case 'add':
        return this.#add(act);
      case 'delete':
        return this.#delete(act);
      case 'copyRow':
        return this.#touch(act.book, ({ grid }) => copyRow(grid('plan'), act.row));
      case 'putAway':
        return this.#putAway(act);
      case 'bringBack':
        return this.#bringBack(act);
      case 'sort':
        return this.#touch(act.book, ({ grid }) => sort(grid(act.sheet), act.sheet, act.by));
      case 'rename':
        await this.#touch(act.book, ({ grid }) =>
          renameHeader(grid(act.sheet), `${WORDS[act.word]} ${this.#next()}`),
        );
        return partsEdited(file, (parts) =>
          renameSheet(parts, `jalon:${act.sheet}`, `Feuille ${this.#next()}`),
        );
      case 'loseFile':
        rmSync(file);
        return;
      case 'keepCopy':
        this.#copies.set(act.book, readFileSync(file));
        return;
      case 'restoreCopy': {
        const copy = this.#copies.get(act.book);
        if (!copy) return;
        for (const { key, cells } of await linesOf(file))
          this.mayBeArchived.add(key || cells.title || cells.name || '');
        writeFileSync(file, copy);
        this.#stale.add(act.book);
        return;
      }
    }
  }

  async #touch(book: number, edit: (hand: Hand) => void | Promise<void>): Promise<void> {
    await this.company.edit(edit, BOOKS[book]);
  }

  async #edit({ book, row, cell, word }: Extract<Act, { do: 'edit' }>): Promise<void> {
    if (!existsSync(this.file(book))) return;
    const unsure = await this.#unsure(book);
    const typed = this.#typing(cell, word);
    await this.#touch(book, ({ grid }) => {
      const line = pick(linesIn(grid(cell.sheet), cell.sheet), row);
      const value = meaning(cell.type, typed);
      if (!line || says(line, cell, value)) return;
      type(grid(cell.sheet), line.row, cell.field, typed);
      const isUnique = !['status', 'tick', 'erased'].includes(cell.type);
      if (line.key === '' ? isUnique : isUnique || !unsure.has(line.key))
        this.pending = [...this.pending, { book, key: line.key, what: 'typed', cell, value }];
    });
  }

  async #add({ book, sheet, word, twin }: Extract<Act, { do: 'add' }>): Promise<void> {
    const title = twin ? `Jumeau ${WORDS[word]}` : `Ajout ${WORDS[word]} ${this.#next()}`;
    await this.#touch(book, ({ grid }) => {
      const target = grid(sheet);
      const field = sheet === 'register:tools' ? 'name' : 'title';
      const row = target.newRow() + (word % 2);
      if (sheet === 'checks') {
        const task = pick(linesIn(grid('plan'), 'plan'), word);
        if (!task) return;
        type(target, row, 'task', task.cells.title ?? '');
      }
      type(target, row, field, title);
      const cell = { sheet, field, type: 'text' } as Cell;
      this.pending = [...this.pending, { book, key: '', what: 'typed', cell, value: title }];
    });
  }

  async #delete({ book, sheet, row, whole }: Extract<Act, { do: 'delete' }>): Promise<void> {
    const unsure = await this.#unsure(book);
    await this.#touch(book, ({ grid }) => {
      const line = pick(linesIn(grid(sheet), sheet), row);
      if (!line) return;
      const { keyColumn, sheet: cells } = grid(sheet);
      for (const column of cells.columnsOf(line.row))
        if (whole || column !== keyColumn) cells.set(line.row, column, { type: 'blank' });
      this.#tookAway(book, line, unsure);
    });
  }

  async #putAway({ book, sheet, row }: Extract<Act, { do: 'putAway' }>): Promise<void> {
    const unsure = await this.#unsure(book);
    await this.#touch(book, (hand) => {
      const line = pick(linesIn(hand.grid(sheet), sheet), row);
      const archive = archiveOf(hand);
      if (!line || !archive) return;
      cutAndPaste(hand.grid(sheet), line.row, archive, archive.newRow());
      this.#tookAway(book, line, unsure);
    });
  }

  async #bringBack({ book, row }: Extract<Act, { do: 'bringBack' }>): Promise<void> {
    const unsure = await this.#unsure(book);
    await this.#touch(book, (hand) => {
      const archive = archiveOf(hand);
      const away = archive?.dataRows().filter((one) => archive.keyOf(one).match(/[/:]/)) ?? [];
      const from = pick(away, row);
      if (!archive || from === undefined) return;
      const key = archive.keyOf(from);
      const sheet = key.includes('#') ? 'checks' : key.startsWith('tools:') ? 'register:tools' : 'plan';
      const target = hand.grid(sheet);
      const isThere = linesIn(target, sheet).some((line) => line.key === key);
      // A point goes with its task: brought back without it, it says nothing.
      const task = key.split('#')[0];
      const isAlone =
        sheet === 'checks' && !linesIn(hand.grid('plan'), 'plan').some((line) => line.key === task);
      cutAndPaste(archive, from, target, target.newRow());
      if (!isThere && !isAlone && !unsure.has(key))
        this.pending = [...this.pending, { book, key, what: 'put back' }];
    });
  }

  #tookAway(book: number, { key, cells }: Line, unsure: ReadonlySet<string>): void {
    this.mayBeArchived.add(key || cells.title || cells.name || '');
    const isRemembered = !this.#stale.has(book) && !this.#unknown.has(book);
    if (key !== '' && !unsure.has(key) && isRemembered)
      this.pending = [...this.pending, { book, key, what: 'took away' }];
  }

  /**
   * Items whose last write to the workbook was cut off before anyone could note that it had arrived. Whoever then
   * puts a cell back to what it was before, or takes a row away that had only just come, cannot be told from a write
   * that never arrived; it is made again.
   */
  async #unsure(book: number): Promise<ReadonlySet<string>> {
    const store = await this.company.store();
    const open = await store.openIntents(this.company.slug);
    return new Set(open.filter(({ replica }) => replica === `excel:${BOOKS[book]}`).map(({ key }) => key));
  }

  /** With the store its audit log is lost: what must remain is what the workbooks show. */
  async #loseStore(): Promise<void> {
    this.pending = [...this.pending, ...this.known].filter(({ what }) => what === 'typed');
    this.known = [];
    const everywhere = this.pending.flatMap((deed) => [...BOOKS.keys()].map((book) => ({ ...deed, book })));
    this.pending = everywhere;
    await this.#forgetWhatIsGone();
    this.#stale.clear();
    for (const book of BOOKS.keys()) this.#unknown.add(book);
    await this.company.loseStore();
  }

  /** What people, or a lost file, have undone before anyone could read it. */
  async #forgetWhatIsGone(): Promise<void> {
    const books = await Promise.all([...BOOKS.keys()].map((book) => linesOf(this.file(book))));
    this.pending = this.pending.filter((deed) =>
      isVisible(deed, books[deed.book] ?? [], existsSync(this.file(deed.book))),
    );
  }

  #typing({ type }: Cell, word: number): string {
    const count = this.#next();
    switch (type) {
      case 'status':
        return ['À faire', 'En cours', 'Bloqué', 'Fait', 'Abandonné'][word % 5] ?? '';
      case 'tick':
        return ['☑', 'x', 'oui', '☐', ''][word % 5] ?? '';
      case 'erased':
        return '';
      case 'date': {
        const day = new Date(Date.UTC(2027, 0, 1 + count)).toISOString().slice(0, 10);
        return day.split('-').reverse().join('/');
      }
      case 'names':
        return `Ana ${count}, Bo`;
      case 'amount':
        return `${count},5`;
      default:
        return `${WORDS[word]} ${count}`;
    }
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #lock(book: number): string {
    return this.company.file(`.~lock.${BOOKS[book]}#`);
  }
}

function isVisible({ key, what, cell, value }: Deed, lines: readonly Line[], isFile: boolean): boolean {
  const ofKey = lines.find((line) => line.key === key);
  if (what === 'took away') return isFile && !ofKey;
  if (what === 'put back') return ofKey !== undefined;
  if (!cell || value === undefined) return false;
  if (key !== '') return ofKey !== undefined && says(ofKey, cell, value);
  return lines.some((line) => line.sheet === cell.sheet && says(line, cell, value));
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(list.length, 1)];
}

function copyRow(grid: Grid, index: number): void {
  const line = pick(linesIn(grid, 'plan'), index);
  if (!line) return;
  const place = grid.newRow();
  for (const column of grid.sheet.columnsOf(line.row))
    grid.sheet.set(place, column, grid.sheet.copyOf(line.row, column));
}

/** As a program sorts: whole rows change places, the hidden key with them. */
function sort(grid: Grid, sheet: SheetName, by: number): void {
  const lines = linesIn(grid, sheet);
  const columns = [...new Set(lines.flatMap(({ row }) => grid.sheet.columnsOf(row)))];
  const contents = lines.map(({ row }) => columns.map((column) => grid.sheet.copyOf(row, column)));
  const order = by === 0 ? contents.toReversed() : [...contents.slice(by), ...contents.slice(0, by)];
  for (const [index, { row }] of lines.entries())
    for (const [at, column] of columns.entries())
      grid.sheet.set(row, column, order[index]?.[at] ?? { type: 'blank' });
}

/** People may call a column what they like. */
function renameHeader(grid: Grid, name: string): void {
  grid.sheet.set(grid.headerRow, grid.keyColumn + 2, { type: 'text', text: name });
}

/** A program that renames a sheet makes names and formulas follow. */
async function renameSheet(parts: Package, marked: string, name: string): Promise<void> {
  const book = await Book.open(await parts.toBytes());
  const old = (await findGrids(book)).get(marked)?.[0]?.entry.name;
  if (old === undefined) return;
  await replaceIn(parts, 'xl/workbook.xml', (text) => text.replace(`name="${old}"`, `name="${name}"`));
  for (const part of parts.names().filter((one) => /workbook\.xml$|worksheets\/[^/]*\.xml$/.test(one)))
    await replaceIn(parts, part, (text) => text.replaceAll(`'${old}'!`, `'${name}'!`));
}
