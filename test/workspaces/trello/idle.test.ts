import { describe, expect, it } from 'vitest';
import { TrelloTeam } from './team.ts';

async function settledTeam(): Promise<TrelloTeam> {
  const team = await TrelloTeam.start();
  await team.cycle();
  await team.cycle();
  await team.time.advance(60_000);
  team.trello.log.clear();
  return team;
}

async function glance(team: TrelloTeam): Promise<string | undefined> {
  const workspace = await team.workspace();
  return team.finish(Promise.resolve(workspace.glance?.()));
}

describe('a quiet board', () => {
  it('costs one question for all projects of the connection, and none that was just asked', async () => {
    const team = await settledTeam();

    const first = await glance(team);
    const second = await glance(team);
    await team.time.advance(10_000);
    const third = await glance(team);

    expect([first, second, third]).toEqual([first, first, first]);
    expect(first).not.toBeUndefined();
    expect(team.trello.log.counts()).toEqual({ 'members.boards': 2 });
  });

  it('shows at a glance that someone has moved a card', async () => {
    const team = await settledTeam();
    const before = await glance(team);
    const { person, look } = team.trello;

    person.rename(look.cardNamed(team.board, 'one').id, 'Relever les dates');
    await team.time.advance(10_000);

    expect(await glance(team)).not.toBe(before);
  });

  it('shows at a glance that a webhook has named it', async () => {
    const team = await settledTeam();
    const before = await glance(team);

    (await team.workspace()).hear?.([team.board]);

    expect(await glance(team)).not.toBe(before);
  });

  it('cannot tell when Trello does not answer, so that it is read', async () => {
    const team = await settledTeam();
    await team.time.advance(10_000);
    team.trello.faults.on('members.boards', { type: 'status', status: 400, body: 'invalid', when: 'before' });

    expect(await glance(team)).toBeUndefined();
  });
});

describe('what no sign tells', () => {
  it('is found by reading the board, which comes round in any case', async () => {
    const team = await settledTeam();
    const before = await glance(team);
    team.trello.person.label(team.trello.look.cardNamed(team.board, 'one').id, 'Bloqué');
    await team.time.advance(10_000);
    const hidden = await glance(team);

    await team.time.advance(300_000);
    const sign = await glance(team);
    await team.cycle('sync');

    expect(hidden).toBe(before);
    expect(sign).toBeUndefined();
    expect((await team.agreed()).get('first/one')?.fields.status).toBe('blocked');
  });

  it('comes round the more rarely, the more boards there are', async () => {
    const team = await settledTeam();
    const alone = team.connection.readUnaskedEveryMs;

    for (let n = 1; n < 1000; n += 1) team.connection.noteBoard(`board ${n}`);

    expect(alone).toBe(300_000);
    // 1,000 requests at a fifth of 10 a second.
    expect(team.connection.readUnaskedEveryMs).toBe(500_000);
  });
});
