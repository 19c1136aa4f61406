import { describe, expect, it } from 'vitest';
import { BadInput } from '#src/errors.ts';
import { createStandings, type StandingsDeps } from '#src/service/dashboard/standings.ts';
import { createLog } from '#src/service/log.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { CompanyAtWork } from '../company.ts';

interface Office {
  readonly deps: StandingsDeps;
  readonly time: FakeTime;
  /** The projects whose state was read from the store, in order. */
  readonly loaded: string[];
  readonly company: CompanyAtWork;
  readonly logLines: string[];
}

async function office(): Promise<Office> {
  const company = new CompanyAtWork();
  await company.cycle('apply');
  const project = await company.running();
  const cycle = await company.deps();
  const loaded: string[] = [];
  const store = {
    ...cycle.store,
    load: (slug: string) => {
      loaded.push(slug);
      return cycle.store.load(slug);
    },
  };
  const time = new FakeTime();
  const logLines: string[] = [];
  const stream = { write: (line: string) => void logLines.push(line) };
  const log = createLog({ level: 'info', run: 'test', secrets: [], stream });
  const deps: StandingsDeps = {
    projects: async () => [project.slug],
    open: async () => project,
    cycle: { ...cycle, store, log },
    locale: 'fr',
    time,
  };
  return { deps, time, loaded, company, logLines };
}

describe('standings', () => {
  it('are computed again for what has moved, and for all on another day', async () => {
    const { deps, loaded, company } = await office();
    const standings = createStandings(deps);

    await standings.look(1000);
    await standings.look(1000);
    expect(loaded).toEqual(['martin']);

    await company.edit(({ grid }) =>
      grid('plan').set(grid('plan').dataRows()[0] ?? 0, 'status', { type: 'text', text: 'Fait' }),
    );
    await company.cycle('sync');
    const moved = await standings.look(1000);
    expect(moved.companies[0]?.progress).toBeCloseTo(1 / 3);
    expect(loaded).toEqual(['martin', 'martin']);

    company.today = '2026-11-24';
    await standings.look(1000);
    expect(loaded).toHaveLength(3);
  });

  it('are shown as far as they are known when they take longer than one would wait', async () => {
    const { deps, time } = await office();
    const slow = Promise.withResolvers<RunningProject>();
    const reached = Promise.withResolvers<void>();
    const standings = createStandings({
      ...deps,
      projects: async () => ['martin', 'slow'],
      open: (slug) => {
        if (slug !== 'slow') return deps.open(slug);
        reached.resolve();
        return slow.promise;
      },
    });

    const looking = standings.look(2000);
    await reached.promise;
    await time.advance(2000);
    const some = await looking;
    slow.reject(new Error('gone'));
    const all = await standings.look(2000);

    expect(some.companies.map(({ slug }) => slug)).toEqual(['martin']);
    expect(some.pending).toBe(1);
    expect(all.pending).toBe(0);
    expect(all.sick.map(({ slug }) => slug)).toEqual(['slow']);
  });

  it('leave the rest of the service its turn, so that its patience holds', async () => {
    const { deps, company } = await office();
    const project = await company.running();
    const slugs = Array.from({ length: 400 }, (_, index) => `company-${index}`);
    const standings = createStandings({
      ...deps,
      projects: async () => slugs,
      open: async (slug) => ({ ...project, slug: slug === 'company-399' ? 'martin' : slug }),
      time: machineTime,
    });

    const some = await standings.look(1);
    const all = await standings.look(600_000);

    expect(some.pending).toBeGreaterThan(0);
    expect(some.pending).toBe(400 - some.companies.length - some.without.length);
    expect([all.pending, all.companies.length, all.without.length]).toEqual([0, 1, 399]);
  });

  it('show nothing of another day while they are found out anew', async () => {
    const { deps, company, time } = await office();
    const { promise, resolve } = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    let isSlow = false;
    const standings = createStandings({
      ...deps,
      open: async (slug) => {
        if (isSlow) {
          reached.resolve();
          await promise;
        }
        return deps.open(slug);
      },
    });
    await standings.look(1000);
    company.today = '2026-11-24';
    isSlow = true;

    const looking = standings.look(1000);
    await reached.promise;
    await time.advance(1000);
    const meanwhile = await looking;
    resolve();
    const after = await standings.look(1000);

    expect([meanwhile.companies.length, meanwhile.pending]).toEqual([0, 1]);
    expect([after.companies.length, after.pending]).toEqual([1, 0]);
  });

  it('log once what nobody has foreseen, and not what people are told', async () => {
    const { deps, logLines } = await office();
    const errors = [new TypeError('odd'), new BadInput(() => 'a wrong file')];
    for (const error of errors) {
      const standings = createStandings({ ...deps, open: () => Promise.reject(error) });
      await standings.look(1000);
      await standings.look(1000);
    }

    expect(logLines).toHaveLength(1);
    expect(logLines[0]).toContain('TypeError');
  });

  it('forget the projects that are gone', async () => {
    const { deps } = await office();
    let slugs = ['martin'];
    const standings = createStandings({ ...deps, projects: async () => slugs });
    await standings.look(1000);
    slugs = [];

    const seen = await standings.look(1000);

    expect(seen.companies).toEqual([]);
  });
});
