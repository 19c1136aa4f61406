import { type Locale, type Said, said, say } from '#src/i18n/message.ts';
import { TRELLO_REMARKS, UNTITLED } from '#src/i18n/trello-words.ts';
import type { Fields, Value } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { ColumnShape, RegisterShape } from '../workspace.ts';
import { type Assembled, assemble, isCut, Outline, type Part, withoutSign } from './document.ts';
import { NAME_LIMIT } from './limits.ts';
import { cutText, escapeText, fitLine, fitText, unescapeText } from './markdown.ts';
import { readMarker, roomBeside, withMarker } from './marker.ts';
import { fitTyped, parseTyped, typedText } from './typed-value.ts';

/**
 * A line of a register as a card. The first column is its name; the others are lines `- **Column:** value` in its
 * description, and long texts sections below them.
 */

/** What a card shows for a value of this column, once it was written and read. */
export function fitRow({ columns }: RegisterShape, field: string, value: Value): Value {
  const index = columns.findIndex(({ key }) => key === field);
  const column = columns[index];
  if (!column) return value;
  return fitTyped(index === 0 && column.type === 'long-text' ? 'text' : column.type, value);
}

export interface RowText {
  readonly fields: Fields;
  /**
   * What people have typed behind a column without our understanding it, by field. It is written again as it is:
   * leave out the fields that are to be written anew.
   */
  readonly kept?: Readonly<Record<string, string>> | undefined;
  /** Lines of their own, between ours. Written again as they are. */
  readonly rest?: string | undefined;
  /** Columns that are custom fields, and have no line here. */
  readonly elsewhere?: ReadonlySet<string> | undefined;
}

/** A name, which Trello wants for every card, and the whole description with the marker of the key. */
export function describeRow(
  { fields, kept = {}, rest = '', elsewhere = new Set() }: RowText,
  key: string,
  register: RegisterShape,
  locale: Locale,
): Assembled & { readonly name: string } {
  const [first, ...others] = register.columns;
  const outline = outlineOf(register);
  const typed = others.filter(({ type, key: column }) => type !== 'long-text' && !elsewhere.has(column));
  const lines = typed.map((column) =>
    typedLine(column, kept[column.key] ?? escaped(column, fields, locale), locale),
  );
  const long = others.filter(({ type }) => type === 'long-text');
  const parts: Part[] = [
    { field: TYPED, heading: '', body: lines.join('\n'), isList: true },
    { field: REST, heading: '', body: rest, isList: false, isTheirs: true },
    ...long.map(
      (column): Part => ({
        field: column.key,
        heading: column.title,
        body: escapeText(typedText(column, fields[column.key] ?? null, locale), (line) =>
          outline.isOurs(line),
        ),
        isList: false,
      }),
    ),
  ].filter(({ body, heading }) => body !== '' || heading !== '');
  const { text, cut } = assemble(parts, roomBeside(key), locale);
  const gone = typed.filter((_, index) => !text.includes(lines[index] ?? '')).map((column) => column.key);
  const name = first ? fitLine(typedText(first, fields[first.key] ?? null, locale)) : '';
  return {
    name: cutText(name, NAME_LIMIT) || say(locale, UNTITLED),
    text: withMarker(text, key),
    cut: cut.flatMap((field) => (field === TYPED ? gone : [field])),
  };
}

/** Parts that are no field. */
const TYPED = '#typed';
const REST = '#rest';

function outlineOf({ columns }: RegisterShape): Outline {
  const long = columns.slice(1).filter(({ type }) => type === 'long-text');
  return new Outline(long.map(({ key, title }) => ({ field: key, titles: [title] })));
}

function escaped(column: ColumnShape, fields: Fields, locale: Locale): string {
  return escapeText(typedText(column, fields[column.key] ?? null, locale), () => false);
}

function typedLine({ title }: ColumnShape, value: string, locale: Locale): string {
  const colon = locale === 'fr' ? '\u00a0:' : ':';
  return `- **${fitLine(title)}${colon}** ${value}`.trimEnd();
}

export interface RowReading {
  readonly key: string | undefined;
  /** A field is absent where the card says nothing of it: its line is gone, was cut, or is not understood. */
  readonly fields: Fields;
  readonly kept: Readonly<Record<string, string>>;
  readonly rest: string;
  readonly remarks: readonly Said[];
}

/** Never throws, whatever people have made of it. */
export function readRow(
  card: { readonly name: string; readonly desc: string },
  register: RegisterShape,
  locale: Locale,
): RowReading {
  const reader = new RowReader(card.name, locale);
  const [first] = register.columns;
  if (first) reader.take(first, isUntitled(card.name) ? '' : fitLine(card.name));
  const { key, text } = readMarker(card.desc);
  const { lead, sections } = outlineOf(register).split(text);
  // Lines are cut between each other: those that are there are whole.
  const rest = readLines(withoutSign(lead), register, reader);
  for (const column of register.columns) {
    const body = sections.get(column.key);
    if (body !== undefined && !isCut(body)) reader.take(column, fitText(unescapeText(body)));
  }
  return {
    key,
    fields: reader.fields,
    kept: reader.kept,
    rest: rest.join('\n').trim(),
    remarks: reader.remarks,
  };
}

export function isUntitled(name: string): boolean {
  return nameKey(name) === '' || Object.values(UNTITLED).some((one) => one === name.trim());
}

class RowReader {
  readonly fields: Record<string, Value> = {};
  readonly kept: Record<string, string> = {};
  readonly remarks: Said[] = [];
  readonly #card: string;
  readonly #locale: Locale;

  constructor(card: string, locale: Locale) {
    this.#card = card;
    this.#locale = locale;
  }

  /** Whether a line of this column was taken already. */
  has({ key }: ColumnShape): boolean {
    return Object.hasOwn(this.fields, key) || Object.hasOwn(this.kept, key);
  }

  take(column: ColumnShape, text: string, raw = text): void {
    const read = parseTyped(column, text, this.#locale);
    if ('value' in read) {
      this.fields[column.key] = read.value;
      return;
    }
    this.kept[column.key] = raw;
    const found = fitLine(text).slice(0, 80).toWellFormed();
    const expected = column.options.map(({ title }) => title).join(', ');
    this.remarks.push(
      said(TRELLO_REMARKS[read.unreadable], { card: this.#card, column: column.title, found, expected }),
    );
  }
}

/** Gives the lines that are none of ours. */
function readLines(lead: string, { columns }: RegisterShape, reader: RowReader): readonly string[] {
  const typed = columns.slice(1).filter(({ type }) => type !== 'long-text');
  const byName = new Map(typed.map((column) => [bareName(column.title), column]));
  return lead.split('\n').filter((line) => {
    const found = typedIn(line, byName);
    if (!found || reader.has(found.column)) return true;
    reader.take(found.column, unescapeText(found.raw), found.raw);
    return false;
  });
}

/** The names of columns may hold colons themselves, though hardly more than this. */
const MOST_COLONS = 4;
const LONGEST_NAME = 300;

function typedIn(
  line: string,
  byName: ReadonlyMap<string, ColumnShape>,
): { readonly column: ColumnShape; readonly raw: string } | undefined {
  const bare = line.trim().replace(/^(?:[-*+•]|\d{1,3}[.)])\s+/, '');
  const colons = [...bare.slice(0, LONGEST_NAME).matchAll(/[:\uff1a]/g)].slice(0, MOST_COLONS);
  for (const { index } of colons) {
    const name = bare.slice(0, index);
    const column = byName.get(bareName(name));
    if (column) return { column, raw: closed(bare.slice(index + 1), name) };
  }
  return undefined;
}

function bareName(title: string): string {
  return nameKey(title.replace(/[*_\\]/g, ''));
}

/** The value without what closes the bold type of its name, be it before the value or behind it. */
function closed(value: string, name: string): string {
  const text = value.trim();
  for (const mark of ['**', '__']) {
    if ((name.split(mark).length - 1) % 2 === 0) continue;
    if (text.startsWith(mark)) return text.slice(mark.length).trim();
    if (text.endsWith(mark)) return text.slice(0, -mark.length).trim();
  }
  return text;
}
