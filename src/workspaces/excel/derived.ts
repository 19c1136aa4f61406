import { type Locale, say } from '#src/i18n/message.ts';
import { OTHERS, YES } from '#src/i18n/workbook.ts';
import { type Item, isArchived, list, text } from '#src/plan/item.ts';
import type { WriteOrder } from '../workspace.ts';
import type { About } from './about.ts';
import { type Content, columnName, quoteSheet, reference, textContent } from './cell.ts';
import type { Grid } from './grid.ts';
import type { FoundSheet } from './identify.ts';
import { MARKERS } from './layout.ts';
import { entryName } from './lists.ts';
import type { Structure } from './structure.ts';
import { cellText } from './text.ts';
import { TICKED } from './values.ts';

/** A task counts as done only once someone says so, even when all its points are ticked. */
const NEARLY_DONE = 0.99;

const SEPARATOR = ' · ';
const LIST_LENGTH = 300;

/** The cells that are only shown: they follow from other cells, or from fields that a workbook does not hold. */
export class Derived {
  readonly #order: WriteOrder;
  readonly #about: About | undefined;
  readonly #checks: Grid | undefined;
  readonly #points = new Map<string, { done: number; total: number }>();

  constructor({ sheets, about }: Pick<Structure, 'sheets' | 'about'>, order: WriteOrder) {
    this.#order = order;
    this.#about = about;
    this.#checks = sheets.get(MARKERS.checks)?.grid;
    for (const item of order.agreed.values()) {
      if (item.kind !== 'check' || isArchived(item)) continue;
      const points = this.#points.get(item.parent) ?? { done: 0, total: 0 };
      points.total += 1;
      if (item.fields.done === true) points.done += 1;
      this.#points.set(item.parent, points);
    }
  }

  refresh({ layout, grid }: FoundSheet, row: number, item: Item): void {
    if (layout.kind === 'check')
      this.#put(grid, row, 'task', textContent(cellText(this.#titleOf(item.parent))));
    const about = layout.kind === 'comment' ? this.#about?.labelOf(item.parent) : undefined;
    if (about !== undefined) this.#put(grid, row, 'about', textContent(about));
    if (layout.kind !== 'task') return;
    const { agreed, blueprint } = this.#order;
    const after = list(item, 'dependsOn')
      .filter((key) => agreed.has(key))
      .map((key) => this.#titleOf(key));
    const sources = list(item, 'sources').map((id) => blueprint.sources.get(id)?.title ?? id);
    this.#put(grid, row, 'dependsOn', textContent(shortList(after, blueprint.locale)));
    this.#put(grid, row, 'sources', textContent(shortList(sources, blueprint.locale)));
    this.#put(
      grid,
      row,
      'required',
      textContent(item.fields.required === true ? say(blueprint.locale, YES) : ''),
    );
    this.#putFormulas(grid, row, item);
  }

  #titleOf(task: string): string {
    const item = this.#order.agreed.get(task);
    return item ? text(item, 'title') : '';
  }

  #putFormulas(grid: Grid, row: number, item: Item): void {
    const counts = this.#counts(grid, row);
    const status = grid.columnOf('status');
    const { done, total } = this.#points.get(item.key) ?? { done: 0, total: 0 };
    if (counts) {
      const formula = `IF(${counts.total}=0,"",${counts.done}&"/"&${counts.total})`;
      this.#put(grid, row, 'points', {
        type: 'formula',
        formula,
        value: total === 0 ? '' : `${done}/${total}`,
      });
    }
    if (status === undefined) return;
    const is = (key: string) => `${reference(row, status)}=${entryName('status', key)}`;
    const part = counts ? `IF(${counts.total}=0,0,MIN(${NEARLY_DONE},${counts.done}/${counts.total}))` : '0';
    const formula = `IF(${is('dropped')},"",IF(${is('done')},1,${part}))`;
    this.#put(grid, row, 'share', { type: 'formula', formula, value: shareOf(item, done, total) });
  }

  /** Formulas that count the points of the row's task by its key. */
  #counts(grid: Grid, row: number): { readonly done: string; readonly total: string } | undefined {
    const doneColumn = this.#checks?.columnOf('done');
    if (!this.#checks || doneColumn === undefined) return undefined;
    const sheet = quoteSheet(this.#checks.entry.name);
    const range = (column: number) => `${sheet}!$${columnName(column)}:$${columnName(column)}`;
    const keys = `${range(this.#checks.keyColumn)},$${reference(row, grid.keyColumn)}&"#*"`;
    const ticks = TICKED.map((word) => `"${word}"`).join(',');
    return { total: `COUNTIF(${keys})`, done: `SUM(COUNTIFS(${keys},${range(doneColumn)},{${ticks}}))` };
  }

  /** Leaves the cell alone when it already shows that, as computed by whatever program was there last. */
  #put(grid: Grid, row: number, field: string, content: Content): void {
    const column = grid.columnOf(field);
    if (column === undefined) return;
    const shown =
      content.type === 'formula' ? String(content.value) : content.type === 'text' ? content.text : '';
    const live = content.type !== 'formula' || grid.sheet.hasFormula(row, column);
    const stands = grid.sheet.shown(row, column).type !== 'error' && sameText(grid.text(row, column), shown);
    if (!live || !stands) grid.sheet.set(row, column, content);
  }
}

/** What a row of the plan has room for: at least one entry, and how many more there are. */
function shortList(entries: readonly string[], locale: Locale): string {
  let shown = 1;
  while (shown < entries.length && entries.slice(0, shown + 1).join(SEPARATOR).length <= LIST_LENGTH)
    shown += 1;
  const list = cellText(entries.slice(0, shown).join(SEPARATOR));
  const others = entries.length - shown;
  return others > 0 ? list + say(locale, OTHERS, others) : list;
}

function shareOf(item: Item, done: number, total: number): number | string {
  const status = text(item, 'status');
  if (status === 'dropped') return '';
  return status === 'done' ? 1 : total === 0 ? 0 : Math.min(NEARLY_DONE, done / total);
}

/** Programs keep 15 digits of a number, or 17. */
function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  return a !== '' && b !== '' && Math.abs(Number(a) - Number(b)) < 1e-9;
}
