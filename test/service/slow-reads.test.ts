import { describe, expect, it } from 'vitest';
import { createSlowReads } from '#src/service/slow-reads.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { FakeTime, settle } from '../support/fake-time.ts';

const place = { id: 'notion:a' } as Workspace;

/** Reads that end when the test says so, and how many have begun. */
function aReader() {
  const time = new FakeTime();
  const reads = createSlowReads(time);
  const ends: ((result: string | Error) => void)[] = [];
  const ask = async (basis = 'as it was') => {
    const work = reads.read(place, basis, () => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      ends.push((result) => (typeof result === 'string' ? resolve(result) : reject(result)));
      return promise;
    });
    work.catch(() => {});
    await settle();
    return work;
  };
  return { time, reads, ends, ask };
}

describe('a read that takes long', () => {
  it('is waited for ten seconds, goes on by itself, and is used by whoever asks next', async () => {
    const { time, reads, ends, ask } = aReader();

    const first = ask();
    await time.advance(10_000);
    const early = [await first, await ask(), reads.stateOf(place)];
    ends[0]?.('what it found');
    await settle();
    const state = reads.stateOf(place);
    const found = await ask();

    expect(early).toEqual([undefined, undefined, 'under way']);
    expect(state).toBe('over');
    expect(found).toBe('what it found');
    expect(ends).toHaveLength(1);
    expect(reads.stateOf(place)).toBeUndefined();
    expect(time.pending).toBe(0);
  });

  it('tells its failure to whoever asks next', async () => {
    const { time, ends, ask } = aReader();
    const first = ask();
    await time.advance(10_000);
    await first;

    ends[0]?.(new Error('down'));
    await settle();

    await expect(ask()).rejects.toThrow('down');
  });

  it('is dropped when another process has been there meanwhile, and the place read anew', async () => {
    const { time, ends, ask } = aReader();
    const first = ask();
    await time.advance(10_000);
    await first;
    ends[0]?.('what it was');
    await settle();

    const second = ask('as it is now');
    await settle();
    ends[1]?.('what it is');

    expect(await second).toBe('what it is');
  });
});
