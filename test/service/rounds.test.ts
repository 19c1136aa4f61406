import { describe, expect, it } from 'vitest';
import { createRounds, type Order, type Rounds } from '#src/service/rounds.ts';

/** Rounds that begin when they are ordered, and end when the test says so. */
function watchedRounds(): { rounds: Rounds; begun: Order[]; end: () => Promise<void> } {
  const begun: Order[] = [];
  const ends: (() => void)[] = [];
  const rounds = createRounds((order) => {
    begun.push(order);
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { rounds, begun, end };
}

const DUE = new Date('2026-11-23T09:00:00Z');
const whole: Order = { scope: 'all', due: DUE };
const some = (...slugs: string[]): Order => ({ scope: new Set(slugs), due: undefined });

describe('rounds', () => {
  it('of all projects are joined by whoever orders one meanwhile', async () => {
    const { rounds, begun, end } = watchedRounds();

    const both = [rounds.order(whole), rounds.order(whole)];
    await end();
    await Promise.all(both);

    expect(begun).toEqual([whole]);
  });

  it('of some projects follow what is under way, all in one', async () => {
    const { rounds, begun, end } = watchedRounds();

    const first = rounds.order(whole);
    const later = [rounds.order(some('a')), rounds.order(some('b')), rounds.order(some('a'))];
    expect(begun).toEqual([whole]);
    await end();
    await first;
    expect(begun).toEqual([whole, some('a', 'b')]);
    await end();
    await Promise.all(later);

    expect(begun).toHaveLength(2);
  });

  it('of all projects are not skipped because some projects have one', async () => {
    const { rounds, begun, end } = watchedRounds();

    rounds.order(some('a'));
    rounds.order(some('b'));
    rounds.order(whole);
    await end();
    await end();

    expect(begun).toEqual([some('a'), whole]);
  });

  it('never overlap, also when one is ordered at the moment at which another ends', async () => {
    const { rounds, begun, end } = watchedRounds();

    const third = rounds.order(some('a')).then(() => rounds.order(some('c')));
    rounds.order(some('b'));
    await end();
    await end();
    await third;

    expect(begun).toEqual([some('a'), some('b', 'c')]);
  });

  it('that wait are dropped by a close, which waits for the one under way', async () => {
    const { rounds, begun, end } = watchedRounds();
    const waiting = [rounds.order(some('a')), rounds.order(some('b'))];
    let closed = false;

    const closing = rounds.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    await end();
    await Promise.all([closing, ...waiting, rounds.order(some('c'))]);

    expect(begun).toEqual([some('a')]);
  });
});
