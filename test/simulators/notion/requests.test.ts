import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addRow, clientOf, json, planIn, refusalOf, text, todo } from './client.ts';
import { asList, asObject, asObjects, asText } from './json.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

let notion: NotionSimulator;
beforeEach(async () => {
  notion = await startNotion();
});
afterEach(() => notion.stop());

describe('users', () => {
  it('tells the bot of the connection and what it may upload', async () => {
    const self = await json(clientOf(notion).users.me({}));

    const limits = asObject(asObject(self.bot).workspace_limits);
    expect(self).toMatchObject({ type: 'bot', name: 'Jalon' });
    expect(limits.max_file_upload_size_in_bytes).toBe(20 * 1024 * 1024);
  });

  it('lists people with their e-mail, page by page', async () => {
    const first = await clientOf(notion).users.list({ page_size: 1 });
    const rest = await clientOf(notion).users.list({ start_cursor: first.next_cursor ?? '' });

    expect(first.results).toMatchObject([{ type: 'person', person: { email: 'claire@example.org' } }]);
    expect(rest.results).toMatchObject([{ name: 'Marc Petit' }, { type: 'bot' }]);
  });

  it('retrieves one', async () => {
    const id = [...notion.world.users.keys()][1] ?? '';

    expect(await clientOf(notion).users.retrieve({ user_id: id })).toMatchObject({ name: 'Marc Petit' });
  });
});

describe('databases and data sources', () => {
  it('are created with a schema, a default table and the groups of the status', async () => {
    const { id, source } = await planIn(notion);

    const schema = await json(clientOf(notion).dataSources.retrieve({ data_source_id: source }));
    const status = asObject(asObject(asObject(schema.properties).Statut).status);
    const groups = asObjects(status.groups).map(({ name, option_ids: ids }) => [name, asList(ids).length]);
    expect(groups).toEqual([
      ['To-do', 1],
      ['In progress', 1],
      ['Complete', 1],
    ]);
    expect(notion.look.views(id)).toMatchObject([{ type: 'table' }]);
  });

  it('carry milliseconds in databases and whole minutes everywhere else', async () => {
    const { id, source } = await planIn(notion);

    const database = await json(clientOf(notion).databases.retrieve({ database_id: id }));
    const schema = await json(clientOf(notion).dataSources.retrieve({ data_source_id: source }));
    expect(database.created_time).toMatch(/\.\d{3}\+00:00$/);
    expect(schema.created_time).toMatch(/:00\.000Z$/);
    expect(database).not.toHaveProperty('archived');
  });

  it('follow a new title, and keep the id', async () => {
    const { id } = await planIn(notion);

    const renamed = await json(clientOf(notion).databases.update({ database_id: id, title: text('Projet') }));

    expect(renamed).toMatchObject({ id, data_sources: [{ name: 'Projet' }] });
  });
});

describe('pages', () => {
  it('keep what they are given, and give it back whole', async () => {
    const { source } = await planIn(notion);
    const claire = [...notion.world.users.keys()][0] ?? '';
    const id = await addRow(notion, source, 'Choisir la plateforme', {
      Statut: { status: { name: 'En cours' } },
      Étape: { select: { name: 'Choisir' } },
      Rôles: { multi_select: [{ name: 'Direction' }] },
      Personnes: { people: [{ id: claire }] },
      Échéance: { date: { start: '2027-01-15' } },
      Avancement: { number: 0.5 },
      Preuve: { url: 'https://example.org/' },
      Utile: { checkbox: true },
    });

    const page = await json(clientOf(notion).pages.retrieve({ page_id: id }));

    expect(page.properties).toMatchObject({
      Nom: { id: 'title', title: [{ plain_text: 'Choisir la plateforme' }] },
      Statut: { status: { name: 'En cours' } },
      Étape: { select: { name: 'Choisir' } },
      Personnes: { people: [{ name: 'Claire Morel' }] },
      Échéance: { date: { start: '2027-01-15', end: null, time_zone: null } },
      Avancement: { number: 0.5 },
      Utile: { checkbox: true },
    });
  });

  it('are written by property id as well as by name, and read by filter_properties', async () => {
    const { source } = await planIn(notion);
    const id = await addRow(notion, source, 'Une tâche');
    const property = notion.look.dataSource('Plan').properties.find(({ name }) => name === 'Clé');
    const key = encodeURIComponent(property?.id ?? '');

    await clientOf(notion).pages.update({ page_id: id, properties: { [key]: { rich_text: text('t-1') } } });
    const page = await json(clientOf(notion).pages.retrieve({ page_id: id, filter_properties: [key] }));

    expect(Object.keys(asObject(page.properties))).toEqual(['Clé']);
    expect(page.properties).toMatchObject({ Clé: { rich_text: [{ plain_text: 't-1' }] } });
  });

  it('go to the trash and come back', async () => {
    const { source } = await planIn(notion);
    const id = await addRow(notion, source, 'Une tâche');

    const trashed = await json(clientOf(notion).pages.update({ page_id: id, in_trash: true }));
    const queried = await clientOf(notion).dataSources.query({ data_source_id: source });
    const restored = await json(clientOf(notion).pages.update({ page_id: id, in_trash: false }));

    expect(trashed.in_trash).toBe(true);
    expect(queried.results).toEqual([]);
    expect(restored.in_trash).toBe(false);
  });

  it('move under another page and keep their title', async () => {
    const { source } = await planIn(notion);
    const id = await addRow(notion, source, 'Une tâche');

    await clientOf(notion).pages.move({ page_id: id, parent: { page_id: notion.home.id } });

    expect(notion.look.rows(source)).toEqual([]);
    expect(notion.look.row(id).title).toBe('Une tâche');
  });
});

describe('blocks', () => {
  it('are appended at the end, at the start and after another', async () => {
    const client = clientOf(notion);
    const block_id = notion.home.id;
    const first = await client.blocks.children.append({ block_id, children: [todo('b'), todo('d')] });

    await client.blocks.children.append({ block_id, children: [todo('a')], position: { type: 'start' } });
    const after = { id: first.results[0]?.id ?? '' };
    await client.blocks.children.append({
      block_id,
      children: [todo('c')],
      position: { type: 'after_block', after_block: after },
    });

    const words = notion.look.picture(block_id).content;
    expect(words).toMatchObject([{ words: 'a' }, { words: 'b' }, { words: 'c' }, { words: 'd' }]);
  });

  it('hold two levels below the top, and are listed page by page', async () => {
    const client = clientOf(notion);
    const deep = {
      rich_text: text('haut'),
      children: [{ toggle: { rich_text: text('milieu'), children: [todo('bas')] } }],
    };
    const added = await client.blocks.children.append({
      block_id: notion.home.id,
      children: [{ toggle: deep }, todo('suite')],
    });

    const page = await client.blocks.children.list({ block_id: notion.home.id, page_size: 1 });
    const below = await client.blocks.children.list({ block_id: added.results[0]?.id ?? '' });

    expect(page).toMatchObject({ has_more: true, results: [{ type: 'toggle', has_children: true }] });
    expect(below.results).toMatchObject([{ toggle: { rich_text: [{ plain_text: 'milieu' }] } }]);
  });

  it('are changed in place and deleted', async () => {
    const client = clientOf(notion);
    const { results } = await client.blocks.children.append({
      block_id: notion.home.id,
      children: [todo('relire'), { paragraph: { rich_text: text('avant') } }],
    });
    const [box, words] = results.map(({ id }) => id);

    await client.blocks.update({ block_id: box ?? '', to_do: { checked: true } });
    await client.blocks.delete({ block_id: words ?? '' });

    expect(notion.look.blocks(notion.home.id)).toMatchObject([
      { to_do: { checked: true, rich_text: [{ plain_text: 'relire' }] } },
    ]);
    expect(await client.blocks.retrieve({ block_id: words ?? '' })).toMatchObject({ in_trash: true });
  });

  it('show a child page and a child database where they stand', async () => {
    await planIn(notion);
    await clientOf(notion).pages.create({
      parent: { page_id: notion.home.id },
      properties: { title: { title: text('Notes') } },
    });

    const { results } = await clientOf(notion).blocks.children.list({ block_id: notion.home.id });

    expect(results).toMatchObject([
      { type: 'child_database', child_database: { title: 'Plan' } },
      { type: 'child_page', child_page: { title: 'Notes' } },
    ]);
  });
});

describe('files', () => {
  it('are announced, sent and attached to an image block, which shows a signed URL', async () => {
    const client = clientOf(notion);
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    const upload = await client.fileUploads.create({
      mode: 'single_part',
      filename: 'avancement.png',
      content_type: 'image/png',
    });

    const sent = await client.fileUploads.send({
      file_upload_id: upload.id,
      file: { filename: 'avancement.png', data: new Blob([png], { type: 'image/png' }) },
    });
    const { results } = await client.blocks.children.append({
      block_id: notion.home.id,
      children: [{ image: { type: 'file_upload', file_upload: { id: upload.id } } }],
    });

    expect(upload.status).toBe('pending');
    expect(sent).toMatchObject({ status: 'uploaded', content_length: png.length });
    expect(results).toMatchObject([
      { type: 'image', image: { type: 'file', file: { url: expect.any(String) } } },
    ]);
    expect(notion.look.bytesOf(results[0]?.id ?? '')).toEqual(png);
  });
});

describe('comments', () => {
  it('are added to a page and listed', async () => {
    const client = clientOf(notion);
    const first = await json(
      client.comments.create({ parent: { page_id: notion.home.id }, rich_text: text('Un conflit') }),
    );
    await client.comments.create({ discussion_id: asText(first.discussion_id), rich_text: text('Résolu') });

    const { results } = await client.comments.list({ block_id: notion.home.id });

    expect(results).toMatchObject([
      { rich_text: [{ plain_text: 'Un conflit' }] },
      { rich_text: [{ plain_text: 'Résolu' }] },
    ]);
  });

  it('are changed and deleted by the connection that made them, and by no other', async () => {
    const client = clientOf(notion);
    const own = await json(
      client.comments.create({ parent: { page_id: notion.home.id }, rich_text: text('Le nôtre') }),
    );
    const hers = notion.person.comment(notion.home.id, 'Le sien');

    await client.comments.update({ comment_id: asText(own.id), rich_text: text('Le nôtre, mieux') });
    const refused = await refusalOf(
      client.comments.update({ comment_id: hers.id, rich_text: text('Le sien, par nous') }),
    );
    const shown = notion.look.comments(notion.home.id);
    await client.comments.delete({ comment_id: asText(own.id) });

    expect(shown).toEqual(expect.arrayContaining(['Le nôtre, mieux', 'Le sien']));
    expect(refused).toMatchObject({ status: 404, code: 'object_not_found' });
    expect(notion.look.comments(notion.home.id)).not.toContain('Le nôtre, mieux');
  });

  it('are no longer listed once their discussion is resolved', async () => {
    const page = notion.person.addPage('Discutée', notion.home.id).id;
    const first = notion.person.comment(page, 'Et si…');
    notion.person.reply(first, 'Oui');
    notion.person.comment(page, 'Autre chose');

    notion.person.resolve(first);

    const { results } = await clientOf(notion).comments.list({ block_id: page });
    expect(results).toMatchObject([{ rich_text: [{ plain_text: 'Autre chose' }] }]);
  });

  it('come page by page, dated to the minute, with the name of who wrote them', async () => {
    const page = notion.person.addPage('Commentée', notion.home.id).id;
    for (const words of ['un', 'deux', 'trois']) notion.person.comment(page, words);

    const first = await clientOf(notion).comments.list({ block_id: page, page_size: 2 });
    const next = await clientOf(notion).comments.list({
      block_id: page,
      page_size: 2,
      ...(first.next_cursor !== null && { start_cursor: first.next_cursor }),
    });

    expect([first.results.length, first.has_more, next.results.length]).toEqual([2, true, 1]);
    expect(next.results[0]).toMatchObject({
      created_time: expect.stringMatching(/:00\.000Z$/),
      display_name: { type: 'user', resolved_name: 'Claire Morel' },
    });
  });
});

describe('views', () => {
  it('are created, changed, listed and deleted', async () => {
    const { id, source } = await planIn(notion);
    const client = clientOf(notion);
    const filter = { property: 'Statut', status: { does_not_equal: 'Fait' } } as unknown as Record<
      string,
      never
    >;
    const view = await json(
      client.views.create({
        database_id: id,
        data_source_id: source,
        name: 'Par statut',
        type: 'board',
        filter,
        configuration: {
          type: 'board',
          group_by: { type: 'status', property_id: 'Statut', group_by: 'option', sort: { type: 'manual' } },
        },
      }),
    );

    const listed = await client.views.list({ database_id: id });
    const renamed = await json(
      client.views.update({ view_id: asText(view.id), name: 'Tableau', filter: null }),
    );
    await client.views.delete({ view_id: notion.look.views(id)[0]?.id ?? '' });

    expect(listed.results).toHaveLength(2);
    expect(renamed).toMatchObject({ name: 'Tableau', filter: null, configuration: { type: 'board' } });
    expect(notion.look.views(id).map(({ name }) => name)).toEqual(['Tableau']);
  });
});
