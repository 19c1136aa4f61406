/** Builds the published command: one bundle per command, so that it starts fast. Run by `npm run build`. */
import { rm } from 'node:fs/promises';
import { type BuildOptions, build } from 'esbuild';

/** Left outside the bundle: native code, and what is loaded only when a picture or a holiday is asked for. */
const EXTERNAL = ['better-sqlite3', '@resvg/resvg-js', 'echarts', 'pg', 'pino'];

export const BUNDLE = {
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  external: EXTERNAL,
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** `outdir`: somewhere below the package, whose templates and packages the command looks for. */
export async function buildCommand(outdir: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...BUNDLE,
    entryPoints: { jalon: 'src/cli/main.ts', 'draw-child': 'src/service/draw-child.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
  });
}

if (import.meta.main) await buildCommand(process.argv[2] ?? 'dist');
