import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addRow, clientOf, clockAt, json, planIn, refusalOf, text, todo } from './client.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let notion: NotionSimulator;
let plan: { id: string; source: string };
beforeEach(async () => {
  notion = await startNotion({ now: clock.now, ratePerMinute: 10_000 });
  plan = await planIn(notion);
});
afterEach(() => notion.stop());

describe('what is not shared', () => {
  it('is not found, like what is not there', async () => {
    const secret = notion.person.addPage('Privé');

    const refused = await refusalOf(clientOf(notion).pages.retrieve({ page_id: secret.id }));

    expect(refused).toMatchObject({
      status: 404,
      code: 'object_not_found',
      data: { integration_id: notion.connection.integrationId },
    });
  });

  it('may be one row alone: the rest is read as before', async () => {
    const hidden = await addRow(notion, plan.source, 'Cachée');
    await addRow(notion, plan.source, 'Visible');

    notion.withdraw(hidden);

    const { results } = await clientOf(notion).dataSources.query({ data_source_id: plan.source });
    expect(results.map(({ id }) => notion.look.row(id).title)).toEqual(['Visible']);
    expect((await refusalOf(clientOf(notion).pages.retrieve({ page_id: hidden }))).status).toBe(404);
  });

  it('is everything once the connection is revoked, and that is 401', async () => {
    notion.revoke();

    expect(await refusalOf(clientOf(notion).users.me({}))).toMatchObject({
      status: 401,
      code: 'unauthorized',
    });
  });
});

describe('a person', () => {
  it('trashes a database: it is still found, with its rows, but takes no more writes', async () => {
    const row = await addRow(notion, plan.source, 'Une tâche');

    notion.person.trash(plan.id);

    const client = clientOf(notion);
    const database = await json(client.databases.retrieve({ database_id: plan.id }));
    const page = await json(client.pages.retrieve({ page_id: row }));
    const write = client.pages.update({ page_id: row, properties: { Utile: { checkbox: true } } });
    expect([database.in_trash, page.in_trash]).toEqual([true, true]);
    expect((await refusalOf(write)).message).toMatch(/archived/);
  });

  it('restores what was trashed, with all that it held', async () => {
    const row = await addRow(notion, plan.source, 'Une tâche');
    notion.person.trash(plan.id);

    notion.person.restore(plan.id);

    expect(await json(clientOf(notion).pages.retrieve({ page_id: row }))).toMatchObject({ in_trash: false });
  });

  it('moves a page out of what is shared, and it is gone for the connection', async () => {
    const page = notion.person.addPage('Notes', notion.home.id);

    notion.person.move(page.id, 'workspace');

    expect((await refusalOf(clientOf(notion).pages.retrieve({ page_id: page.id }))).status).toBe(404);
  });

  it('moves a page of the connection to another page: it keeps its id', async () => {
    const row = await addRow(notion, plan.source, 'Une tâche');

    notion.person.move(row, { pageId: notion.home.id });

    const page = await json(clientOf(notion).pages.retrieve({ page_id: row }));
    expect(page).toMatchObject({ id: row, parent: { type: 'page_id', page_id: notion.home.id } });
  });

  it('renames a database, a property, an option, a view and a page; the ids stay', async () => {
    const row = await addRow(notion, plan.source, 'Une tâche', { Étape: { select: { name: 'Cadrer' } } });
    const [view] = notion.look.views(plan.id);

    notion.person.renameDatabase(plan.id, 'Projet');
    notion.person.renameProperty(plan.source, 'Étape', 'Phase');
    notion.person.renameOption(plan.source, 'Phase', 'Cadrer', 'Préparer');
    notion.person.renameView(view?.id ?? '', 'Tout');
    notion.person.renamePage(row, 'Une action');

    expect(notion.look.database('Projet').id).toBe(plan.id);
    expect(notion.look.row(row)).toMatchObject({ title: 'Une action', values: { Phase: 'Préparer' } });
    expect(notion.look.views(plan.id)).toMatchObject([{ id: view?.id, name: 'Tout' }]);
  });

  it('adds options, properties, rows, views, comments and blocks of her own', async () => {
    const { person, look } = notion;

    person.addOption(plan.source, 'Statut', { name: 'En pause', group: 'In progress' });
    person.addProperty(plan.source, 'Budget', 'number');
    const row = person.addRow(plan.source, { Nom: { title: text('La mienne') }, Budget: { number: 3 } });
    person.addView(plan.id, 'Mes tâches', 'list');
    person.comment(row.id, 'À voir');
    person.addBlocks(row.id, [todo('une chose')]);

    expect(look.rows(plan.source)).toMatchObject([{ title: 'La mienne', values: { Budget: 3 } }]);
    expect(look.views(plan.id).map(({ name }) => name)).toEqual(['Default view', 'Mes tâches']);
    expect(look.comments(row.id)).toEqual(['À voir']);
    expect(look.blocksCreated()).toBe(1);
  });

  it('ticks a box, which moves the time of the page; a connection that ticks may not', async () => {
    const row = await addRow(notion, plan.source, 'Une tâche');
    const client = clientOf(notion);
    const { results } = await client.blocks.children.append({
      block_id: row,
      children: [todo('a'), todo('b')],
    });
    const editedAt = async () => (await json(client.pages.retrieve({ page_id: row }))).last_edited_time;
    const before = await editedAt();
    clock.pass(120_000);

    await client.blocks.update({ block_id: results[0]?.id ?? '', to_do: { checked: true } });
    const afterConnection = await editedAt();
    notion.person.tickTodo(row, 'b');
    const afterPerson = await editedAt();

    expect(afterConnection).toBe(before);
    expect(afterPerson).not.toBe(before);
    expect(notion.look.blocks(row)).toMatchObject([
      { to_do: { checked: true } },
      { to_do: { checked: true } },
    ]);
  });
});

describe('a look', () => {
  it('finds keys that two rows have', async () => {
    for (const key of ['t-1', 't-2', 't-1']) {
      await addRow(notion, plan.source, key, { Clé: { rich_text: text(key) } });
    }

    expect(notion.look.duplicates(plan.source, 'Clé')).toEqual(['t-1']);
  });

  it('draws the same picture of two workspaces that were built alike, whatever their ids', async () => {
    await using other = await startNotion({ seed: 'another' });
    const twin = await planIn(other);
    for (const [one, { source }] of [
      [notion, plan],
      [other, twin],
    ] as const) {
      const row = await addRow(one, source, 'Une tâche', { Statut: { status: { name: 'Fait' } } });
      await clientOf(one).blocks.children.append({ block_id: row, children: [todo('a')] });
    }

    expect(other.look.picture(other.home.id)).toEqual(notion.look.picture(notion.home.id));
    expect(twin.source).not.toBe(plan.source);
  });

  it('counts requests by endpoint', async () => {
    await addRow(notion, plan.source, 'Une tâche');

    expect(notion.log.counts()).toEqual({ 'databases.create': 1, 'pages.create': 1 });
  });
});
