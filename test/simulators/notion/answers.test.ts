import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, planIn, raw, refusalOf, text } from './client.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

let notion: NotionSimulator;
beforeAll(async () => {
  notion = await startNotion();
});
afterAll(() => notion.stop());

describe('a request is turned away', () => {
  it.each([
    [
      'without the version',
      400,
      'missing_version',
      'GET',
      'users/me',
      undefined,
      { 'notion-version': '2025-09-03' },
    ],
    ['with a body that does not parse', 400, 'invalid_json', 'POST', 'search', '{', {}],
    ['without a token', 401, 'unauthorized', 'GET', 'users/me', undefined, { authorization: 'Bearer other' }],
    ['on its way to nowhere', 400, 'invalid_request_url', 'GET', 'nowhere', undefined, {}],
  ])('%s', async (_name, status, code, method, path, body, headers) => {
    const answer = await raw(notion, method, path, body, headers);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      object: 'error',
      status,
      code,
      request_id: expect.any(String),
    });
  });

  it('in a form that the SDK knows', async () => {
    const { source } = await planIn(notion, 'Statuts');
    const wrong = clientOf(notion).pages.create({
      parent: { type: 'data_source_id', data_source_id: source },
      properties: { Statut: { status: { name: 'Perdu' } } },
    });

    expect(await refusalOf(wrong)).toMatchObject({ status: 400, code: 'validation_error' });
  });
});

describe('a request is obeyed in part, without a word', () => {
  it('when a database create carries properties at its top: the database is empty', async () => {
    const response = await raw(notion, 'POST', 'databases', {
      parent: { type: 'page_id', page_id: notion.home.id },
      title: text('Vide'),
      properties: { Nom: { title: {} }, Clé: { rich_text: {} } },
    });

    expect(response.status).toBe(200);
    expect(notion.look.dataSource('Vide').properties.map(({ name }) => name)).toEqual(['Name']);
  });

  it('when a schema has a button: there is none', async () => {
    const response = await raw(notion, 'POST', 'databases', {
      parent: { type: 'page_id', page_id: notion.home.id },
      title: text('Boutons'),
      initial_data_source: { properties: { Nom: { title: {} }, Bouton: { button: {} } } },
    });

    expect(response.status).toBe(200);
    expect(notion.look.dataSource('Boutons').properties.map(({ name }) => name)).toEqual(['Nom']);
  });

  it('when a status has groups: it keeps those that every status has', async () => {
    const status = { options: [{ name: 'Neuf', group: 'Complete' }], groups: [{ name: 'Autres' }] };

    const response = await raw(notion, 'POST', 'databases', {
      parent: { type: 'page_id', page_id: notion.home.id },
      title: text('Groupes'),
      initial_data_source: { properties: { Nom: { title: {} }, Statut: { status } } },
    });

    expect(response.status).toBe(200);
    const [, property] = notion.look.dataSource('Groupes').properties;
    expect(property?.options).toMatchObject([{ name: 'Neuf', group: 'Complete' }]);
  });
});
