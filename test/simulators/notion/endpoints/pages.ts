import { requireAlive, requireThing } from '../access.ts';
import { inTrash, invalid } from '../api-error.ts';
import { addBlocks, checkFiles, countBlocks, moveUnder } from '../block-tree.ts';
import { asList, asObject, asObjects, asText, type Json, type JsonObject } from '../json.ts';
import { listAnswer, pageRequestFromQuery, sliceOf } from '../paging.ts';
import { applyValues, type Values, valuesFrom } from '../property-values.ts';
import type { DataSource, Page, Parent } from '../records.ts';
import { propertiesOf, renderPage, renderValue } from '../render.ts';
import { richTextFrom } from '../rich-text.ts';
import { type Caller, isContainer, type World } from '../world.ts';
import { indexFor } from './blocks.ts';
import { type Answer, type Context, param } from './context.ts';

export function createPage(context: Context): Answer {
  const page = makePage(context.world, context.caller, context.body);
  return {
    body: renderPage(context.world, context.caller, page, context.query.getAll('filter_properties')),
    resourceId: page.id,
    childIds: page.children,
  };
}

/** Also a person's way to add a page; only a person may put one at the top of the workspace. */
export function makePage(world: World, caller: Caller, body: JsonObject): Page {
  const parent = parentFrom(world, caller, body.parent);
  const source = world.get('data_source', parent.id);
  const values = newValues(world, caller, source, asObject(body.properties));
  const children = asObjects(body.children ?? body.content);
  const above = world.things.get(parent.id);
  const at = isContainer(above) ? indexFor(above, body.position) : undefined;
  checkFiles(world, children);
  world.spendBlocks(1 + countBlocks(children), caller);
  const page = world.add<Page>({
    kind: 'page',
    id: world.newId(),
    parent,
    children: [],
    values: new Map(),
    serial: source === undefined ? 0 : nextSerial(source),
    icon: body.icon === undefined ? null : (body.icon as JsonObject | null),
    cover: body.cover === undefined ? null : (body.cover as JsonObject | null),
    isLocked: false,
    ...world.stamps(caller),
  });
  if (isContainer(above)) above.children.splice(at ?? above.children.length, 0, page.id);
  writeValues(world, source, page, values);
  addBlocks(world, caller, page, children);
  return page;
}

function nextSerial(source: DataSource): number {
  source.nextSerial += 1;
  return source.nextSerial;
}

function newValues(world: World, caller: Caller, source: DataSource | undefined, sent: JsonObject): Values {
  if (source !== undefined) return valuesFrom(world, caller, source, sent);
  for (const key of Object.keys(sent)) {
    if (key !== 'title') throw invalid(`${key} is not a property that exists.`);
  }
  return new Map([['title', richTextFrom(world, asObject(sent.title).title)]]);
}

function writeValues(world: World, source: DataSource | undefined, page: Page, values: Values): void {
  if (source !== undefined) applyValues(world, source, page, values);
  else for (const [id, value] of values) page.values.set(id, value);
}

function parentFrom(world: World, caller: Caller, sent: Json | undefined): Parent {
  const parent = asObject(sent);
  const top = sent === undefined || parent.workspace === true;
  if (top && caller.connection === undefined) return { type: 'workspace', id: '' };
  if (top) throw invalid('Internal integrations cannot create pages at the workspace level: give a parent.');
  const found = parentThing(world, caller, parent);
  requireAlive(world, found);
  return { type: found.kind === 'page' ? 'page_id' : 'data_source_id', id: found.id };
}

function parentThing(world: World, caller: Caller, parent: JsonObject): Page | DataSource {
  if (parent.page_id !== undefined) {
    return requireThing(world, caller, 'page', asText(parent.page_id), 'body.parent.page_id');
  }
  if (parent.data_source_id !== undefined) {
    const where = 'body.parent.data_source_id';
    return requireThing(world, caller, 'data_source', asText(parent.data_source_id), where);
  }
  const database = requireThing(
    world,
    caller,
    'database',
    asText(parent.database_id),
    'body.parent.database_id',
  );
  const only = world.get('data_source', database.dataSources[0] ?? '');
  if (only === undefined || database.dataSources.length > 1) {
    throw invalid('Databases with multiple data sources are not supported here: give a data_source_id.');
  }
  return only;
}

export function retrievePage(context: Context): Answer {
  const { world, caller, query } = context;
  const page = requireThing(world, caller, 'page', param(context, 'page_id'), 'path.page_id');
  return { body: renderPage(world, caller, page, query.getAll('filter_properties')) };
}

export function updatePage(context: Context): Answer {
  const { world, caller, body, query } = context;
  const page = requireThing(world, caller, 'page', param(context, 'page_id'), 'path.page_id');
  changePage(world, caller, page, body);
  return {
    body: renderPage(world, caller, page, query.getAll('filter_properties')),
    resourceId: page.id,
  };
}

export function changePage(world: World, caller: Caller, page: Page, body: JsonObject): void {
  const above = world.above(page);
  if (above !== undefined && world.isGone(above)) throw inTrash();
  if (page.inTrash && body.in_trash !== false) {
    if (body.in_trash === true) return;
    throw inTrash();
  }
  const source = world.get('data_source', page.parent.id);
  if (body.properties !== undefined) {
    const sent = asObject(body.properties);
    const values: Values =
      source === undefined && Object.keys(sent).length === 0
        ? new Map()
        : newValues(world, caller, source, sent);
    writeValues(world, source, page, values);
  }
  if (body.icon !== undefined) page.icon = body.icon as JsonObject | null;
  if (body.cover !== undefined) page.cover = body.cover as JsonObject | null;
  if (typeof body.is_locked === 'boolean') page.isLocked = body.is_locked;
  if (typeof body.in_trash === 'boolean') page.inTrash = body.in_trash;
  if (body.erase_content === true) page.children = [];
  world.touch(page, caller);
}

export function movePage(context: Context): Answer {
  const { world, caller, body } = context;
  const page = requireThing(world, caller, 'page', param(context, 'page_id'), 'path.page_id');
  requireAlive(world, page);
  relocatePage(world, caller, page, parentFrom(world, caller, body.parent));
  return { body: renderPage(world, caller, page), resourceId: page.id };
}

/** Values stay where the new place has a property of the same name and type, as in the interface. */
export function relocatePage(world: World, caller: Caller, page: Page, parent: Parent): void {
  const before = propertiesOf(world, page);
  const values = page.values;
  moveUnder(world, page, parent);
  page.values = new Map();
  for (const property of propertiesOf(world, page)) {
    const from = before.find(({ id, name, type }) =>
      property.id === 'title' ? id === 'title' : name === property.name && type === property.type,
    );
    const value = from === undefined ? undefined : values.get(from.id);
    if (value !== undefined) page.values.set(property.id, value);
  }
  world.touch(page, caller);
}

const pagedTypes = new Set(['title', 'rich_text', 'relation', 'people']);

export function retrievePageProperty(context: Context): Answer {
  const { world, caller, query } = context;
  const page = requireThing(world, caller, 'page', param(context, 'page_id'), 'path.page_id');
  const id = param(context, 'property_id');
  const property = propertiesOf(world, page).find((one) => one.id === id);
  if (property === undefined) throw invalid(`Could not find property with ID: ${id}`);
  const value = renderValue(world, caller, page, property);
  const shownId = encodeURIComponent(property.id);
  const item = (one: Json): JsonObject => ({
    object: 'property_item',
    id: shownId,
    type: property.type,
    [property.type]: one,
  });
  if (!pagedTypes.has(property.type)) return { body: item(value) };
  const items = asList(value).map((one, index) => ({ id: itemId(page, index), one }));
  const { results, nextCursor } = sliceOf(items, pageRequestFromQuery(query));
  return {
    body: {
      ...listAnswer(
        'property_item',
        results.map(({ one }) => item(one)),
        nextCursor,
      ),
      property_item: { id: shownId, next_url: null, type: property.type, [property.type]: {} },
    },
  };
}

/** Items of a property have no id of their own: the cursor needs one. */
function itemId(page: Page, index: number): string {
  return `${page.id.slice(0, 24)}${index.toString(16).padStart(12, '0')}`;
}
