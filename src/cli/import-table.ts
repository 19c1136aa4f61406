import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { BadInput } from '#src/errors.ts';
import { tableErrors } from '#src/i18n/import.ts';
import { said } from '#src/i18n/message.ts';

/** A CSV file once its bytes have become cells. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  /** The line of a quote that is never closed: what follows it could not be read. */
  readonly unclosedQuoteLine: number | undefined;
}

export interface Row {
  /** Counted from 1 in the file, header, blank lines and lines within quotes included. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Ten thousand companies take about one megabyte. */
const MAX_BYTES = 5_000_000;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads a table that some spreadsheet saved: UTF-8, UTF-16 or Windows-1252, with or without a byte order mark,
 * separated by commas, semicolons or tabs.
 *
 * @throws BadInput when the file cannot be read, is too large, empty, or no text.
 */
export async function readTable(file: string): Promise<Table> {
  const text = decode(await readBytes(file), file);
  const { body, delimiter, skipped } = withDelimiter(text);
  const { rows, unclosedQuoteLine } = readRows(body, delimiter, skipped);
  const [header, ...companies] = rows;
  if (header === undefined) throw new BadInput(said(tableErrors.empty, file));
  if (companies.length === 0 && unclosedQuoteLine === undefined) {
    throw new BadInput(said(tableErrors.noLine, file));
  }
  return { header: header.cells, rows: companies, unclosedQuoteLine };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      const megabytes = Math.ceil(size / 1e6);
      throw new BadInput(said(tableErrors.tooLarge, { file, megabytes, most: MAX_BYTES / 1e6 }));
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(said(tableErrors.unreadable, { file, code }), { cause: error });
  }
}

/** Excel in French still saves CSV as Windows-1252, which is never valid UTF-8 once it holds an accent. */
function decode(bytes: Uint8Array, file: string): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  // A workbook saved under another extension, or any other binary file.
  if (text.startsWith('PK\u0003\u0004') || text.includes('\u0000')) {
    throw new BadInput(said(tableErrors.notText, file));
  }
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

interface Separated {
  readonly body: string;
  readonly delimiter: string;
  /** Lines taken off the beginning. */
  readonly skipped: number;
}

/** The separator that the header uses most. Excel may announce it on a line of its own: `sep=;`. */
function withDelimiter(text: string): Separated {
  const announced = /^sep=(.)\r?\n/i.exec(text);
  if (announced) return { body: text.slice(announced[0].length), delimiter: announced[1] ?? ',', skipped: 1 };
  const header = /^\s*(.*)/.exec(text.slice(0, 10_000))?.[1]?.replace(/"[^"]*"/g, '') ?? '';
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
  return { body: text, delimiter, skipped: 0 };
}

function readRows(body: string, delimiter: string, skipped: number): Omit<Table, 'header'> {
  const rows: Row[] = [];
  let lastLine = skipped;
  let unclosedQuoteLine: number | undefined;
  parse(body, {
    delimiter,
    // A quote in the middle of a name is part of the name.
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    on_record: (cells: string[], { lines }) => {
      lastLine = skipped + lines;
      const breaksWithin = cells.join('').split('\n').length - 1;
      rows.push({ line: lastLine - breaksWithin, cells: cells.map((cell) => cell.trim()) });
      return null;
    },
    on_skip: () => {
      unclosedQuoteLine = lastLine + 1;
      return undefined;
    },
  });
  return { rows, unclosedQuoteLine };
}
