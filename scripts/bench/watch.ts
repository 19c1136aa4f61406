import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { openStore } from '#src/store/store.ts';
import { systemResolve } from '#src/watch/address.ts';
import { createFetcher } from '#src/watch/fetch.ts';
import { watchRound } from '#src/watch/round.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Figure } from './figure.ts';

/** As many sources as the e-invoicing plan has, on as many sites, the largest of which has most of them. */
const SITES = [18, 3, 2, 1, 1, 1, 1, 1, 1];
const PARAGRAPHS = 1500;
/** As `jalon watch` pauses. */
const PAUSE_MS = 1500;

/** Official sites on loopback, of pages of 200 kB: how fast they are read, at our pace and without one. */
export async function benchWatch(): Promise<readonly Figure[]> {
  const sites = await Promise.all(SITES.map(() => openSite()));
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-watch-'));
  const store = await openStore({ home: folder, now: () => new Date() });
  try {
    const round = (pauseMs: number, version: number) => measure(sites, store, pauseMs, version);
    await round(0, 0);
    const changedMs = await round(0, 1);
    const pacedMs = await round(PAUSE_MS, 1);
    const count = SITES.reduce((sum, n) => sum + n, 0);
    return [
      {
        what: `watch: ${count} changed pages of 200 kB, no pause`,
        measured: (count / changedMs) * 60_000,
        unit: 'a minute',
      },
      {
        what: `watch: ${count} sources on ${SITES.length} sites, at our pace`,
        measured: pacedMs / 1000,
        unit: 's',
        bar: 60,
      },
    ];
  } finally {
    await store.close();
    for (const site of sites) site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  sites: readonly Server[],
  store: Awaited<ReturnType<typeof openStore>>,
  pauseMs: number,
  version: number,
): Promise<number> {
  const hosts = sites.map((site) => `127.0.0.1:${(site.address() as AddressInfo).port}`);
  const sources = hosts.flatMap((host, index) =>
    Array.from(
      { length: SITES[index] ?? 0 },
      (_, n): WatchSource => ({
        id: `s-${index}-${n}`,
        kind: 'html',
        title: { fr: 'Page', en: 'Page' },
        url: `http://${host}/${n}`,
        everyHours: 24,
      }),
    ),
  );
  currentVersion = version;
  const fetcher = createFetcher({
    userAgent: 'Jalon/bench',
    allowHosts: hosts,
    resolve: systemResolve,
    time: machineTime,
    timeoutMs: 30_000,
    maxBytes: 20 * 1024 * 1024,
    pauseMs,
  });
  const now = () => new Date();
  const begun = performance.now();
  const looks = await watchRound(
    { sources, all: true },
    { store, fetcher, now, today: () => now().toISOString().slice(0, 10), log: pino({ level: 'silent' }) },
  );
  const sick = looks.filter(({ outcome }) => outcome === 'sick');
  if (sick.length > 0) throw new Error(`${sick.length} sources were sick`);
  return performance.now() - begun;
}

let currentVersion = 0;

function openSite(): Promise<Server> {
  const server = createServer((_request, response) => {
    const lines = Array.from(
      { length: PARAGRAPHS },
      (_, n) =>
        `<p>Une phrase comme il y en a tant dans une page officielle, n° ${n}${n === 700 ? `, version ${currentVersion}` : ''}.</p>`,
    );
    response.end(`<main>${lines.join('')}</main>`);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
