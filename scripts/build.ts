/** Builds the published command: one bundle per command, so that it starts fast. Run by `npm run build`. */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/** Left outside the bundle: native code, and what is loaded only when a picture or a holiday is asked for. */
const EXTERNAL = ['better-sqlite3', '@resvg/resvg-js', 'echarts', 'pg', 'pino'];

const outdir = process.argv[2] ?? 'dist';
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { jalon: 'src/cli/main.ts', 'draw-child': 'src/service/draw-child.ts' },
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  external: EXTERNAL,
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
