import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SERVICE_FLAGS } from '#src/cli/service-flags.ts';
import { bundle } from './bundle.ts';
import type { Figure } from './figure.ts';
import { benchIdle } from './idle.ts';

/** What the child has measured, in MiB resident. */
export interface Residence {
  readonly settled: number;
  readonly afterAWeek: number;
  readonly roundMs: number;
}

const SOURCE = fileURLToPath(new URL('./service-child.ts', import.meta.url));
const CHILD = fileURLToPath(
  new URL('../../node_modules/.cache/jalon-bench/service-child.mjs', import.meta.url),
);

/**
 * Whole services, as they are run, seen from outside; then the jobs of one over 1,000 projects in a process of their
 * own, with real workbooks and a real store, whose clock runs a week. Of these only the drawing is left out, which has
 * a process of its own that ends by itself.
 */
export async function benchMemory(): Promise<readonly Figure[]> {
  const idle = await benchIdle();
  await bundle(SOURCE, CHILD);
  const thousand = await residence(1000);
  return [
    ...idle,
    { what: 'service with 1,000 projects of 60 items', measured: thousand.settled, unit: 'MiB', bar: 250 },
    {
      what: 'service with 1,000 projects, after a simulated week',
      measured: thousand.afterAWeek,
      unit: 'MiB',
      bar: 250,
    },
    { what: 'quiet round of the sync over 1,000 projects', measured: thousand.roundMs, unit: 'ms' },
  ];
}

function residence(projects: number): Promise<Residence> {
  const child: ChildProcess = fork(CHILD, [String(projects)], {
    execArgv: ['--expose-gc', ...SERVICE_FLAGS],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Residence));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
}
