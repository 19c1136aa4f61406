import { describe, expect, it } from 'vitest';
import { explain } from '#src/errors.ts';
import type { Item } from '#src/plan/item.ts';
import { TrelloTeam } from './team.ts';

async function teamAtWork(options: Parameters<typeof TrelloTeam.start>[0] = {}): Promise<TrelloTeam> {
  const team = await TrelloTeam.start(options);
  await team.cycle();
  await team.time.advance(300_000);
  team.trello.log.clear();
  return team;
}

function written(team: TrelloTeam): string[] {
  return team.trello.log.writes().map(({ route }) => route ?? 'unknown');
}

async function item(team: TrelloTeam, key: string): Promise<Item['fields']> {
  return (await team.agreed()).get(key)?.fields ?? {};
}

/** People make the board their own: names, order, what they add. */
function rearrange(team: TrelloTeam): void {
  const { person, look } = team.trello;
  const board = team.board;
  person.editBoard(board, { name: 'Notre projet' });
  person.renameList(look.list(board, 'first').id, 'D’abord');
  person.moveList(look.list(board, 'second').id, 'top');
  person.renameLabel(board, 'Urgente', 'Au feu');
  person.recolorLabel(board, 'Lead', 'lime');
  person.addLabel(board, 'À nous', 'pink');
  person.addList(board, 'Idées');
  person.reorder(look.cardNamed(board, 'two').id, 'top');
  person.retype(look.cardNamed(board, 'two').id, (desc) =>
    desc.replace('`jalon-ref', 'Ne pas effacer :\n**jalon-ref').replace('two`', 'two**'),
  );
}

it('a board laid out in one way is not read in the other, where what is done would be undone', async () => {
  const team = await TrelloTeam.start({ layout: 'status' });
  await team.cycle();
  const { look, person } = team.trello;
  person.move(look.cardNamed(team.board, 'one').id, look.list(team.board, 'Fait').id);
  await team.cycle('sync');

  team.options = { ...team.options, layout: 'steps' };
  team.restart();
  const report = await team.cycle();

  expect(report.failures.map(({ error }) => explain(error)('fr'))).toEqual([
    expect.stringMatching(/layout: status.*Remettez/s),
  ]);
  expect((await team.agreed()).get('first/one')?.fields.status).toBe('done');
});

describe('a board that people have made their own', () => {
  it('is found by its ids, and loses nothing that they have added', async () => {
    const team = await teamAtWork();
    rearrange(team);
    const before = team.trello.look.picture(team.board);

    const report = await team.cycle();
    team.restart();
    const again = await team.cycle();

    expect([report.failures, again.failures]).toEqual([[], []]);
    expect(team.trello.look.picture(team.board)).toEqual(before);
    expect(written(team)).toEqual([]);
  });

  it('is understood: a renamed label is still that label', async () => {
    const team = await teamAtWork();
    rearrange(team);
    const { person, look } = team.trello;
    person.label(look.cardNamed(team.board, 'one').id, 'Au feu');

    await team.cycle('sync');

    expect(await item(team, 'first/one')).toMatchObject({ priority: 'urgent' });
  });

  it('is found again when the store is lost, with all that people have done', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    const one = look.cardNamed(team.board, 'one').id;
    person.tick(one, 'Point A');
    person.complete(one);
    person.editBoard(team.board, { name: 'Notre projet' });
    person.deleteLines(look.cardNamed(team.board, 'three').id, /jalon-ref/);
    await team.loseStore();
    team.trello.log.clear();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(written(team).filter((route) => !/^(cards.update|attachments)/.test(route))).toEqual([]);
    expect(look.cards(team.board)).toHaveLength(5);
    expect(await item(team, 'first/one')).toMatchObject({ status: 'done' });
    expect(await item(team, 'first/one#a')).toMatchObject({ done: true });
    expect(look.cardNamed(team.board, 'three').desc).toContain('jalon-ref:second/three');
  });

  it('whose keys were deleted is known by the ids of its cards', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    for (const { id } of look.cards(team.board)) person.deleteLines(id, /jalon-ref/);

    const report = await team.cycle();
    const again = await team.cycle();

    expect([report.failures, again.failures]).toEqual([[], []]);
    expect(look.cards(team.board)).toHaveLength(5);
    expect(look.cardNamed(team.board, 'one').desc).toContain('jalon-ref:first/one');
    expect((await team.agreed()).size).toBe(5);
  });
});

describe('a label that people have deleted', () => {
  it('is made anew and put back; its absence is nobody’s word', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    person.deleteLabel(team.board, 'Lead');

    const report = await team.cycle();
    const again = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]?.edits).toBe(0);
    expect(look.cardNamed(team.board, 'one').labels).toEqual(['Lead']);
    expect(await item(team, 'first/one')).toMatchObject({ role: 'lead' });
    expect(again.workspaces[0]).toMatchObject({ updated: 0, edits: 0 });
  });
});

describe('a list that people have archived', () => {
  it('is told, and its cards stay as they are', async () => {
    const team = await teamAtWork();
    team.trello.person.archiveList(team.trello.look.list(team.board, 'second').id);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([expect.stringMatching(/archivée/)]);
    expect(await item(team, 'second/three')).toMatchObject({ archived: false });
    expect(written(team)).toEqual([]);
  });
});

describe('a board', () => {
  it('that people name is adopted, with its lists where they bear our names', async () => {
    const team = await TrelloTeam.start();
    const { person, look } = team.trello;
    const board = person.addBoard('Compta');
    person.addList(board.id, 'first');
    team.options = { ...team.options, board: board.id };

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(look.boards()).toHaveLength(1);
    expect(look.lists(board.id).filter(({ name }) => name === 'first')).toHaveLength(1);
    expect(look.cards(board.id)).toHaveLength(5);
  });

  it('that is closed stops the project, and none is made in its place', async () => {
    const team = await teamAtWork();
    team.trello.person.closeBoard(team.board);

    const report = await team.cycle();

    expect(String(report.failures[0]?.error)).toMatch(/closed/);
    expect(written(team)).toEqual([]);
  });

  it('that is closed stops the project also when the store is lost', async () => {
    const team = await teamAtWork();
    team.trello.person.closeBoard(team.board);
    await team.loseStore();

    const diagnoses = await (await team.workspace()).check();
    const report = await team.cycle();

    expect(diagnoses.find(({ level }) => level === 'error')?.said('en')).toMatch(/closed/);
    expect(String(report.failures[0]?.error)).toMatch(/closed/);
    expect(written(team)).toEqual([]);
  });

  it('from which our access was taken stops the project with words on it', async () => {
    const team = await teamAtWork();
    team.trello.person.deleteBoard(team.board);

    const report = await team.cycle();

    expect(String(report.failures[0]?.error)).toMatch(/no longer shows the board/);
    expect(written(team)).toEqual([]);
  });
});

describe('the card of the overview', () => {
  it('is brought up to date in place, with one picture', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    person.complete(look.cardNamed(team.board, 'one').id);

    await team.cycle('sync');
    const shown = look.cardNamed(team.board, 'Avancement du plan');

    expect(shown.desc).toContain('1 sur 3');
    expect(shown.attachments).toHaveLength(1);
  });

  it('stays away once people have archived it', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    person.archive(look.cardNamed(team.board, 'Avancement du plan').id);
    person.complete(look.cardNamed(team.board, 'one').id);

    const report = await team.cycle();
    await team.cycle();

    expect(report.failures).toEqual([]);
    expect(look.cards(team.board).map(({ name }) => name)).not.toContain('Avancement du plan');
  });
});

it('a card of the team’s own that becomes a task of the plan bears its labels also after a run that died', async () => {
  const team = await TrelloTeam.start();
  const { person, look } = team.trello;
  const board = person.addBoard('Compta');
  person.addCard(person.addList(board.id, 'first').id, 'one');
  team.options = { ...team.options, board: board.id };
  await team.cycle();
  person.deleteLines(look.cardNamed(board.id, 'one').id, /jalon-ref/);
  person.unlabel(look.cardNamed(board.id, 'one').id, 'Lead');
  await team.loseStore();

  await team.cycle();

  expect(look.cardNamed(board.id, 'one').labels).toEqual(['Lead']);
});
