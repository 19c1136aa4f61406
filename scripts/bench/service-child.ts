/** Runs the service's own jobs over many projects, with its clock in our hands, and tells how much memory it holds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEW_PROJECTS, letCompile } from '#src/cli/service-flags.ts';
import { credentialsOf, readEnvironment } from '#src/config/environment.ts';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { parseProject } from '#src/config/project.ts';
import { readTextFile } from '#src/config/read-text-file.ts';
import type { Template, Text } from '#src/plan/template.ts';
import { createConnections } from '#src/service/connections.ts';
import { SYNC, serviceJobs } from '#src/service/jobs.ts';
import { createLog } from '#src/service/log.ts';
import { openProject } from '#src/service/open-project.ts';
import { createShelf } from '#src/service/shelf.ts';
import { openStore } from '#src/store/store.ts';
import type { Residence } from './memory.ts';

const ITEMS = 60;
const HOURS = 7 * 24;
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const count = Number(process.argv[2]);
if (count > FEW_PROJECTS) letCompile();
const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
let now = new Date('2026-11-23T08:00:00Z');

const words = (text: string): Text => ({ fr: text, en: text });
const template: Template = {
  key: 'bench',
  version: '1.0.0',
  title: words('Bench'),
  summary: words('Bench'),
  roles: [{ key: 'lead', title: words('Lead') }],
  profiles: [{ key: 'all', title: words('All'), summary: words('All') }],
  schedule: { weeks: 40, catchUpWeeks: 12 },
  steps: [
    {
      key: 'only',
      title: words('Only'),
      summary: words('Only'),
      color: '#2f6f9f',
      tasks: Array.from({ length: ITEMS }, (_, i) => ({
        key: `t${i}`,
        title: words(`Une tâche comme une autre, la n° ${i}`),
        description: words(
          'Une phrase ou deux pour dire pourquoi cette tâche compte, et ce qu’il faut en savoir avant de commencer.',
        ),
        role: 'lead',
        profile: 'all',
        due: { anchor: 'start', weeks: 2 + (i % 38) },
        deliverable: words('Un document daté'),
        proof: words('Le document est rangé'),
      })),
    },
  ],
  registers: [],
  obligations: [],
  sources: [],
  watch: { sources: [] },
  automations: [],
};

const projects = join(folder, 'projects');
mkdirSync(projects);
for (let i = 0; i < count; i++) {
  writeFileSync(
    join(projects, `p${i}.yaml`),
    `company: { name: "Entreprise ${i}", size: micro, vat: franchise }\nstart: 2026-11-23\ntemplate: bench\nprofile: all\nworkspaces:\n  - { kind: excel, file: p${i}.xlsx }\n`,
  );
}

const home = join(folder, 'home');
const store = await openStore({ home, now: () => now });
const today = () => now.toISOString().slice(0, 10);
const shelf = createShelf(projects, async (slug) => {
  const file = join(projects, `${slug}.yaml`);
  const text = await readTextFile(file);
  return openProject({ slug, file, text, project: parseProject(text, file, today()) }, template, {
    projects,
    home,
    now: () => now,
    today,
    connections: createConnections({
      notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
      trello: { baseUrl: 'http://127.0.0.1:9/1', ratePer10Seconds: 100 },
    }),
    credentials: (name) => credentialsOf(readEnvironment({}), name),
  });
});
const jobs = serviceJobs({
  open: shelf.open,
  cycle: {
    store,
    today,
    now: () => now,
    isHoliday: isFrenchHoliday,
    log: createLog({ level: 'silent', run: 'bench', secrets: [], stream: process.stderr }),
    run: 'bench',
    timeZone: 'UTC',
    picture: async () => PIXEL,
  },
});

async function round(of = jobs): Promise<void> {
  for (const slug of shelf.slugs()) {
    for (const job of of) await job.run(slug, now.toISOString(), new AbortController().signal);
  }
}

function residentMiB(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
}

await round();
await round();
await round();
const settled = residentMiB();
const begun = performance.now();
await round(jobs.filter(({ name }) => name === SYNC));
const roundMs = performance.now() - begun;
for (let hour = 0; hour < HOURS; hour++) {
  now = new Date(now.getTime() + 3_600_000);
  await round();
}
process.send?.({ settled, afterAWeek: residentMiB(), roundMs } satisfies Residence);
await store.close();
rmSync(folder, { recursive: true, force: true });
process.disconnect?.();
