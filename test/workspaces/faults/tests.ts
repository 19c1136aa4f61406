import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Blow, Expected, FaultTrial, Request, Scene, Strike, Team } from './trial.ts';

/** Each fault is a plan of its own, in a service of its own, with a dozen cycles between them all. */
const TIMEOUT_MS = 120_000;

/** Strikes each kind of request of the scene with each of the blows, those of one kind side by side. */
export function testFaults<T extends Team, S, F, R extends Request>(
  trial: FaultTrial<T, S, F, R>,
  scene: Scene<T>,
  kinds: readonly string[],
  blowsOf: (kind: string) => readonly Blow<F>[],
  more: readonly Strike<F>[] = [],
): void {
  describe(`a fault during ${scene.name}`, { timeout: TIMEOUT_MS }, () => {
    let calm: Promise<Expected<S>> | undefined;
    const expected = () => {
      calm ??= trial.withoutFault(scene);
      return calm;
    };

    it('is tried on every kind of request that is sent', async () => {
      expect((await expected()).kinds.toSorted()).toEqual(kinds.toSorted());
    });

    it.each(kinds)('leaves what a run without it leaves, when it strikes %s', async (kind) => {
      const outcome = await expected();

      const problems = await Promise.all(
        blowsOf(kind).map((blow) => trial.problemAfter(outcome, { ...blow, kind })),
      );

      expect(problems.filter((one) => one !== undefined)).toEqual([]);
    });

    if (more.length === 0) return;
    it('leaves the same when the look for what was lost fails too', async () => {
      const outcome = await expected();

      const problems = await Promise.all(more.map((strike) => trial.problemAfter(outcome, strike)));

      expect(problems.filter((one) => one !== undefined)).toEqual([]);
    });
  });
}

/** A failure prints the seed that plays it again. */
const { JALON_RUNS, JALON_SEED } = process.env;
const RUNS = Number(JALON_RUNS ?? 25);

/** Lets storms pass over the scenes: any fault on any request, by chance. */
export function testStorms<T extends Team, S, F, R extends Request>(
  trial: FaultTrial<T, S, F, R>,
  scenes: readonly Scene<T>[],
): void {
  describe.each(scenes)('a storm of faults during $name', (scene) => {
    it(`passes without a trace, in ${RUNS} storms`, { timeout: 60_000 + RUNS * 5_000 }, async () => {
      const expected = await trial.withoutFault(scene);
      const storms = fc.asyncProperty(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        fc.constantFrom(0.1, 0.25, 0.5),
        async (chances, share) => {
          const random = () => chances.next().value ?? 0;
          const problem = await trial.problemAfterStorm(expected, random, share);
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
}
