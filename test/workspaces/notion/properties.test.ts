import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLabel, TakenLabels } from '#src/workspaces/notion/labels.ts';
import {
  groupsObeyed,
  initialProperties,
  matchSchema,
  optionsOf,
  selectInstead,
} from '#src/workspaces/notion/properties.ts';
import type { Property } from '#src/workspaces/notion/schema.ts';
import { planTable, registerTable } from '#src/workspaces/notion/tables.ts';
import type { Blueprint } from '#src/workspaces/workspace.ts';
import { blueprint, Desk } from './desk.ts';

describe('the plan in a new database', () => {
  it('has a property of its own type for each field', async () => {
    const desk = await Desk.provision(planTable(blueprint()));

    const types = Object.fromEntries(Object.values(desk.properties).map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      Tâche: 'title',
      État: 'status',
      Étape: 'select',
      Avec: 'multi_select',
      Personnes: 'people',
      'Personnes (hors Notion)': 'rich_text',
      Échéance: 'date',
      Après: 'relation',
      'Part faite': 'number',
      'Exigé par la loi': 'checkbox',
      Clé: 'rich_text',
    });
    expect(desk.match().missing).toEqual([]);
  });

  it('has its states in the groups of Notion', async () => {
    const desk = await Desk.provision(planTable(blueprint()));

    const state = desk.property('État');
    const groups = state.type === 'status' ? state.status.groups : [];
    const names = new Map(optionsOf(state).map(({ id, name }) => [id, name]));
    expect(groups.map(({ name, option_ids }) => [name, option_ids.map((id) => names.get(id))])).toEqual([
      ['To-do', ['À faire']],
      ['In progress', ['En cours', 'Bloqué']],
      ['Complete', ['Fait', 'Abandonné']],
    ]);
  });

  it('is asked for nothing more once it is complete', async () => {
    const desk = await Desk.provision(planTable(blueprint()));

    expect((await desk.complete()).properties).toBeUndefined();
  });

  it('gets a select where Notion does not obey the groups of a status', async () => {
    const table = planTable(blueprint());
    const desk = await Desk.create(table, { honoursStatusGroup: false });
    const wanted = table.properties.find(({ field }) => field === 'status');
    if (!wanted) throw new Error('The plan has no status.');
    const state = desk.property('État');

    expect(groupsObeyed(state, wanted)).toBe(false);
    await desk.update(selectInstead(state, wanted));
    await desk.complete();

    expect(desk.property('État').type).toBe('select');
    expect(desk.match().bound.get('status')?.optionIds.size).toBe(5);
    expect((await desk.complete()).properties).toBeUndefined();
  });

  it('takes the groups for obeyed wherever people move some of the states', async () => {
    const table = planTable(blueprint());
    const wanted = table.properties.find(({ field }) => field === 'status');
    if (!wanted) throw new Error('The plan has no status.');
    const desk = await Desk.provision(table);

    expect(groupsObeyed(desk.property('État'), wanted)).toBe(true);
  });
});

describe('names', () => {
  it('lose their commas, and those that are left without a difference get a number', async () => {
    const desk = await Desk.provision(planTable(blueprint()));

    expect(optionsOf(desk.property('Rôle')).map(({ name }) => name)).toEqual([
      'Direction',
      'Expert-comptable – cabinet',
      'expert-comptable – CABINET (2)',
    ]);
  });

  it('of columns give way to those that stand before them', () => {
    const [register] = blueprint().registers;
    const names = register && registerTable(register, blueprint()).properties.map(({ name }) => name);

    expect(names).toContain('Coût – HT');
    expect(names).toContain('clé');
    expect(names).toContain('Clé (2)');
  });

  it('keep decimal commas readable', () => {
    expect(plainLabel('Taux de 5,5 %, réduit,')).toBe('Taux de 5.5 % – réduit');
  });

  it('are always ones that Notion takes, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 130 }), { maxLength: 12 }), (texts) => {
        const taken = new TakenLabels();
        const names = texts.map((text, index) => taken.claim(plainLabel(text) || `x${index}`));

        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of names) {
          expect(name).not.toMatch(/[,\n]/);
          expect(name.length).toBeLessThanOrEqual(100);
          expect(name.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe('a database that people have made their own', () => {
  it('is known by ids, whatever its properties and options are called now', async () => {
    const desk = await Desk.provision(planTable(blueprint()));
    const { person } = desk.notion;
    const before = desk.match().bound;
    person.renameProperty(desk.sourceId, 'Clé', 'Référence interne');
    person.renameProperty(desk.sourceId, 'Échéance', 'Clé');
    person.renameOption(desk.sourceId, 'État', 'En cours', 'On y est');

    const { bound } = desk.match();

    expect(bound.get('#key')).toMatchObject({ id: before.get('#key')?.id, name: 'Référence interne' });
    expect(bound.get('due')?.id).toBe(before.get('due')?.id);
    expect(bound.get('status')?.optionIds).toEqual(before.get('status')?.optionIds);
    expect((await desk.complete()).properties).toBeUndefined();
  });

  it('is known by its names when nothing is remembered', async () => {
    const desk = await Desk.provision(planTable(blueprint()));
    const before = desk.match().bound;
    desk.known = {};

    expect(desk.match().bound).toEqual(before);
  });

  it('is known by its descriptions when nothing is remembered and everything has another name', async () => {
    const desk = await Desk.provision(planTable(blueprint()));
    const before = desk.match().bound;
    const source = desk.notion.world.get('data_source', desk.sourceId);
    const described = Object.values(desk.properties).map((property, index): [string, Property] => {
      const name = `x ${index}`;
      const description = source?.properties[index]?.description;
      for (const option of optionsOf(property)) {
        Object.assign(option, { name: `x ${option.name}`, description: option.name });
      }
      return [name, Object.assign(property, { name, description })];
    });

    const { bound, missing } = matchSchema(desk.table, Object.fromEntries(described), {}, desk.sourceId);

    expect(missing).toEqual([]);
    for (const [field, { id, optionIds }] of bound) {
      expect([field, id]).toEqual([field, before.get(field)?.id]);
      if (field !== 'role' && field !== 'with' && field !== 'step') {
        expect(optionIds).toEqual(before.get(field)?.optionIds);
      }
    }
  });

  it('is left alone, and told, where a property no longer holds what it should', async () => {
    const desk = await Desk.provision(planTable(blueprint()));
    const due = desk.property('Échéance');
    await desk.update({ [due.id]: { rich_text: {} } });

    const { bound, missing, remarks } = desk.match();

    expect(bound.has('due')).toBe(false);
    expect(missing).toEqual([]);
    expect(remarks.map((said) => said('fr'))).toEqual([
      expect.stringContaining('la propriété «\u00a0Échéance\u00a0» a changé de type'),
    ]);
    expect((await desk.complete()).properties).toBeUndefined();
  });

  it('gets a property back that someone has deleted, and tells that it is blank', async () => {
    const desk = await Desk.provision(planTable(blueprint()));
    desk.notion.person.removeProperty(desk.sourceId, 'Notes');

    const { created } = await desk.complete();

    expect(created).toEqual(['notes']);
    expect(desk.property('Notes').type).toBe('rich_text');
  });

  it('keeps a property of its own that bears one of our names, but holds something else', async () => {
    const desk = await Desk.create(planTable(blueprint()));
    const { person } = desk.notion;
    person.removeProperty(desk.sourceId, 'Notes');
    person.addProperty(desk.sourceId, 'Notes', 'number');

    await desk.complete();

    expect(desk.property('Notes').type).toBe('number');
    expect(desk.property('Notes (2)').type).toBe('rich_text');
  });

  it('loses no option where ours would find no room', async () => {
    const desk = await Desk.provision(planTable(blueprint()));
    for (let n = 0; n < 97; n += 1)
      desk.notion.person.addOption(desk.sourceId, 'Rôle', { name: `Rôle ${n}` });
    const more = planTable(blueprint({ roles: [...blueprint().roles, { key: 'new', title: 'Nouveau' }] }));

    const { remarks } = await desk.complete(more);

    expect(optionsOf(desk.property('Rôle'))).toHaveLength(100);
    expect(optionsOf(desk.property('Avec')).map(({ name }) => name)).toContain('Nouveau');
    expect(remarks.map((said) => said('fr')).join()).toContain('100\u00a0options');
  });
});

type Act = (desk: Desk, name: string) => void;

const acts: Readonly<Record<string, Act>> = {
  renameProperty: ({ notion, sourceId, properties }, name) =>
    notion.person.renameProperty(sourceId, pick(Object.keys(properties), name), `p ${name}`),
  addProperty: (desk, name) => addProperty(desk, name, 'rich_text'),
  addButton: (desk, name) => addProperty(desk, name, 'button'),
  removeProperty: ({ notion, sourceId, properties }, name) =>
    notion.person.removeProperty(sourceId, pick(Object.keys(properties), name)),
  addOption: ({ notion, sourceId }, name) =>
    void notion.person.addOption(sourceId, pickOptional(name), { name }),
  renameOption: ({ notion, sourceId, properties }, name) => {
    const property = pickOptional(name);
    const names = optionsOf(properties[property] ?? pickProperty(properties)).map((one) => one.name);
    // Names are unique there too.
    if (names.includes(`o ${name}`)) return;
    notion.person.renameOption(sourceId, property, pick(names, name), `o ${name}`);
  },
  removeOption: ({ notion, sourceId, properties }, name) => {
    const property = pickOptional(name);
    const options = optionsOf(properties[property] ?? pickProperty(properties));
    notion.person.removeOption(
      sourceId,
      property,
      pick(
        options.map((one) => one.name),
        name,
      ),
    );
  },
  forget: (desk) => {
    desk.known = {};
  },
};

/** Names are unique in Notion. */
function addProperty({ notion, sourceId, properties }: Desk, name: string, type: string): void {
  if (!(name in properties)) notion.person.addProperty(sourceId, name, type);
}

function pick(from: readonly string[], by: string): string {
  return from[[...by].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % from.length] ?? '';
}

function pickOptional(by: string): string {
  return pick(['État', 'Étape', 'Rôle', 'Avec', 'Priorité'], by);
}

function pickProperty(properties: Record<string, Property>): Property {
  const [first] = Object.values(properties);
  if (!first) throw new Error('There are no properties.');
  return first;
}

function perform(desk: Desk, act: string, name: string): void {
  try {
    acts[act]?.(desk, name);
  } catch {
    // Notion would not let people do that either: the name is taken, or the property gone.
  }
}

const words = fc.constantFrom(
  'Bloqué',
  'bloque',
  'Notes',
  'clé',
  'Direction',
  'Nouveau',
  'En revue',
  'Été',
  'x',
);
const grown: Blueprint = blueprint({
  roles: [...blueprint().roles, { key: 'new', title: 'Nouveau' }, { key: 'summer', title: 'Été, surtout' }],
  steps: [...blueprint().steps, { key: 'blocked', title: 'Bloqué', summary: '', color: '#a8475b' }],
});

describe('completing a schema', () => {
  it('never takes an option or a property away, renames none, and is done after once', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), words), { maxLength: 12 }),
        async (history) => {
          const desk = await Desk.provision(planTable(blueprint()));
          for (const [act, name] of history) perform(desk, act, name);
          const before = desk.properties;

          await desk.complete(planTable(grown));

          const after = Object.values(desk.properties);
          for (const property of Object.values(before)) {
            const same = after.find(({ id }) => id === property.id);
            expect(same).toMatchObject({ name: property.name, type: property.type });
            if (same) expect(optionsOf(same)).toEqual(expect.arrayContaining([...optionsOf(property)]));
          }
          const { bound } = desk.match(planTable(grown));
          for (const { field, options } of planTable(grown).properties) {
            expect([field, options.map(({ key }) => bound.get(field)?.optionIds.has(key))]).toEqual([
              field,
              options.map(() => true),
            ]);
            expect(bound.has(field)).toBe(true);
          }
          const ids = [...bound.values()].map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect((await desk.complete(planTable(grown))).properties).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('asks for a database as Notion takes it, whatever the words of a template', {
    timeout: 60_000,
  }, async () => {
    const title = fc.string({ unit: 'grapheme', maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(fc.array(title, { maxLength: 8 }), async (titles) => {
        const named = titles.map((one, index) => ({ key: `k${index}`, title: one }));
        const table = planTable(blueprint({ roles: named }));

        const desk = await Desk.provision(table);

        expect(desk.match().missing).toEqual([]);
        expect(Object.keys(initialProperties(table))).toHaveLength(table.properties.length - 1);
      }),
      { numRuns: 40 },
    );
  });
});
