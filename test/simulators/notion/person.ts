import { addBlocks, moveUnder, wordsOf } from './block-tree.ts';
import { changeBlock } from './endpoints/blocks.ts';
import { changeComment, makeComment } from './endpoints/comments.ts';
import { changeDatabase, makeDatabase } from './endpoints/databases.ts';
import { changePage, makePage, relocatePage } from './endpoints/pages.ts';
import { makeView, removeView } from './endpoints/views.ts';
import type { JsonObject } from './json.ts';
import { createProperty, dropLostOptions, removeProperty, renameProperty } from './property-schema.ts';
import { checkOptionNames, findProperty, newOption } from './property-types.ts';
import type { Block, Comment, Database, DataSource, Option, Page, Property, Thing, View } from './records.ts';
import { typed } from './rich-text.ts';
import type { Caller, World } from './world.ts';

/** What people do in the interface of Notion. Nothing here is a request, and no limit of the API holds. */
export class Person {
  readonly #world: World;
  readonly #caller: Caller;

  constructor(world: World, userId: string) {
    this.#world = world;
    this.#caller = { userId };
  }

  /** A page at the top of the workspace, or under another. */
  addPage(title: string, parentId?: string): Page {
    const parent = parentId === undefined ? { workspace: true } : { page_id: parentId };
    return makePage(this.#world, this.#caller, { parent, properties: { title: { title: runs(title) } } });
  }

  addDatabase(parentId: string, title: string, properties: JsonObject = { Name: { title: {} } }): Database {
    return makeDatabase(this.#world, this.#caller, {
      parent: { type: 'page_id', page_id: parentId },
      title: runs(title),
      initial_data_source: { properties },
    });
  }

  /** Values in the form of the API: `{ Name: { title: [{ text: { content: 'Call' } }] } }`. */
  addRow(dataSourceId: string, properties: JsonObject): Page {
    return makePage(this.#world, this.#caller, { parent: { data_source_id: dataSourceId }, properties });
  }

  edit(pageId: string, properties: JsonObject): void {
    changePage(this.#world, this.#caller, this.#get('page', pageId), { properties });
  }

  renamePage(pageId: string, title: string): void {
    const page = this.#get('page', pageId);
    page.values.set('title', typed(title));
    this.#world.touch(page, this.#caller);
  }

  renameDatabase(databaseId: string, title: string): void {
    changeDatabase(this.#world, this.#caller, this.#get('database', databaseId), { title: runs(title) });
  }

  renameProperty(dataSourceId: string, nameOrId: string, name: string): void {
    const { source, property } = this.#property(dataSourceId, nameOrId);
    renameProperty(source, property, name);
    this.#world.touch(source, this.#caller);
  }

  /** The type may be one that the API does not know: a button, something of next year. */
  addProperty(dataSourceId: string, name: string, type: string, config: JsonObject = {}): Property {
    const source = this.#get('data_source', dataSourceId);
    this.#world.touch(source, this.#caller);
    try {
      const created = createProperty(this.#world, this.#caller, source, name, { [type]: config });
      if (created !== undefined) return created;
    } catch {
      // Not one that a connection can create: it is kept as it is.
    }
    const property: Property = {
      id: this.#world.newPropertyId(),
      name,
      type,
      description: null,
      options: [],
      settings: config,
    };
    source.properties.push(property);
    return property;
  }

  removeProperty(dataSourceId: string, nameOrId: string): void {
    const { source, property } = this.#property(dataSourceId, nameOrId);
    removeProperty(this.#world, source, property);
    this.#world.touch(source, this.#caller);
  }

  addOption(dataSourceId: string, nameOrId: string, option: { name: string; group?: string }): Option {
    const { source, property } = this.#property(dataSourceId, nameOrId);
    const added = newOption(this.#world, property, option);
    checkOptionNames(
      [...property.options, added].map(({ name }) => name),
      property.name,
    );
    property.options.push(added);
    this.#world.touch(source, this.#caller);
    return added;
  }

  renameOption(dataSourceId: string, nameOrId: string, from: string, to: string): void {
    const { source, property } = this.#property(dataSourceId, nameOrId);
    const option = property.options.find(({ name }) => name === from);
    if (option === undefined) throw new Error(`${property.name} has no option ${from}.`);
    option.name = to;
    this.#world.touch(source, this.#caller);
  }

  removeOption(dataSourceId: string, nameOrId: string, name: string): void {
    const { source, property } = this.#property(dataSourceId, nameOrId);
    property.options = property.options.filter((option) => option.name !== name);
    dropLostOptions(this.#world, source, property);
    this.#world.touch(source, this.#caller);
  }

  /** A view of the first data source. `look` is what else the API takes. */
  addView(databaseId: string, name: string, type = 'table', look: JsonObject = {}): View {
    const database = this.#get('database', databaseId);
    const source = database.dataSources[0];
    return makeView(this.#world, this.#caller, {
      database_id: databaseId,
      data_source_id: source,
      name,
      type,
      ...look,
    });
  }

  renameView(viewId: string, name: string): void {
    const view = this.#get('view', viewId);
    view.name = name;
    this.#world.touch(view, this.#caller);
  }

  deleteView(viewId: string): void {
    removeView(this.#world, this.#get('view', viewId));
  }

  /** Blocks in the form of the API, at the end or after a block. Gives their ids. */
  addBlocks(parentId: string, blocks: readonly JsonObject[], after?: string): string[] {
    const parent = this.#world.get('page', parentId) ?? this.#get('block', parentId);
    const at = after === undefined ? parent.children.length : parent.children.indexOf(after) + 1;
    const ids = addBlocks(this.#world, this.#caller, parent, blocks, at);
    this.#world.spendBlocks(blocks.length, this.#caller);
    const page = this.#world.pageOf(parent);
    if (page !== undefined) this.#world.touch(page, this.#caller);
    return ids;
  }

  tick(blockId: string, checked = true): void {
    this.#changeBlock(blockId, { checked });
  }

  /** Ticks the first to-do of a page that has these words. */
  tickTodo(pageId: string, words: string, checked = true): void {
    const blocks = this.#get('page', pageId).children.map((id) => this.#world.get('block', id));
    const todo = blocks.find((block) => block?.type === 'to_do' && wordsOf(block) === words);
    if (todo === undefined) throw new Error(`There is no to-do “${words}” on that page.`);
    this.tick(todo.id, checked);
  }

  rewrite(blockId: string, words: string): void {
    this.#changeBlock(blockId, { rich_text: runs(words) });
  }

  /** At the top of a page, or on one of its blocks. */
  comment(pageOrBlockId: string, words: string): Comment {
    const kind = this.#world.get('page', pageOrBlockId) ? 'page_id' : 'block_id';
    const parent = { [kind]: pageOrBlockId };
    return makeComment(this.#world, this.#caller, { parent, rich_text: runs(words) });
  }

  reply({ discussionId }: Comment, words: string): Comment {
    return makeComment(this.#world, this.#caller, { discussion_id: discussionId, rich_text: runs(words) });
  }

  editComment(comment: Comment, words: string): void {
    changeComment(this.#world, this.#caller, comment, { rich_text: runs(words) });
  }

  /** Closes the discussion: nobody but people in the interface sees it from then on. */
  resolve({ discussionId }: Comment): void {
    this.#world.resolved.add(discussionId);
  }

  /** Under a page, into a data source, or to the top of the workspace. */
  move(id: string, to: { pageId: string } | { dataSourceId: string } | 'workspace'): void {
    const thing = this.#world.get('page', id) ?? this.#get('database', id);
    const parent = parentFrom(to);
    if (thing.kind === 'page') relocatePage(this.#world, this.#caller, thing, parent);
    else moveUnder(this.#world, thing, parent);
    this.#world.touch(thing, this.#caller);
  }

  /** A page, a database, a data source or a block. */
  trash(id: string): void {
    this.#setTrash(id, true);
  }

  restore(id: string): void {
    this.#setTrash(id, false);
  }

  #setTrash(id: string, inTrash: boolean): void {
    const thing = this.#world.things.get(id);
    if (thing === undefined) throw new Error(`There is nothing with the id ${id}.`);
    thing.inTrash = inTrash;
    this.#world.touch(thing, this.#caller);
  }

  #changeBlock(blockId: string, content: JsonObject): void {
    const block: Block = this.#get('block', blockId);
    changeBlock(this.#world, this.#caller, block, { [block.type]: content });
  }

  #property(dataSourceId: string, nameOrId: string): { source: DataSource; property: Property } {
    const source = this.#get('data_source', dataSourceId);
    const property = findProperty(source.properties, nameOrId);
    if (property === undefined) throw new Error(`There is no property ${nameOrId}.`);
    return { source, property };
  }

  #get<K extends Thing['kind']>(kind: K, id: string): Extract<Thing, { kind: K }> {
    const thing = this.#world.get(kind, id);
    if (thing === undefined) throw new Error(`There is no ${kind} with the id ${id}.`);
    return thing;
  }
}

function runs(text: string): JsonObject[] {
  return [{ text: { content: text } }];
}

function parentFrom(to: { pageId: string } | { dataSourceId: string } | 'workspace') {
  if (to === 'workspace') return { type: 'workspace', id: '' } as const;
  return 'pageId' in to
    ? ({ type: 'page_id', id: to.pageId } as const)
    : ({ type: 'data_source_id', id: to.dataSourceId } as const);
}
