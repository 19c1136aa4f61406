import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { renderEmail } from '#src/digest/send/render-email.ts';
import { previewDigest, tellDigest } from '#src/service/digest.ts';
import { portfolioOf } from '#src/service/portfolio.ts';
import { openStore } from '#src/store/store.ts';
import { bestOf } from './best-of.ts';
import { companies, depsOn } from './companies.ts';
import type { Figure } from './figure.ts';

const COMPANIES = 30;
const MEBIBYTE = 2 ** 20;

/** One digest of the shipped plan, from figures to text; told, with its row in a workbook; and a portfolio of many. */
export async function benchDigest(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-digest-'));
  const clock = { now: new Date('2026-11-23T08:00:00Z') };
  const store = await openStore({ home: folder, now: () => clock.now });
  try {
    const deps = depsOn(store, clock);
    const projects = await companies(COMPANIES, folder, deps, clock);
    const [first] = projects;
    if (!first) throw new Error('no company');
    clock.now = new Date('2027-03-01T08:00:00Z');
    const begun = performance.now();
    await previewDigest(first, deps);
    const firstMs = performance.now() - begun;
    const preview = async () => {
      const shown = await previewDigest(first, deps);
      if (shown) renderEmail(shown.message, '');
    };
    const previewMs = await bestOf(5, preview);
    const before = heldBytes();
    for (let time = 0; time < 50; time++) await preview();
    const grownMiB = (heldBytes() - before) / MEBIBYTE;
    const toldMs = await bestOf(3, () => tellDigest(first, deps, { channels: [] }));
    const coldMs = await bestOf(1, () => portfolioOf(projects, 'fr', deps));
    const portfolioMs = await bestOf(3, () => portfolioOf(projects, 'fr', deps));
    return [
      { what: 'a first digest: log, forecast, figures', measured: firstMs, unit: 'ms' },
      { what: 'a digest from what is kept, with its e-mail', measured: previewMs, unit: 'ms' },
      {
        what: 'memory that is still held after 50 digests more',
        measured: Math.max(0, grownMiB),
        unit: 'MiB',
      },
      { what: 'a digest told: two cycles of a workbook, its row', measured: toldMs, unit: 'ms' },
      { what: `portfolio of ${COMPANIES} companies, the first time`, measured: coldMs, unit: 'ms' },
      { what: `portfolio of ${COMPANIES} companies`, measured: portfolioMs, unit: 'ms' },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is left once the garbage is gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
