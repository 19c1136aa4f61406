import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fields, PRIORITIES, STATUSES, type Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { fitText, fitValue } from '#src/workspaces/notion/fit.ts';
import { keyOfPage, keyProperties, titleOf, unrelated } from '#src/workspaces/notion/mapping.ts';
import { peopleOf } from '#src/workspaces/notion/people.ts';
import { planTable, registerTable, type Table } from '#src/workspaces/notion/tables.ts';
import { blueprint, Desk, nobody, SOURCES } from './desk.ts';

const CLAIRE = '0b1c6a5e-1111-4222-8333-444444444444';

function registerOf(): Table {
  const [register] = blueprint().registers;
  if (!register) throw new Error('There is no register.');
  return registerTable(register, blueprint());
}

async function planDesk() {
  const desk = await Desk.provision(planTable(blueprint()));
  const [claire, marc] = [...desk.notion.world.users.values()];
  if (!claire || !marc) throw new Error('Nobody is there.');
  const users = [claire, marc].map(({ id, name, email }) => ({ id, name, person: { email } }));
  const people = peopleOf([{ name: 'Claire', notion: 'CLAIRE@example.org' }, { name: 'Cabinet' }], users);
  return { desk, people, claire, marc, person: desk.notion.person };
}

const name = fc.oneof(fc.constantFrom('Claire', 'Marc Petit', 'Cabinet'), fc.string({ maxLength: 12 }));
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map((unit) => unit.repeat(2_500)),
);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const number = fc.oneof(fc.double(), fc.constant(null));

const task: fc.Arbitrary<Fields> = fc.record({
  title: words.filter((text) => fitText(text).trim() !== ''),
  step: fc.constantFrom('comprendre', 'choisir'),
  status: fc.constantFrom(...STATUSES),
  priority: fc.constantFrom(...PRIORITIES, ''),
  role: fc.constantFrom('direction', 'expert', 'expert-2', ''),
  with: fc.uniqueArray(fc.constantFrom('direction', 'expert', 'expert-2')),
  people: fc.array(name, { maxLength: 5 }),
  start: fc.option(day),
  due: fc.option(day),
  description: words,
  sources: fc.uniqueArray(fc.constantFrom(...SOURCES.keys(), 'retired-source')),
  required: fc.boolean(),
  notes: words,
});

const row: fc.Arbitrary<Fields> = fc.record({
  nom: words,
  usage: words,
  volume: number,
  cout: number,
  part: number,
  depuis: fc.option(day),
  etat: fc.constantFrom('pret', 'a-voir', ''),
  teste: fc.boolean(),
  site: fc.oneof(fc.webUrl(), fc.string({ maxLength: 60 })),
  contact: fc.oneof(fc.emailAddress(), fc.constant('')).filter((text) => text.length <= 100),
  qui: fc.oneof(
    fc.array(name, { maxLength: 4 }).map((names) => names.join(', ')),
    words,
  ),
});

function expectShown(read: Fields, written: Fields): void {
  for (const [field, value] of Object.entries(written)) {
    const shown: Value | undefined = read[field];
    expect([field, shown, sameValue(shown, fitValue(value))]).toEqual([field, shown, true]);
  }
}

describe('what is written into a page', () => {
  let plan: Awaited<ReturnType<typeof planDesk>>;
  let register: Desk;
  beforeAll(async () => {
    plan = await planDesk();
    register = await Desk.provision(registerOf());
  });

  it('as a task is read again as Notion fits it', { timeout: 60_000 }, async () => {
    const { desk, people } = plan;
    await fc.assert(
      fc.asyncProperty(task, task, async (first, second) => {
        const id = await desk.add(first, people);
        expectShown(desk.read(id, { people }).fields, first);

        await desk.change(id, second, people);
        const { fields, remarks } = desk.read(id, { people });
        expectShown(fields, second);
        expect(remarks).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('as a line of a register is read again as Notion fits it', { timeout: 60_000 }, async () => {
    const { people } = plan;
    await fc.assert(
      fc.asyncProperty(row, async (fields) => {
        const [claire] = [...register.notion.world.users.values()];
        const here = peopleOf([{ name: 'Claire', notion: claire?.id }], []);
        const id = await register.add(fields, here);

        expectShown(register.read(id, { people: here }).fields, fields);
        expect(people.nameOf(CLAIRE)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('fits what already fits', () => {
    fc.assert(
      fc.property(fc.oneof(words, fc.array(name), fc.double()), (value) => {
        const once = fitValue(value);

        expect(sameValue(fitValue(once), once)).toBe(true);
      }),
    );
  });
});

describe('texts', () => {
  it('are cut into pieces, never inside a character, and up to a hundred of them', () => {
    const emoji = `a${'😀'.repeat(1_000)}`;

    expect(fitText(emoji)).toBe(emoji);
    expect(fitText('x'.repeat(300_000))).toHaveLength(200_000);
    expect(fitText('un\r\ndeux\u0000 \ud83d')).toBe('un\ndeux \ufffd');
  });

  it('that Notion has cut are left out until they are asked for whole', async () => {
    const { desk, people } = await planDesk();
    const long = 'x'.repeat(26 * 2_000);
    const id = await desk.add({ title: 'Longue', notes: long }, people);

    const notes = desk.match().bound.get('notes')?.id;
    expect(desk.read(id, { whole: false })).toMatchObject({ cut: [notes] });
    expect(desk.read(id, { whole: false }).fields).not.toHaveProperty('notes');
    expect(desk.read(id).fields.notes).toBe(long);
  });
});

describe('dependencies', () => {
  it('are pages, and those beyond the first 25 are asked for', async () => {
    const { desk } = await planDesk();
    const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => desk.add({ title: `T${n}` })));
    const dependsOn = ids.map((id) => `task/${id}`);
    const id = await desk.add({ title: 'Dernière', dependsOn });

    expect(desk.read(id, { whole: false }).fields).not.toHaveProperty('dependsOn');
    expect(desk.read(id, { whole: false }).cut).toHaveLength(1);
    expect(sameValue(desk.read(id).fields.dependsOn, dependsOn)).toBe(true);
  });

  it('on tasks without a page are told, to be written again', () => {
    const context = {
      people: nobody,
      sources: SOURCES,
      pageOf: (key: string) => (key === 'a/b' ? 'p' : undefined),
    };

    expect(unrelated({ dependsOn: ['a/b', 'a/c'] }, context)).toEqual(['a/c']);
  });
});

describe('what the team has put there of its own', () => {
  it('as a state is told, and the field says nothing', async () => {
    const { desk, person } = await planDesk();
    const id = await desk.add({ title: 'Comparer', status: 'doing' });
    person.addOption(desk.sourceId, 'État', { name: 'En revue', group: 'In progress' });
    person.edit(id, { État: { status: { name: 'En revue' } } });

    const { fields, remarks } = desk.read(id);

    expect(fields).not.toHaveProperty('status');
    expect(remarks.map((said) => said('fr'))).toEqual([
      expect.stringMatching(/En revue.* est une option de votre équipe.*À faire, En cours/),
    ]);
  });

  it('as one role among ours stays there when ours change', async () => {
    const { desk, person } = await planDesk();
    const id = await desk.add({ title: 'Comparer', with: ['direction'] });
    person.edit(id, { Avec: { multi_select: [{ name: 'Direction' }, { name: 'Stagiaire' }] } });

    await desk.change(id, { with: ['expert'] });

    expect(desk.notion.look.row(id).values.Avec).toEqual(['Expert-comptable – cabinet', 'Stagiaire']);
    expect(desk.read(id).fields.with).toEqual(['expert']);
  });

  it('as properties of any type is neither read nor an error', async () => {
    const { desk, person } = await planDesk();
    person.addProperty(desk.sourceId, 'Bouton', 'button');
    person.addProperty(desk.sourceId, 'Demain', 'type_of_next_year');
    const id = await desk.add({ title: 'Comparer', due: '2027-01-12' });

    const { fields, remarks } = desk.read(id);

    expect(fields).toMatchObject({ title: 'Comparer', due: '2027-01-12' });
    expect(remarks).toEqual([]);
  });

  it('as words beside the sources makes the field say nothing', async () => {
    const { desk, person } = await planDesk();
    const id = await desk.add({ title: 'Lire', sources: ['dgfip'] });
    const text = (content: string) => ({ text: { content } });
    person.edit(id, { Sources: { rich_text: [text('voir aussi le classeur de Claire')] } });

    expect(desk.read(id).fields).not.toHaveProperty('sources');
  });
});

describe('dates', () => {
  it('lose their time, and of a period the last day counts for what is due', async () => {
    const { desk, person } = await planDesk();
    const id = await desk.add({ title: 'Comparer' });
    const period = { start: '2027-01-12T09:00:00.000+01:00', end: '2027-01-14T18:00:00.000+01:00' };
    person.edit(id, { Début: { date: period }, Échéance: { date: period } });

    expect(desk.read(id).fields).toMatchObject({ start: '2027-01-12', due: '2027-01-14' });
  });

  it('that are no days are written as none', async () => {
    const { desk } = await planDesk();
    const id = await desk.add({ title: 'Comparer', start: '2027-02-30', due: 'bientôt' });

    expect(desk.read(id).fields).toMatchObject({ start: null, due: null });
  });
});

describe('people', () => {
  it('are persons where Notion knows them, and names where it does not', async () => {
    const { desk, people } = await planDesk();
    const id = await desk.add({ title: 'Comparer', people: ['Cabinet', 'Claire', 'Marc Petit'] }, people);

    const { values } = desk.notion.look.row(id);
    expect(values.Personnes).toEqual(['Claire Morel', 'Marc Petit']);
    expect(values['Personnes (hors Notion)']).toBe('Cabinet');
    expect(desk.read(id, { people }).fields.people).toEqual(['Claire', 'Marc Petit', 'Cabinet']);
  });

  it('without a name for us are told, and kept when others are written', async () => {
    const { desk, people, marc, claire, person } = await planDesk();
    const id = await desk.add({ title: 'Comparer', people: ['Claire'] }, people);
    person.edit(id, { Personnes: { people: [{ id: claire.id }, { id: marc.id }] } });
    const some = peopleOf([{ name: 'Claire', notion: claire.id }], []);

    await desk.change(id, { people: ['Cabinet'] }, some);

    expect(desk.notion.look.row(id).values.Personnes).toEqual(['Marc Petit']);
  });

  it('of one name are not taken for each other', () => {
    const twins = peopleOf(
      [{ name: 'Claire', notion: CLAIRE }],
      [
        { id: 'a', name: 'Paul' },
        { id: 'b', name: 'Paul' },
        { id: 'c', name: 'Claire' },
      ],
    );

    expect(twins.idOf('Paul')).toBeUndefined();
    expect(twins.nameOf('a')).toBe('Paul');
    expect(twins.idOf('Claire')).toBe(CLAIRE);
    expect(twins.idOf('')).toBeUndefined();
  });
});

describe('lines', () => {
  it('bear their key from the first request', async () => {
    const { desk } = await planDesk();
    const { bound } = desk.match();
    const properties = keyProperties(bound, 'choisir/comparer', desk.writing(nobody));
    const id = await desk.add({ title: 'Comparer' });

    expect(Object.keys(properties)).toEqual([bound.get('#key')?.id]);
    expect(keyOfPage(desk.page(id), bound)).toBe('');
    desk.notion.person.edit(id, { Clé: { rich_text: [{ text: { content: ' choisir/comparer ' } }] } });
    expect(keyOfPage(desk.page(id), bound)).toBe('choisir/comparer');
  });

  it('that someone has added start to do, in the first step', async () => {
    const { desk, person } = await planDesk();
    const { id } = person.addRow(desk.sourceId, {
      Tâche: { title: [{ text: { content: 'Appeler Paul' } }] },
    });

    expect(desk.read(id, { isNew: true }).fields).toMatchObject({
      title: 'Appeler Paul',
      status: 'todo',
      step: 'comprendre',
    });
    expect(desk.read(id).fields).not.toHaveProperty('step');
    expect(titleOf(desk.page(id))).toBe('Appeler Paul');
  });

  it('without a title keep the one that they had', async () => {
    const { desk, person } = await planDesk();
    const id = await desk.add({ title: 'Comparer', step: 'choisir' });
    person.renamePage(id, '');

    const { fields, remarks } = desk.read(id);

    expect(fields).not.toHaveProperty('title');
    expect(remarks.map((said) => said('en'))).toEqual([expect.stringContaining('has no title any more')]);
  });
});
