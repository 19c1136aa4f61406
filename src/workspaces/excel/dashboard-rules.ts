import type { Blueprint } from '../workspace.ts';
import { INK, shade, tint } from './look.ts';
import type { Look, Styles } from './styles.ts';
import { attributes, escapeXml } from './xml.ts';

const X14 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main';

/** Where on the dashboard colours follow from figures. */
export interface RuledPlaces {
  readonly lateCard: string;
  /** Days left, from the first row to the last. */
  readonly days: { readonly column: string; readonly first: number; readonly last: number };
  /** The progress of each step. */
  readonly shares: readonly string[];
}

export interface DashboardRules {
  readonly rules: string;
  /** What stands at the end of the sheet. */
  readonly extension: string;
}

/** Bars in the colours of the steps; days that are running out, or have run out. */
export function dashboardRules(places: RuledPlaces, { steps }: Blueprint, styles: Styles): DashboardRules {
  let priority = 0;
  const rule = (range: string, inside: (priority: number) => string) => {
    priority += 1;
    return `<conditionalFormatting sqref="${range}">${inside(priority)}</conditionalFormatting>`;
  };
  const when = (range: string, formula: string, look: Look) =>
    rule(range, (at) => {
      const flags = attributes({ type: 'expression', dxfId: styles.differential(look), priority: at });
      return `<cfRule${flags}><formula>${escapeXml(formula)}</formula></cfRule>`;
    });

  const { column, first, last } = places.days;
  const days = `${column}${first}:${column}${last}`;
  const cell = `${column}${first}`;
  const alarm: Look = { font: { bold: true, color: INK.red }, fill: INK.redSoft };
  const bars = places.shares.map((at, index) => {
    const color = steps[index]?.color.slice(1).toUpperCase() ?? INK.quiet;
    return { at, id: barId(index), color };
  });
  return {
    rules:
      when(days, `AND(ISTEXT(${cell}),${cell}<>"")`, alarm) +
      when(days, `AND(ISNUMBER(${cell}),${cell}<=30)`, alarm) +
      when(days, `AND(ISNUMBER(${cell}),${cell}<=90)`, {
        font: { bold: true, color: INK.amber },
        fill: INK.amberSoft,
      }) +
      when(places.lateCard, `AND(ISNUMBER(${places.lateCard}),${places.lateCard}>0)`, {
        font: { color: INK.red },
      }) +
      bars.map((bar) => rule(bar.at, (at) => barXml(bar, at))).join(''),
    extension: barsExtension(bars),
  };
}

interface Bar {
  readonly at: string;
  readonly id: string;
  readonly color: string;
}

function barId(index: number): string {
  return `{4A414C4F-4E00-4000-8000-${String(index + 1).padStart(12, '0')}}`;
}

/** A bar as programs before Excel 2010 draw it; `id` leads the others to its better half. */
function barXml({ id, color }: Bar, priority: number): string {
  return (
    `<cfRule type="dataBar" priority="${priority}"><dataBar minLength="0" maxLength="100"><cfvo type="num" val="0"/><cfvo type="num" val="1"/><color rgb="FF${tint(color, 0.45)}"/></dataBar>` +
    `<extLst><ext xmlns:x14="${X14}" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"><x14:id>${id}</x14:id></ext></extLst></cfRule>`
  );
}

/** Plain bars with an outline that shows in black and white too, and none at all at 0. */
function barsExtension(bars: readonly Bar[]): string {
  const formats = bars.map(
    ({ at, id, color }) =>
      `<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" id="${id}">` +
      '<x14:dataBar minLength="0" maxLength="100" border="1" gradient="0" axisPosition="none"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo>' +
      `<x14:borderColor rgb="FF${shade(color)}"/></x14:dataBar></x14:cfRule><xm:sqref>${at}</xm:sqref></x14:conditionalFormatting>`,
  );
  return `<extLst><ext xmlns:x14="${X14}" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>${formats.join('')}</x14:conditionalFormattings></ext></extLst>`;
}
