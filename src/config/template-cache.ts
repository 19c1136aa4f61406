import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TemplateText } from '#src/plan/load-template.ts';

/**
 * Reading the YAML of a large template takes a third of a second, most of what a short command takes. What each
 * text holds is therefore kept, by the text's own digest: it cannot grow stale, and is checked again like a fresh
 * reading. Losing it loses nothing.
 */
export interface TemplateCache {
  /** What the text holds, or `undefined` when it was not read before. */
  get(file: TemplateText): unknown;
}

export async function readCache(home: string | undefined, folder: string): Promise<TemplateCache> {
  const kept = home === undefined ? {} : await readKept(cacheFile(home, folder));
  return {
    get: ({ text }) => {
      const digest = digestOf(text);
      return Object.hasOwn(kept, digest) ? kept[digest] : undefined;
    },
  };
}

/** Keeps what the files hold. Does nothing where Jalon has no home yet; a failure to write is no failure of the command. */
export async function writeCache(
  home: string | undefined,
  folder: string,
  files: readonly TemplateText[],
  raw: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (home === undefined || !existsSync(home)) return;
  const file = cacheFile(home, folder);
  const draft = `${file}.${randomUUID().slice(0, 8)}`;
  const kept = Object.fromEntries(files.map(({ path, text }) => [digestOf(text), raw.get(path)]));
  try {
    await mkdir(join(home, 'cache'), { recursive: true });
    await writeFile(draft, JSON.stringify(kept));
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function readKept(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function cacheFile(home: string, folder: string): string {
  return join(home, 'cache', `${basename(folder)}-${digestOf(folder).slice(0, 8)}.json`);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
