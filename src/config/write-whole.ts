import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BadInput } from '#src/errors.ts';
import { writeProblem } from '#src/i18n/config.ts';
import { type Said, said } from '#src/i18n/message.ts';
import { errorCode } from './read-text-file.ts';

/**
 * Writes a file whole or not at all, beside its place first, and makes its folder if need be.
 * @param putInPlace how the draft takes its place; by default it replaces what is there.
 * @throws BadInput when the disk is full, the folder protected, or no folder. What was there is there still.
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  putInPlace: (draft: string, file: string) => Promise<void> = rename,
): Promise<void> {
  const draft = `${file}.${randomUUID().slice(0, 8)}.draft`;
  try {
    await makeFolder(dirname(file));
    await writeDurably(draft, content);
    await putInPlace(draft, file);
  } catch (error) {
    throw new BadInput(wordsFor(error, file), { cause: error });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** The system's own way to make a folder with those above it never returns on disks that refuse folders silently. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code === 'EEXIST') throw Object.assign(new Error(`${folder} is a file`), { code: 'ENOTDIR' });
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function wordsFor(error: unknown, file: string): Said {
  const code = errorCode(error);
  switch (code) {
    case 'EEXIST':
      return said(writeProblem.exists, file);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return said(writeProblem.denied, file);
    case 'ENOSPC':
    case 'EDQUOT':
      return said(writeProblem.full, file);
    default:
      return said(writeProblem.other, { file, code });
  }
}
