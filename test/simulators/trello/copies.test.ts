import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import { boardIn, cardIn, type Ids, json, made, many, one, planIn, raw, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
let plan: Ids;
/** A card that has something of everything. */
let full: string;
beforeEach(async () => {
  trello = await startTrello({ plan: 'standard' });
  plan = await planIn(trello);
  full = await fullCard(trello, plan);
});
afterEach(() => trello.stop());

async function fullCard(simulator: TrelloSimulator, { board, list }: Ids): Promise<string> {
  const { person } = simulator;
  const label = person.addLabel(board, 'Urgent', 'red');
  const card = await cardIn(simulator, list, {
    desc: 'plan-ref: 7f3a',
    due: '2027-01-15T11:00:00Z',
    start: '2027-01-02T11:00:00Z',
    idLabels: label.id,
    idMembers: person.id,
  });
  person.addChecklist(card, 'Étapes', ['Lire']);
  person.tick(card, 'Lire');
  person.attachLink(card, 'https://example.org/notice');
  person.comment(card, 'Vu');
  person.addField(board, 'Effort', 'number');
  person.setField(card, 'Effort', { value: { number: '3' } });
  return card;
}

function copy(values: JsonObject = {}): Promise<JsonObject> {
  return one(trello, 'POST', 'cards', { idList: plan.list, idCardSource: full, ...values });
}

describe('a copy of a card', () => {
  it('has all that its source has, unless told otherwise', async () => {
    const { id } = await copy({ name: 'Copie' });

    const { id: _id, ...source } = trello.look.card(full);
    expect(trello.look.card(asText(id))).toMatchObject({ ...source, name: 'Copie' });
  });

  it('is told as a copy, not as a creation', async () => {
    const { id } = await copy();

    const about = trello.look.actions(plan.board).filter(({ data }) => Object(data.card).id === id);
    expect(about.map(({ type }) => type)).toEqual(['copyCard', 'commentCard']);
    expect(about[0]?.data.cardSource).toMatchObject({ id: full });
  });

  it('has only the parts that are to be kept', async () => {
    const { id } = await copy({ keepFromSource: 'checklists,due' });

    expect(trello.look.card(asText(id))).toMatchObject({
      name: 'Une tâche',
      desc: 'plan-ref: 7f3a',
      due: '2027-01-15T11:00:00.000Z',
      start: null,
      labels: [],
      members: [],
      checklists: { Étapes: ['✓ Lire'] },
      comments: [],
      attachments: [],
      fields: {},
    });
    expect(
      await refusal(trello, 'POST', 'cards', {
        idList: plan.list,
        idCardSource: full,
        keepFromSource: 'everything',
      }),
    ).toBe('400 invalid value for keepFromSource');
  });

  it('has what was said outright rather than what its source has', async () => {
    const other = trello.person.addLabel(plan.board, 'Calme', 'green');
    const values = { name: 'Neuve', desc: 'plan-ref: 0000', due: null, idLabels: other.id, idMembers: '' };

    const { id } = await copy(values);

    expect(trello.look.card(asText(id))).toMatchObject({
      name: 'Neuve',
      desc: 'plan-ref: 0000',
      due: null,
      labels: ['Calme'],
      members: [],
    });
  });

  it('is finished late, and then overwrites what was changed meanwhile', async () => {
    await using slow = await startTrello({ copyLag: 2 });
    const ids = await planIn(slow);
    const source = await cardIn(slow, ids.list, { desc: 'Source' });
    const id = await made(slow, 'POST', 'cards', { idList: ids.list, idCardSource: source });

    await json(slow, 'PUT', `cards/${id}`, { desc: 'Changée' });
    const meanwhile = slow.look.card(id).desc;
    for (let index = 0; index < 2; index += 1) await raw(slow, 'GET', `cards/${id}`);

    expect([meanwhile, slow.look.card(id).desc]).toEqual(['Changée', 'Source']);
  });
});

describe('a copy of a list', () => {
  it('has its open cards', async () => {
    trello.person.archive(await cardIn(trello, plan.list, { name: 'Archivée' }));
    const body = { name: 'Copie', idBoard: plan.board, idListSource: plan.list };

    const list = await made(trello, 'POST', 'lists', body);

    const cards = trello.look.cards(plan.board).filter((card) => card.list === 'Copie');
    expect(cards).toMatchObject([{ name: 'Une tâche', checklists: { Étapes: ['✓ Lire'] } }]);
    expect(list).not.toBe(plan.list);
  });
});

describe('a copy of a board', () => {
  async function copyOf(values: JsonObject): Promise<JsonObject> {
    const body = { name: 'Copie', idBoardSource: plan.board, ...values };
    return one(trello, 'POST', 'boards', { ...body, idOrganization: trello.organization.id });
  }

  it('drops the description that is sent with it, and takes the preferences', async () => {
    const board = await copyOf({
      desc: 'plan-ref: acme',
      prefs_permissionLevel: 'org',
      keepFromSource: 'cards',
    });

    expect(board).toMatchObject({ name: 'Copie', desc: '', prefs: { permissionLevel: 'org' } });
    expect(trello.look.board('Copie').desc).toBe('');
  });

  it('has lists and labels, and no cards unless they are to be kept', async () => {
    const board = asText((await copyOf({ defaultLists: true, defaultLabels: true })).id);

    expect(trello.look.picture(board)).toMatchObject({
      labels: ['Urgent (red)'],
      lists: [{ name: 'Cadrer', cards: [] }],
    });
  });

  it('has cards with checklists, dates, labels and attachments, without members, comments and fields', async () => {
    const board = asText((await copyOf({ keepFromSource: 'cards' })).id);

    expect(trello.look.cards(board)).toMatchObject([
      {
        name: 'Une tâche',
        desc: 'plan-ref: 7f3a',
        due: '2027-01-15T11:00:00.000Z',
        labels: ['Urgent'],
        checklists: { Étapes: ['✓ Lire'] },
        attachments: ['https://example.org/notice'],
        members: [],
        comments: [],
        fields: {},
      },
    ]);
    expect(trello.look.actions(board).map(({ type }) => type)).toEqual(['copyBoard', 'copyCard']);
  });

  it('is answered before it is finished, where a test wants it', async () => {
    await using slow = await startTrello({ copyLag: 1 });
    const source = await planIn(slow);
    const board = await boardIn(slow, 'Copie', { idBoardSource: source.board });

    const lists = async () => (await many(slow, 'GET', `boards/${board}/lists`)).length;

    expect([await lists(), await lists()]).toEqual([0, 1]);
  });

  it('is refused without a source that can be seen', async () => {
    const hidden = trello.person.addBoard('Privé');
    trello.person.removeMember(hidden.id, 'clairemorel');

    expect(await refusal(trello, 'POST', 'boards', { name: 'x', idBoardSource: hidden.id })).toMatch(/^401/);
    expect(await refusal(trello, 'POST', 'boards', { name: 'x', idBoardSource: full })).toBe(
      '400 invalid value for idBoardSource',
    );
  });
});
