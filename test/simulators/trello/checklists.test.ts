import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asObjects, asText } from '../json.ts';
import { cardIn, type Ids, json, made, many, one, planIn, raw, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
let plan: Ids;
let card: string;
beforeEach(async () => {
  trello = await startTrello();
  plan = await planIn(trello);
  card = await cardIn(trello, plan.list);
});
afterEach(() => trello.stop());

function checklist(name = 'Étapes', on = card): Promise<string> {
  return made(trello, 'POST', 'checklists', { idCard: on, name });
}

function item(idChecklist: string, name: string, values = {}): Promise<string> {
  return made(trello, 'POST', `checklists/${idChecklist}/checkItems`, { name, ...values });
}

describe('a checklist', () => {
  it('hangs on a card, in its order, and holds items in theirs', async () => {
    const second = await checklist('Deux');
    await made(trello, 'POST', `cards/${card}/checklists`, { name: 'Un', pos: 'top' });
    await item(second, 'b');
    await item(second, 'a', { pos: 'top', checked: true });

    const checklists = await many(trello, 'GET', `cards/${card}/checklists`);

    expect(checklists).toMatchObject([
      { name: 'Un', idCard: card, idBoard: plan.board, checkItems: [] },
      {
        name: 'Deux',
        checkItems: [
          { name: 'a', state: 'complete', nameData: null, due: null },
          { name: 'b', state: 'incomplete' },
        ],
      },
    ]);
    expect(trello.look.card(card).checklists).toEqual({ Un: [], Deux: ['✓ a', 'b'] });
  });

  it('is copied with all its items in one request, and answered with them', async () => {
    const source = await checklist();
    for (const name of ['Lire', 'Écrire']) await item(source, name);
    trello.person.tick(card, 'Lire');
    const other = await cardIn(trello, plan.list, { name: 'Autre' });

    const copy = await one(trello, 'POST', 'checklists', { idCard: other, idChecklistSource: source });

    expect(copy).toMatchObject({ name: 'Étapes', idCard: other });
    expect(asObjects(copy.checkItems).map(({ name, state }) => [name, state])).toEqual([
      ['Lire', 'incomplete'],
      ['Écrire', 'incomplete'],
    ]);
    expect(trello.look.card(card).checklists).toEqual({ Étapes: ['✓ Lire', 'Écrire'] });
  });

  it('is renamed, moved and deleted', async () => {
    const first = await checklist('Un');
    await checklist('Deux');

    await json(trello, 'PUT', `checklists/${first}`, { name: 'Trois', pos: 'bottom' });
    const order = (await many(trello, 'GET', `cards/${card}/checklists`)).map(({ name }) => name);
    await json(trello, 'DELETE', `checklists/${first}`);

    expect(order).toEqual(['Deux', 'Trois']);
    expect((await raw(trello, 'GET', `checklists/${first}`)).status).toBe(404);
    expect((await one(trello, 'GET', `cards/${card}`)).idChecklists).toHaveLength(1);
  });

  it('is counted in the badges of its card', async () => {
    const list = await checklist();
    await item(list, 'a', { checked: true });
    await item(list, 'b');

    expect(await one(trello, 'GET', `cards/${card}?fields=badges`)).toMatchObject({
      badges: { checkItems: 2, checkItemsChecked: 1 },
    });
  });

  it('goes with its card', async () => {
    const list = await checklist();

    await json(trello, 'DELETE', `cards/${card}`);

    expect((await raw(trello, 'GET', `checklists/${list}`)).status).toBe(404);
  });
});

describe('an item', () => {
  it('is ticked, renamed and moved by way of its card', async () => {
    const list = await checklist();
    const [a] = [await item(list, 'a'), await item(list, 'b')];
    const path = `cards/${card}/checkItem/${a}`;

    await json(trello, 'PUT', path, { state: 'complete' });
    await json(trello, 'PUT', path, { name: 'c', pos: 'bottom' });

    expect(trello.look.card(card).checklists).toEqual({ Étapes: ['b', '✓ c'] });
  });

  it('is ticked again without harm, and that is no new action', async () => {
    const a = await item(await checklist(), 'a');

    for (const state of ['complete', 'complete']) {
      await json(trello, 'PUT', `cards/${card}/checkItem/${a}`, { state });
    }

    expect(trello.look.actions(plan.board, 'updateCheckItemStateOnCard')).toHaveLength(1);
  });

  it('goes to another checklist of the same card', async () => {
    const a = await item(await checklist('Un'), 'a');
    const other = await checklist('Deux');

    await json(trello, 'PUT', `cards/${card}/checkItem/${a}`, { idChecklist: other });

    expect(trello.look.card(card).checklists).toEqual({ Un: [], Deux: ['a'] });
  });

  it('is deleted', async () => {
    const list = await checklist();
    const [a, b] = [await item(list, 'a'), await item(list, 'b')];

    await json(trello, 'DELETE', `checklists/${list}/checkItems/${a}`);
    await json(trello, 'DELETE', `cards/${card}/checkItem/${b}`);

    expect(await json(trello, 'GET', `checklists/${list}/checkItems`)).toEqual([]);
  });

  it.each([
    ['without a name', {}, '400 invalid value for name'],
    ['with a name that is empty', { name: '' }, '400 invalid value for name'],
    ['ticked by a state', { name: 'a', state: 'complete' }, /no parameter “state”/],
    ['ticked by a word', { name: 'a', checked: 'yes' }, '400 invalid value for checked'],
  ])('is refused %s', async (_name, values, text) => {
    const refused = await refusal(trello, 'POST', `checklists/${await checklist()}/checkItems`, values);

    expect(refused).toMatch(text);
  });

  it.each([
    ['a state that there is not', { state: 'done' }, '400 invalid value for state'],
    ['a state of true', { state: true }, '400 invalid value for state'],
    ['a checklist that there is not', { idChecklist: '6f00000000000000000000aa' }, /value for idChecklist$/],
  ])('does not take %s', async (_name, values, text) => {
    const a = await item(await checklist(), 'a');

    expect(await refusal(trello, 'PUT', `cards/${card}/checkItem/${a}`, values)).toMatch(text);
  });

  it('does not go to a checklist of another card', async () => {
    const a = await item(await checklist(), 'a');
    const elsewhere = await checklist('Autre', await cardIn(trello, plan.list));

    const refused = await refusal(trello, 'PUT', `cards/${card}/checkItem/${a}`, { idChecklist: elsewhere });

    expect(refused).toBe('400 invalid value for idChecklist');
    expect(trello.look.card(card).checklists).toEqual({ Étapes: ['a'] });
  });

  it('is not found on another card', async () => {
    const a = await item(await checklist(), 'a');
    const other = await cardIn(trello, plan.list);

    expect(await refusal(trello, 'PUT', `cards/${other}/checkItem/${a}`, { state: 'complete' })).toMatch(
      /^404/,
    );
  });
});

describe('date and member of an item', () => {
  const details = { due: '2027-01-15T11:00:00Z' };

  it('are passed over on Free, without a word', async () => {
    const answer = await one(trello, 'POST', `checklists/${await checklist()}/checkItems`, {
      name: 'a',
      ...details,
    });

    expect([answer.name, answer.due]).toEqual(['a', null]);
  });

  it('are refused on Free where a test wants it', async () => {
    await using strict = await startTrello({ advancedChecklistsOnFree: 'refused' });
    const { list } = await planIn(strict);
    const idCard = await cardIn(strict, list);
    const id = await made(strict, 'POST', 'checklists', { idCard, name: 'x' });

    const refused = await refusal(strict, 'POST', `checklists/${id}/checkItems`, { name: 'a', ...details });

    expect(refused).toMatch(/^403/);
  });

  it('are kept on a paid plan, and cleared by null', async () => {
    await using paid = await startTrello({ plan: 'standard' });
    const { list } = await planIn(paid);
    const idCard = await cardIn(paid, list);
    const id = await made(paid, 'POST', 'checklists', { idCard, name: 'x' });
    const values = { name: 'a', ...details, idMember: paid.person.id };

    const kept = await one(paid, 'POST', `checklists/${id}/checkItems`, values);
    const path = `cards/${idCard}/checkItem/${asText(kept.id)}`;
    const cleared = await one(paid, 'PUT', path, { due: null, idMember: null });

    expect(kept).toMatchObject({ due: '2027-01-15T11:00:00.000Z', idMember: paid.person.id });
    expect(cleared).toMatchObject({ due: null, idMember: null });
  });
});
