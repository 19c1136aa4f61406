/** Builds the published command: one bundle per command, so that it starts fast. Run by `npm run build`. */
import { readFile, rm } from 'node:fs/promises';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/** Left outside the bundle: native code, and what is loaded only when a picture or a holiday is asked for. */
const EXTERNAL = ['better-sqlite3', '@resvg/resvg-js', 'echarts', 'pg', 'pino'];

/** trello.js asks for zod as one object, its 50 languages included; asked for by name, only what is used remains. */
const ZOD_BY_NAME: Plugin = {
  name: 'zod-by-name',
  setup({ onLoad }) {
    onLoad({ filter: /trello\.js[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace("import { z } from 'zod'", "import * as z from 'zod'");
      // Another version may write it in another way, and the 400 kB would be back without a word.
      if (contents === text && /from 'zod'/.test(text))
        throw new Error(`${path} asks for zod in another way`);
      return { contents };
    });
  },
};

export const BUNDLE = {
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  external: EXTERNAL,
  // V8 holds the text of what it has loaded, at two bytes a letter where a comment has one dash that is not Latin.
  // Names stay, and lines short enough for a stack to say where.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  plugins: [ZOD_BY_NAME],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** `outdir`: somewhere below the package, whose templates and packages the command looks for. */
export async function buildCommand(outdir: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...BUNDLE,
    entryPoints: {
      jalon: 'src/cli/entry.ts',
      'draw-child': 'src/service/draw-child.ts',
      'pdf-child': 'src/watch/read/pdf-child.ts',
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
  });
}

if (import.meta.main) await buildCommand(process.argv[2] ?? 'dist');
