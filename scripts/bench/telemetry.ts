import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompanyStanding } from '#src/digest/weekly/portfolio.ts';
import type { AddressedMessage } from '#src/plan/outgoing-message.ts';
import { createLog } from '#src/service/log.ts';
import { countCycles, countJobs, countTraffic } from '#src/service/telemetry/counting.ts';
import { createScrape } from '#src/service/telemetry/scrape.ts';
import { Tally } from '#src/service/telemetry/tally.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { bestOf } from './best-of.ts';
import type { Figure } from './figure.ts';

const PROJECTS = 1_000;
/** A year of digests for each, all but the last of them sent. */
const WEEKS = 52;
const JOBS = ['sync', 'remind', 'watch', 'digest', 'deliver'];

/** What Prometheus costs the service each time that it asks, with many companies. */
export async function benchTelemetry(): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'jalon-telemetry-'));
  const now = () => new Date();
  const store = await openStore({ home, now });
  try {
    const slugs = Array.from({ length: PROJECTS }, (_, index) => `company-${index}`);
    for (const slug of slugs) await sendDigests(slug, store);
    const tally = new Tally();
    countJobs(tally, { jobs: JOBS, now, time: machineTime });
    countTraffic(tally);
    countCycles(tally);
    const standings = slugs.map(standingOf);
    const scrape = createScrape({
      ...{ tally, store, version: 'bench', timeZone: 'Europe/Paris', time: machineTime },
      projects: async () => slugs,
      standings: async () => standings,
      log: createLog({ level: 'silent', run: 'bench', secrets: [], stream: process.stderr }),
    });
    const { text } = await scrape();
    const what = (of: string) => `metrics of ${PROJECTS.toLocaleString('en')} projects, ${of}`;
    return [
      {
        what: what('counting the outbox'),
        measured: await bestOf(5, () => store.outbox.counts()),
        unit: 'ms',
      },
      { what: what('one scrape'), measured: await bestOf(5, scrape), unit: 'ms' },
      { what: what('its size'), measured: text.length / 1024, unit: 'KiB' },
    ];
  } finally {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function sendDigests(project: string, store: Store): Promise<void> {
  const messages = Array.from({ length: WEEKS }, (_, week): AddressedMessage => {
    return {
      key: `digest:${week}`,
      kind: 'digest',
      to: 'subscribers',
      locale: 'fr',
      subject: 'Où en sommes-nous\u00a0?',
      blocks: [{ kind: 'paragraph', text: 'x'.repeat(2_000) }],
      channels: ['email'],
    };
  });
  await store.commit(project, {
    ...{ run: 'bench', agreed: [], seen: [], cursors: [], audit: [], intents: [] },
    messages,
  });
  for (const { key } of messages.slice(1)) {
    const message = { project, channel: 'email', key } as const;
    await store.outbox.claim(message);
    await store.outbox.settle(message, { state: 'sent' });
  }
}

function standingOf(slug: string, index: number): CompanyStanding {
  const next = { date: '2027-09-01', daysLeft: 282, title: 'Émettre', sure: true, others: 0 };
  return {
    ...{ slug, company: slug, verdict: 'on-track', reason: '', unmet: undefined, next, url: undefined },
    ...{ progress: index / PROJECTS, overdue: index % 4 },
  };
}
