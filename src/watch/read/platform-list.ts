import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { Book } from '#src/workspaces/excel/book.ts';
import { oneLine, type Platform, type Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';
import { dayIn } from './dates.ts';

type ListShape = NonNullable<Extract<WatchSource, { kind: 'file' }>['list']>;

const UNREADABLE = { why: 'unreadable', expected: 'xlsx' } as const;
/** A list of 150 names unpacks to a few hundred kilobytes. */
const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;
const MOST_PLATFORMS = 5000;

/**
 * The platforms of a workbook: names and dates of its first sheet, and nothing else of what stands there, such as the
 * addresses of people.
 * @throws Sick when it is no workbook, or holds no name.
 */
export async function readPlatformList(bytes: Uint8Array, shape: ListShape): Promise<Reading> {
  const platforms = await platformsOf(bytes, shape).catch((error: unknown) => {
    throw error instanceof Sick ? error : new Sick(UNREADABLE);
  });
  if (platforms.length === 0) throw new Sick({ why: 'empty' });
  return { kind: 'platforms', platforms };
}

async function platformsOf(bytes: Uint8Array, { firstRow, name, date }: ListShape): Promise<Platform[]> {
  await refuseBomb(bytes);
  const book = await Book.open(bytes);
  const [entry] = book.sheets;
  if (!entry) throw new Sick(UNREADABLE);
  const sheet = await book.sheet(entry);
  const platforms = new Map<string, Platform>();
  for (const row of sheet.rows()) {
    if (row < firstRow) continue;
    const called = oneLine(sheet.textOf(row, name, book.date1904));
    if (called === '') continue;
    const since = date === undefined ? null : dayIn(sheet.textOf(row, date, book.date1904));
    platforms.set(called, { name: called, since });
    if (platforms.size > MOST_PLATFORMS) throw new Sick(UNREADABLE);
  }
  return [...platforms.values()];
}

async function refuseBomb(bytes: Uint8Array): Promise<void> {
  const entries = await new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false }).getEntries();
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (unpacked > MOST_UNPACKED_BYTES)
    throw new Sick({ why: 'too-large', megabytes: MOST_UNPACKED_BYTES / 1024 / 1024 });
}
