import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The package as it is published, below `folder`: built, beside its templates. Returns the file of its command. */
export function install(folder: string): string {
  const home = join(folder, 'package');
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), join(home, 'dist')], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  for (const part of ['package.json', 'templates'])
    cpSync(join(ROOT, part), join(home, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  return join(home, 'dist/jalon.mjs');
}
