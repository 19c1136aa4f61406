import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '#src/errors.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { Fault } from '../../simulators/trello/faults.ts';
import { differences } from '../faults/difference.ts';
import { doublesIn, nextTemplate, pictureOf, planTemplate } from './fault-matrix.ts';
import { type TeamOptions, TrelloTeam } from './team.ts';

const TIMEOUT_MS = 60_000;
/** Of a first apply. */
const REQUESTS = 40;
/** What was under way when the token was revoked, and what each of ten jobs had begun to do. */
const UNDER_WAY = 20;
const PEOPLE = { people: { lead: { name: 'Marc', trello: 'marcpetit' } } };

function startTeam(options: Partial<TeamOptions> = {}): Promise<TrelloTeam> {
  return TrelloTeam.start({ template: planTemplate(), project: PEOPLE, ...options });
}

function wordsOf({ failures }: CycleReport): string[] {
  return failures.map(({ error }) => (error instanceof Error ? error.message : String(error)));
}

function codesOf({ failures }: CycleReport): number[] {
  return failures.map(({ error }) => exitCodeOf(error));
}

function allow({ trello }: TrelloTeam, settings: Partial<TrelloTeam['trello']['world']['settings']>): void {
  Object.assign(trello.world.settings, settings);
}

async function pictureWithoutLimits(): Promise<ReturnType<typeof pictureOf>> {
  const calm = await startTeam();
  expect(wordsOf(await calm.cycle())).toEqual([]);
  return pictureOf(calm.trello, calm.board);
}

describe('a Free workspace', { timeout: TIMEOUT_MS }, () => {
  it('that has all its boards is told what to do, once, before anything is written', async () => {
    const team = await startTeam({ trello: { boardsBefore: 10 } });

    const full = await team.cycle();
    const written = team.trello.log.writes();
    team.restart();
    allow(team, { boardsBefore: 9 });
    const after = await team.cycle();

    expect(wordsOf(full)).toEqual([expect.stringMatching(/board/)]);
    expect(codesOf(full)).toEqual([3]);
    expect(written).toEqual([]);
    expect(wordsOf(after)).toEqual([]);
    expect(differences(await pictureWithoutLimits(), pictureOf(team.trello, team.board))).toEqual([]);
  });

  it('that fills up behind our back refuses the board, which is asked for once and told once', async () => {
    const team = await startTeam();
    const { trello } = team;
    trello.beforeAnswer = ({ route }) => {
      if (route === 'organizations.retrieve') allow(team, { boardsBefore: 10 });
    };

    const full = await team.cycle();

    expect(wordsOf(full)).toEqual([expect.stringContaining('limit')]);
    expect(codesOf(full)).toEqual([3]);
    expect(trello.log.all('boards.create')).toHaveLength(1);
    expect(trello.log.writes()).toHaveLength(1);
  });

  it('that takes nobody new has its own people on the board; the others stay names, and nobody is invited', async () => {
    const people = { ...PEOPLE.people, helper: { name: 'Paul', trello: 'paulnoir' } };
    const team = await startTeam({ trello: { collaboratorsBefore: 8 }, project: { people } });

    const report = await team.cycle();
    const four = team.trello.look.cardNamed(team.board, 'four');
    team.trello.log.clear();
    const again = await team.cycle();

    expect([wordsOf(report), wordsOf(again)]).toEqual([[], []]);
    expect(team.trello.look.cardNamed(team.board, 'one').members).toEqual(['marcpetit']);
    expect([four.members, four.desc.includes('- Paul')]).toEqual([[], true]);
    expect(team.trello.log.writes()).toEqual([]);
  });

  it('that has more people than it may, and can only be viewed, is told, and goes on after', async () => {
    const team = await startTeam();
    await team.cycle();
    team.trello.person.rename(team.trello.look.cardNamed(team.board, 'one').id, 'Relever les dates');
    team.options = { ...team.options, template: nextTemplate() };
    team.restart();
    allow(team, { collaboratorsBefore: 20 });

    const locked = await team.cycle();
    allow(team, { collaboratorsBefore: 0 });
    const after = await team.cycle();

    expect(wordsOf(locked)).toEqual([expect.stringContaining('limit')]);
    expect(codesOf(locked)).toEqual([3]);
    expect(wordsOf(after)).toEqual([]);
    expect(team.trello.look.cardNamed(team.board, 'five').checklists).not.toEqual({});
    expect(team.trello.look.cardNamed(team.board, 'Relever les dates').desc).toContain('Said better');
  });
});

describe('a token', { timeout: TIMEOUT_MS }, () => {
  it('that is revoked in the middle stops the run with words on it, and a new one ends it', async () => {
    const expected = await pictureWithoutLimits();
    const problems = await Promise.all(
      Array.from({ length: REQUESTS }, async (_, index): Promise<string[]> => {
        const team = await startTeam();
        const { trello } = team;
        trello.beforeAnswer = (request) => {
          if (request.index === index) trello.revoke();
        };
        const revoked = await team.cycle();
        const sent = trello.log.all().length;
        trello.credential.revoked = false;
        trello.beforeAnswer = () => {};
        team.restart();
        const after = await team.cycle();
        const board = trello.look.boards()[0]?.id ?? '';
        return [
          ...(codesOf(revoked).every((code) => code === 4) ? [] : [wordsOf(revoked).join(' | ')]),
          ...(sent > index + 1 + UNDER_WAY ? [`${sent} requests were sent`] : []),
          ...wordsOf(after).map((words) => `afterwards: ${words}`),
          ...differences(expected, pictureOf(trello, board)).slice(0, 3),
          ...doublesIn(trello).map((name) => `twice: ${name}`),
        ].map((problem) => `revoked after request ${index}: ${problem}`);
      }),
    );

    expect(problems.flat()).toEqual([]);
  });

  it('that may only read changes nothing, and is told', async () => {
    const team = await startTeam({ trello: { scopes: ['read'] } });

    const report = await team.cycle();

    expect(codesOf(report)).toEqual([4]);
    expect(wordsOf(report)).toEqual([expect.stringContaining('read,write')]);
    expect(team.trello.look.boards()).toEqual([]);
  });
});

describe('a board', { timeout: TIMEOUT_MS }, () => {
  it.each([
    ['lists', { 'lists.openPerBoard': 2 }],
    ['labels', { 'labels.perBoard': 3 }],
    ['cards', { 'cards.openPerBoard': 3 }],
    ['checklists', { 'checklists.perBoard': 1 }],
    ['points', { 'checkItems.perChecklist': 1 }],
    ['attachments', { 'attachments.perBoard': 0 }],
  ])(
    'that takes no more %s is told with its limit, and is made whole once there is room',
    async (_, limits) => {
      const team = await startTeam();
      allow(team, { limits });

      const full = await team.cycle();
      const again = await team.cycle();
      allow(team, { limits: {} });
      const after = await team.cycle();

      const told = [full, again].map((report) =>
        [...wordsOf(report), ...report.remarks.map((remark) => remark('en'))].filter((words) =>
          words.includes('limit'),
        ),
      );
      expect(told.map(({ length }) => length)).toEqual([1, 1]);
      expect(wordsOf(after)).toEqual([]);
      const found = pictureOf(team.trello, team.board);
      expect([...differences(await pictureWithoutLimits(), found), ...doublesIn(team.trello)]).toEqual([]);
    },
  );

  it.each([403, 429])(
    'of which Trello shows no cards, neither at once nor in pages, is told as that, with status %i, and nothing is lost',
    async (status) => {
      const team = await startTeam();
      await team.cycle();
      const fault: Fault = {
        type: 'status',
        status,
        body: { error: 'API_TOO_MANY_CARDS_REQUESTED', message: 'Too many cards requested' },
        when: 'before',
      };
      for (const route of ['boards.retrieve', 'boards.cards.filtered'] as const)
        team.trello.faults.on(route, fault);
      team.trello.log.clear();

      const report = await team.cycle();
      const after = await team.cycle();

      expect(wordsOf(report)).toEqual([expect.stringContaining('cards')]);
      expect(codesOf(report)).toEqual([3]);
      expect(wordsOf(after)).toEqual([]);
      expect(team.trello.log.writes()).toEqual([]);
    },
  );

  it('that people have closed is not written to, nor replaced', async () => {
    const team = await startTeam();
    await team.cycle();
    team.trello.person.closeBoard(team.board);
    team.trello.log.clear();

    const closed = await team.cycle();
    await team.loseStore();
    const [board] = team.trello.world.boards();
    team.trello.person.reopenBoard(board?.id ?? '');
    const after = await team.cycle();

    expect(wordsOf(closed)).toEqual([expect.stringContaining('Open it again')]);
    expect(codesOf(closed)).toEqual([3]);
    expect(team.trello.look.boards()).toHaveLength(1);
    expect(wordsOf(after)).toEqual([]);
  });
});
