import type { Grid } from './grid.ts';
import type { SheetLayout } from './layout.ts';

const USUAL_SIZE = 11;
/** What a line needs, in points, for each point of its font's size. */
const LINE_SPACING = 15 / USUAL_SIZE;
/** The air above and below a text, together. */
const MARGIN_POINTS = 8;
/** Excel knows no higher one. */
const HIGHEST_ROW = 409;
/** What the padding and the indent of a cell take of its column's width. */
const PADDING_DIGITS = 2;

/** Letters in the room of a digit. Bold ones are wider, above all in the fonts that stand in for a missing one. */
const LETTERS_PER_DIGIT = 1.08;

/** Rows stay low enough to keep an overview: the rest of a very long text is read in its cell. */
const MOST_LINES = { task: 8, check: 12, row: 12, comment: 12 } as const;

/** A text in a column, as wide as the column is, in digits of the usual font. */
export interface WrappedText {
  readonly text: string;
  readonly width: number;
  /** Of the font, in points; 11 when it is not said. */
  readonly size?: number;
  readonly bold?: boolean | undefined;
}

/**
 * Gives a row the height that its texts need, as far as one can tell without drawing them: not every program
 * fits rows on its own when it opens a workbook. A height that someone has set by hand stays.
 */
export function fitHeight(grid: Grid, row: number, layout: SheetLayout): void {
  const { sheet, keyColumn } = grid;
  const columns = new Map(layout.columns.map((column) => [grid.columnOf(column.field), column]));
  const lines = sheet.columnsOf(row).map((at) => {
    const width = sheet.columnWidth(at);
    if (at === keyColumn || width === 0) return 1;
    const text = { text: grid.text(row, at), width, bold: columns.get(at)?.bold };
    return Math.min(MOST_LINES[layout.kind], linesOf(text));
  });
  sheet.setHeight(row, heightOf(Math.max(1, ...lines)));
}

/** The height, in points, of a row in which every one of the texts can be read whole. */
export function heightFor(texts: readonly WrappedText[]): number {
  return Math.max(...texts.map((one) => heightOf(linesOf(one), one.size)));
}

function heightOf(lines: number, size = USUAL_SIZE): number {
  return Math.min(HIGHEST_ROW, Math.ceil(lines * size * LINE_SPACING) + MARGIN_POINTS);
}

function linesOf({ text, width, size = USUAL_SIZE, bold }: WrappedText): number {
  const letters = ((width - PADDING_DIGITS) * USUAL_SIZE) / size;
  const room = Math.max(1, bold ? letters : letters * LETTERS_PER_DIGIT);
  return text.split('\n').reduce((sum, line) => sum + linesOfParagraph(line, room), 0);
}

function linesOfParagraph(paragraph: string, room: number): number {
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(' ')) {
    const longer = used === 0 ? word.length : used + 1 + word.length;
    if (longer <= room) {
      used = longer;
      continue;
    }
    const cut = Math.ceil(word.length / room) - 1;
    lines += (used === 0 ? 0 : 1) + cut;
    used = word.length - cut * room;
  }
  return lines;
}
