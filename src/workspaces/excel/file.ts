import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { BadInput, NeedsAttention, NotNow, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { FILE_ERRORS } from '#src/i18n/workbook.ts';
import { heldOpen, STALE_LOCK_HOURS } from './lock.ts';

const MAX_FILE_BYTES = 256 * 1024 * 1024;
const KEPT_COPIES = 10;

/** A file as it was at one moment: another save, however small, gives another fingerprint. */
export interface Loaded {
  readonly bytes: Uint8Array;
  readonly fingerprint: string;
  /** When it was last saved, an ISO instant. */
  readonly savedAt: string;
}

export interface FilePlaces {
  readonly file: string;
  /** Folder of the last copies. */
  readonly copies: string;
  now(): Date;
}

/** What to tell of where the file lies: its copies only once there are any. */
export function toldPlace({ file, copies }: FilePlaces): { file: string; copies: string | undefined } {
  return { file, copies: existsSync(copies) ? copies : undefined };
}

/** `undefined` when there is no such file. */
export async function fingerprintOf(places: FilePlaces): Promise<string | undefined> {
  return (await describe(places))?.fingerprint;
}

/**
 * The file, whole. `undefined` when there is none.
 * @throws NotNow while it is being saved; Refused without the right to read; NeedsAttention when it is too large.
 */
export async function load(places: FilePlaces): Promise<Loaded | undefined> {
  const before = await describe(places);
  if (!before) return undefined;
  if (before.size > MAX_FILE_BYTES)
    throw new NeedsAttention(said(FILE_ERRORS['too-large'], toldPlace(places)));
  const bytes = await orExplain(places, () => readFile(places.file));
  const after = await describe(places);
  if (after?.fingerprint !== before.fingerprint) throw new NotNow(said(FILE_ERRORS.changed, places.file));
  return { bytes, fingerprint: before.fingerprint, savedAt: before.savedAt };
}

/**
 * Puts the bytes in the place of the file in one step, and keeps a copy of what was there. `old` is the file
 * that the bytes were made from; `undefined` when there was none. Returns the new fingerprint.
 * @throws NotNow when someone else saves it or has it open; BadInput when the folder cannot be written.
 */
export async function replace(
  places: FilePlaces,
  bytes: Uint8Array,
  old: Loaded | undefined,
): Promise<string> {
  const target = await realpath(places.file).catch(() => places.file);
  const folder = dirname(target);
  await orBadFolder(folder, () => makeFolder(folder));
  await removeLeftovers(target);
  await refuseWhileOpen(places);
  const temporary = join(
    folder,
    `.${basename(target)}.${process.pid}.${randomBytes(4).toString('hex')}${LEFTOVER}`,
  );
  try {
    await orBadFolder(folder, () => writeSafely(temporary, bytes));
    if (old) await keepCopy(places, old.bytes);
    const current = await fingerprintOf(places);
    if (current !== old?.fingerprint) throw new NotNow(said(FILE_ERRORS.changed, places.file));
    await swap(temporary, target, places.file);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
  await syncFolder(folder);
  return (await fingerprintOf(places)) ?? '';
}

/** Whether the file, or a new one in its place, could be written. @throws BadInput, NotNow as `replace` does. */
export async function checkWritable(places: FilePlaces): Promise<void> {
  const folder = dirname(places.file);
  const existing = await nearestFolder(folder);
  await orBadFolder(folder, () => access(existing, constants.W_OK));
  await refuseWhileOpen(places);
}

async function describe(
  places: FilePlaces,
): Promise<{ readonly fingerprint: string; readonly size: number; readonly savedAt: string } | undefined> {
  try {
    const { mtimeNs, size, ino, mtime, isFile } = await stat(places.file, { bigint: true }).then((one) => ({
      mtimeNs: one.mtimeNs,
      size: one.size,
      ino: one.ino,
      mtime: one.mtime,
      isFile: one.isFile(),
    }));
    if (!isFile) throw new BadInput(said(FILE_ERRORS['not-a-file'], places));
    return { fingerprint: `${mtimeNs} ${size} ${ino}`, size: Number(size), savedAt: mtime.toISOString() };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw translated(error, places);
  }
}

async function orExplain<T>(places: FilePlaces, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw translated(error, places);
  }
}

function translated(error: unknown, places: FilePlaces): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new Refused(said(FILE_ERRORS.unreadable, places.file), { cause: error });
    case 'EBUSY':
    case 'ENOENT':
      return new NotNow(said(FILE_ERRORS.busy, places.file), { cause: error });
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new BadInput(said(FILE_ERRORS['not-a-file'], places), { cause: error });
    default:
      return error;
  }
}

async function orBadFolder<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new BadInput(said(FILE_ERRORS.full, folder), { cause: error });
    if (code === undefined) throw error;
    throw new BadInput(said(FILE_ERRORS.folder, { folder, reason: code }), { cause: error });
  }
}

async function refuseWhileOpen(places: FilePlaces): Promise<void> {
  const held = await heldOpen(places.file);
  if (held) throw new NotNow(said(FILE_ERRORS.open, { file: places.file, ...held, hours: STALE_LOCK_HOURS }));
}

async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On Windows a file that a program holds open cannot be replaced. */
async function swap(temporary: string, target: string, file: string): Promise<void> {
  try {
    const mode = await stat(target).then(
      (one) => one.mode,
      () => undefined,
    );
    if (mode !== undefined) {
      const handle = await open(temporary, 'r+');
      await handle.chmod(mode & 0o777).finally(() => handle.close());
    }
    await rename(temporary, target);
  } catch (error) {
    if (['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error) ?? '')) {
      throw new NotNow(said(FILE_ERRORS.busy, file), { cause: error });
    }
    throw error;
  }
}

async function keepCopy({ file, copies, now }: FilePlaces, bytes: Uint8Array): Promise<void> {
  const extension = extname(file);
  const name = basename(file, extension);
  const stamp = now().toISOString().replace(/[:.]/g, '-');
  await orBadFolder(copies, async () => {
    await makeFolder(copies);
    const path = join(copies, `${name}.${stamp}${extension}`);
    await rm(path, { force: true });
    await writeSafely(path, bytes);
    const kept = (await readdir(copies)).filter((one) => isCopy(one, name, extension)).sort();
    for (const one of kept.slice(0, -KEPT_COPIES)) await rm(join(copies, one), { force: true });
  });
}

function isCopy(entry: string, name: string, extension: string): boolean {
  if (!entry.startsWith(`${name}.`) || !entry.endsWith(extension)) return false;
  return /^\d{4}-\d{2}-\d{2}T[\d-]+Z$/.test(entry.slice(name.length + 1, entry.length - extension.length));
}

const LEFTOVER = '.jalon-tmp';

/** What killed runs have left; a run that is alive may still be writing its own. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(`.${basename(target)}.`) || !entry.endsWith(LEFTOVER)) continue;
    const pid = Number(entry.slice(basename(target).length + 2).split('.')[0]);
    if (pid !== process.pid && !isAlive(pid)) await rm(join(folder, entry), { force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Without it, a power cut could bring the old name back. Not every system can do it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Node's own recursive mkdir never ends where the system answers that a folder cannot be (as below /proc). */
async function makeFolder(folder: string): Promise<void> {
  if (await isThere(folder)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function nearestFolder(folder: string): Promise<string> {
  return (await isThere(folder)) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
