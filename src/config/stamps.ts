import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './package-root.ts';

/** When a file was last written, and how long it is: while this is the same, so is the file. `''`: not there. */
export function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? '' : `${stats.mtimeNs}:${stats.size}:${stats.ino}`;
}

/** The slugs of a folder of project files, without reading them. An unreadable folder has none. */
export function slugsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.startsWith('.'));
    return names.map((name) => name.slice(0, -'.yaml'.length)).toSorted();
  } catch {
    return [];
  }
}

/** The stamps of everything that makes a template: its files, wherever it may be found. */
export function templateStamp(name: string, projects: string): string {
  const shipped = fileURLToPath(new URL('templates/', packageRoot()));
  return [join(projects, 'templates', name), join(shipped, name)]
    .flatMap((folder) => [folder, join(folder, 'steps')])
    .flatMap((folder) => stampsIn(folder))
    .join('\n');
}

function stampsIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => `${name} ${stampOf(join(folder, name))}`);
  } catch {
    return [];
  }
}
