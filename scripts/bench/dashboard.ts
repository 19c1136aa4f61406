import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboardRoutes } from '#src/service/dashboard/routes.ts';
import { createStandings } from '#src/service/dashboard/standings.ts';
import { drawingApart } from '#src/service/drawing.ts';
import { createGuard } from '#src/service/guard.ts';
import { openStore } from '#src/store/store.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { bestOf } from './best-of.ts';
import { companies, depsOn } from './companies.ts';
import type { Figure } from './figure.ts';

const COMPANIES = 1_000;
const KIBIBYTE = 2 ** 10;
const MEBIBYTE = 2 ** 20;
/** Longer than any look takes. */
const PATIENCE_MS = 600_000;

/** What it takes to look at one company, and at a thousand. */
export async function benchDashboard(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-dashboard-'));
  const clock = { now: new Date('2026-11-23T08:00:00Z') };
  const store = await openStore({ home: folder, now: () => clock.now });
  try {
    const cycle = depsOn(store, clock);
    const projects = new Map(
      (await companies(COMPANIES, folder, cycle, clock)).map((project) => [project.slug, project]),
    );
    clock.now = new Date('2027-03-01T08:00:00Z');
    const sources = {
      projects: async () => [...projects.keys()],
      open: async (slug: string) => projects.get(slug) ?? Promise.reject(new Error(slug)),
      locale: 'fr' as const,
      ...{ cycle, time: machineTime },
    };
    const standings = createStandings(sources);
    const drawing = drawingApart();
    const address = { token: undefined, host: '127.0.0.1', port: 0, publicUrl: undefined };
    const pages = dashboardRoutes({
      ...sources,
      standings,
      guard: createGuard({ ...address, now: () => clock.now, time: machineTime }),
      drawing: async () => drawing,
      failuresOf: () => [],
      lastSync: () => undefined,
      log: cycle.log,
    });
    const page = async (path: string) => (await pages.request(`http://localhost${path}`)).text();
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const firstMs = await bestOf(1, () => standings.look(PATIENCE_MS));
    globalThis.gc?.();
    const heldMiB = (process.memoryUsage().heapUsed - before) / MEBIBYTE;
    const all = await page('/');
    const one = await page('/projects/company-0');
    const what = (of: string) => `dashboard of ${COMPANIES.toLocaleString('en')} companies, ${of}`;
    return [
      { what: what('the first look of a day'), measured: firstMs, unit: 'ms' },
      { what: what('nothing has moved'), measured: await bestOf(5, () => page('/')), unit: 'ms' },
      { what: what('what is kept in memory'), measured: Math.max(0, heldMiB), unit: 'MiB' },
      { what: what('size of the page, not compressed'), measured: all.length / KIBIBYTE, unit: 'KiB' },
      {
        what: 'dashboard, the page of one company',
        measured: await bestOf(5, () => page('/projects/company-0')),
        unit: 'ms',
      },
      { what: 'dashboard, its size, not compressed', measured: one.length / KIBIBYTE, unit: 'KiB' },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
