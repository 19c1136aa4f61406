import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asList, type JsonObject } from '../json.ts';
import { boardIn, cardIn, clockAt, type Ids, json, made, one, planIn, raw, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello({ now: clock.now });
  plan = await planIn(trello);
});
afterEach(() => trello.stop());

function create(values: JsonObject = {}): Promise<JsonObject> {
  return one(trello, 'POST', 'cards', { idList: plan.list, name: 'Une tâche', ...values });
}

function label(name: string, color: string | null = 'blue'): Promise<string> {
  return made(trello, 'POST', 'labels', { name, color, idBoard: plan.board });
}

describe('a card', () => {
  it('keeps what it is given, and is answered whole', async () => {
    const urgent = await label('Urgent');
    const claire = trello.person.id;

    const card = await create({
      desc: 'À lire.\n\nplan-ref: 7f3a',
      due: '2027-01-15T11:00:00Z',
      start: '2027-01-02T08:00:00.5+01:00',
      dueComplete: false,
      idLabels: urgent,
      idMembers: claire,
    });

    expect(card).toMatchObject({
      name: 'Une tâche',
      desc: 'À lire.\n\nplan-ref: 7f3a',
      due: '2027-01-15T11:00:00.000Z',
      start: '2027-01-02T07:00:00.500Z',
      idLabels: [urgent],
      labels: [{ name: 'Urgent', color: 'blue' }],
      idMembers: [claire],
      attachments: [],
      stickers: [],
      idChecklists: [],
      checkItemStates: null,
      descData: null,
      cardRole: null,
      isTemplate: false,
      badges: { checkItems: 0, description: true },
    });
  });

  it('has an id that begins with the second of its creation, and later ids sort after earlier ones', async () => {
    const first = await cardIn(trello, plan.list);
    const second = await cardIn(trello, plan.list);

    expect(new Date(Number.parseInt(first.slice(0, 8), 16) * 1000)).toEqual(clock.now());
    expect(first < second).toBe(true);
  });

  it('has the same id in another run of the same seed, and another under another seed', async () => {
    const idIn = async (seed: string) => {
      await using other = await startTrello({ now: clock.now, seed });
      return await cardIn(other, (await planIn(other)).list);
    };

    expect(await idIn('trello')).toBe(await cardIn(trello, plan.list));
    expect(await idIn('another')).not.toBe(await idIn('trello'));
  });

  it('is found by its short link', async () => {
    const { id, shortLink } = await create();

    expect(await one(trello, 'GET', `cards/${shortLink}`)).toMatchObject({ id });
  });

  it('is made twice by the same request', async () => {
    await create();
    await create();

    expect(trello.look.cards(plan.board)).toHaveLength(2);
  });

  it.each([
    ['a list that there is not', { idList: '6f00000000000000000000aa' }, 'invalid value for idList'],
    ['a list by its name', { idList: 'Cadrer' }, 'invalid value for idList'],
    ['a date that is none', { due: 'tomorrow' }, 'invalid value for due'],
    ['a position below zero', { pos: -1 }, 'invalid value for pos'],
    ['a position in words', { pos: 'middle' }, 'invalid value for pos'],
    ['a description that is too long', { desc: 'x'.repeat(16_385) }, 'invalid value for desc'],
    ['labels as a list', { idLabels: ['6f00000000000000000000aa'] }, 'invalid value for idLabels'],
    ['a label of nowhere', { idLabels: '6f00000000000000000000aa' }, 'label not found'],
    ['a member of nowhere', { idMembers: '6f00000000000000000000aa' }, 'invalid value for idMembers'],
    ['a reminder', { dueReminder: 60 }, 'The simulator refuses: there is no parameter “dueReminder” here.'],
  ])('is refused with %s', async (_name, values, text) => {
    expect(await refusal(trello, 'POST', 'cards', { idList: plan.list, ...values })).toBe(`400 ${text}`);
    expect(trello.look.cards(plan.board)).toEqual([]);
  });

  it('takes a label once, not twice in one request', async () => {
    const urgent = await label('Urgent');

    const twice = await refusal(trello, 'POST', 'cards', {
      idList: plan.list,
      idLabels: `${urgent},${urgent}`,
    });

    expect(twice).toBe('400 label not found');
  });

  it('goes where it is put: to the bottom by steps, to the top by halves', async () => {
    const positions = [];
    for (const pos of [undefined, 'bottom', 'top', 'top', 20_000]) {
      positions.push((await create(pos === undefined ? {} : { pos })).pos);
    }

    expect(positions).toEqual([16_384, 32_768, 8192, 4096, 20_000]);
  });

  it('may be a separator, a link or a template', async () => {
    const separator = await create({ name: '---', cardRole: 'separator' });
    const template = await create({ isTemplate: true });

    expect([separator.cardRole, template.isTemplate]).toEqual(['separator', true]);
    expect(await refusal(trello, 'POST', 'cards', { idList: plan.list, name: 'x', cardRole: 'link' })).toBe(
      '400 invalid value for cardRole',
    );
  });
});

describe('an update of a card', () => {
  it('changes what it names, and nothing else', async () => {
    const { id } = await create({ desc: 'Texte', due: '2027-01-15T11:00:00Z' });

    await json(trello, 'PUT', `cards/${id}`, { name: 'Une autre' });

    expect(trello.look.card(String(id))).toMatchObject({
      name: 'Une autre',
      desc: 'Texte',
      due: '2027-01-15T11:00:00.000Z',
    });
  });

  it('clears a date by null, and spoils it by an empty text', async () => {
    const { id } = await create({ due: '2027-01-15T11:00:00Z', start: '2027-01-15T11:00:00Z' });

    const answer = await one(trello, 'PUT', `cards/${id}`, { due: null, start: '' });

    expect([answer.due, answer.start]).toEqual([null, 'Invalid date']);
  });

  it('shifts a date that names no zone', async () => {
    const { id } = await create();

    const answer = await one(trello, 'PUT', `cards/${id}`, {
      due: '2027-01-15',
      start: '2027-01-15T09:00:00',
    });

    expect([answer.due, answer.start]).toEqual(['2027-01-15T05:00:00.000Z', '2027-01-15T14:00:00.000Z']);
  });

  it('empties a description, but never a name', async () => {
    const { id } = await create({ desc: 'Texte' });

    await json(trello, 'PUT', `cards/${id}`, { desc: '' });

    expect(trello.look.card(String(id)).desc).toBe('');
    expect(await refusal(trello, 'PUT', `cards/${id}`, { name: '' })).toBe('400 invalid value for name');
  });

  it('moves it to another list', async () => {
    const { id } = await create();
    const other = await made(trello, 'POST', 'lists', { name: 'Choisir', idBoard: plan.board });

    await json(trello, 'PUT', `cards/${id}`, { idList: other, pos: 'top' });

    expect(trello.look.cards(plan.board).map(({ list }) => list)).toEqual(['Choisir']);
  });

  it('moves it to another board, where its labels do not follow', async () => {
    const { id } = await create({ idLabels: await label('Urgent') });
    const other = await boardIn(trello, 'Autre');
    const list = await made(trello, 'POST', 'lists', { name: 'Là', idBoard: other });

    await json(trello, 'PUT', `cards/${id}`, { idBoard: other, idList: list });

    expect(trello.look.card(String(id))).toMatchObject({ list: 'Là', labels: [] });
    expect(await refusal(trello, 'PUT', `cards/${id}`, { idBoard: plan.board, idList: list })).toBe(
      '400 invalid value for idList',
    );
  });

  it('replaces all labels and all members', async () => {
    const [a, b, c] = [await label('A'), await label('B'), await label('C')];
    const { id } = await create({ idLabels: `${a},${b}`, idMembers: trello.person.id });

    const answer = await one(trello, 'PUT', `cards/${id}`, { idLabels: `${b},${c}`, idMembers: '' });

    expect([answer.idLabels, answer.idMembers]).toEqual([[b, c], []]);
  });

  it('changes nothing when one of its values is refused', async () => {
    const { id } = await create();

    await refusal(trello, 'PUT', `cards/${id}`, { name: 'Autre', idLabels: '6f00000000000000000000aa' });

    expect(trello.look.card(String(id)).name).toBe('Une tâche');
  });

  it('archives and restores', async () => {
    const { id } = await create();
    const open = async () => asList(await json(trello, 'GET', `lists/${plan.list}/cards`)).length;

    await json(trello, 'PUT', `cards/${id}`, { closed: true });
    const archived = await open();
    await json(trello, 'PUT', `cards/${id}`, { closed: false });

    expect([archived, await open()]).toEqual([0, 1]);
  });

  it('may name one value by its address', async () => {
    const { id } = await create({ due: '2027-01-15T11:00:00Z' });

    await json(trello, 'PUT', `cards/${id}/name?value=Une+autre`);
    await json(trello, 'PUT', `cards/${id}/due`, { value: null });

    expect(trello.look.card(String(id))).toMatchObject({ name: 'Une autre', due: null });
    expect(await refusal(trello, 'PUT', `cards/${id}/dueReminder?value=5`)).toMatch(/^404/);
  });

  it('says done without a date, too', async () => {
    const { id } = await create();

    expect(await one(trello, 'PUT', `cards/${id}`, { dueComplete: true })).toMatchObject({
      due: null,
      dueComplete: true,
    });
  });

  it('gives a cover of one colour, and takes it away', async () => {
    const { id } = await create();

    const red = await one(trello, 'PUT', `cards/${id}`, { cover: { color: 'red', size: 'full' } });
    const none = await one(trello, 'PUT', `cards/${id}`, { cover: null });

    expect([red.cover, none.cover]).toMatchObject([{ color: 'red', size: 'full' }, { color: null }]);
  });

  it.each([[{ color: 'teal' }], [{ colour: 'red' }], [{ size: 'large' }], [{ idAttachment: 'x' }], ['red']])(
    'gives no cover like %j',
    async (cover) => {
      const { id } = await create();

      expect(await refusal(trello, 'PUT', `cards/${id}`, { cover })).toBe('400 invalid value for cover');
    },
  );

  it('moves dateLastActivity of the card and of its board', async () => {
    const { id } = await create();
    clock.pass(60_000);

    await json(trello, 'PUT', `cards/${id}`, { name: 'Autre' });

    const now = clock.now().toISOString();
    const fields = 'fields=dateLastActivity';
    expect(await one(trello, 'GET', `cards/${id}?${fields}`)).toMatchObject({ dateLastActivity: now });
    expect(await one(trello, 'GET', `boards/${plan.board}?${fields}`)).toMatchObject({
      dateLastActivity: now,
    });
  });

  it('of its labels does not, unless so set', async () => {
    const { id, dateLastActivity } = await create();
    const urgent = await label('Urgent');
    clock.pass(60_000);

    const answer = await one(trello, 'PUT', `cards/${id}`, { idLabels: urgent });

    expect(answer.dateLastActivity).toBe(dateLastActivity);
  });
});

describe('labels and members of a card', () => {
  it('are added one by one, and refused the second time', async () => {
    const { id } = await create();
    const urgent = await label('Urgent');
    const marc = trello.world.findMember('marcpetit')?.id ?? '';
    trello.person.addMember(plan.board, 'marcpetit');

    await json(trello, 'POST', `cards/${id}/idLabels`, { value: urgent });
    await json(trello, 'POST', `cards/${id}/idMembers`, { value: marc });

    expect(trello.look.card(String(id))).toMatchObject({ labels: ['Urgent'], members: ['marcpetit'] });
    expect(await refusal(trello, 'POST', `cards/${id}/idLabels`, { value: urgent })).toBe(
      '400 that label is already on the card',
    );
    expect(await refusal(trello, 'POST', `cards/${id}/idMembers`, { value: marc })).toBe(
      '400 member is already on the card',
    );
  });

  it('are taken away one by one', async () => {
    const urgent = await label('Urgent');
    const { id } = await create({ idLabels: urgent, idMembers: trello.person.id });

    await json(trello, 'DELETE', `cards/${id}/idLabels/${urgent}`);
    await json(trello, 'DELETE', `cards/${id}/idMembers/${trello.person.id}`);

    expect(trello.look.card(String(id))).toMatchObject({ labels: [], members: [] });
  });
});

describe('a deleted card', () => {
  it('is gone for good', async () => {
    const { id } = await create();

    const answer = await json(trello, 'DELETE', `cards/${id}`);

    expect(answer).toEqual({ limits: {} });
    expect((await raw(trello, 'GET', `cards/${id}`)).status).toBe(404);
    expect(trello.look.actions(plan.board).at(-1)?.type).toBe('deleteCard');
  });
});
