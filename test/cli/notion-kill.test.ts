import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JsonObject } from '../simulators/json.ts';
import type { LoggedRequest } from '../simulators/notion/request-log.ts';
import { type NotionSimulator, startNotion } from '../simulators/notion/simulator.ts';
import { TrelloSimulator } from '../simulators/trello/simulator.ts';
import type { WorldMemory as TrelloMemory } from '../simulators/trello/world.ts';
import { isRead, planTemplate } from '../workspaces/notion/fault-matrix.ts';
import { Desk, madeOnce } from './jalon.ts';
import { type Office, problemsAfterKills } from './kills.ts';
import { writeTemplate } from './small-template.ts';

/**
 * Each kill costs two runs of the real command: all of them in the soak test. Here some, early and late: what each
 * request may leave behind is tried without processes in `workspaces/notion/faults.test.ts`.
 */
const EVERY = process.env.JALON_KILLS ? 1 : 20;
const TIMEOUT_MS = 600_000;
const SAID_AT = new Date('2026-11-23T09:30:00.000Z');

/** A company with a small plan of its own, which it keeps in a Notion whose search is late. */
async function office(env: Readonly<Record<string, string>> = {}): Promise<Office<NotionSimulator>> {
  const notion = await startNotion({ ratePerMinute: 10_000, searchLag: 20 });
  onTestFinished(() => notion.stop());
  const desk = new Desk({
    NOTION_BASE_URL: notion.url,
    NOTION_TOKEN: notion.token,
    NOTION_RATE_PER_MINUTE: '10000',
    ...env,
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
  return { desk, service: notion };
}

const worksInTrello = madeOnce(async (desk) => {
  const { code, out, err } = await desk.jalon('apply');
  if (code !== 0) throw new Error(out + err);
});
/** What has been said on its board, once somebody has said it. */
let talk: TrelloMemory | undefined;

/**
 * The same company, which has worked on a board of Trello until now, and talks there. Only Notion is new to the apply
 * that is killed.
 */
async function talkativeOffice(): Promise<Office<NotionSimulator>> {
  const trello = new TrelloSimulator({
    // A run may last past midnight, and the pages tell the day.
    now: () => SAID_AT,
    tokenPer10Seconds: 10_000,
    keyPer10Seconds: 10_000,
    memberPer10Seconds: 10_000,
  });
  if (talk) trello.world.recall(talk);
  await trello.start();
  onTestFinished(() => trello.stop());
  const { desk, service } = await office({
    TRELLO_BASE_URL: trello.url,
    TRELLO_API_KEY: trello.key,
    TRELLO_TOKEN: trello.token,
    TRELLO_RATE_PER_10S: '10000',
  });
  const file = desk.path('projects', 'martin.yaml');
  const project = JSON.parse(readFileSync(file, 'utf8'));
  const board = { kind: 'trello', organization: trello.organization.id };
  writeFileSync(file, JSON.stringify({ ...project, workspaces: [board] }));
  await worksInTrello(desk);
  if (!talk) {
    for (const card of trello.look.cards(trello.look.boards()[0]?.id ?? ''))
      for (const words of ['Vu', 'Fait']) trello.person.comment(card.id, `${words}\u00a0: ${card.name}`);
    talk = trello.world.memory();
  }
  writeFileSync(file, JSON.stringify({ ...project, workspaces: [...project.workspaces, board] }));
  return { desk, service };
}

/** The ids of Trello differ from run to run. */
function talkIn(notion: NotionSimulator): JsonObject {
  const picture = JSON.stringify(notion.look.picture(notion.home.id));
  return JSON.parse(picture.replace(/(@trello-)\S+ \S+ trello/g, '$1…')) as JsonObject;
}

describe('kill -9 during an apply in Notion', () => {
  it('leaves nothing twice and nothing lost, whichever request was the last', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { requests, problems } = await problemsAfterKills<LoggedRequest, NotionSimulator>({
      open: () => office(),
      pictureOf: (notion) => notion.look.picture(notion.home.id),
      isRead,
      every: EVERY,
    });

    expect(problems).toEqual([]);
    expect(requests).toBeGreaterThan(20);
  });

  it('says nothing twice there of what people have said elsewhere', { timeout: TIMEOUT_MS }, async () => {
    const seen: JsonObject[] = [];
    const { requests, problems } = await problemsAfterKills<LoggedRequest, NotionSimulator>({
      open: talkativeOffice,
      pictureOf: (notion) => {
        const talk = talkIn(notion);
        seen.push(talk);
        return talk;
      },
      isRead,
      every: EVERY,
    });

    expect(problems).toEqual([]);
    expect(JSON.stringify(seen[0])).toContain('Fait\u00a0: one');
    expect(requests).toBeGreaterThan(30);
  });
});
