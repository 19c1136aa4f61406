import type { Locale } from '#src/i18n/message.ts';
import type { CellKind, ColumnLayout } from './layout.ts';
import type { Look } from './styles.ts';

/** The colours of the workbook, `RRGGBB`. */
export const INK = {
  text: '1F2933',
  quiet: '667380',
  faint: 'A3ADB8',
  white: 'FFFFFF',
  navy: '1F3A5F',
  line: 'E4E7EB',
  frame: 'CBD2D9',
  panel: 'F5F7FA',
  link: '1D5FA8',
  red: 'B42318',
  redSoft: 'FDECEA',
  amber: '9A5B00',
  amberSoft: 'FFF4DB',
  amberDark: '5C3600',
  amberMiddle: 'F3CF8E',
  blue: '1D4ED8',
  blueSoft: 'E3EDFB',
  green: '1E7B4B',
  greenSoft: 'E1F4E8',
  greySoft: 'EEF1F4',
} as const;

export const FORMATS = {
  date: 'dd/mm/yyyy',
  moment: 'dd/mm/yyyy\\ hh:mm',
  amount: '#,##0.00\\ "€"',
} as const;

/** A percentage, with the space that French puts before the sign. */
export function percentFormat(locale: Locale): string {
  return locale === 'fr' ? '0\\ %' : '0%';
}

export const HEADER_LOOK: Look = {
  font: { bold: true, color: INK.white },
  fill: INK.navy,
  frame: INK.navy,
  vertical: 'center',
  horizontal: 'left',
  indent: 1,
  wrap: true,
};

/** The header of a column, above its texts or figures. */
export function headerLook(column: ColumnLayout): Look {
  return { ...HEADER_LOOK, ...alignmentOf(column) };
}

const NUMBER_FORMATS: Partial<Record<CellKind, string>> = {
  date: FORMATS.date,
  moment: FORMATS.moment,
  amount: FORMATS.amount,
};

/** How the cells of a column look, the empty ones below included. */
export function columnLook(column: ColumnLayout, locale: Locale): Look {
  const format = column.kind === 'percent' ? percentFormat(locale) : NUMBER_FORMATS[column.kind];
  return {
    font: {
      ...(column.bold ? { bold: true } : {}),
      ...(column.kind === 'url' ? { color: INK.link, underline: true } : {}),
    },
    line: INK.line,
    vertical: 'center',
    wrap: true,
    ...alignmentOf(column),
    ...(format === undefined ? {} : { format }),
  };
}

function alignmentOf({ kind, centered }: ColumnLayout): Pick<Look, 'horizontal' | 'indent'> {
  if (centered) return { horizontal: 'center', indent: 0 };
  const numeric = kind === 'number' || kind === 'amount' || kind === 'percent';
  return { horizontal: numeric ? 'right' : 'left', indent: 1 };
}

/** A colour on the way to white; `share` is how much of it stays. */
export function tint(color: string, share: number): string {
  return mix(color, INK.white, share);
}

/** Dark enough to be read on a tint of itself. */
export function shade(color: string): string {
  return mix(color, '000000', 0.62);
}

function mix(color: string, other: string, share: number): string {
  const part = (from: string, at: number) => Number.parseInt(from.slice(at, at + 2), 16);
  return [0, 2, 4]
    .map((at) => Math.round(part(color, at) * share + part(other, at) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0').toUpperCase())
    .join('');
}
