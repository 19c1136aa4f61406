import { describe, expect, it } from 'vitest';
import { voice } from '#src/reconcile/replica.ts';
import { doublesIn, pictureOf, planTemplate } from './fault-matrix.ts';
import { TrelloTeam } from './team.ts';

const COMMENT = {
  key: 'first/two@notion-a',
  kind: 'comment',
  parent: 'first/two',
  fields: { text: 'Vu', author: 'Claire', origin: 'notion', at: '2026-11-20T09:00:00.000Z', archived: false },
} as const;

/** A board of which Trello shows neither all cards at once nor many in a page. */
async function crowdedTeam(status: 403 | 429 = 403): Promise<TrelloTeam> {
  const team = await TrelloTeam.start({
    template: planTemplate(),
    trello: { cardsWithBoardActions: 3, cardsPerPage: 3, tooManyCardsStatus: status },
    voices: [voice('elsewhere', [COMMENT])],
  });
  expect((await team.cycle()).failures).toEqual([]);
  await team.time.advance(300_000);
  team.trello.log.clear();
  return team;
}

describe('a board with too many cards for one answer', () => {
  it.each([403, 429] as const)(
    'is read in pages up to the last card, when Trello says so with %i',
    async (status) => {
      const team = await crowdedTeam(status);
      team.restart();

      const report = await team.cycle();
      const first = team.trello.log.counts();
      team.trello.log.clear();
      await team.cycle();
      const then = team.trello.log.counts();

      // Eight cards, three at a time, and an empty page that says that these are all.
      expect(report.failures).toEqual([]);
      expect(first).toEqual({ 'boards.retrieve': 2, 'boards.cards.filtered': 4 });
      expect(then).toEqual({ 'boards.retrieve': 1, 'boards.cards.filtered': 4 });
    },
  );

  it('shows what it shows in one answer: texts, values, comments and pictures', async () => {
    const calm = await TrelloTeam.start({
      template: planTemplate(),
      voices: [voice('elsewhere', [COMMENT])],
    });
    await calm.cycle();
    const team = await crowdedTeam();

    const report = await team.cycle();

    expect(report.workspaces[0]).toMatchObject({ created: 0, updated: 0, edits: 0 });
    expect(pictureOf(team.trello, team.board)).toEqual(pictureOf(calm.trello, calm.board));
    expect(doublesIn(team.trello)).toEqual([]);
  });

  it('loses a card that was deleted, and none that is on a later page', async () => {
    const team = await crowdedTeam();
    const { person, look } = team.trello;
    person.delete(look.cardNamed(team.board, 'one').id);
    person.complete(look.cardNamed(team.board, 'two').id);

    const report = await team.cycle('sync');

    const archived = [...(await team.agreed()).values()].filter(({ fields }) => fields.archived === true);
    expect(report.failures).toEqual([]);
    expect(archived.filter(({ kind }) => kind !== 'check').map(({ key }) => key)).toEqual(['first/one']);
    expect((await team.agreed()).get('first/two')?.fields.status).toBe('done');
  });

  it('is found again without the store', async () => {
    const team = await crowdedTeam();
    await team.loseStore();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(doublesIn(team.trello)).toEqual([]);
    expect(team.trello.log.writes().map(({ route }) => route)).toEqual([]);
  });

  it('takes a lost answer to a new card for what it was', async () => {
    const team = await crowdedTeam();
    const template = planTemplate();
    const [first, ...steps] = template.steps;
    if (!first) throw new Error('There is no step.');
    const [task] = first.tasks;
    if (!task) throw new Error('There is no task.');
    const more = { ...task, key: 'nine', checklist: [] };
    team.options = {
      ...team.options,
      template: {
        ...template,
        version: '2.0.0',
        steps: [{ ...first, tasks: [...first.tasks, more] }, ...steps],
      },
    };
    team.restart();
    team.trello.faults.on('cards.create', { type: 'reset', when: 'after' });

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]).toMatchObject({ adopted: 1 });
    expect(doublesIn(team.trello)).toEqual([]);
  });
});
