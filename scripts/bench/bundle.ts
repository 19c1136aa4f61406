import { build } from 'esbuild';
import { BUNDLE } from '../build.ts';

/** Bundles one file as the published command is bundled. */
export async function bundle(source: string, target: string): Promise<void> {
  await build({ ...BUNDLE, splitting: false, entryPoints: [source], outfile: target });
}
