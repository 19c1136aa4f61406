import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asObjects, asText, type JsonObject } from '../json.ts';
import { cardIn, type Ids, json, made, many, one, planIn, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
let plan: Ids;
let card: string;
beforeEach(async () => {
  trello = await startTrello({ plan: 'standard' });
  plan = await planIn(trello);
  card = await cardIn(trello, plan.list);
});
afterEach(() => trello.stop());

function field(name: string, type: string, more: JsonObject = {}): Promise<JsonObject> {
  const body = { idModel: plan.board, modelType: 'board', name, type, pos: 'bottom', ...more };
  return one(trello, 'POST', 'customFields', body);
}

function write(idField: unknown, body: JsonObject): Promise<JsonObject> {
  return one(trello, 'PUT', `cards/${card}/customField/${idField}/item`, body);
}

describe('a custom field', () => {
  it.each([
    ['text', { text: 'plan-ref: 7f3a' }],
    ['number', { number: '3.5' }],
    ['date', { date: '2027-01-15T11:00:00.000Z' }],
    ['checkbox', { checked: 'true' }],
  ])('of the type %s holds a value that is a text', async (type, value) => {
    const { id } = await field('Champ', type);

    const answer = await write(id, { value });

    expect(answer).toMatchObject({ idCustomField: id, idModel: card, value, idValue: null });
    expect(await many(trello, 'GET', `cards/${card}/customFieldItems`)).toMatchObject([{ value }]);
  });

  it('that is a list holds one of its options', async () => {
    const { id, options } = await field('Priorité', 'list', {
      options: [{ value: { text: 'Haute' }, color: 'red', pos: 'top' }, { value: { text: 'Basse' } }],
    });
    const added = await made(trello, 'POST', `customFields/${id}/options`, { value: { text: 'Nulle' } });

    await write(id, { idValue: asText(asObjects(options)[0]?.id) });

    expect(trello.look.card(card).fields).toEqual({ Priorité: 'Haute' });
    expect(added).toMatch(/^[0-9a-f]{24}$/);
  });

  it('is cleared by an empty text', async () => {
    const text = await field('Texte', 'text');
    const list = await field('Priorité', 'list', { options: [{ value: { text: 'Haute' } }] });
    await write(text.id, { value: { text: 'x' } });
    await write(list.id, { idValue: asText(asObjects(list.options)[0]?.id) });

    await write(text.id, { value: '' });
    await write(list.id, { idValue: '', value: '' });

    expect(await json(trello, 'GET', `cards/${card}/customFieldItems`)).toEqual([]);
  });

  it.each([
    ['a number that is no text', 'number', { value: { number: 3 } }],
    ['a number in words', 'number', { value: { number: 'trois' } }],
    ['a value of another type', 'text', { value: { number: '3' } }],
    ['a tick that is neither', 'checkbox', { value: { checked: 'oui' } }],
    ['a date that is none', 'date', { value: { date: 'hier' } }],
    ['a bare value', 'text', { value: 'x' }],
    ['an option', 'text', { idValue: '6f00000000000000000000aa' }],
  ])('refuses %s', async (_name, type, body) => {
    const { id } = await field('Champ', type);

    expect(await refusal(trello, 'PUT', `cards/${card}/customField/${id}/item`, body)).toMatch(
      /^400 invalid value for (value|idValue)$/,
    );
  });

  it('is written together with others', async () => {
    const [a, b] = [await field('A', 'text'), await field('B', 'number')];
    const customFieldItems = [
      { idCustomField: asText(a.id), value: { text: 'x' } },
      { idCustomField: asText(b.id), value: { number: '2' } },
    ];

    await json(trello, 'PUT', `cards/${card}/customFields`, { customFieldItems });

    expect(trello.look.card(card).fields).toEqual({ A: 'x', B: '2' });
  });

  it('tells in an action what it held before', async () => {
    const { id } = await field('Texte', 'text');
    await write(id, { value: { text: 'un' } });

    await write(id, { value: { text: 'deux' } });

    expect(trello.look.actions(plan.board).at(-1)).toMatchObject({
      type: 'updateCustomFieldItem',
      data: { old: { value: { text: 'un' } }, customFieldItem: { value: { text: 'deux' } } },
    });
  });

  it('is renamed, and takes its values along when it is deleted', async () => {
    const { id } = await field('Texte', 'text');
    await write(id, { value: { text: 'x' } });

    const renamed = await one(trello, 'PUT', `customFields/${id}`, { name: 'Mot' });
    await json(trello, 'DELETE', `customFields/${id}`);

    expect(renamed).toMatchObject({ name: 'Mot' });
    expect(trello.look.card(card).fields).toEqual({});
    expect(await json(trello, 'GET', `boards/${plan.board}/customFields`)).toEqual([]);
  });

  it('stays behind when its card leaves the board', async () => {
    const { id } = await field('Texte', 'text');
    await write(id, { value: { text: 'x' } });
    const other = trello.person.addBoard('Autre');
    const list = trello.person.addList(other.id, 'Là');

    await json(trello, 'PUT', `cards/${card}`, { idBoard: other.id, idList: list.id });

    expect(trello.look.card(card).fields).toEqual({});
  });

  it('has options only when it is a list', async () => {
    const { id } = await field('Texte', 'text');

    expect(await refusal(trello, 'POST', `customFields/${id}/options`, { value: { text: 'x' } })).toBe(
      '400 invalid value for value',
    );
  });
});

describe('on Free', () => {
  it('there are none: they are refused, and reads are empty', async () => {
    await using free = await startTrello({ plan: 'free' });
    const { board, list } = await planIn(free);
    const id = await cardIn(free, list);
    free.person.addField(board, 'Reste d’un essai', 'text');
    free.person.setField(id, 'Reste d’un essai', { value: { text: 'x' } });
    const body = { idModel: board, modelType: 'board', name: 'x', type: 'text', pos: 'top' };

    const refused = await refusal(free, 'POST', 'customFields', body);
    const read = await one(
      free,
      'GET',
      `boards/${board}?customFields=true&cards=all&card_customFieldItems=true`,
    );

    expect(refused).toMatch(/^403 .*not available on this plan/);
    expect(read).toMatchObject({ customFields: [], cards: [{ customFieldItems: [] }] });
  });
});
