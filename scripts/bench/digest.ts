import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { loadTemplateFolder } from '#src/config/load-template.ts';
import type { Project } from '#src/config/project.ts';
import { renderEmail } from '#src/digest/send/render-email.ts';
import { createConnections } from '#src/service/connections.ts';
import { runCycle } from '#src/service/cycle.ts';
import { previewDigest, tellDigest } from '#src/service/digest.ts';
import { openProject } from '#src/service/open-project.ts';
import { portfolioOf } from '#src/service/portfolio.ts';
import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { bestOf } from './best-of.ts';
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
    const projects = await companies(folder, deps, clock);
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

function depsOn(store: Store, clock: { readonly now: Date }): CycleDeps {
  return {
    store,
    today: () => clock.now.toISOString().slice(0, 10),
    now: () => clock.now,
    isHoliday: isFrenchHoliday,
    log: pino({ level: 'silent' }),
    run: 'bench',
    picture: async () => new Uint8Array(),
  };
}

/** The first has a workbook, the others only what was agreed: a portfolio reads no more than that. */
async function companies(
  folder: string,
  deps: CycleDeps,
  clock: { readonly now: Date },
): Promise<readonly RunningProject[]> {
  const template = await loadTemplateFolder('templates/facturation-electronique');
  const connections = createConnections({
    notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
    trello: { baseUrl: 'http://127.0.0.1:9/1', ratePer10Seconds: 100 },
    log: deps.log,
  });
  const found: RunningProject[] = [];
  for (let number = 0; number < COMPANIES; number++) {
    const slug = `company-${number}`;
    const project: Project = {
      company: { name: `Company ${number}`, size: 'micro', vat: 'franchise', facts: {} },
      start: '2026-11-23',
      template: template.key,
      profile: 'complet',
      locale: 'fr',
      people: {},
      workspaces: [{ kind: 'excel', file: `${slug}.xlsx` }],
      sources: [],
      automations: [],
    };
    const opened = await openProject({ slug, project, file: `${slug}.yaml`, text: '' }, template, {
      projects: folder,
      home: folder,
      now: () => clock.now,
      today: deps.today,
      connections,
      credentials: () => ({
        notionToken: undefined,
        trelloApiKey: undefined,
        trelloToken: undefined,
        trelloApiSecret: undefined,
      }),
    });
    const one = number === 0 ? opened : { ...opened, workspaces: [] };
    await runCycle(one, 'apply', deps);
    found.push(one);
  }
  return found;
}
