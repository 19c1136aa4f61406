import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The stories of `*.soak.ts` take minutes: `npm run test:soak` sets how many.
    include: process.env.JALON_RUNS ? ['test/**/*.soak.ts', 'test/cli/*kill.test.ts'] : ['test/**/*.test.ts'],
    // A machine's own time zone or locale must not decide a result.
    env: { TZ: 'Pacific/Auckland', LC_ALL: 'C', JALON_HOME: '', JALON_PROJECTS: '' },
    restoreMocks: true,
    // Long enough for a machine that has other things to do.
    testTimeout: 30_000,
    // Tests change nothing that a file would find changed: worlds are objects, processes have folders of their own.
    isolate: false,
    // Vitest leaves one core to itself; most of these tests wait for disks and processes.
    maxWorkers: '100%',
  },
});
