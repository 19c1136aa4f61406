import type { Fields } from '#src/plan/item.ts';
import { type PageReading, pageProperties, readPage } from '#src/workspaces/notion/mapping.ts';
import { type People, peopleOf } from '#src/workspaces/notion/people.ts';
import {
  completion,
  initialProperties,
  type KnownSchema,
  knownSchema,
  matchSchema,
  type SchemaMatch,
} from '#src/workspaces/notion/properties.ts';
import { DataSource, Page, type Property } from '#src/workspaces/notion/schema.ts';
import type { Table } from '#src/workspaces/notion/tables.ts';
import type { Blueprint, ColumnShape } from '#src/workspaces/workspace.ts';
import { checkedBody } from '../../simulators/notion/body-check.ts';
import { changeDataSource } from '../../simulators/notion/endpoints/data-sources.ts';
import { makeDatabase } from '../../simulators/notion/endpoints/databases.ts';
import { changePage, makePage } from '../../simulators/notion/endpoints/pages.ts';
import { asObject, type JsonObject } from '../../simulators/notion/json.ts';
import { propertiesOf, renderDataSource, renderPage, renderValue } from '../../simulators/notion/render.ts';
import type { Settings } from '../../simulators/notion/settings.ts';
import { NotionSimulator } from '../../simulators/notion/simulator.ts';
import type { Caller } from '../../simulators/notion/world.ts';

/**
 * A database in a simulated Notion, written and read without HTTP: as strict as over it, and faster. The key of a task
 * is `task/<page id>`.
 */
export class Desk {
  readonly notion: NotionSimulator;
  readonly table: Table;
  readonly sourceId: string;
  readonly databaseId: string;
  known: KnownSchema = {};
  readonly #caller: Caller;

  private constructor(notion: NotionSimulator, caller: Caller, table: Table, body: JsonObject) {
    this.notion = notion;
    this.table = table;
    this.#caller = caller;
    const database = makeDatabase(notion.world, caller, body);
    this.databaseId = database.id;
    this.sourceId = database.dataSources[0] ?? '';
  }

  /** A database as the table asks for it, completed and remembered. */
  static async provision(table: Table, settings: Partial<Settings> = {}): Promise<Desk> {
    const desk = await Desk.create(table, settings);
    await desk.complete();
    return desk;
  }

  static async create(table: Table, settings: Partial<Settings> = {}): Promise<Desk> {
    const notion = new NotionSimulator(settings);
    const { connection } = notion;
    const body = await taken('CreateDatabaseParameters', {
      parent: { type: 'page_id', page_id: notion.home.id },
      title: [{ type: 'text', text: { content: table.title } }],
      initial_data_source: { properties: initialProperties(table) },
    });
    return new Desk(notion, { userId: connection.userId, connection }, table, body);
  }

  get properties(): Record<string, Property> {
    const source = this.notion.world.get('data_source', this.sourceId);
    if (!source) throw new Error('The data source is gone.');
    return DataSource.parse(renderDataSource(this.notion.world, source)).properties;
  }

  property(name: string): Property {
    const found = this.properties[name];
    if (!found) throw new Error(`There is no property ${name}.`);
    return found;
  }

  match(table = this.table): SchemaMatch {
    return matchSchema(table, this.properties, this.known, this.sourceId);
  }

  /** Completes the schema and remembers it. Gives what was sent. */
  async complete(table = this.table) {
    const found = completion(table, this.properties, this.match(table), this.sourceId);
    if (found.properties) await this.update(found.properties);
    this.known = { ...this.known, ...knownSchema(this.match(table)) };
    return found;
  }

  async update(properties: object): Promise<void> {
    const source = this.notion.world.get('data_source', this.sourceId);
    if (!source) throw new Error('The data source is gone.');
    const body = await taken('UpdateDataSourceParameters', { properties }, { data_source_id: this.sourceId });
    changeDataSource(this.notion.world, this.#caller, source, body);
  }

  /** A page that shows the fields. Gives its id. */
  async add(fields: Fields, people = nobody): Promise<string> {
    const properties = pageProperties(this.match().bound, fields, this.writing(people));
    const body = await taken('CreatePageParameters', {
      parent: { type: 'data_source_id', data_source_id: this.sourceId },
      properties,
    });
    return makePage(this.notion.world, this.#caller, body).id;
  }

  async change(pageId: string, fields: Fields, people = nobody): Promise<void> {
    const page = this.#page(pageId);
    const shown = Object.values(this.page(pageId).properties);
    const present = (id: string) => shown.find((one) => one.id === id);
    const properties = pageProperties(this.match().bound, fields, { ...this.writing(people), present });
    const body = await taken('UpdatePageParameters', { properties }, { page_id: pageId });
    changePage(this.notion.world, this.#caller, page, body);
  }

  read(pageId: string, changes: { isNew?: boolean; whole?: boolean; people?: People } = {}): PageReading {
    const { isNew = false, whole = true, people = nobody } = changes;
    return readPage(this.page(pageId), this.match().bound, {
      table: this.table,
      isNew,
      people,
      sources: SOURCES,
      keyOf: (id) => `task/${id}`,
      ...(whole && { whole: this.#whole(pageId) }),
    });
  }

  /** As a query shows it: values of many parts are cut. */
  page(pageId: string): Page {
    return Page.parse(renderPage(this.notion.world, this.#caller, this.#page(pageId)));
  }

  writing(people: People) {
    return { people, sources: SOURCES, pageOf: (key: string) => key.split('/')[1] };
  }

  /** What asking for each property on its own would give. */
  #whole(pageId: string) {
    const { world } = this.notion;
    const page = this.#page(pageId);
    const values = propertiesOf(world, page).map((property) => ({
      id: encodeURIComponent(property.id),
      type: property.type,
      [property.type]: renderValue(world, this.#caller, page, property),
    }));
    const named = Object.fromEntries(values.map((value) => [value.id, value]));
    const { properties } = Page.parse({
      ...renderPage(world, this.#caller, page),
      properties: named,
    });
    return new Map(Object.entries(properties));
  }

  #page(pageId: string) {
    const page = this.notion.world.get('page', pageId);
    if (!page) throw new Error('The page is gone.');
    return page;
  }
}

export const nobody = peopleOf([], []);

export const SOURCES: Blueprint['sources'] = new Map([
  ['cgi-289-bis', { title: 'CGI, art. 289 bis', url: 'https://www.legifrance.gouv.fr/codes/289-bis' }],
  ['cgi-289-ter', { title: 'CGI, art. 289 ter', url: 'https://www.legifrance.gouv.fr/codes/289-bis' }],
  ['dgfip', { title: 'Le site des impôts', url: 'https://www.impots.gouv.fr' }],
]);

async function taken(
  type: Parameters<typeof checkedBody>[0],
  body: object,
  pathParameters: JsonObject = {},
): Promise<JsonObject> {
  const sent = JSON.stringify(body);
  return checkedBody(type, asObject(JSON.parse(sent)), pathParameters, Buffer.byteLength(sent));
}

export function blueprint(changes: Partial<Blueprint> = {}): Blueprint {
  return {
    project: 'boulangerie-martin',
    company: 'Boulangerie Martin',
    locale: 'fr',
    title: 'Facturation électronique',
    notice: '',
    steps: [
      { key: 'comprendre', title: 'Comprendre, puis s’organiser', summary: '', color: '#2f6fa3' },
      { key: 'choisir', title: 'Choisir la plateforme', summary: '', color: '#c27c1a' },
    ],
    roles: [
      { key: 'direction', title: 'Direction' },
      { key: 'expert', title: 'Expert-comptable, cabinet' },
      { key: 'expert-2', title: 'expert-comptable – CABINET' },
    ],
    people: ['Claire Durand'],
    registers: [
      {
        key: 'outils',
        title: 'Outils et flux',
        summary: 'Ce qui produit ou reçoit une facture.',
        step: 'choisir',
        planned: [],
        columns: [
          column('nom', 'Outil', 'text'),
          column('usage', 'Usage', 'long-text'),
          column('volume', 'Factures par mois', 'number'),
          column('cout', 'Coût, HT', 'amount'),
          column('part', 'Part', 'percent'),
          column('depuis', 'Depuis', 'date'),
          {
            ...column('etat', 'État', 'select'),
            options: [
              { key: 'pret', title: 'Prêt ✅', color: '#3f7d4f' },
              { key: 'a-voir', title: 'À voir' },
            ],
          },
          column('teste', 'Testé', 'checkbox'),
          column('site', 'Site', 'url'),
          column('contact', 'Contact', 'email'),
          column('qui', 'Responsable', 'person'),
          column('cle', 'clé', 'text'),
        ],
      },
    ],
    sources: SOURCES,
    ...changes,
  };
}

function column(key: string, title: string, type: ColumnShape['type']): ColumnShape {
  return { key, title, type, help: '', options: [] };
}
