import { FAMILIES, type Family, type FamilyId } from './families.ts';
import type { Tally } from './tally.ts';

/** What a scrape is answered with. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Writes tallies down in the text format of Prometheus. What several of them count is added up; a metric of which
 * nothing is known is left out, since 0 would be a lie.
 */
export async function expose(tallies: readonly Tally[]): Promise<Exposition> {
  const { Registry, Counter, Gauge } = await promClient();
  const registry = new Registry();
  for (const [id, family] of Object.entries(FAMILIES) as [FamilyId, Family][]) {
    const samples = tallies.flatMap((tally) => [...tally.samples(id)]);
    if (samples.length === 0) continue;
    const { name, help, labels: labelNames } = family;
    const settings = { name, help, labelNames, registers: [registry] };
    if (family.type === 'counter') {
      const counter = new Counter(settings);
      for (const { labels, value } of samples) counter.inc(labels, value);
    } else {
      const gauge = new Gauge(settings);
      for (const { labels, value } of samples) gauge.set(labels, value);
    }
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/**
 * Those parts of the library that are needed: as a whole it takes 22 MB of memory rather than 5, since it brings
 * clusters, push gateways and tracing. Its metrics of the process are not among them: they set up a timer for the
 * event loop and an observer of the garbage collector, and count the CPU from when they were made.
 */
async function promClient() {
  const [{ default: Registry }, { default: Counter }, { default: Gauge }] = await Promise.all([
    import('prom-client/lib/registry.js'),
    import('prom-client/lib/counter.js'),
    import('prom-client/lib/gauge.js'),
  ]);
  return { Registry, Counter, Gauge };
}
