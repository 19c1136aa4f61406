import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildCommand } from '../../scripts/build.ts';
import { loadTemplate } from '../../src/config/load-template.ts';
import { writeValidators } from '../simulators/notion/schemas.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of the command, as it is published. */
    readonly command: string;
    /** A home in which the shipped template has been read once, which takes longer than all the rest of a short command. */
    readonly readHome: string;
  }
}

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
/** Runs of other sources, or of other people, may still be at work with theirs. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Builds the command once for all the tests that run it: it starts in half the time that its sources take. So are the
 * checks of the simulated Notion, or every process would make its own.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const draft = join(CACHE, `jalon-draft-${process.pid}`);
  await buildCommand(join(draft, 'dist'));
  const folder = join(CACHE, `jalon-built-${await digestOf(join(draft, 'dist'))}`);
  await keepAs(folder, join(draft, 'dist'));
  await writeValidators();
  provide('command', join(folder, 'jalon.mjs'));
  provide('readHome', await homeThatHasRead(join(draft, 'home')));
  return () => rm(draft, { recursive: true, force: true });
}

/**
 * What is built from the same sources stands in the same place, run after run: Node keeps compiled code by the place
 * of its file, and leaves behind what it has kept of places that are no more.
 */
async function keepAs(folder: string, built: string): Promise<void> {
  // The folder is there when an earlier run has built the same.
  await rename(built, folder).catch(() => rm(built, { recursive: true }));
  const now = new Date();
  await utimes(folder, now, now);
  for (const name of await readdir(CACHE)) {
    if (!/^jalon-(?:built|draft)-/.test(name)) continue;
    const old = join(CACHE, name);
    const { mtimeMs } = await stat(old).catch(() => ({ mtimeMs: now.getTime() }));
    if (now.getTime() - mtimeMs > KEPT_MS) await rm(old, { recursive: true, force: true });
  }
}

async function digestOf(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const hash = createHash('sha256');
  for (const file of files
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort())
    hash.update(file.slice(folder.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function homeThatHasRead(home: string): Promise<string> {
  await mkdir(home, { recursive: true });
  await loadTemplate('facturation-electronique', { projects: home, home });
  return home;
}
