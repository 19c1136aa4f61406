import type { Grid } from './grid.ts';

const LINE_POINTS = 15;
const MARGIN_POINTS = 3;
/** Rows stay low enough to keep an overview: the rest of a long text is read in its cell. */
const MOST_LINES = 5;
const MOST_LINES_OF_LONG_TEXT = 3;
/** A column that is wider than that is for long texts. */
const LONG_TEXT_WIDTH = 60;

/**
 * Gives a row the height that its texts need, as far as one can tell without drawing them: not every program
 * fits rows on its own when it opens a workbook. A height that someone has set by hand stays.
 */
export function fitHeight(grid: Grid, row: number): void {
  const { sheet, keyColumn } = grid;
  const lines = sheet.columnsOf(row).map((column) => {
    const width = sheet.columnWidth(column);
    if (column === keyColumn || width === 0) return 1;
    const most = width >= LONG_TEXT_WIDTH ? MOST_LINES_OF_LONG_TEXT : MOST_LINES;
    return Math.min(most, linesOf(grid.text(row, column), width));
  });
  sheet.setHeight(row, Math.max(1, ...lines) * LINE_POINTS + MARGIN_POINTS);
}

function linesOf(text: string, width: number): number {
  // Letters are narrower than the digits in which widths are counted, but words do not fill their lines.
  const room = Math.max(1, width - 1);
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / room)), 0);
}
