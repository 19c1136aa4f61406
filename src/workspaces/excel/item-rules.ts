import type { Blueprint } from '../workspace.ts';
import { columnName } from './cell.ts';
import type { SheetLayout } from './layout.ts';
import { entryName } from './lists.ts';
import { INK, shade, tint } from './look.ts';
import type { Look, Styles } from './styles.ts';
import { attributes, escapeXml } from './xml.ts';

/** The first row of items in a sheet as it is first made. */
export const FIRST_ROW = 3;
/** Rows for which drop-downs and colours are prepared: beyond them, cells are plain. */
export const PREPARED_ROWS = 3000;

interface Rule {
  readonly columns: readonly [string, string];
  readonly formula: string;
  readonly look: Look;
}

/**
 * The colours of a sheet of items that follow from its cells. No colour stands alone: whoever sees no colours, or
 * prints in black and white, has a bold, struck or underlined text, or the label itself.
 */
export function itemRules(layout: SheetLayout, blueprint: Blueprint, styles: Styles): string {
  const own = { task: taskRules, check: pointRules, row: optionRules, comment: commentRules }[layout.kind];
  return rulesXml([...own(layout, blueprint), ...tickRules(layout)], styles);
}

/** The letter of a field's column in a sheet as it is first made. */
function letterOf(layout: SheetLayout, field: string): string {
  return columnName(layout.columns.findIndex((column) => column.field === field) + 2);
}

function taskRules(layout: SheetLayout, blueprint: Blueprint): readonly Rule[] {
  const at = (field: string) => letterOf(layout, field);
  const [step, title, status, priority, due] = ['step', 'title', 'status', 'priority', 'due'].map(at) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const last = columnName(layout.columns.length + 1);
  const is = (column: string, list: string, key: string) => `$${column}${FIRST_ROW}=${entryName(list, key)}`;
  const cell = (column: string, list: string, key: string, look: Look): Rule => ({
    columns: [column, column],
    formula: is(column, list, key),
    look,
  });
  const late = `AND(ISNUMBER($${due}${FIRST_ROW}),$${due}${FIRST_ROW}<TODAY(),NOT(${is(status, 'status', 'done')}),NOT(${is(status, 'status', 'dropped')}))`;
  const lateLook: Look = { font: { bold: true, underline: true, color: INK.red }, fill: INK.redSoft };
  return [
    { columns: [title, title], formula: late, look: { font: { bold: true, color: INK.red } } },
    { columns: [due, due], formula: late, look: lateLook },
    cell(status, 'status', 'doing', { font: { bold: true, color: INK.blue }, fill: INK.blueSoft }),
    cell(status, 'status', 'blocked', { font: { bold: true, color: INK.amberDark }, fill: INK.amberMiddle }),
    cell(status, 'status', 'done', { font: { color: INK.green }, fill: INK.greenSoft }),
    cell(status, 'status', 'dropped', { font: { italic: true, strike: true, color: INK.quiet } }),
    ...blueprint.steps.map(({ key, color }) =>
      cell(step, 'step', key, {
        font: { bold: true, color: shade(color.slice(1)) },
        fill: tint(color.slice(1), 0.16),
      }),
    ),
    {
      columns: [title, title],
      formula: is(status, 'status', 'dropped'),
      look: { font: { strike: true, color: INK.quiet } },
    },
    {
      columns: [title, last],
      formula: `OR(${is(status, 'status', 'done')},${is(status, 'status', 'dropped')})`,
      look: { font: { color: INK.quiet } },
    },
    cell(priority, 'priority', 'urgent', { font: { bold: true, color: INK.red } }),
    cell(priority, 'priority', 'high', { font: { bold: true, color: INK.amber } }),
  ];
}

/** The title of the task stands out where its points begin; ticked points step back. */
function pointRules(layout: SheetLayout): readonly Rule[] {
  const [task, title, done] = ['task', 'title', 'done'].map((field) => letterOf(layout, field)) as [
    string,
    string,
    string,
  ];
  return [
    {
      columns: [task, task],
      formula: `$${task}${FIRST_ROW}=$${task}${FIRST_ROW - 1}`,
      look: { font: { color: INK.faint } },
    },
    {
      columns: [title, title],
      formula: `$${done}${FIRST_ROW}=${entryName('tick', '☑')}`,
      look: { font: { color: INK.quiet } },
    },
  ];
}

/** What Jalon says itself steps back behind what people say. */
function commentRules(layout: SheetLayout): readonly Rule[] {
  const at = letterOf(layout, 'at');
  const last = columnName(layout.columns.length + 1);
  const jalon = layout.columns.find(({ field }) => field === 'origin')?.vocabulary?.labelOf('jalon') ?? '';
  const formula = `$${letterOf(layout, 'origin')}${FIRST_ROW}="${jalon}"`;
  return [{ columns: [at, last], formula, look: { font: { italic: true, color: INK.quiet } } }];
}

/** Registers show the colours that the template gives to options. */
function optionRules(layout: SheetLayout, blueprint: Blueprint): readonly Rule[] {
  const shape = blueprint.registers.find(({ key }) => key === layout.parent);
  return (shape?.columns ?? []).flatMap((column) =>
    column.options.flatMap(({ key, color }) => {
      if (!color) return [];
      const letter = letterOf(layout, column.key);
      const formula = `$${letter}${FIRST_ROW}=${entryName(`${layout.parent}_${column.key}`, key)}`;
      const look: Look = {
        font: { bold: true, color: shade(color.slice(1)) },
        fill: tint(color.slice(1), 0.16),
      };
      return [{ columns: [letter, letter] as const, formula, look }];
    }),
  );
}

function tickRules(layout: SheetLayout): readonly Rule[] {
  return layout.columns
    .filter(({ kind }) => kind === 'check')
    .map(({ field }) => {
      const letter = letterOf(layout, field);
      const formula = `$${letter}${FIRST_ROW}=${entryName('tick', '☑')}`;
      return {
        columns: [letter, letter],
        formula,
        look: { font: { bold: true, color: INK.green }, fill: INK.greenSoft },
      };
    });
}

function rulesXml(rules: readonly Rule[], styles: Styles): string {
  return rules
    .map(({ columns: [from, to], formula, look }, index) => {
      const range = `${from}${FIRST_ROW}:${to}${PREPARED_ROWS}`;
      const rule = attributes({ type: 'expression', dxfId: styles.differential(look), priority: index + 1 });
      return `<conditionalFormatting sqref="${range}"><cfRule${rule}><formula>${escapeXml(formula)}</formula></cfRule></conditionalFormatting>`;
    })
    .join('');
}
