import { describe, expect, it } from 'vitest';
import { TrelloTeam } from './team.ts';

/** The plan has one checklist, with one point. */
const SIGNATURE = JSON.stringify(['Point A']);

/** A checklist with these points on the board of another company. */
function elsewhere({ trello }: TrelloTeam, points: readonly string[]) {
  const { person } = trello;
  const board = person.addBoard('Une autre entreprise');
  const card = person.addCard(person.addList(board.id, 'Une liste').id, 'Une carte');
  return { board, checklist: person.addChecklist(card.id, 'Points à vérifier', points) };
}

function pointsOf({ trello: { look } }: TrelloTeam): unknown {
  const board = look.board('Boulangerie Martin – A small project');
  return look.cardNamed(board.id, 'one').checklists;
}

describe('a checklist that another board has already', () => {
  it('is copied with all its points in one request', async () => {
    const team = await TrelloTeam.start();
    const { checklist } = elsewhere(team, ['Point A']);
    team.connection.stamps.offer(SIGNATURE, Promise.resolve(checklist.id));

    const report = await team.cycle();
    const { created } = report.workspaces[0] ?? {};
    const counts = team.trello.log.counts();
    team.trello.log.clear();
    await team.cycle();

    expect(report.failures).toEqual([]);
    expect([created, pointsOf(team)]).toEqual([5, { 'Points à vérifier': ['Point A'] }]);
    expect([counts['checklists.create'], counts['checkItems.create']]).toEqual([1, undefined]);
    expect(team.trello.log.counts()).toEqual({ 'boards.retrieve': 1 });
  });

  it('is mended where the copy holds other points', async () => {
    const team = await TrelloTeam.start();
    const { checklist } = elsewhere(team, ['Un point de trop', 'Un autre']);
    team.connection.stamps.offer(SIGNATURE, Promise.resolve(checklist.id));

    const report = await team.cycle();
    const again = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(pointsOf(team)).toEqual({ 'Points à vérifier': ['Point A'] });
    expect(again.workspaces[0]).toMatchObject({ created: 0, updated: 0, edits: 0 });
  });

  it('is written out where Trello will not copy it', async () => {
    const team = await TrelloTeam.start();
    const { board, checklist } = elsewhere(team, ['Point A']);
    team.trello.person.deleteBoard(board.id);
    team.connection.stamps.offer(SIGNATURE, Promise.resolve(checklist.id));

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(pointsOf(team)).toEqual({ 'Points à vérifier': ['Point A'] });
  });

  it('is known from reading a board, unless someone has ticked a point', async () => {
    const team = await TrelloTeam.start();
    await team.cycle();
    team.restart();
    await team.cycle();
    const plain = team.connection.stamps.has(SIGNATURE);

    team.trello.person.tick(team.trello.look.cardNamed(team.board, 'one').id, 'Point A');
    team.restart();
    await team.cycle('sync');

    expect([plain, team.connection.stamps.has(SIGNATURE)]).toEqual([true, false]);
  });
});
