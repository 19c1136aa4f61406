import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LoggedRequest } from '../simulators/notion/request-log.ts';
import { type NotionSimulator, startNotion } from '../simulators/notion/simulator.ts';
import { isRead, planTemplate } from '../workspaces/notion/fault-matrix.ts';
import { Desk } from './jalon.ts';
import { type Office, problemsAfterKills } from './kills.ts';
import { writeTemplate } from './small-template.ts';

/** Each kill costs two runs of the real command: all of them in the soak test. */
const EVERY = process.env.JALON_KILLS ? 1 : 10;
const TIMEOUT_MS = 600_000;

/** A company with a small plan of its own, which it keeps in a Notion whose search is late. */
async function office(): Promise<Office<NotionSimulator>> {
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
  return { desk, service: notion };
}

describe('kill -9 during an apply in Notion', () => {
  it('leaves nothing twice and nothing lost, whichever request was the last', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { requests, problems } = await problemsAfterKills<LoggedRequest, NotionSimulator>({
      open: office,
      pictureOf: (notion) => notion.look.picture(notion.home.id),
      isRead,
      every: EVERY,
    });

    expect(problems).toEqual([]);
    expect(requests).toBeGreaterThan(20);
  });
});
