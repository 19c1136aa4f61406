import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyStanding } from '#src/digest/weekly/portfolio.ts';
import { expose } from '#src/service/telemetry/exposition.ts';
import { FAMILIES, type Family } from '#src/service/telemetry/families.ts';
import { Tally } from '#src/service/telemetry/tally.ts';
import { parseExposition, valueIn } from '../support/exposition.ts';
import * as notion from '../workspaces/notion/deliveries.ts';
import * as trello from '../workspaces/trello/deliveries.ts';
import { ListeningPost } from './listening-post.ts';
import { aStanding, HERE, TOKEN } from './scraping.ts';

describe('what is written down', () => {
  it('never names a company, a title, an address or a secret, whatever they are', async () => {
    const marked = fc.string().map((text) => `§${text}§`);
    const standing = fc.record({
      company: marked,
      reason: marked,
      url: marked,
      next: fc.record({
        date: fc.constant('2027-09-01'),
        daysLeft: fc.integer(),
        title: marked,
        sure: fc.boolean(),
        others: fc.nat(),
      }),
    });
    const post = await ListeningPost.open(
      { martin: [] },
      {
        http: { ...HERE, token: `§${TOKEN}` },
        telemetry: { tally: new Tally(), standings: async () => [aStanding('martin', current)] },
      },
    );
    let current: Partial<CompanyStanding> = {};
    await fc.assert(
      fc.asyncProperty(standing, async (more) => {
        current = more;

        const text = await (
          await fetch(`${post.url}/metrics`, { headers: { authorization: `Bearer §${TOKEN}` } })
        ).text();

        expect(valueIn(parseExposition(text), 'jalon_project_late_tasks', { project: 'martin' })).toBe(3);
        expect(text).not.toContain('§');
        for (const secret of [TOKEN, notion.TOKEN, trello.SECRET]) expect(text).not.toContain(secret);
      }),
      { numRuns: 30 },
    );
  });

  it('can be read back, whatever slugs and numbers there are', async () => {
    const samples = fc.uniqueArray(
      fc.tuple(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        selector: ([slug]) => slug,
        minLength: 1,
      },
    );
    await fc.assert(
      fc.asyncProperty(samples, async (given) => {
        const tally = new Tally();
        for (const [project, value] of given) tally.set('projectLate', { project }, value);

        const { text } = await expose([tally]);

        const read = parseExposition(text).get('jalon_project_late_tasks')?.samples;
        // A sign makes no difference to 0, in this format.
        expect(read?.map(({ labels, value }) => [labels.project, value + 0])).toEqual(
          given.map(([slug, value]) => [slug, value + 0]),
        );
      }),
    );
  });

  it('adds up what several tallies count, and leaves out what nobody knows', async () => {
    const [one, other] = [new Tally(), new Tally()];
    one.add('pauses', { api: 'notion' }, 2);
    other.add('pauses', { api: 'notion' });
    other.add('pauses', { api: 'trello' }, 0);

    const families = parseExposition((await expose([one, other])).text);

    expect([...families]).toEqual([
      [
        'jalon_service_pauses_total',
        {
          help: FAMILIES.pauses.help,
          type: 'counter',
          samples: [
            { labels: { api: 'notion' }, value: 3 },
            { labels: { api: 'trello' }, value: 0 },
          ],
        },
      ],
    ]);
  });
});

describe('the labels', () => {
  it('leave Prometheus those that it gives to its targets', () => {
    const used = new Set(Object.values<Family>(FAMILIES).flatMap(({ labels }) => labels));

    for (const label of ['job', 'instance', 'service', 'namespace', 'pod', 'endpoint', 'container'])
      expect(used).not.toContain(label);
  });
});

describe('the library that writes metrics down', () => {
  it('is loaded when the metrics are first asked, and then in parts only', async () => {
    const file = fileURLToPath(new URL('metrics-load.ts', import.meta.url));

    const { stdout } = await promisify(execFile)(process.execPath, [file]);

    const { before, after } = JSON.parse(stdout) as Record<string, readonly string[]>;
    expect(before).not.toContain('prom-client');
    expect(before).toContain('hono');
    expect(after).toContain('prom-client');
    expect(after).not.toContain('@opentelemetry/api');
  });
});

describe('the guide for operators', () => {
  const guide = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

  it.each(Object.values<Family>(FAMILIES))(
    'has a line for $name, with its type and labels',
    ({ name, type, labels }) => {
      const cells = guide
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim()))
        .find(([, cell]) => cell === `\`${name}\``);

      expect(cells?.[2]).toBe(type);
      expect(cells?.[3]?.match(/[a-z_]+/g) ?? []).toEqual([...labels]);
    },
  );

  it('names no metric that there is not', () => {
    const known = Object.values(FAMILIES).map(({ name }) => name as string);

    const named = guide.match(/\b(?:jalon_|process_|nodejs_)[a-z_]+\b/g) ?? [];

    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});
