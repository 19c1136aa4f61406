import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addRow, clientOf, json, planIn, text } from './client.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

let notion: NotionSimulator;
let source: string;
beforeEach(async () => {
  notion = await startNotion();
  source = (await planIn(notion)).source;
});
afterEach(() => notion.stop());

async function update(properties: JsonObject): Promise<JsonObject> {
  const answer = await json(
    clientOf(notion).dataSources.update({
      data_source_id: source,
      properties: properties as Record<string, null>,
    }),
  );
  return asObject(answer.properties);
}

function optionsOf(properties: JsonObject, name: string, type: string): JsonObject[] {
  return asObjects(asObject(asObject(properties[name])[type]).options);
}

describe('options', () => {
  it('that an update leaves out are deleted, and rows lose them', async () => {
    const row = await addRow(notion, source, 'Une tâche', { Étape: { select: { name: 'Choisir' } } });

    const properties = await update({
      Étape: { select: { options: [{ name: 'Cadrer' }, { name: 'Suivre' }] } },
    });

    expect(optionsOf(properties, 'Étape', 'select').map(({ name }) => name)).toEqual(['Cadrer', 'Suivre']);
    expect(notion.look.row(row).values.Étape).toBeNull();
  });

  it('keep their id when they are sent back by id, also once a person has renamed them', async () => {
    const row = await addRow(notion, source, 'Une tâche', { Étape: { select: { name: 'Choisir' } } });
    notion.person.renameOption(source, 'Étape', 'Choisir', 'Décider');
    const before =
      notion.look.dataSource('Plan').properties.find(({ name }) => name === 'Étape')?.options ?? [];

    const properties = await update({
      Étape: { select: { options: [...before.map(({ id }) => ({ id })), { name: 'Suivre' }] } },
    });

    const names = optionsOf(properties, 'Étape', 'select').map(({ name }) => name);
    expect(names).toEqual(['Cadrer', 'Décider', 'Suivre']);
    expect(notion.look.row(row).values.Étape).toBe('Décider');
  });

  it('of a select are made by writing one that is not there', async () => {
    const row = await addRow(notion, source, 'Une tâche', { Étape: { select: { name: 'Neuve' } } });

    expect(notion.look.row(row).values.Étape).toBe('Neuve');
  });

  it('of a status land in To-do where the workspace does not honour the group', async () => {
    await using deaf = await startNotion({ honoursStatusGroup: false });

    await planIn(deaf);

    const status = deaf.look.dataSource('Plan').properties.find(({ name }) => name === 'Statut');
    expect(status?.options.map(({ group }) => group)).toEqual(['To-do', 'To-do', 'To-do']);
  });
});

describe('properties', () => {
  it('are renamed by id, added and removed', async () => {
    const key = notion.look.dataSource('Plan').properties.find(({ name }) => name === 'Clé');
    const id = encodeURIComponent(key?.id ?? '');

    const properties = await update({
      [id]: { name: 'Repère' },
      Coût: { number: { format: 'euro' } },
      Utile: null,
    });

    expect(properties).toMatchObject({ Repère: { id }, Coût: { number: { format: 'euro' } } });
    expect(properties).not.toHaveProperty('Utile');
    expect(properties).not.toHaveProperty('Clé');
  });

  it('are all left as they were when one of them is refused', async () => {
    await expect(update({ Coût: { number: {} }, Nom: null })).rejects.toThrow(/title/);

    expect(notion.look.dataSource('Plan').properties.map(({ name }) => name)).not.toContain('Coût');
  });

  it('of a type that nobody knows are shown, and make no trouble', async () => {
    notion.person.addProperty(source, 'Lancer', 'button');
    notion.person.addProperty(source, 'Avenir', 'telepathy', { range: 3 });
    const row = await addRow(notion, source, 'Une tâche');

    const schema = await json(clientOf(notion).dataSources.retrieve({ data_source_id: source }));
    const page = await json(clientOf(notion).pages.retrieve({ page_id: row }));

    expect(schema.properties).toMatchObject({ Lancer: { button: {} }, Avenir: { telepathy: { range: 3 } } });
    expect(page.properties).toMatchObject({ Lancer: { type: 'button' }, Avenir: { telepathy: null } });
  });
});

describe('relations', () => {
  it('of a database to itself show both sides when they are two-way', async () => {
    const relation = { data_source_id: source, dual_property: { synced_property_name: 'Bloque' } };
    await update({ 'Dépend de': { relation } });
    const first = await addRow(notion, source, 'Avant');

    const second = await addRow(notion, source, 'Après', { 'Dépend de': { relation: [{ id: first }] } });
    const shown = notion.look.row(first).values.Bloque;
    await clientOf(notion).pages.update({ page_id: second, properties: { 'Dépend de': { relation: [] } } });

    expect(shown).toEqual(['Après']);
    expect(notion.look.row(first).values.Bloque).toEqual([]);
  });

  it('leave out what is in the trash', async () => {
    await update({ 'Dépend de': { relation: { data_source_id: source, single_property: {} } } });
    const first = await addRow(notion, source, 'Avant');
    const second = await addRow(notion, source, 'Après', { 'Dépend de': { relation: [{ id: first }] } });

    notion.person.trash(first);

    expect(notion.look.row(second).values['Dépend de']).toEqual([]);
  });

  it('are counted and listed by rollups', async () => {
    await update({ Liens: { relation: { data_source_id: source, single_property: {} } } });
    const by = { relation_property_name: 'Liens', rollup_property_name: 'Nom' };
    await update({ Nombre: { rollup: { function: 'count', ...by } } });
    const first = await addRow(notion, source, 'Avant');
    const second = await addRow(notion, source, 'Après', { Liens: { relation: [{ id: first }] } });

    const page = await json(clientOf(notion).pages.retrieve({ page_id: second }));

    expect(page.properties).toMatchObject({ Nombre: { rollup: { type: 'number', number: 1 } } });
  });
});

describe('a second data source', () => {
  it('keeps a database from being a parent of pages, as when a person adds one', async () => {
    const { id } = notion.look.database('Plan');
    const added = await json(
      clientOf(notion).dataSources.create({
        parent: { type: 'database_id', database_id: id },
        title: text('Autre'),
        properties: { Nom: { title: {} } },
      }),
    );

    const page = clientOf(notion).pages.create({
      parent: { type: 'database_id', database_id: id },
      properties: { Nom: { title: text('x') } },
    });

    await expect(page).rejects.toThrow(/multiple data sources/);
    expect(asText(added.object)).toBe('data_source');
  });
});
