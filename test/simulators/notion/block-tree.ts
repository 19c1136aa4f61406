import { attachedFile, renderFile, requireSentUpload } from './files.ts';
import { asList, asObject, asObjects, asText, type JsonObject, textOf } from './json.ts';
import type { Block, Database, Page, Parent } from './records.ts';
import { partialUser, renderParent } from './render.ts';
import { plainText, richTextFrom } from './rich-text.ts';
import { toTheMinute } from './times.ts';
import { type Caller, isContainer, type World } from './world.ts';

const fileTypes = new Set(['image', 'video', 'pdf', 'file', 'audio']);
const coloredTypes = new Set([
  'paragraph',
  'heading_1',
  'heading_2',
  'heading_3',
  'heading_4',
  'bulleted_list_item',
  'numbered_list_item',
  'quote',
  'to_do',
  'toggle',
  'callout',
]);

export function blockTypeOf(sent: JsonObject): string {
  return (
    textOf(sent.type) ?? Object.keys(sent).find((key) => !['object', 'type', 'in_trash'].includes(key)) ?? ''
  );
}

/** How many blocks a list of block requests makes, with what is nested. */
export function countBlocks(sent: readonly JsonObject[]): number {
  return sent.reduce((sum, block) => {
    const children = asObjects(asObject(block[blockTypeOf(block)]).children);
    return sum + 1 + countBlocks(children);
  }, 0);
}

/** @throws ApiError 400 when a block, nested ones too, names a file that cannot be attached: then none is made. */
export function checkFiles(world: World, sent: readonly JsonObject[]): void {
  for (const block of sent) {
    const content = asObject(block[blockTypeOf(block)]);
    if (fileTypes.has(blockTypeOf(block)) && content.file_upload !== undefined)
      requireSentUpload(world, content);
    checkFiles(world, asObjects(content.children));
  }
}

/** Makes blocks under a parent and puts them at `at` (the end when undefined). Gives the ids of the top ones. */
export function addBlocks(
  world: World,
  caller: Caller,
  parent: Page | Block,
  sent: readonly JsonObject[],
  at = parent.children.length,
): string[] {
  const where: Parent = { type: parent.kind === 'page' ? 'page_id' : 'block_id', id: parent.id };
  const ids = sent.map((request) => {
    const type = blockTypeOf(request);
    const block: Block = world.add({
      kind: 'block',
      id: world.newId(),
      type,
      parent: where,
      content: contentFrom(world, type, asObject(request[type]), {}),
      children: [],
      ...world.stamps(caller),
    });
    addBlocks(world, caller, block, asObjects(asObject(request[type]).children));
    return block.id;
  });
  parent.children.splice(at, 0, ...ids);
  return ids;
}

/** The content of a block once a request has been laid over what it was. */
export function contentFrom(world: World, type: string, sent: JsonObject, before: JsonObject): JsonObject {
  const { children: _children, ...rest } = sent;
  const content: JsonObject = { ...before, ...rest };
  for (const name of ['rich_text', 'caption']) {
    if (rest[name] !== undefined) content[name] = richTextFrom(world, rest[name]);
  }
  if (rest.cells !== undefined) content.cells = asList(rest.cells).map((cell) => richTextFrom(world, cell));
  if (coloredTypes.has(type)) content.color ??= 'default';
  if (type === 'to_do') content.checked ??= false;
  if (type.startsWith('heading_')) content.is_toggleable ??= false;
  if (type === 'callout') content.icon ??= null;
  if (!fileTypes.has(type)) return content;
  const file = rest.file_upload ?? rest.external;
  if (file === undefined) return content;
  const { file_upload: _upload, external: _external, ...kept } = content;
  return { caption: [], ...kept, ...attachedFile(world, rest) };
}

/** A block as the API gives it; a page and a database show as the block that stands for them. */
export function renderBlock(world: World, thing: Page | Block | Database): JsonObject {
  const type = typeOf(thing);
  return {
    object: 'block',
    id: thing.id,
    parent: renderParent(world, thing.parent),
    created_time: toTheMinute(thing.createdAt),
    last_edited_time: toTheMinute(thing.editedAt),
    created_by: partialUser(thing.createdBy),
    last_edited_by: partialUser(thing.editedBy),
    has_children: isContainer(thing) && livingChildren(world, thing).length > 0,
    in_trash: world.isGone(thing),
    type,
    [type]: renderContent(world, thing),
  };
}

function typeOf(thing: Page | Block | Database): string {
  if (thing.kind === 'block') return thing.type;
  return thing.kind === 'page' ? 'child_page' : 'child_database';
}

function renderContent(world: World, thing: Page | Block | Database): JsonObject {
  if (thing.kind === 'page') return { title: plainText(thing.values.get('title')) };
  if (thing.kind === 'database') return { title: plainText(thing.title) };
  if (!fileTypes.has(thing.type)) return thing.content;
  const { caption, ...file } = thing.content;
  const { name, ...shown } = renderFile(world, file);
  return { ...shown, caption: caption ?? [], ...(thing.type === 'file' ? { name } : {}) };
}

/** What stands under it, in order, without what is in the trash. */
export function livingChildren(world: World, parent: Page | Block): (Page | Block | Database)[] {
  return parent.children
    .map((id) => world.things.get(id))
    .filter((child) => child !== undefined)
    .filter((child) => child.kind === 'page' || child.kind === 'block' || child.kind === 'database')
    .filter((child) => !child.inTrash);
}

/** Takes a child out of where it stands and puts it at the end of another parent. */
export function moveUnder(world: World, child: Page | Database, parent: Parent): void {
  const from = world.above(child);
  if (isContainer(from)) from.children.splice(from.children.indexOf(child.id), 1);
  child.parent = parent;
  const to = world.things.get(parent.id);
  if (isContainer(to)) to.children.push(child.id);
}

/** The words of a block, whatever its type. */
export function wordsOf(block: Block): string {
  return plainText(block.content.rich_text) || asText(block.content.url);
}
