import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Template } from '#src/plan/template.ts';
import { smallTemplate } from '../service/company.ts';
import type { LoggedRequest } from '../simulators/trello/request-log.ts';
import type { TrelloPlan } from '../simulators/trello/settings.ts';
import { startTrello, type TrelloSimulator } from '../simulators/trello/simulator.ts';
import { doublesIn, pictureOf, planTemplate } from '../workspaces/trello/fault-matrix.ts';
import { Desk } from './jalon.ts';
import { type Office, problemsAfterKills } from './kills.ts';
import { writeTemplate } from './small-template.ts';

/**
 * Each kill costs two runs of the real command: all of them in the soak test. Here some, early and late: what each
 * request may leave behind is tried without processes in `workspaces/trello/faults.test.ts`.
 */
const EVERY = process.env.JALON_KILLS ? 1 : 24;
const TIMEOUT_MS = 600_000;
/** Nothing waits for the allowance of the next ten seconds here. */
const QUICK = { tokenPer10Seconds: 10_000, keyPer10Seconds: 10_000, memberPer10Seconds: 10_000 };

/** What a plan with custom fields asks of Trello holds all that one without them asks. */
const PLANS = process.env.JALON_KILLS ? (['standard', 'free'] as const) : (['standard'] as const);

/** A company with a small plan of its own, for which there is no board yet. */
async function office(plan: TrelloPlan): Promise<Office<TrelloSimulator>> {
  const trello = await startTrello({ ...QUICK, plan });
  onTestFinished(() => trello.stop());
  const desk = deskFor(trello);
  writePlan(desk, planTemplate(), [{ kind: 'trello', organization: trello.organization.id }]);
  return { desk, service: trello };
}

function deskFor(trello: TrelloSimulator): Desk {
  return new Desk({
    TRELLO_BASE_URL: trello.url,
    TRELLO_API_KEY: trello.key,
    TRELLO_TOKEN: trello.token,
    TRELLO_RATE_PER_10S: '10000',
  });
}

function writePlan(desk: Desk, template: Template, workspaces: readonly object[]): void {
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
      workspaces,
    }),
  );
}

/** A company that has a board already, on which somebody has said something, and is to have another. */
async function officeWithTwoBoards(): Promise<Office<TrelloSimulator>> {
  const trello = await startTrello(QUICK);
  onTestFinished(() => trello.stop());
  const { person } = trello;
  const board = person.addBoard('Compta');
  const card = person.addCard(person.addList(board.id, 'first').id, 'two');
  person.comment(card.id, 'Vu avec la banque');
  person.comment(card.id, 'Et avec @marcpetit');
  const desk = deskFor(trello);
  writePlan(desk, smallTemplate(), [
    { kind: 'trello', organization: trello.organization.id },
    { kind: 'trello', board: board.id },
  ]);
  return { desk, service: trello };
}

function boardsIn(trello: TrelloSimulator) {
  return Object.fromEntries(trello.look.boards().map(({ id, name }) => [name, pictureOf(trello, id)]));
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

describe('kill -9 while comments are carried from one board to another', () => {
  it('leaves each of them once on either board, whichever request was the last', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { requests, problems } = await problemsAfterKills<LoggedRequest, TrelloSimulator>({
      open: officeWithTwoBoards,
      pictureOf: boardsIn,
      problemsBeside: (trello) => doublesIn(trello).map((name) => `twice: ${name}`),
      isRead: ({ method }) => method === 'GET',
      every: EVERY,
    });

    expect(problems).toEqual([]);
    expect(requests).toBeGreaterThan(20);
  });
});
