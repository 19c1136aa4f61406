import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A weekend and a half: a lock that is older has been left by a program that crashed. */
export const STALE_LOCK_HOURS = 72;

export interface HeldOpen {
  /** The lock file. */
  readonly lock: string;
  /** Who holds it, `''` when the lock does not tell. */
  readonly holder: string;
}

/** Whether a spreadsheet program has the workbook open, by the lock file that it has left beside it. */
export async function heldOpen(file: string): Promise<HeldOpen | undefined> {
  const folder = dirname(file);
  const locks = [
    { lock: join(folder, `.~lock.${basename(file)}#`), holderOf: libreOfficeHolder },
    { lock: join(folder, `~$${basename(file)}`), holderOf: excelHolder },
  ];
  for (const { lock, holderOf } of locks) {
    const made = await stat(lock).then(
      (one) => one.mtimeMs,
      () => undefined,
    );
    // Files are dated by the machine's own clock, so their age is told by that clock too.
    if (made === undefined || Date.now() - made > STALE_LOCK_HOURS * 3_600_000) continue;
    const bytes = await readFile(lock).catch(() => Buffer.alloc(0));
    return { lock, holder: printable(holderOf(bytes)) };
  }
  return undefined;
}

/** `name,user,computer,date,profile`, with commas and backslashes escaped. */
function libreOfficeHolder(bytes: Buffer): string {
  const fields = bytes
    .toString('utf8')
    .split(/(?<!\\),/)
    .map((field) => field.replace(/\\(.)/g, '$1').trim());
  const [name = '', user = '', computer = ''] = fields;
  const who = name || user;
  return who && computer ? `${who} (${computer})` : who || computer;
}

/** A length, then the name in the system's old alphabet; the same again in UTF-16 from byte 55. */
function excelHolder(bytes: Buffer): string {
  const length = bytes.length > 57 ? bytes.readUInt8(55) : 0;
  const wide = bytes.subarray(57, 57 + length * 2).toString('utf16le');
  return wide || bytes.subarray(1, 1 + (bytes[0] ?? 0)).toString('latin1');
}

function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 80);
}
