import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boardIn, cardIn, json, made, many, one, planIn, raw, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
beforeEach(async () => {
  trello = await startTrello();
});
afterEach(() => trello.stop());

const absent = '6f00000000000000000000aa';

describe('a board', () => {
  it('comes with the usual lists and labels unless they are declined', async () => {
    const usual = await made(trello, 'POST', 'boards', { name: 'Usuel' });
    const bare = await boardIn(trello, 'Nu');

    expect(trello.look.lists(usual).map(({ name }) => name)).toEqual(['To Do', 'Doing', 'Done']);
    expect(await json(trello, 'GET', `boards/${usual}/labels`)).toHaveLength(6);
    expect(await json(trello, 'GET', `boards/${bare}/lists`)).toEqual([]);
    expect(await json(trello, 'GET', `boards/${bare}/labels`)).toEqual([]);
  });

  it('is answered without its lists and labels', async () => {
    const board = await one(trello, 'POST', 'boards', { name: 'Plan', desc: 'plan-ref: acme' });

    expect(board).toMatchObject({
      name: 'Plan',
      desc: 'plan-ref: acme',
      idOrganization: null,
      closed: false,
    });
    expect(board).not.toHaveProperty('lists');
    expect(board).not.toHaveProperty('labels');
  });

  it('lies in a workspace by its id or its name', async () => {
    const { id, name } = trello.organization;

    const byId = await one(trello, 'POST', 'boards', { name: 'A', idOrganization: id });
    const byName = await one(trello, 'POST', 'boards', { name: 'B', idOrganization: name });

    expect([byId.idOrganization, byName.idOrganization]).toEqual([id, id]);
    expect(await refusal(trello, 'POST', 'boards', { name: 'C', idOrganization: absent })).toBe(
      '400 invalid value for idOrganization',
    );
  });

  it('lies in no workspace of others', async () => {
    const { id } = trello.world.addOrganization('Autre', []);

    expect(await refusal(trello, 'POST', 'boards', { name: 'Plan', idOrganization: id })).toBe(
      '400 invalid value for idOrganization',
    );
  });

  it('may be seen by the workspace only where there is one', async () => {
    const values = { name: 'Plan', prefs_permissionLevel: 'org' };

    const personal = await refusal(trello, 'POST', 'boards', values);
    const shared = await one(trello, 'POST', 'boards', { ...values, idOrganization: trello.organization.id });

    expect(personal).toBe('400 invalid value for prefs_permissionLevel');
    expect(shared.prefs).toMatchObject({ permissionLevel: 'org' });
  });

  it('is renamed, described, closed and given other preferences', async () => {
    const id = await boardIn(trello);
    const values = { name: 'Projet', desc: 'Texte', 'prefs/selfJoin': false, closed: true };

    const board = await one(trello, 'PUT', `boards/${id}`, values);

    expect(board).toMatchObject({ name: 'Projet', desc: 'Texte', closed: true, prefs: { selfJoin: false } });
    expect(trello.look.boards()).toEqual([]);
  });

  it('takes nothing while it is closed, which the simulator says aloud', async () => {
    const { board, list } = await planIn(trello);
    await json(trello, 'PUT', `boards/${board}`, { closed: true });

    const card = await refusal(trello, 'POST', 'cards', { idList: list, name: 'Une tâche' });
    const label = await refusal(trello, 'POST', `boards/${board}/labels`, { name: 'x', color: null });
    await json(trello, 'PUT', `boards/${board}`, { closed: false });

    const refused = '400 The simulator refuses: the board is closed.';
    expect([card, label]).toEqual([refused, refused]);
    expect(await cardIn(trello, list)).toMatch(/^[0-9a-f]{24}$/);
  });

  it('is deleted with everything on it', async () => {
    const { board, list } = await planIn(trello);
    const card = await cardIn(trello, list);
    await json(trello, 'POST', `cards/${card}/checklists`, { name: 'À faire' });

    const answer = await json(trello, 'DELETE', `boards/${board}`);

    expect(answer).toEqual({ _value: null });
    expect((await raw(trello, 'GET', `cards/${card}`)).status).toBe(404);
    expect(trello.world.count).toBe(0);
  });
});

describe('who is not on a board', () => {
  it('is refused with the permission that it takes, and with 404 where a test wants it', async () => {
    const { id } = trello.person.addBoard('Privé');
    trello.person.removeMember(id, 'clairemorel');
    await using hiding = await startTrello({ hiddenStatus: 404 });
    const hidden = hiding.person.addBoard('Privé');
    hiding.person.removeMember(hidden.id, 'clairemorel');

    expect(await refusal(trello, 'GET', `boards/${id}`)).toBe('401 unauthorized board permission requested');
    expect(await refusal(hiding, 'GET', `boards/${hidden.id}`)).toMatch(/^404/);
  });

  it('cannot see its cards either', async () => {
    const { board, list } = await planIn(trello);
    const card = await cardIn(trello, list);
    trello.person.removeMember(board, 'clairemorel');

    expect(await refusal(trello, 'GET', `cards/${card}`)).toBe('401 unauthorized card permission requested');
    expect(await refusal(trello, 'PUT', `cards/${card}`, { name: 'x' })).toMatch(/^401/);
  });

  it('works on it all the same when it is open to the workspace', async () => {
    const { board, list } = await planIn(trello);
    trello.person.editBoard(board, { 'prefs/permissionLevel': 'org' });
    trello.person.removeMember(board, 'clairemorel');

    expect(await cardIn(trello, list)).toMatch(/^[0-9a-f]{24}$/);
  });

  it('only reads it as an observer', async () => {
    const { board, list } = await planIn(trello);
    trello.person.addMember(board, 'clairemorel', 'observer');

    expect((await raw(trello, 'GET', `boards/${board}`)).status).toBe(200);
    expect(await refusal(trello, 'POST', 'cards', { idList: list })).toBe(
      '401 unauthorized list permission requested',
    );
  });
});

describe('lists of boards', () => {
  it('of a member have those that they are on, of the workspace all that they may see', async () => {
    const own = await boardIn(trello, 'Le mien');
    const personal = await made(trello, 'POST', 'boards', { name: 'Personnel' });
    const shared = trello.person.addBoard('Partagé', { prefs_permissionLevel: 'org' });
    trello.person.removeMember(shared.id, 'clairemorel');

    const mine = await many(trello, 'GET', 'members/me/boards?fields=name,desc,dateLastActivity');
    const ours = await many(trello, 'GET', `organizations/${trello.organization.id}/boards?fields=name`);

    expect(mine.map(({ id }) => id)).toEqual([own, personal]);
    expect(ours.map(({ name }) => name)).toEqual(['Le mien', 'Partagé']);
  });

  it('may leave out those that are closed, or keep only those', async () => {
    trello.person.closeBoard(await boardIn(trello, 'Fermé'));
    await boardIn(trello, 'Ouvert');
    const names = async (query: string) =>
      (await many(trello, 'GET', `members/me/boards?fields=name${query}`)).map(({ name }) => name);

    expect(await names('')).toEqual(['Fermé', 'Ouvert']);
    expect(await names('&filter=open')).toEqual(['Ouvert']);
    expect(await names('&filter=closed')).toEqual(['Fermé']);
  });

  it('tell the inbox of a member by its type', async () => {
    trello.person.openInbox();
    await boardIn(trello, 'Plan');

    const boards = await many(trello, 'GET', 'members/me/boards?fields=name,type');

    expect(boards).toMatchObject([
      { name: 'Inbox', type: 'inbox' },
      { name: 'Plan', type: null },
    ]);
  });
});

describe('a list', () => {
  it('goes to the front unless told otherwise', async () => {
    const board = await boardIn(trello);

    for (const name of ['un', 'deux']) await json(trello, 'POST', 'lists', { name, idBoard: board });
    await json(trello, 'POST', 'lists', { name: 'fin', idBoard: board, pos: 'bottom' });

    expect(trello.look.lists(board).map(({ name }) => name)).toEqual(['deux', 'un', 'fin']);
  });

  it('is made below its board, too', async () => {
    const board = await boardIn(trello);

    await json(trello, 'POST', `boards/${board}/lists`, { name: 'Cadrer', pos: 'bottom' });

    expect(trello.look.lists(board)).toMatchObject([{ name: 'Cadrer' }]);
  });

  it('takes cards though it is archived, where nobody sees them', async () => {
    const { board, list } = await planIn(trello);
    trello.person.archiveList(list);

    const card = await cardIn(trello, list);

    expect(trello.look.card(card).closed).toBe(false);
    expect(await json(trello, 'GET', `boards/${board}/cards`)).toEqual([]);
  });

  it('needs the long id of its board', async () => {
    const { shortLink } = await one(trello, 'GET', `boards/${await boardIn(trello)}?fields=shortLink`);

    expect(await refusal(trello, 'POST', 'lists', { name: 'x', idBoard: String(shortLink) })).toBe(
      '400 invalid value for idBoard',
    );
  });

  it('has no description', async () => {
    const { board } = await planIn(trello);

    expect(await refusal(trello, 'POST', 'lists', { name: 'x', idBoard: board, desc: 'y' })).toMatch(
      /no parameter “desc”/,
    );
  });

  it('is renamed, moved, archived, and only then deleted', async () => {
    const { board, list } = await planIn(trello);
    await made(trello, 'POST', 'lists', { name: 'Choisir', idBoard: board, pos: 'bottom' });
    const card = await cardIn(trello, list);

    await json(trello, 'PUT', `lists/${list}`, { name: 'Comprendre', pos: 'bottom' });
    const order = trello.look.lists(board).map(({ name }) => name);
    const early = await refusal(trello, 'DELETE', `lists/${list}`);
    await json(trello, 'PUT', `lists/${list}`, { closed: true });
    await json(trello, 'DELETE', `lists/${list}`);

    expect(order).toEqual(['Choisir', 'Comprendre']);
    expect(early).toMatch(/^400/);
    expect((await raw(trello, 'GET', `cards/${card}`)).status).toBe(404);
  });

  it('hides its cards from the visible ones once it is archived, not from the open ones', async () => {
    const { board, list } = await planIn(trello);
    await cardIn(trello, list);
    await json(trello, 'PUT', `lists/${list}`, { closed: true });
    const count = async (filter: string) =>
      (await many(trello, 'GET', `boards/${board}/cards?filter=${filter}`)).length;

    expect([await count('visible'), await count('open'), await count('closed')]).toEqual([0, 1, 0]);
  });
});

describe('labels', () => {
  it('are not unique, and may have no colour', async () => {
    const board = await boardIn(trello);
    const body = { name: 'Urgent', color: null };

    await json(trello, 'POST', `boards/${board}/labels`, body);
    await json(trello, 'POST', 'labels', { ...body, idBoard: board });

    expect(await json(trello, 'GET', `boards/${board}/labels`)).toMatchObject([body, body]);
  });

  it.each(['pink_dark', 'lime_light', 'sky'])('may be %s', async (color) => {
    const board = await boardIn(trello);

    expect(await one(trello, 'POST', 'labels', { name: '', color, idBoard: board })).toMatchObject({ color });
  });

  it('have no other colours, and say that they have none', async () => {
    const board = await boardIn(trello);

    expect(await refusal(trello, 'POST', 'labels', { name: '', color: 'teal', idBoard: board })).toBe(
      '400 invalid value for color',
    );
    expect(await refusal(trello, 'POST', 'labels', { name: '', idBoard: board })).toBe(
      '400 invalid value for color',
    );
  });

  it('are listed fifty at a time, and up to a thousand when asked', async () => {
    const board = await boardIn(trello);
    for (let index = 0; index < 60; index += 1) trello.person.addLabel(board, `n° ${index}`);
    const count = async (query: string) =>
      (await many(trello, 'GET', `boards/${board}/labels${query}`)).length;

    expect([await count(''), await count('?limit=1000'), await count('?limit=7')]).toEqual([50, 60, 7]);
    expect(await refusal(trello, 'GET', `boards/${board}/labels?limit=1001`)).toBe(
      '400 invalid value for limit',
    );
  });

  it('are renamed and recoloured, and leave all cards when deleted', async () => {
    const { board, list } = await planIn(trello);
    const label = await made(trello, 'POST', 'labels', { name: 'Urgent', color: 'red', idBoard: board });
    const card = await cardIn(trello, list, { idLabels: label });

    const changed = await one(trello, 'PUT', `labels/${label}`, { name: 'Pressé', color: 'pink' });
    await json(trello, 'DELETE', `labels/${label}`);

    expect(changed).toMatchObject({ name: 'Pressé', color: 'pink', uses: 1 });
    expect(trello.look.card(card).labels).toEqual([]);
  });
});
