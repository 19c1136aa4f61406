import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A machine's own time zone or locale must not decide a result.
    env: { TZ: 'Pacific/Auckland', LC_ALL: 'C', JALON_HOME: '', JALON_PROJECTS: '' },
    restoreMocks: true,
    // Vitest leaves one core to itself; most of these tests wait for disks and processes.
    maxWorkers: '100%',
  },
});
