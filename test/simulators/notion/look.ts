import { livingChildren, renderBlock, wordsOf } from './block-tree.ts';
import { asList, asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import type { Block, Database, DataSource, Page, Property, View } from './records.ts';
import { propertiesOf, renderValue } from './render.ts';
import { plainText } from './rich-text.ts';
import type { Caller, World } from './world.ts';

/** A row as a person reads it: texts, option names, titles of related rows. */
export interface ShownRow {
  readonly id: string;
  readonly title: string;
  readonly inTrash: boolean;
  readonly values: Readonly<Record<string, Json>>;
}

/** What a test looks at. Nothing here is a request. */
export class Look {
  readonly #world: World;
  readonly #viewer: Caller = { userId: '' };

  constructor(world: World) {
    this.#world = world;
  }

  /** Databases with that title that are not in the trash, the oldest first. */
  databases(title?: string): Database[] {
    return this.#world
      .all('database')
      .filter((one) => !this.#world.isGone(one) && (title === undefined || plainText(one.title) === title));
  }

  /** The one database of that title. @throws when there is none, or more than one. */
  database(title: string): Database {
    return only(this.databases(title), `database “${title}”`);
  }

  /** The one data source of the database of that title. */
  dataSource(title: string): DataSource {
    const sources = this.database(title).dataSources.map((id) => this.#world.get('data_source', id));
    return only(
      sources.filter((source) => source !== undefined),
      `data source in “${title}”`,
    );
  }

  /** Pages with that title, rows too, that are not in the trash. */
  pages(title?: string): Page[] {
    return this.#world
      .all('page')
      .filter((page) => !this.#world.isGone(page) && (title === undefined || titleOf(page) === title));
  }

  page(title: string): Page {
    return only(this.pages(title), `page “${title}”`);
  }

  /** Rows that are not in the trash, by title; with `trashed`, those that are. */
  rows(dataSourceId: string, { trashed = false } = {}): ShownRow[] {
    return this.#world
      .rowsOf(dataSourceId)
      .filter((row) => row.inTrash === trashed)
      .map((row) => this.row(row.id))
      .toSorted((one, other) => one.title.localeCompare(other.title));
  }

  row(pageId: string): ShownRow {
    const page = this.#world.get('page', pageId);
    if (page === undefined) throw new Error(`There is no page with the id ${pageId}.`);
    const values = propertiesOf(this.#world, page).map((property) => [
      property.name,
      this.#shown(page, property),
    ]);
    return { id: page.id, title: titleOf(page), inTrash: page.inTrash, values: Object.fromEntries(values) };
  }

  /** Values of a property that more than one living row has: keys that must be there once. */
  duplicates(dataSourceId: string, property: string): string[] {
    const seen = new Map<string, number>();
    for (const { values } of this.rows(dataSourceId)) {
      const key = String(values[property] ?? '');
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    return [...seen].filter(([key, count]) => key !== '' && count > 1).map(([key]) => key);
  }

  /** Blocks under a page or block, as the API would give them, with what lies below in `children`. */
  blocks(id: string): JsonObject[] {
    const parent = this.#world.get('page', id) ?? this.#world.get('block', id);
    if (parent === undefined) throw new Error(`There is no page or block with the id ${id}.`);
    return livingChildren(this.#world, parent).map((child) => ({
      ...renderBlock(this.#world, child),
      ...(child.kind === 'block' ? { children: this.blocks(child.id) } : {}),
    }));
  }

  /** Views of a database in the order of their tabs. */
  views(databaseId: string): View[] {
    const ids = this.#world.get('database', databaseId)?.views ?? [];
    return ids.map((id) => this.#world.get('view', id)).filter((view) => view !== undefined);
  }

  comments(pageId: string): string[] {
    return this.#world.commentsOn(pageId).map(({ richText }) => plainText(richText));
  }

  /** Blocks that the connections have created, deleted ones too: what a Free workspace never gets back. */
  blocksCreated(): number {
    return this.#world.created.byConnections;
  }

  /** The bytes behind an image or file block. */
  bytesOf(blockId: string): Buffer | undefined {
    const content = this.#world.get('block', blockId)?.content;
    return this.#world.uploads.get(asText(asObject(content?.file_upload).id))?.bytes;
  }

  /**
   * Everything below a page, without ids and times, so that two runs can be compared: pages, blocks, databases with
   * schema, rows and views. What is in the trash is left out.
   */
  picture(pageId: string): JsonObject {
    const page = this.#world.get('page', pageId);
    if (page === undefined) throw new Error(`There is no page with the id ${pageId}.`);
    return { title: titleOf(page), icon: page.icon, content: this.#contentOf(page), ...this.#said(pageId) };
  }

  #contentOf(parent: Page | Block): Json[] {
    return livingChildren(this.#world, parent).map((child): Json => {
      if (child.kind === 'page') return { page: this.picture(child.id) };
      if (child.kind === 'database') return { database: this.#databasePicture(child) };
      const { file_upload: upload, ...content } = child.content;
      const attached = upload === undefined ? {} : { bytes: this.bytesOf(child.id)?.length };
      const below = child.children.length === 0 ? {} : { children: this.#contentOf(child) };
      const words = wordsOf(child);
      const { rich_text: _words, ...rest } = content;
      return { block: child.type, words, ...rest, ...attached, ...below };
    });
  }

  #databasePicture(database: Database): JsonObject {
    const sources = database.dataSources.map((id) => this.#world.get('data_source', id));
    return {
      title: plainText(database.title),
      description: plainText(database.description),
      inline: database.isInline,
      icon: database.icon,
      sources: sources.filter((source) => source !== undefined).map((source) => this.#sourcePicture(source)),
      views: this.views(database.id).map((view) => this.#viewPicture(view)),
    };
  }

  #sourcePicture(source: DataSource): JsonObject {
    const schema = source.properties.map((property): Json => {
      const { name, type, description } = property;
      const options = property.options.map((option) => `${option.name} (${option.color}, ${option.group})`);
      const target = property.relation && this.#world.get('data_source', property.relation.dataSourceId);
      const more = target === undefined ? {} : { to: plainText(target.title) };
      return { name, type, description, ...(options.length === 0 ? {} : { options }), ...more };
    });
    const rows = this.rows(source.id).map(({ id, values }): Json => {
      const page = this.#world.get('page', id);
      return { ...values, content: page === undefined ? [] : this.#contentOf(page), ...this.#said(id) };
    });
    return { schema, rows };
  }

  #said(pageId: string): JsonObject {
    const comments = this.comments(pageId);
    return comments.length === 0 ? {} : { comments };
  }

  #viewPicture(view: View): JsonObject {
    const source = this.#world.get('data_source', view.dataSourceId);
    const { name, type, filter, sorts, quickFilters, configuration } = view;
    const named = withNames({ filter, sorts, quickFilters, configuration }, source?.properties ?? []);
    return { name, type, ...asObject(named) };
  }

  #shown(page: Page, property: Property): Json {
    const value = renderValue(this.#world, this.#viewer, page, property);
    switch (property.type) {
      case 'title':
      case 'rich_text':
        return plainText(value);
      case 'select':
      case 'status':
        return value === null ? null : asText(asObject(value).name);
      case 'multi_select':
      case 'people':
        return asObjects(value).map(({ name, id }) => asText(name) || asText(id));
      case 'relation':
        return asObjects(value)
          .map(({ id }) => this.#titleById(asText(id)))
          .toSorted();
      case 'date':
        return value === null
          ? null
          : [asObject(value).start, asObject(value).end].filter(Boolean).join(' → ');
      case 'created_time':
      case 'last_edited_time':
      case 'created_by':
      case 'last_edited_by':
      case 'unique_id':
        return property.type;
      default:
        return Array.isArray(value) ? asList(value) : value;
    }
  }

  #titleById(id: string): string {
    const page = this.#world.get('page', id);
    return page === undefined ? id : titleOf(page);
  }
}

function titleOf(page: Page): string {
  return plainText(page.values.get('title'));
}

function only<T>(found: readonly T[], what: string): T {
  const [first, second] = found;
  if (first === undefined) throw new Error(`There is no ${what}.`);
  if (second !== undefined) throw new Error(`There are ${found.length} of ${what}.`);
  return first;
}

/** Property ids replaced by names, wherever they stand. */
function withNames(value: Json | undefined, properties: readonly Property[]): Json {
  if (typeof value === 'string') {
    const found = properties.find(({ id }) => id === value || encodeURIComponent(id) === value);
    return found?.name ?? value;
  }
  if (Array.isArray(value)) return value.map((item) => withNames(item, properties));
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      asText(withNames(key, properties)),
      withNames(item, properties),
    ]),
  );
}
