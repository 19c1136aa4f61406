import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serviceJobs } from '#src/service/jobs.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { CompanyAtWork } from './company.ts';

const NEVER = new AbortController().signal;

/** The job that looks at what people have edited, and the projects whose webhooks it had looked after. */
async function syncOf(company: CompanyAtWork) {
  const lookedAfter: string[] = [];
  const project: RunningProject = await company.running();
  const [sync] = serviceJobs({
    open: async () => project,
    cycle: await company.deps(),
    keepWebhooks: async ({ slug }) => void lookedAfter.push(slug),
  });
  if (!sync) throw new Error('There is no such job.');
  return { run: () => sync.run('martin', '', NEVER), lookedAfter };
}

describe('webhooks', () => {
  it('are looked after after each round, also where it found nothing to do', async () => {
    const { run, lookedAfter } = await syncOf(new CompanyAtWork());

    for (let round = 0; round < 4; round += 1) await run();

    expect(lookedAfter).toEqual(['martin', 'martin', 'martin', 'martin']);
  });

  it('wait while a place of the project cannot be read', async () => {
    const company = new CompanyAtWork();
    const { run, lookedAfter } = await syncOf(company);
    await run();
    writeFileSync(company.file(), 'no workbook');

    await run();

    expect(lookedAfter).toEqual(['martin']);
  });
});
