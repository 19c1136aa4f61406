import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { badInput } from '#src/i18n/bad-input.ts';
import { fileProblem } from '#src/i18n/config.ts';
import { type Said, said } from '#src/i18n/message.ts';
import { LARGEST_FILE_BYTES, LARGEST_FILE_MEGABYTES } from '#src/plan/largest-file.ts';
import { problemsFound } from '#src/plan/problem.ts';

/** A named pipe would be waited for, for ever; Windows has neither the flag nor such pipes among its files. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The text of a file that a person wrote. Its size is looked at before a byte is read.
 * @throws BadInput when it is missing, not to be read, no ordinary file, too large, or no text in UTF-8. `shownAs`
 * is its name in the error.
 */
export async function readTextFile(path: string, shownAs = path): Promise<string> {
  const handle = await open(path, READ_WITHOUT_WAITING).catch((error) => {
    throw refused(shownAs, whyNot(error), error);
  });
  try {
    const status = await handle.stat();
    if (status.isDirectory()) throw refused(shownAs, said(fileProblem.EISDIR));
    if (!status.isFile()) throw refused(shownAs, said(fileProblem.notAFile));
    if (status.size > LARGEST_FILE_BYTES)
      throw refused(shownAs, said(badInput.tooLarge, LARGEST_FILE_MEGABYTES));
    return decoded(await handle.readFile(), shownAs);
  } finally {
    await handle.close();
  }
}

/** Why the system does not let a file be read, in the reader's words. */
export function whyNot(error: unknown): Said {
  const code = errorCode(error);
  if (code === 'EPERM') return said(fileProblem.EACCES);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ELOOP') {
    return said(fileProblem[code]);
  }
  return said(fileProblem.other, code);
}

/** `ENOENT` and the like; the error's own text where the system gives no code. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);
}

function decoded(bytes: Uint8Array, shownAs: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refused(shownAs, said(badInput.notText), error);
  }
}

function refused(file: string, words: Said, cause?: unknown): Error {
  const error = problemsFound([{ file, said: words }]);
  if (cause !== undefined) error.cause = cause;
  return error;
}
