import { expect, it } from 'vitest';
import { TrelloTeam } from './team.ts';

const OTHER = `ATTA${'ac'.repeat(36)}`;

async function errorsOf(team: TrelloTeam): Promise<readonly string[]> {
  const diagnoses = await team.finish((await team.workspace()).check());
  return diagnoses.filter(({ level }) => level === 'error').map(({ said }) => said('en'));
}

it('a token that may not write is told before anything is written', async () => {
  const team = await TrelloTeam.start({ trello: { scopes: ['read'] } });

  expect(await errorsOf(team)).toEqual([expect.stringMatching(/lets us read, and not write.*read,write/)]);
  expect(team.trello.log.writes()).toEqual([]);
  expect(team.trello.log.withSecretInUrl()).toEqual([]);
});

it('a token that may write is fine, and one of which Trello does not tell is not suspected', async () => {
  const able = await TrelloTeam.start();
  const mixed = await TrelloTeam.start({ trello: { scopes: ['read'] } });
  mixed.trello.addCredential(mixed.trello.key, OTHER, { scopes: ['read', 'write'] });
  const silent = await TrelloTeam.start({ trello: { scopes: ['read'] } });
  silent.trello.faults.on('members.tokens', {
    type: 'status',
    status: 401,
    body: 'missing scopes',
    when: 'before',
  });

  expect([await errorsOf(able), await errorsOf(mixed), await errorsOf(silent)]).toEqual([[], [], []]);
});
