import { BLANK } from './cell.ts';
import type { Grid } from './grid.ts';
import type { FoundSheet } from './identify.ts';
import { fitHeight } from './row-height.ts';
import type { Structure } from './structure.ts';

/**
 * The sheet of rows that were taken out of the plan. A row goes there with all its cells, in the columns that
 * they were in, so that cutting and pasting it brings it back whole. The row that it leaves stays behind empty
 * and hidden: to close the gap would move what people have put beside and below it.
 */
export class Archive {
  readonly #structure: Structure;

  constructor(structure: Structure) {
    this.#structure = structure;
  }

  async putAway(key: string, { grid, layout }: FoundSheet, row: number): Promise<void> {
    const archive = await this.#structure.archive();
    const place = archive.newRow();
    moveRow(grid, row, archive, place, key);
    fitHeight(archive, place, layout);
  }

  /** Puts the item's row, if the archive has it, into that row of its sheet again. */
  async bringBack(key: string, grid: Grid, place: number): Promise<void> {
    const archive = this.#structure.knownArchive;
    const row = archive?.dataRows().find((one) => archive.keyOf(one) === key);
    if (archive && row !== undefined) moveRow(archive, row, grid, place, key);
  }
}

function moveRow(from: Grid, row: number, to: Grid, place: number, key: string): void {
  to.setKey(place, key);
  for (const column of from.sheet.columnsOf(row)) {
    const content = from.sheet.copyOf(row, column);
    if (column !== from.keyColumn && content.type !== 'blank') {
      const target = column === to.keyColumn ? to.sheet.lastColumn + 1 : column;
      to.sheet.set(place, target, content, from.sheet.styleOf(row, column));
    }
    from.sheet.set(row, column, BLANK);
  }
  from.sheet.setHidden(row, true);
}
