import type { Said } from '#src/i18n/message.ts';
import type { Answer } from './answers.ts';
import type { Column, Field, Meaning } from './import-columns.ts';
import type { Row } from './import-table.ts';

/** What is wrong on a line, and where. */
export interface LineProblem {
  readonly line: number;
  /** The heading of the column; empty when it is the line as a whole. */
  readonly column: string;
  readonly found: string;
  /** What was found, what was expected and how to mend it, without the place. */
  readonly said: Said;
}

interface Cell {
  readonly title: string;
  readonly meaning: Meaning;
  readonly text: string;
}

/** The cells of one line by what they mean. Gathers what is wrong with them as they are read. */
export class Cells {
  readonly line: number;
  readonly problems: LineProblem[] = [];
  readonly #cells: readonly Cell[];

  constructor(row: Row, columns: readonly Column[]) {
    this.line = row.line;
    this.#cells = columns.flatMap(({ title, meaning }, index) =>
      meaning === undefined ? [] : [{ title, meaning, text: row.cells[index] ?? '' }],
    );
  }

  /** What the cell says; `undefined` when it is empty, absent from the table, or wrong. */
  read<T>(field: Field, reader: (text: string) => Answer<T>): T | undefined {
    const cell = this.#cell(field);
    return cell === undefined || cell.text === '' ? undefined : this.#read(cell, reader);
  }

  has(field: Field): boolean {
    return this.text(field) !== '';
  }

  text(field: Field): string {
    return this.#cell(field)?.text ?? '';
  }

  /** What the filled cells of the facts, or of the people, say: by fact or by role. */
  readAll<T>(kind: 'fact' | 'person', reader: (text: string) => Answer<T>): Map<string, T> {
    const read = new Map<string, T>();
    for (const cell of this.#cells) {
      if (cell.meaning.kind !== kind || cell.text === '') continue;
      const value = this.#read(cell, reader);
      const key = cell.meaning.kind === 'fact' ? cell.meaning.fact : cell.meaning.role;
      if (value !== undefined) read.set(key, value);
    }
    return read;
  }

  /** Notes a problem on a field, or on the line as a whole. */
  refuse(field: Field | undefined, said: Said): void {
    const cell = field === undefined ? undefined : this.#cell(field);
    this.#refuse(cell, said);
  }

  #cell(field: Field): Cell | undefined {
    return this.#cells.find(({ meaning }) => meaning.kind === 'field' && meaning.field === field);
  }

  #read<T>(cell: Cell, reader: (text: string) => Answer<T>): T | undefined {
    const answer = reader(cell.text);
    if ('value' in answer) return answer.value;
    this.#refuse(cell, answer.problem);
    return undefined;
  }

  #refuse(cell: Cell | undefined, said: Said): void {
    this.problems.push({ line: this.line, column: cell?.title ?? '', found: cell?.text ?? '', said });
  }
}
