import { describe, expect, it } from 'vitest';
import { NotNow } from '#src/errors.ts';
import { lastFailures } from '#src/service/last-failures.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { Job } from '#src/service/scheduler.ts';

const NONE = { slug: 'martin', failures: [] } as unknown as CycleReport;
const error = new NotNow(() => 'the store is busy');
const signal = new AbortController().signal;

function aJob(run: Job['run']): Job {
  return { name: 'sync', cron: '* * * * *', remembered: false, run };
}

describe('what went wrong last', () => {
  it('is what the last cycle reported, and nothing once one goes well', () => {
    const failures = lastFailures();

    failures.note({ ...NONE, failures: [{ workspace: 'excel:a.xlsx', error }] });
    expect(failures.of('martin')).toEqual([{ workspace: 'excel:a.xlsx', error }]);
    expect(failures.of('durand')).toEqual([]);

    failures.note(NONE);
    expect(failures.of('martin')).toEqual([]);
  });

  it('is also what a cycle threw before it could report, until the job goes well, reports or not', async () => {
    const failures = lastFailures();
    let isBroken = true;
    const job = failures.watched(
      aJob(async () => {
        if (isBroken) throw error;
      }),
    );

    await expect(job.run('martin', '', signal)).rejects.toBe(error);
    expect(failures.of('martin')).toEqual([{ workspace: null, error }]);

    isBroken = false;
    await job.run('martin', '', signal);
    expect(failures.of('martin')).toEqual([]);
  });
});
