import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The stories of `*.soak.ts` take minutes: `npm run test:soak` sets how many.
    include: process.env.JALON_RUNS ? ['test/**/*.soak.ts', 'test/cli/*kill.test.ts'] : ['test/**/*.test.ts'],
    // A machine's own time zone or locale must not decide a result.
    env: { TZ: 'Pacific/Auckland', LC_ALL: 'C', JALON_HOME: '', JALON_PROJECTS: '' },
    restoreMocks: true,
    // Vitest leaves one core to itself; most of these tests wait for disks and processes.
    maxWorkers: '100%',
  },
});
