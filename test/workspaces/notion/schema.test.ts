import { describe, expect, it } from 'vitest';
import {
  Block,
  Database,
  DataSource,
  FileUpload,
  NotionId,
  Page,
  Parent,
  Property,
  PropertyValue,
} from '#src/workspaces/notion/schema.ts';
import { aPage, PAGE_ID } from './connection.ts';

const BARE_ID = PAGE_ID.replaceAll('-', '');
const option = { id: 'a', name: 'À faire', color: 'gray' };

describe('an id', () => {
  it('is read with and without dashes, in any case, and written one way', () => {
    expect(NotionId.parse(BARE_ID.toUpperCase())).toBe(PAGE_ID);
    expect(NotionId.parse(PAGE_ID)).toBe(PAGE_ID);
  });

  it.each(['', 'x', `${PAGE_ID}0`, PAGE_ID.replace('1', 'g'), `../${BARE_ID}`])('is not %j', (text) => {
    expect(NotionId.safeParse(text).success).toBe(false);
  });
});

describe('a page', () => {
  it.each([
    [{ in_trash: true }, true],
    [{ in_trash: false, archived: true }, false],
    [{ in_trash: undefined, archived: true }, true],
    [{ in_trash: undefined }, false],
    [{ in_trash: false, is_archived: true }, false],
  ])('that says %j is in the trash: %s', (changes, expected) => {
    expect(Page.parse(aPage(changes)).in_trash).toBe(expected);
  });

  it.each([
    { id: 'elsewhere' },
    { id: undefined },
    { object: 'database' },
    { properties: undefined },
    { in_trash: 'yes' },
    { last_edited_time: 'yesterday' },
  ])('is not read with %j', (changes) => {
    expect(Page.safeParse(aPage(changes)).success).toBe(false);
  });

  it('is read with fields that are new, missing or odd', () => {
    const page = Page.parse(
      aPage({ icon: { type: 'hologram' }, url: null, last_edited_by: 'me', parent: { type: 'moon' } }),
    );

    expect(page).toMatchObject({ id: PAGE_ID, url: '', last_edited_by: undefined });
    expect(page.parent).toEqual({ type: 'moon', id: null });
  });
});

describe('a value', () => {
  it.each(['button', 'place', 'verification', 'rollup', 'formula', 'invented_tomorrow'])(
    'of the type %s is unknown, neither blank nor an error',
    (type) => {
      const value = PropertyValue.parse({ id: 'x', type, [type]: { any: 'thing' } });

      expect(value).toEqual({ id: 'x', type: 'unknown', actual: type });
    },
  );

  it.each([
    { type: 'status', status: 'Done' },
    { type: 'status', status: { name: 'Fait' } },
    { type: 'status' },
    { type: 'checkbox', checkbox: null },
    { type: 'relation', relation: [{ id: 'x' }] },
    { type: 'title', title: null },
  ])('that is damaged makes the page unreadable rather than blank: %j', (value) => {
    const page = aPage({ properties: { Statut: { id: 'x', ...value } } });

    expect(Page.safeParse(page).success).toBe(false);
  });

  it.each([
    { type: 'status', status: option },
    { type: 'status', status: null },
    { type: 'select', select: null },
    { type: 'date', date: { start: '2026-11-23', end: null, time_zone: null } },
    { type: 'date', date: null },
    { type: 'number', number: 0 },
    { type: 'checkbox', checkbox: true },
    { type: 'people', people: [{ id: PAGE_ID, object: 'user' }] },
    { type: 'relation', relation: [{ id: PAGE_ID }], has_more: true },
    { type: 'rich_text', rich_text: [{ plain_text: 'é', href: null, type: 'custom_emoji' }] },
  ])('is read as it is: %j', (value) => {
    expect(PropertyValue.parse({ id: '%3AUPp', ...value })).toMatchObject({ id: '%3AUPp', type: value.type });
  });

  it('without an id is no value', () => {
    expect(PropertyValue.safeParse({ type: 'number', number: 1 }).success).toBe(false);
    expect(PropertyValue.safeParse({ type: 'button' }).success).toBe(false);
    expect(PropertyValue.safeParse(null).success).toBe(false);
  });
});

describe('a column', () => {
  it('of a status has its options and their groups', () => {
    const groups = [{ id: 'g', name: 'To-do', option_ids: ['a'], color: 'gray' }];

    const column = Property.parse({
      id: 'x',
      name: 'Statut',
      type: 'status',
      status: { options: [option], groups },
    });

    expect(column).toMatchObject({
      status: { options: [option], groups: [{ name: 'To-do', option_ids: ['a'] }] },
    });
  });

  it('of a type that we do not know keeps its name', () => {
    const column = Property.parse({ id: 'x', name: 'Bouton', type: 'button', button: {} });

    expect(column).toEqual({ id: 'x', name: 'Bouton', type: 'unknown', actual: 'button' });
  });
});

describe('other objects', () => {
  it('a database names its data sources, by which it is read', () => {
    const parent = { type: 'page_id', page_id: BARE_ID };
    const database = {
      object: 'database',
      id: BARE_ID,
      parent,
      data_sources: [{ id: BARE_ID, name: 'Plan' }],
    };

    expect(Database.parse(database)).toMatchObject({
      id: PAGE_ID,
      data_sources: [{ id: PAGE_ID }],
      in_trash: false,
    });
    expect(Database.safeParse({ ...database, data_sources: undefined }).success).toBe(false);
  });

  it('a data source has its columns by name', () => {
    const parent = { type: 'database_id', database_id: BARE_ID };
    const properties = { Clé: { id: 'k', name: 'Clé', type: 'rich_text', rich_text: {} } };

    const source = DataSource.parse({ object: 'data_source', id: BARE_ID, parent, properties });

    expect(source.parent).toEqual({ type: 'database_id', id: PAGE_ID });
    expect(source.properties).toMatchObject({ Clé: { id: 'k', type: 'rich_text' } });
  });

  it('a to-do that does not say whether it is ticked is not read', () => {
    const block = { object: 'block', id: PAGE_ID, type: 'to_do' };

    expect(Block.safeParse({ ...block, to_do: { rich_text: [] } }).success).toBe(false);
    expect(Block.parse({ ...block, to_do: { rich_text: [], checked: true } }).to_do?.checked).toBe(true);
    expect(Block.parse({ ...block, type: 'tab_of_2027' }).type).toBe('tab_of_2027');
  });

  it('the top of a workspace is a parent without an id', () => {
    expect(Parent.parse({ type: 'workspace', workspace: true })).toEqual({ type: 'workspace', id: null });
  });

  it('an upload says how far it is', () => {
    expect(FileUpload.safeParse({ object: 'file_upload', id: PAGE_ID, status: 'maybe' }).success).toBe(false);
  });
});
