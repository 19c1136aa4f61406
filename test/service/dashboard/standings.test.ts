import { describe, expect, it } from 'vitest';
import { createStandings, type StandingsDeps } from '#src/service/dashboard/standings.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { CompanyAtWork } from '../company.ts';

interface Office {
  readonly deps: StandingsDeps;
  readonly time: FakeTime;
  /** The projects whose state was read from the store, in order. */
  readonly loaded: string[];
  readonly company: CompanyAtWork;
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
  const deps: StandingsDeps = {
    projects: async () => [project.slug],
    open: async () => project,
    cycle: { ...cycle, store },
    locale: 'fr',
    time,
  };
  return { deps, time, loaded, company };
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
