import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { CompanyStanding } from '#src/digest/weekly/portfolio.ts';
import type { Job } from '#src/service/scheduler.ts';
import { Tally } from '#src/service/telemetry/tally.ts';
import { aCommit } from '../store/samples.ts';
import { aMessage } from '../store/suites/outbox.ts';
import { parseExposition, valueIn } from '../support/exposition.ts';
import * as notion from '../workspaces/notion/deliveries.ts';
import * as trello from '../workspaces/trello/deliveries.ts';
import { ListeningPost, until } from './listening-post.ts';
import { aStanding, ask, HERE, openHere, openWithToken, scrape, TOKEN } from './scraping.ts';

const NEVER = '0 0 1 1 *';

describe('the metrics are for', () => {
  it('a scrape with the token, in the format of Prometheus, and never from a cache', async () => {
    const answer = await ask(await openWithToken(), TOKEN);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(parseExposition(await answer.text()).size).toBeGreaterThan(10);
  });

  it('nobody without the token, or with another one, who learns how to give it', async () => {
    const post = await openWithToken();

    for (const answer of [await ask(post), await ask(post, 'another-token')]) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await answer.text()).toMatch(/^[^\n]*HTTP_TOKEN[^\n]*authorization: credentials[^\n]*\n$/);
    }
  });

  it('no more wrong tokens for a minute after many, and the right one, too long to be guessed, at any time', async () => {
    const post = await openWithToken();
    for (let tries = 0; tries < 10; tries += 1) await ask(post, `wrong-${tries}`);

    const refused = await ask(post, 'one-more');
    const admitted = await ask(post, TOKEN);

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.text()).toMatch(/^[^\n]*HTTP_TOKEN[^\n]*\n$/);
    expect(admitted.status).toBe(200);
  });

  it('nobody at all when the service is reached from elsewhere and has no token', async () => {
    const answer = await ask(await ListeningPost.open({ martin: [] }, { http: HERE }));

    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/^[^\n]*set HTTP_TOKEN[^\n]*\n$/);
  });

  it('no page that calls this machine by another name', async () => {
    const { url } = await openHere();

    const { status, text } = await new Promise<{ status: number | undefined; text: string }>((resolve) =>
      request(`${url}/metrics`, { headers: { host: 'evil.example.org' } }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
      }).end(),
    );

    expect(status).toBe(403);
    expect(text).toMatch(/^[^\n]*127\.0\.0\.1[^\n]*HTTP_TOKEN[^\n]*\n$/);
  });
});

describe('the metrics tell', () => {
  it('which version runs, since when, and what it uses', async () => {
    const families = await scrape(await openHere({ version: '1.2.3' }));

    expect(valueIn(families, 'jalon_build_info', { version: '1.2.3' })).toBe(1);
    expect(valueIn(families, 'nodejs_version_info', { version: process.version })).toBe(1);
    expect(valueIn(families, 'process_start_time_seconds')).toBeCloseTo(performance.timeOrigin / 1000, 3);
    expect(valueIn(families, 'process_cpu_seconds_total')).toBeGreaterThan(0.1);
    expect(valueIn(families, 'process_resident_memory_bytes')).toBeGreaterThan(30e6);
    expect(valueIn(families, 'nodejs_heap_size_used_bytes')).toBeGreaterThan(5e6);
    expect(valueIn(families, 'jalon_projects')).toBe(2);
  });

  it('how often each job ran, for how long, when last, and for which projects it failed', async () => {
    const goOn = Promise.withResolvers<void>();
    let isFirst = true;
    const sync: Job = {
      name: 'sync',
      cron: NEVER,
      remembered: false,
      run: async (slug) => {
        if (isFirst || slug !== 'martin') return;
        await goOn.promise;
        throw new Error('sick');
      },
    };
    const remind: Job = { name: 'remind', cron: NEVER, remembered: true, run: async () => {} };
    const post = await openHere({ jobs: [sync, remind] });
    isFirst = false;
    const before = await scrape(post);
    await post.deliver(notion.anEvent());
    await post.time.advance(2_000);
    await post.time.advance(1_500);
    goOn.resolve();
    await until(() => post.warnings().length > 0);

    const after = await scrape(post);

    const runs = { name: 'sync', outcome: 'done' };
    const failed = { name: 'sync', outcome: 'failed' };
    expect([before, after].map((one) => valueIn(one, 'jalon_job_runs_total', runs))).toEqual([1, 2]);
    expect([before, after].map((one) => valueIn(one, 'jalon_job_project_runs_total', runs))).toEqual([2, 2]);
    expect([before, after].map((one) => valueIn(one, 'jalon_job_project_runs_total', failed))).toEqual([
      0, 1,
    ]);
    expect(valueIn(after, 'jalon_job_runs_total', failed)).toBe(0);
    expect(valueIn(after, 'jalon_job_run_seconds_total', { name: 'sync' })).toBe(1.5);
    expect(valueIn(after, 'jalon_job_runs_total', { name: 'remind', outcome: 'done' })).toBe(0);
    expect(after.get('jalon_job_last_run_timestamp_seconds')?.samples).toEqual([
      { labels: { name: 'sync' }, value: Date.UTC(2026, 10, 23, 9, 0, 3, 500) / 1000 },
    ]);
    expect(after.get('jalon_project_failures_total')?.samples).toEqual([
      { labels: { project: 'martin' }, value: 1 },
      { labels: { project: 'lebrun' }, value: 0 },
    ]);
  });

  it('what webhooks have delivered, and what was refused', async () => {
    const publicUrl = 'https://jalon.example.org';
    const post = await openHere({ publicUrl, http: { ...HERE, token: TOKEN } });
    const signed = trello.bytes(trello.aDelivery());
    await post.deliver(notion.anEvent());
    await post.post(notion.anEvent());
    await post.post('no event at all');
    await post.post(signed, trello.signed(signed), '/webhooks/trello');
    await post.get('/webhooks/trello');
    await post.post(signed, {}, '/webhooks/another');

    const families = parseExposition(await (await ask(post, TOKEN)).text());

    expect(families.get('jalon_webhook_deliveries_total')?.samples).toEqual([
      { labels: { api: 'notion', outcome: 'accepted' }, value: 1 },
      { labels: { api: 'notion', outcome: 'refused' }, value: 2 },
      { labels: { api: 'trello', outcome: 'accepted' }, value: 1 },
      { labels: { api: 'trello', outcome: 'refused' }, value: 0 },
    ]);
  });

  it('which messages wait, and which will not leave without a person', async () => {
    const post = await openHere();
    const email = (key: string) => ({ project: 'martin', channel: 'email', key }) as const;
    await post.store.commit('martin', aCommit({ messages: ['a', 'b', 'c'].map((key) => aMessage({ key })) }));
    await post.store.commit('lebrun', aCommit({ messages: [aMessage({ channels: ['slack'] })] }));
    for (const key of ['a', 'b']) await post.store.outbox.claim(email(key));
    await post.store.outbox.settle(email('a'), { state: 'sent' });
    await post.store.outbox.settle(email('b'), { state: 'failed', note: { why: 'refused' } });

    const families = await scrape(post);

    const { samples = [] } = families.get('jalon_outbox_messages') ?? {};
    expect(samples).toHaveLength(12);
    expect(samples.filter(({ value }) => value > 0)).toEqual([
      { labels: { channel: 'email', state: 'waiting' }, value: 1 },
      { labels: { channel: 'email', state: 'failed' }, value: 1 },
      { labels: { channel: 'slack', state: 'waiting' }, value: 1 },
    ]);
  });

  it('where each company stands, by its slug', async () => {
    const standings = async () => [
      aStanding('martin'),
      aStanding('lebrun', { verdict: 'ahead', progress: 1, overdue: 0, next: undefined }),
    ];
    const families = await scrape(await openHere({ telemetry: { tally: new Tally(), standings } }));

    const martin = { project: 'martin' };
    expect(valueIn(families, 'jalon_project_progress_ratio', martin)).toBe(0.25);
    expect(valueIn(families, 'jalon_project_late_tasks', martin)).toBe(3);
    expect(valueIn(families, 'jalon_project_late_tasks', { project: 'lebrun' })).toBe(0);
    const verdicts = families.get('jalon_project_verdict')?.samples ?? [];
    expect(verdicts).toHaveLength(8);
    expect(verdicts.filter(({ value }) => value === 1).map(({ labels }) => labels)).toEqual([
      { project: 'martin', verdict: 'late' },
      { project: 'lebrun', verdict: 'ahead' },
    ]);
    // In Paris the first of September begins at 22:00 UTC of the day before.
    expect(families.get('jalon_project_next_obligation_timestamp_seconds')?.samples).toEqual([
      { labels: martin, value: Date.UTC(2027, 7, 31, 22) / 1000 },
    ]);
  });
});

describe('a scrape', () => {
  it('gives what can be told while the store is out of reach, says so, and logs it once an hour', async () => {
    const post = await openHere();
    await post.store.close();

    const families = await scrape(post);
    await scrape(post);
    const soon = post.warnings();
    await post.time.advance(3_600_000);
    await scrape(post);

    expect(valueIn(families, 'jalon_scrape_errors', { part: 'store' })).toBe(1);
    expect(valueIn(families, 'jalon_scrape_errors', { part: 'projects' })).toBe(0);
    expect(valueIn(families, 'jalon_projects')).toBe(2);
    expect(families.has('jalon_outbox_messages')).toBe(false);
    expect(soon).toEqual(['metrics incomplete']);
    expect(post.warnings()).toEqual(['metrics incomplete', 'metrics incomplete']);
  });

  it('does not wait for what takes too long, and takes it in once it is there', async () => {
    const found = Promise.withResolvers<readonly CompanyStanding[]>();
    let asked = 0;
    const standings = () => {
      asked += 1;
      return found.promise;
    };
    const post = await openHere({ telemetry: { tally: new Tally(), standings } });
    const late = scrape(post);
    await until(() => post.time.pending > 0);
    await post.time.advance(5_000);
    const families = await late;
    const next = scrape(post);
    await until(() => post.time.pending > 0);
    found.resolve([aStanding('martin')]);

    expect(valueIn(families, 'jalon_scrape_errors', { part: 'standings' })).toBe(1);
    expect(families.has('jalon_project_verdict')).toBe(false);
    expect(valueIn(await next, 'jalon_project_late_tasks', { project: 'martin' })).toBe(3);
    expect(valueIn(await next, 'jalon_scrape_errors', { part: 'standings' })).toBe(0);
    expect(asked).toBe(1);
  });

  it('finds counts that only grow, whoever scrapes', async () => {
    const post = await openHere();
    const first = await scrape(post);
    await Promise.all([scrape(post), scrape(post)]);
    const last = await scrape(post);

    for (const [name, { type, samples }] of first) {
      if (type !== 'counter') continue;
      for (const { labels, value } of samples)
        expect(valueIn(last, name, labels), name).toBeGreaterThanOrEqual(value);
    }
    expect([...last.keys()]).toEqual([...first.keys()]);
  });
});
