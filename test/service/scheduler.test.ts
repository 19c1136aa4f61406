import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createScheduler,
  type Job,
  type JobObserver,
  type SchedulerOptions,
} from '#src/service/scheduler.ts';
import { openStore } from '#src/store/store.ts';

/** A job that is due each Monday at 08:00 in Paris; time is given, so that nothing here waits. */
const MONDAYS = '0 8 * * 1';

async function scheduler(jobs: Job[], now: string, more: Partial<SchedulerOptions> = {}, home?: string) {
  const folder = home ?? mkdtempSync(join(tmpdir(), 'jalon-scheduler-'));
  const store = await openStore({ home: folder, now: () => new Date(now) });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const created = createScheduler({
    jobs,
    projects: async () => ['a', 'b'],
    store,
    timezone: 'Europe/Paris',
    now: () => new Date(now),
    log: pino({ level: 'silent' }),
    run: 'test',
    ...more,
  });
  onTestFinished(() => created.stop(0));
  return { scheduler: created, folder };
}

function recorder(remembered: boolean): Job & { runs: string[] } {
  const runs: string[] = [];
  return {
    name: 'digest',
    cron: MONDAYS,
    remembered,
    runs,
    run: async (slug, period) => void runs.push(`${slug} ${period}`),
  };
}

describe('the schedule', () => {
  it('catches up once what was missed, with the time at which it was due', async () => {
    const job = recorder(true);
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');

    await first.start();

    expect(job.runs).toEqual(['a 2026-11-30T07:00:00.000Z', 'b 2026-11-30T07:00:00.000Z']);
  });

  it('does not run again what another process has done', async () => {
    const job = recorder(true);
    const { scheduler: first, folder } = await scheduler([job], '2026-12-03T10:00:00Z');
    await first.start();

    const { scheduler: second } = await scheduler([job], '2026-12-04T10:00:00Z', {}, folder);
    await second.start();

    expect(job.runs).toHaveLength(2);
  });

  it('is due in the team’s time zone, also after the clocks have changed', async () => {
    const job = recorder(true);
    const { scheduler: summer } = await scheduler([job], '2027-03-30T10:00:00Z');

    await summer.start();

    expect(job.runs[0]).toBe('a 2027-03-29T06:00:00.000Z');
  });

  it('begins without waiting for a job that takes long', async () => {
    const release = Promise.withResolvers<void>();
    const long: Job = {
      name: 'watch',
      cron: MONDAYS,
      remembered: true,
      isLong: true,
      run: () => release.promise,
    };
    const job = recorder(true);
    const { scheduler: first } = await scheduler([long, job], '2026-12-03T10:00:00Z');

    await first.start();

    expect(job.runs).toHaveLength(2);
    release.resolve();
  });

  it('runs a job that is not remembered at each start', async () => {
    const job = recorder(false);
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');

    await first.start();

    expect(job.runs).toHaveLength(2);
    expect(first.lastRuns()).toEqual({ digest: '2026-12-03T10:00:00.000Z' });
  });

  it('goes on with the other projects when one is sick', async () => {
    const job: Job & { runs: string[] } = {
      ...recorder(true),
      run: async (slug) => {
        job.runs.push(slug);
        if (slug === 'a') throw new Error('sick');
      },
    };
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');

    await first.start();

    expect(job.runs.sort()).toEqual(['a', 'b']);
  });

  it('asks what is under way to hand back when the time to stop has run out', async () => {
    let handedBack = false;
    const begun = Promise.withResolvers<void>();
    const job: Job = {
      ...recorder(false),
      run: (_slug, _period, signal) => {
        begun.resolve();
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            handedBack = true;
            resolve();
          }),
        );
      },
    };
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z', {
      projects: async () => ['a'],
    });
    const started = first.start();
    await begun.promise;

    await first.stop(0);
    await started;

    expect(handedBack).toBe(true);
  });
});

describe('a round that is asked for', () => {
  it('is for the projects named, and those only that still exist', async () => {
    const job = recorder(false);
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');

    await first.poke('digest', new Set(['b', 'gone']));

    expect(job.runs).toEqual(['b 2026-12-03T10:00:00.000Z']);
  });

  it('follows the round that is under way: that one may already be past the project', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const job: Job & { runs: string[] } = {
      ...recorder(false),
      run: async (slug) => {
        job.runs.push(slug);
        begun.resolve();
        await goOn.promise;
      },
    };
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');
    const started = first.start();
    await begun.promise;

    const poked = Promise.all([first.poke('digest', new Set(['a'])), first.poke('digest', new Set(['a']))]);
    expect(job.runs).toEqual(['a', 'b']);
    goOn.resolve();
    await Promise.all([started, poked]);

    expect(job.runs).toEqual(['a', 'b', 'a']);
  });

  it('is dropped when the service stops before its turn', async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const job: Job & { runs: string[] } = {
      ...recorder(false),
      run: async (slug) => {
        job.runs.push(slug);
        begun.resolve();
        await goOn.promise;
      },
    };
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');
    const started = first.start();
    await begun.promise;
    const poked = first.poke('digest', new Set(['a']));

    const stopped = first.stop(10_000);
    goOn.resolve();
    await Promise.all([stopped, started, poked, first.poke('digest', new Set(['b']))]);

    expect(job.runs).toEqual(['a', 'b']);
  });

  it('does not make a remembered job run outside its times', async () => {
    const job = recorder(true);
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z');

    await Promise.all([first.poke('digest', new Set(['a'])), first.poke('unheard-of', new Set(['a']))]);

    expect(job.runs).toEqual([]);
  });
});

describe('whoever watches the scheduler', () => {
  function watcher(): JobObserver & { readonly told: string[] } {
    const told: string[] = [];
    return {
      told,
      round: (job) => {
        told.push(`${job} begins`);
        return (outcome) => void told.push(`${job} ${outcome}`);
      },
      project: (job, slug, outcome) => void told.push(`${job} of ${slug} ${outcome}`),
    };
  }

  it('is told of each round and of each project in it', async () => {
    const job: Job = {
      ...recorder(false),
      run: async (slug) => {
        if (slug === 'b') throw new Error('sick');
      },
    };
    const observer = watcher();
    const { scheduler: first } = await scheduler([job], '2026-12-03T10:00:00Z', { observer });

    await first.start();

    expect(observer.told).toEqual(['digest begins', 'digest of a done', 'digest of b failed', 'digest done']);
  });

  it('is told of a round that could not even find its projects', async () => {
    const observer = watcher();
    const projects = () => Promise.reject(new Error('out of reach'));
    const { scheduler: first } = await scheduler([recorder(false)], '2026-12-03T10:00:00Z', {
      observer,
      projects,
    });

    await first.start();

    expect(observer.told).toEqual(['digest begins', 'digest failed']);
  });

  it('is not told of what another process has done, nor of a remembered job that is not due', async () => {
    const { scheduler: first, folder } = await scheduler([recorder(true)], '2026-12-03T10:00:00Z');
    await first.start();
    const observer = watcher();
    const { scheduler: second } = await scheduler(
      [recorder(true)],
      '2026-12-04T10:00:00Z',
      { observer },
      folder,
    );
    await second.start();
    expect(observer.told).toEqual(['digest begins', 'digest done']);

    await second.poke('digest', new Set(['a']));

    expect(observer.told).toHaveLength(2);
  });
});
