import { describe, expect, it } from 'vitest';
import { type Tried, tryAgain } from '#src/workspaces/http/try-again.ts';
import { FakeTime } from '../../support/fake-time.ts';

/** Makes attempts that end as told, the last of them again and again. Gives how many there were and how long it took. */
async function run(attempts: readonly Partial<Tried>[], random = 0) {
  const time = new FakeTime();
  const start = time.now();
  let made = 0;
  const call = tryAgain(
    async () => {
      const tried = attempts[Math.min(made, attempts.length - 1)];
      made += 1;
      return { again: 'never', repeatable: true, ...tried } as Tried;
    },
    { time, random: () => random },
  );
  await time.runOut();
  await call;
  return { made, waitedMs: time.now() - start };
}

describe('another try', () => {
  it.each([
    ['never', true, 1],
    ['never', false, 1],
    ['ifRepeatable', true, 5],
    ['ifRepeatable', false, 1],
    ['always', true, 5],
    ['always', false, 5],
  ] as const)(
    '%s, of what may be repeated: %s, is made until there were %d',
    async (again, repeatable, n) => {
      expect((await run([{ again, repeatable }])).made).toBe(n);
    },
  );

  it('is not made once one has settled it', async () => {
    expect((await run([{ again: 'always' }, { again: 'always' }, {}])).made).toBe(3);
  });

  it('waits twice as long each time, half of it by chance', async () => {
    expect((await run([{ again: 'always' }], 0)).waitedMs).toBe(250 + 500 + 1000 + 2000);
    expect((await run([{ again: 'always' }], 1)).waitedMs).toBe(500 + 1000 + 2000 + 4000);
  });

  it('waits for as long as it is asked to, up to a quarter of an hour', async () => {
    const asked = (retryAfterMs: number) => run([{ again: 'always', retryAfterMs }, {}]);

    expect((await asked(40_000)).waitedMs).toBe(40_000);
    expect((await asked(9_999_999)).waitedMs).toBe(900_000);
  });

  it('waits no time of its own when the gate does, and ends all the same', async () => {
    expect(await run([{ again: 'always', slowDown: {} }])).toEqual({ made: 12, waitedMs: 0 });
  });
});
