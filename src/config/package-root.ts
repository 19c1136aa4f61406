import { existsSync } from 'node:fs';

/** The folder of the installed package, with its templates: above `src/` in a checkout, above `dist/` once built. */
export function packageRoot(from: string = import.meta.url): URL {
  let folder = new URL('./', from);
  while (!existsSync(new URL('package.json', folder)) || !existsSync(new URL('templates/', folder))) {
    const parent = new URL('../', folder);
    if (parent.href === folder.href) throw new Error(`no package around ${from}`);
    folder = parent;
  }
  return folder;
}
