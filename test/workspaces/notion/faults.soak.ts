import fc from 'fast-check';
import { describe, it } from 'vitest';
import { EDITS_KINDS, FIRST_APPLY_KINDS, LOST_STORE_KINDS } from './fault-kinds.ts';
import {
  EDITS,
  everyBlow,
  FIRST_APPLY,
  LOST_STORE,
  problemAfterStorm,
  type Scene,
  withoutFault,
} from './fault-matrix.ts';
import { testFaults } from './fault-tests.ts';

/** A failure prints the seed that plays it again. */
const { JALON_RUNS, JALON_SEED } = process.env;
const RUNS = Number(JALON_RUNS ?? 25);

testFaults(FIRST_APPLY, FIRST_APPLY_KINDS, everyBlow);
testFaults(EDITS, EDITS_KINDS, everyBlow);
testFaults(LOST_STORE, LOST_STORE_KINDS, everyBlow);

describe.each<Scene>([FIRST_APPLY, EDITS, LOST_STORE])('a storm of faults during $name', (scene) => {
  it(`passes without a trace, in ${RUNS} storms`, { timeout: 60_000 + RUNS * 5_000 }, async () => {
    const expected = await withoutFault(scene);
    const storms = fc.asyncProperty(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      fc.constantFrom(0.1, 0.25, 0.5),
      async (chances, share) => {
        const random = () => chances.next().value ?? 0;
        const problem = await problemAfterStorm(expected, random, share);
        if (problem !== undefined) throw new Error(problem);
      },
    );

    await fc.assert(storms, {
      numRuns: RUNS,
      endOnFailure: true,
      ...(JALON_SEED && { seed: Number(JALON_SEED) }),
    });
  });
});
