import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardIn, type Ids, json, many, one, planIn, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello({ plan: 'premium' });
  plan = await planIn(trello);
});
afterEach(() => trello.stop());

function marc(): string {
  return trello.world.findMember('marcpetit')?.id ?? '';
}

describe('a member', () => {
  it('is found by id, by user name, and as oneself', async () => {
    const byId = await one(trello, 'GET', `members/${marc()}?fields=fullName`);
    const byName = await one(trello, 'GET', 'members/marcpetit?fields=fullName');
    const oneself = await one(trello, 'GET', 'members/me?fields=idBoards,idOrganizations');

    expect(byId).toEqual(byName);
    expect(oneself).toMatchObject({ idBoards: [plan.board], idOrganizations: [trello.organization.id] });
  });

  it('is not found by e-mail', async () => {
    expect(await refusal(trello, 'GET', 'members/marc@example.org')).toMatch(/^404/);
  });

  it('is searched for by e-mail, which the answer does not tell', async () => {
    const found = await many(trello, 'GET', 'search/members?query=marc@example.org');
    const nobody = await many(trello, 'GET', 'search/members?query=marc@example');

    expect(found).toMatchObject([{ id: marc(), username: 'marcpetit' }]);
    expect(JSON.stringify(found)).not.toContain('example.org');
    expect(nobody).toEqual([]);
  });

  it('of a token is told by the token, which then stands in the URL', async () => {
    const member = await one(trello, 'GET', `tokens/${trello.token}/member`);

    expect(member).toMatchObject({ username: 'clairemorel' });
    expect(trello.log.withSecretInUrl()).toHaveLength(1);
  });
});

describe('members of a board', () => {
  it('are its creator at first', async () => {
    expect(await many(trello, 'GET', `boards/${plan.board}/members`)).toMatchObject([
      { username: 'clairemorel', fullName: 'Claire Morel' },
    ]);
    expect(await many(trello, 'GET', `boards/${plan.board}/memberships`)).toMatchObject([
      { memberType: 'admin', unconfirmed: false },
    ]);
  });

  it('are added, given another role, and removed with their cards', async () => {
    const path = `boards/${plan.board}/members/${marc()}`;

    const added = await one(trello, 'PUT', path, { type: 'normal' });
    const card = await cardIn(trello, plan.list, { idMembers: marc() });
    const promoted = await one(trello, 'PUT', path, { type: 'admin' });
    await json(trello, 'DELETE', path);

    expect(added).toMatchObject({ id: plan.board, members: [{}, { username: 'marcpetit' }] });
    expect(promoted.memberships).toMatchObject([{}, { idMember: marc(), memberType: 'admin' }]);
    expect(trello.look.card(card).members).toEqual([]);
    expect(trello.look.actions(plan.board, 'addMemberToBoard')).toHaveLength(1);
    expect(trello.look.actions(plan.board, 'removeMemberFromBoard')).toHaveLength(1);
  });

  it('are invited by e-mail, whether they have an account or not', async () => {
    const path = `boards/${plan.board}/members`;

    await json(trello, 'PUT', `${path}?email=marc@example.org`);
    const body = { email: 'lea@example.org', fullName: 'Léa Roux' };
    const answer = await one(trello, 'PUT', `${path}?type=normal`, body);

    expect(answer.members).toMatchObject([{}, { username: 'marcpetit' }, { fullName: 'Léa Roux' }]);
    expect(answer.memberships).toMatchObject([{}, { unconfirmed: false }, { unconfirmed: true }]);
  });

  it('become admins only once they have come', async () => {
    const path = `boards/${plan.board}/members`;
    const body = { email: 'lea@example.org', fullName: 'Léa Roux' };

    const early = await refusal(trello, 'PUT', path, { ...body, type: 'admin' });
    await json(trello, 'PUT', path, body);
    const lea = trello.world.findMember('lea@example.org')?.id;
    const invited = await refusal(trello, 'PUT', `${path}/${lea}`, { type: 'admin' });
    trello.person.comeIn('lea@example.org');

    expect([early, invited]).toEqual(['400 invalid value for type', '400 invalid value for type']);
    expect((await one(trello, 'PUT', `${path}/${lea}`, { type: 'admin' })).memberships).toMatchObject([
      {},
      { memberType: 'admin' },
    ]);
  });

  it.each([
    ['an address that is none', { email: 'marc', fullName: 'Marc' }, 'invalid value for email'],
    ['nobody', { fullName: 'Marc' }, 'invalid value for email'],
    ['somebody unknown without a name', { email: 'lea@example.org' }, 'invalid value for fullName'],
    ['a role that there is not', { email: 'marc@example.org', type: 'owner' }, 'invalid value for type'],
  ])('are refused: %s', async (_name, body, text) => {
    expect(await refusal(trello, 'PUT', `boards/${plan.board}/members`, body)).toBe(`400 ${text}`);
  });
});

describe('a workspace', () => {
  it('is found by id and name, with its people', async () => {
    const { id, name } = trello.organization;

    expect(await one(trello, 'GET', `organizations/${name}?fields=displayName`)).toEqual({
      id,
      displayName: 'Facturation',
    });
    expect(await many(trello, 'GET', `organizations/${id}/members?fields=username`)).toMatchObject([
      { username: 'clairemorel' },
      { username: 'marcpetit' },
    ]);
    expect(await many(trello, 'GET', 'members/me/organizations?fields=name')).toEqual([{ id, name }]);
  });

  it('is seen by who is in it', async () => {
    const other = trello.world.addOrganization('Autre', []);

    expect(await refusal(trello, 'GET', `organizations/${other.id}`)).toBe(
      '401 unauthorized org permission requested',
    );
    expect(await refusal(trello, 'GET', 'organizations/nulle')).toMatch(/^404/);
  });
});
