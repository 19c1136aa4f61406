import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LoggedRequest } from '../simulators/notion/request-log.ts';
import { type NotionSimulator, startNotion } from '../simulators/notion/simulator.ts';
import { differences } from '../workspaces/notion/difference.ts';
import { isRead, planTemplate } from '../workspaces/notion/fault-matrix.ts';
import { Desk, type Ended, ended } from './jalon.ts';
import { writeTemplate } from './small-template.ts';

/** Each kill costs two runs of the real command: all of them in the soak test. */
const EVERY = process.env.JALON_KILLS ? 1 : 3;
const SIDE_BY_SIDE = 2;
/** Every so many, the store is lost with the process. */
const STORE_LOST_EVERY = 4;
const TIMEOUT_MS = 600_000;

interface Office {
  readonly desk: Desk;
  readonly notion: NotionSimulator;
}

/** A company with a small plan of its own, which it keeps in a Notion whose search is late. */
async function office(): Promise<Office> {
  const notion = await startNotion({ ratePerMinute: 10_000, searchLag: 20 });
  onTestFinished(() => notion.stop());
  const desk = new Desk({
    NOTION_BASE_URL: notion.url,
    NOTION_TOKEN: notion.token,
    NOTION_RATE_PER_MINUTE: '10000',
  });
  const template = planTemplate();
  writeTemplate(desk.path('projects'), template);
  writeFileSync(
    desk.path('projects', 'martin.yaml'),
    JSON.stringify({
      company: { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise' },
      start: '2026-11-23',
      template: template.key,
      profile: 'full',
      locale: 'fr',
      people: { lead: { name: 'Claire', notion: 'claire@example.org' } },
      workspaces: [{ kind: 'notion', parent: notion.home.id }],
    }),
  );
  return { desk, notion };
}

function pictureOf({ notion }: Office) {
  return notion.look.picture(notion.home.id);
}

/** Runs `apply`, and kills it once Notion has carried out its request of that index, before it hears of it. */
async function killedAt(index: number, { desk, notion }: Office): Promise<LoggedRequest | undefined> {
  const child = desk.spawn('apply');
  const end = ended(child);
  let last: LoggedRequest | undefined;
  notion.beforeAnswer = async (request) => {
    if (last !== undefined || request.index !== index) return;
    last = request;
    child.kill('SIGKILL');
    await end;
  };
  await end;
  notion.beforeAnswer = () => {};
  return last;
}

function problemOf({ code, err }: Ended): string[] {
  return code === 0 ? [] : [`apply ended with ${code}: ${err}`];
}

async function problemsAfterKill(index: number, expected: ReturnType<typeof pictureOf>): Promise<string[]> {
  const one = await office();
  const last = await killedAt(index, one);
  const losesStore = index % STORE_LOST_EVERY === 0;
  if (losesStore) rmSync(one.desk.path('.jalon'), { recursive: true, force: true });
  const again = await one.desk.jalon('apply');
  const problems = [...problemOf(again), ...differences(expected, pictureOf(one))];
  const when = `killed after ${last?.route} (request ${index})${losesStore ? ', its store lost' : ''}`;
  return problems.map((problem) => `${when}: ${problem}`);
}

describe('kill -9 during an apply in Notion', () => {
  it('leaves nothing twice and nothing lost, whichever request was the last', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const calm = await office();
    const first = await calm.desk.jalon('apply');
    const requests = calm.notion.log.all().length;
    const expected = pictureOf(calm);
    expect(problemOf(first)).toEqual([]);
    calm.notion.log.clear();
    await calm.desk.jalon('apply');
    expect(calm.notion.log.all().filter((request) => !isRead(request))).toEqual([]);

    const indexes = Array.from({ length: requests }, (_, index) => index).filter(
      (index) => index % EVERY === 0,
    );
    const problems: string[] = [];
    const waiting = indexes.values();
    await Promise.all(
      Array.from({ length: SIDE_BY_SIDE }, async () => {
        for (const index of waiting) problems.push(...(await problemsAfterKill(index, expected)));
      }),
    );

    expect(requests).toBeGreaterThan(20);
    expect(problems).toEqual([]);
  });
});
