import type { Time } from '#src/workspaces/gate/time.ts';

/** Runs the work that it is given, unless it has run some less than so long ago. */
export function atMostEvery(ms: number, time: Time): (work: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (work) => {
    if (time.now() - last < ms) return;
    last = time.now();
    work();
  };
}
