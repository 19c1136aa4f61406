import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnections } from '#src/service/connections.ts';
import { countCycles, countTraffic } from '#src/service/telemetry/counting.ts';
import { Tally } from '#src/service/telemetry/tally.ts';
import { getBoard } from '#src/workspaces/trello/endpoints/boards.ts';
import { boardIn } from '../simulators/trello/client.ts';
import { startTrello, type TrelloSimulator } from '../simulators/trello/simulator.ts';
import { valueIn } from '../support/exposition.ts';
import { FakeTime } from '../support/fake-time.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { CompanyAtWork } from './company.ts';
import { until } from './listening-post.ts';
import { openHere, scrape } from './scraping.ts';

describe('the metrics of the cycles', () => {
  it('tell what was made in a workspace, and what people edited there', async () => {
    const tally = new Tally();
    const count = countCycles(tally);
    const company = new CompanyAtWork();
    const made = await company.cycle();
    count(made);
    await company.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));
    count(await company.cycle('sync'));

    const families = await scrape(await openHere({ telemetry: { tally } }));

    const created = made.workspaces[0]?.created ?? 0;
    expect(created).toBeGreaterThan(0);
    const changes = (kind: string, change: string) =>
      valueIn(families, 'jalon_workspace_changes_total', { kind, change });
    expect(changes('excel', 'created')).toBe(created);
    expect(changes('notion', 'created')).toBe(0);
    expect(valueIn(families, 'jalon_workspace_edits_total', { kind: 'excel' })).toBe(1);
    expect(valueIn(families, 'jalon_workspace_failures_total', { kind: 'excel' })).toBe(0);
  });

  it('tell of values that lost, by where they came from', async () => {
    const tally = new Tally();
    const company = new CompanyAtWork();
    company.workbooks = ['plan.xlsx', 'other.xlsx'];
    await company.cycle();
    for (const [book, title] of [['plan.xlsx', 'Ici'] as const, ['other.xlsx', 'Ailleurs'] as const])
      await company.edit(
        ({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'title', title),
        book,
      );
    const report = await company.cycle('sync');
    countCycles(tally)(report);

    const families = await scrape(await openHere({ telemetry: { tally } }));

    expect(report.conflicts).toHaveLength(1);
    expect(valueIn(families, 'jalon_workspace_conflicts_total', { kind: 'excel' })).toBe(1);
  });

  it('tell of a workspace that cannot be read, and of its project', async () => {
    const tally = new Tally();
    const company = new CompanyAtWork();
    await company.cycle();
    writeFileSync(company.file(), 'no workbook');
    countCycles(tally)(await company.cycle('sync'));

    const families = await scrape(await openHere({ telemetry: { tally } }));

    expect(valueIn(families, 'jalon_workspace_failures_total', { kind: 'excel' })).toBe(1);
    expect(valueIn(families, 'jalon_project_failures_total', { project: 'martin' })).toBe(1);
    expect(valueIn(families, 'jalon_project_failures_total', { project: 'lebrun' })).toBe(0);
  });
});

describe('the metrics of what is sent', () => {
  let trello: TrelloSimulator;
  beforeEach(async () => {
    trello = await startTrello();
  });
  afterEach(() => trello.stop());

  it('tell what became of each request, which pauses were asked, and what waits meanwhile', async () => {
    const tally = new Tally();
    const time = new FakeTime();
    const connections = createConnections({
      notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
      trello: { baseUrl: trello.url, ratePer10Seconds: 100 },
      observer: countTraffic(tally),
      time,
      random: () => 0,
    });
    const { waiting } = connections;
    const post = await openHere({ telemetry: { tally, waiting } });
    const board = await boardIn(trello);
    const { client } = await connections.trello({ ...trello.credential, secret: undefined });
    trello.beforeAnswer = async () => {
      trello.beforeAnswer = () => {};
      await time.advance(250);
    };
    await client.call({ project: 'martin' }, getBoard(board));
    trello.faults.when(() => true, { type: 'rate', which: 'token', when: 'before' });
    const paused = client.call({ project: 'martin' }, getBoard(board));
    await until(() => waiting().trello === 1);

    const meanwhile = await scrape(post);
    await time.next();
    await paused;
    const afterwards = await scrape(post);

    const of = (outcome: string) => ({ api: 'trello', outcome });
    expect(valueIn(meanwhile, 'jalon_requests_total', of('ok'))).toBe(1);
    expect(valueIn(meanwhile, 'jalon_requests_total', of('notNow'))).toBe(1);
    expect(valueIn(meanwhile, 'jalon_requests_total', of('unknown'))).toBe(0);
    expect(valueIn(meanwhile, 'jalon_request_seconds_total', { api: 'trello' })).toBe(0.25);
    expect(valueIn(meanwhile, 'jalon_service_pauses_total', { api: 'trello' })).toBe(1);
    expect(valueIn(meanwhile, 'jalon_requests_waiting', { api: 'trello' })).toBe(1);
    expect(valueIn(afterwards, 'jalon_requests_total', of('ok'))).toBe(2);
    expect(valueIn(afterwards, 'jalon_requests_waiting', { api: 'trello' })).toBe(0);
    expect(valueIn(afterwards, 'jalon_service_pauses_total', { api: 'notion' })).toBe(0);
  });
});
