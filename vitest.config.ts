import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 1_000_000_000;

/** Hundreds of databases and workbooks are written here, and each waits for the disk, which no test is about. */
function temporaryFolder(): { readonly TMPDIR?: string } {
  if (process.env.TMPDIR) return {};
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? { TMPDIR: IN_MEMORY } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    // The stories of `*.soak.ts` take minutes: `npm run test:soak` sets how many.
    include: process.env.JALON_RUNS
      ? ['test/**/*.soak.ts', 'test/cli/*kill.test.ts', 'test/**/limits-reached.test.ts']
      : ['test/**/*.test.ts'],
    env: {
      // A machine's own time zone or locale must not decide a result.
      TZ: 'Pacific/Auckland',
      LC_ALL: 'C',
      JALON_HOME: '',
      JALON_PROJECTS: '',
      // Dozens of processes load the same sources: all but the first find them compiled.
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/jalon-compiled', import.meta.url)),
      ...temporaryFolder(),
    },
    globalSetup: 'test/support/built-command.ts',
    restoreMocks: true,
    // Long enough for a machine that has other things to do.
    testTimeout: 30_000,
    // Tests change nothing that a file would find changed: worlds are objects, processes have folders of their own.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // One more than there are cores: many of these tests wait for disks and processes.
    maxWorkers: availableParallelism() + 1,
  },
});
