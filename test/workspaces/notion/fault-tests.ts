import { describe, expect, it } from 'vitest';
import {
  type Blow,
  type Expected,
  problemAfter,
  type Scene,
  type Strike,
  withoutFault,
} from './fault-matrix.ts';

/** Each fault is a plan of its own, in a Notion of its own, with a dozen cycles between them all. */
const TIMEOUT_MS = 120_000;

/** Strikes each kind of request of the scene with each of the blows, those of one kind side by side. */
export function testFaults(
  scene: Scene,
  kinds: readonly string[],
  blowsOf: (kind: string) => readonly Blow[],
  more: readonly Strike[] = [],
): void {
  describe(`a fault during ${scene.name}`, { timeout: TIMEOUT_MS }, () => {
    let calm: Promise<Expected> | undefined;
    const expected = () => {
      calm ??= withoutFault(scene);
      return calm;
    };

    it('is tried on every kind of request that is sent', async () => {
      expect((await expected()).kinds.toSorted()).toEqual(kinds.toSorted());
    });

    it.each(kinds)('leaves what a run without it leaves, when it strikes %s', async (kind) => {
      const outcome = await expected();

      const problems = await Promise.all(
        blowsOf(kind).map((blow) => problemAfter(outcome, { ...blow, kind })),
      );

      expect(problems.filter((one) => one !== undefined)).toEqual([]);
    });

    if (more.length === 0) return;
    it('leaves the same when the look for what was lost fails too', async () => {
      const outcome = await expected();

      const problems = await Promise.all(more.map((strike) => problemAfter(outcome, strike)));

      expect(problems.filter((one) => one !== undefined)).toEqual([]);
    });
  });
}
