import { describe, expect, it } from 'vitest';
import { NotNow } from '#src/errors.ts';
import { createPatience } from '#src/service/patience.ts';
import { sleep } from '#src/workspaces/gate/time.ts';
import { FakeTime } from '../support/fake-time.ts';

/** A place whose work takes so long, and what came of it. */
function aPlace() {
  const time = new FakeTime();
  const patience = createPatience(time);
  const attempt = async (ms: number, what: 'read' | 'write' = 'read') => {
    const startedAt = time.now();
    const work = patience
      .attempt('martin notion:a', {
        what,
        signal: undefined,
        work: async (signal) => {
          await sleep(time, ms, signal);
          return 'done';
        },
      })
      .catch((error: unknown) => error);
    await time.runOut(ms + 1);
    return { result: await work, tookMs: time.now() - startedAt };
  };
  const restMs = () => (patience.resting('martin notion:a')?.until ?? time.now()) - time.now();
  return { time, patience, attempt, restMs };
}

describe('a place that takes too long', () => {
  it('is cut off, left out for as long as it took, and given twice the time then', async () => {
    const { time, attempt, restMs } = aPlace();

    const first = await attempt(100_000);
    const rest = restMs();
    await time.advance(rest);
    const second = await attempt(100_000);
    await time.advance(restMs());
    const third = await attempt(100_000);

    expect(first).toMatchObject({ result: expect.any(NotNow), tookMs: 30_000 });
    expect(rest).toBe(30_000);
    expect(second).toMatchObject({ result: expect.any(NotNow), tookMs: 60_000 });
    expect(third).toEqual({ result: 'done', tookMs: 100_000 });
    expect(restMs()).toBe(0);
  });

  it('keeps the time that it needs once it has got through', async () => {
    const { time, attempt, restMs } = aPlace();
    for (let round = 0; round < 3; round += 1) {
      await attempt(100_000);
      await time.advance(restMs());
    }

    expect(await attempt(150_000)).toMatchObject({ result: 'done' });
  });

  it('gets through whatever it needs, up to eight minutes', async () => {
    const { time, attempt, restMs } = aPlace();
    let result: unknown;
    for (let round = 0; round < 6 && result !== 'done'; round += 1) {
      ({ result } = await attempt(470_000));
      await time.advance(restMs());
    }

    expect(result).toBe('done');
  });

  it('is left alone after a write that was cut, until what it may have made would show', async () => {
    const { attempt, restMs } = aPlace();

    await attempt(100_000, 'write');

    expect(restMs()).toBe(75_000);
  });
});

describe('a place that fails', () => {
  it('is left out twice as long each time, and never longer than five minutes', async () => {
    const { time, patience, restMs } = aPlace();
    const fail = () =>
      patience
        .attempt('martin notion:a', {
          what: 'read',
          signal: undefined,
          work: () => Promise.reject(new Error('down')),
        })
        .catch(() => undefined);
    const rests: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      await fail();
      rests.push(restMs());
      await time.advance(restMs());
    }

    expect(rests.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(rests.slice(-2)).toEqual([300_000, 300_000]);
    expect(patience.resting('martin notion:a')).toBeUndefined();
  });

  it('does not count when it was the service that was stopped', async () => {
    const { patience } = aPlace();
    const stop = AbortSignal.abort(new Error('stop'));

    const work = patience.attempt('martin notion:a', {
      what: 'read',
      signal: stop,
      work: async (signal) => signal.throwIfAborted(),
    });

    await expect(work).rejects.toThrow('stop');
    expect(patience.resting('martin notion:a')).toBeUndefined();
  });
});
