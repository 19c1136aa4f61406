import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LoggedRequest } from '../simulators/trello/request-log.ts';
import type { TrelloPlan } from '../simulators/trello/settings.ts';
import { startTrello, type TrelloSimulator } from '../simulators/trello/simulator.ts';
import { doublesIn, pictureOf, planTemplate } from '../workspaces/trello/fault-matrix.ts';
import { Desk } from './jalon.ts';
import { type Office, problemsAfterKills } from './kills.ts';
import { writeTemplate } from './small-template.ts';

/** Each kill costs two runs of the real command: all of them in the soak test. */
const EVERY = process.env.JALON_KILLS ? 1 : 12;
const TIMEOUT_MS = 600_000;
/** Nothing waits for the allowance of the next ten seconds here. */
const QUICK = { tokenPer10Seconds: 10_000, keyPer10Seconds: 10_000, memberPer10Seconds: 10_000 };

/** What a plan with custom fields asks of Trello holds all that one without them asks. */
const PLANS = process.env.JALON_KILLS ? (['standard', 'free'] as const) : (['standard'] as const);

/** A company with a small plan of its own, for which there is no board yet. */
async function office(plan: TrelloPlan): Promise<Office<TrelloSimulator>> {
  const trello = await startTrello({ ...QUICK, plan });
  onTestFinished(() => trello.stop());
  const desk = new Desk({
    TRELLO_BASE_URL: trello.url,
    TRELLO_API_KEY: trello.key,
    TRELLO_TOKEN: trello.token,
    TRELLO_RATE_PER_10S: '10000',
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
      people: { lead: { name: 'Marc', trello: 'marcpetit' } },
      workspaces: [{ kind: 'trello', organization: trello.organization.id }],
    }),
  );
  return { desk, service: trello };
}

/** The one board that there is. */
function boardIn(trello: TrelloSimulator) {
  const [board, ...more] = trello.look.boards();
  return board ? { ...pictureOf(trello, board.id), more: more.length } : {};
}

describe.each(PLANS)('kill -9 during an apply in Trello, on the plan %s', (plan) => {
  it('leaves nothing twice and nothing lost, whichever request was the last', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { requests, problems } = await problemsAfterKills<LoggedRequest, TrelloSimulator>({
      open: () => office(plan),
      pictureOf: boardIn,
      problemsBeside: (trello) => doublesIn(trello).map((name) => `twice: ${name}`),
      isRead: ({ method }) => method === 'GET',
      every: EVERY,
    });

    expect(problems).toEqual([]);
    expect(requests).toBeGreaterThan(20);
  });
});
