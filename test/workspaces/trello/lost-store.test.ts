import { describe, expect, it } from 'vitest';
import { explain } from '#src/errors.ts';
import { doublesIn } from './fault-matrix.ts';
import { type TeamOptions, TrelloTeam } from './team.ts';

async function teamAtWork(options: TeamOptions): Promise<TrelloTeam> {
  const team = await TrelloTeam.start(options);
  expect((await team.cycle()).failures).toEqual([]);
  await team.time.advance(24 * 60 * 60_000);
  return team;
}

function cardOf(team: TrelloTeam, name: string): string {
  return team.trello.look.cardNamed(team.board, name).id;
}

function listOf(team: TrelloTeam, name: string): string {
  return team.trello.look.list(team.board, name).id;
}

async function statusOf(team: TrelloTeam, key: string) {
  return (await team.agreed()).get(key)?.fields.status;
}

describe('a list for a status that was renamed before the store was lost', () => {
  it('is known by the place where it was put, with the cards that people have moved there', async () => {
    const team = await teamAtWork({ layout: 'status' });
    const { person, look } = team.trello;
    person.renameList(listOf(team, 'Bloqué'), 'Coincé');
    person.renameList(listOf(team, 'En cours'), 'Sur le feu');
    person.move(cardOf(team, 'one'), listOf(team, 'Coincé'));
    const before = look.lists(team.board).map(({ name }) => name);
    await team.loseStore();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(look.lists(team.board).map(({ name }) => name)).toEqual(before);
    expect(await statusOf(team, 'first/one')).toBe('blocked');
    expect(doublesIn(team.trello)).toEqual([]);
  });

  it('is made again where it was moved as well: nothing is left by which to know it, and that is told', async () => {
    const team = await teamAtWork({ layout: 'status' });
    const { person } = team.trello;
    person.renameList(listOf(team, 'Bloqué'), 'Coincé');
    person.moveList(listOf(team, 'Coincé'), 'top');
    person.move(cardOf(team, 'one'), listOf(team, 'Coincé'));
    await team.loseStore();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(team.trello.look.lists(team.board).map(({ name }) => name)).toContain('Bloqué');
    expect(report.remarks.map((remark) => remark('fr')).join()).toMatch(/«.Coincé.»/);
  });

  it('is not taken for a list of the team’s own that stands in its place', async () => {
    const team = await teamAtWork({ layout: 'status' });
    const { person, world } = team.trello;
    const blocked = world.need('list', listOf(team, 'Bloqué'));
    const own = person.addList(team.board, 'Vacances');
    world.need('list', own.id).pos = blocked.pos;
    person.renameList(blocked.id, 'Coincé');
    person.moveList(blocked.id, 'top');
    person.addCard(own.id, 'Du 1er au 15');
    await team.loseStore();

    await team.cycle();

    expect([...(await team.agreed()).values()].map(({ fields }) => fields.title)).not.toContain(
      'Du 1er au 15',
    );
  });
});

it('an empty list of a step that was renamed before the store was lost is known by its place', async () => {
  const team = await teamAtWork({ layout: 'steps' });
  const { person, look } = team.trello;
  person.move(cardOf(team, 'three'), listOf(team, 'first'));
  person.renameList(listOf(team, 'second'), 'Ensuite');
  await team.loseStore();

  await team.cycle();

  expect(look.lists(team.board).map(({ name }) => name)).toEqual(['first', 'Ensuite', 'Tools']);
});

describe('another layout', () => {
  it.each([
    ['steps', 'status'],
    ['status', 'steps'],
  ] as const)(
    'than %s is refused also when the store is lost, and nothing is touched',
    async (before, now) => {
      const team = await teamAtWork({ layout: before });
      await team.loseStore();
      team.options = { ...team.options, layout: now };
      team.restart();
      team.trello.log.clear();

      const report = await team.cycle();

      expect(report.failures.map(({ error }) => explain(error)('fr'))).toEqual([
        expect.stringMatching(new RegExp(`layout: ${before}.*dit «.${now}.».*Remettez`, 's')),
      ]);
      expect(team.trello.log.writes()).toEqual([]);
    },
  );

  it('is not seen in a board that people have renamed and filled with lists of their own', async () => {
    const team = await teamAtWork({ layout: 'steps' });
    const { person } = team.trello;
    person.renameList(listOf(team, 'first'), 'D’abord');
    person.addList(team.board, 'Fait');
    person.addList(team.board, 'En cours');
    await team.loseStore();

    expect((await team.cycle()).failures).toEqual([]);
  });
});
