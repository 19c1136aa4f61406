import { basename, dirname } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE } from '../build.ts';

/** Bundles one file as the published command is bundled: what is loaded late is a file of its own. */
export async function bundle(source: string, target: string): Promise<void> {
  await build({
    ...BUNDLE,
    entryPoints: { [basename(target, '.mjs')]: source },
    outdir: dirname(target),
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
  });
}
