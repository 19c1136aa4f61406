import { encodeEscapes } from './text.ts';
import { attributes, escapeXml } from './xml.ts';

/** What a cell shows, whatever the way in which it is stored. `date` marks a number under a date format. */
export type Shown =
  | { readonly type: 'blank' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number; readonly date: boolean }
  | { readonly type: 'boolean'; readonly boolean: boolean }
  | { readonly type: 'error'; readonly text: string };

/** What to put into a cell. A formula comes with the value that programs show until they compute it. */
export type Content =
  | { readonly type: 'blank' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'formula'; readonly formula: string; readonly value: string | number }
  /** The inside of another cell of the workbook, as it is stored there. */
  | {
      readonly type: 'stored';
      readonly as: string | undefined;
      readonly inside: string;
      readonly shows: Shown;
    };

export function shownText(text: string): Shown {
  return text === '' ? { type: 'blank' } : { type: 'text', text };
}

export const BLANK = { type: 'blank' } as const;

export function textContent(text: string): Content {
  return text === '' ? BLANK : { type: 'text', text };
}

/** 1 -> A, 27 -> AA. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

export function reference(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}

/** `undefined` when it is not the name of one cell. */
export function parseReference(name: string): { readonly row: number; readonly column: number } | undefined {
  const found = /^\$?([A-Z]{1,3})\$?([0-9]{1,7})$/.exec(name);
  if (!found) return undefined;
  const [, letters = '', digits = ''] = found;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits), column };
}

/** A sheet's name as formulas quote it. */
export function quoteSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** The XML of one cell. Texts are written in the cell itself, which leaves the shared strings of the workbook alone. */
export function cellXml(prefix: string, at: string, style: number | undefined, content: Content): string {
  const tag = `${prefix}c`;
  const known = { r: at, s: style === 0 ? undefined : style };
  const open = (type?: string) => `<${tag}${attributes({ ...known, t: type })}`;
  switch (content.type) {
    case 'blank':
      return `${open()}/>`;
    case 'number':
      return `${open()}><${prefix}v>${content.number}</${prefix}v></${tag}>`;
    case 'stored':
      return `${open(content.as)}>${content.inside}</${tag}>`;
    case 'text':
      return `${open('inlineStr')}><${prefix}is>${textXml(prefix, content.text)}</${prefix}is></${tag}>`;
    case 'formula': {
      const value = typeof content.value === 'number' ? String(content.value) : escapeXml(content.value);
      const type = typeof content.value === 'number' ? undefined : 'str';
      return `${open(type)}><${prefix}f>${escapeXml(content.formula)}</${prefix}f><${prefix}v>${value}</${prefix}v></${tag}>`;
    }
  }
}

function textXml(prefix: string, text: string): string {
  return `<${prefix}t xml:space="preserve">${escapeXml(encodeEscapes(text))}</${prefix}t>`;
}
