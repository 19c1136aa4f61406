import { requireAlive, requireThing, requireUuid } from '../access.ts';
import { invalid, invalidBody, notFound } from '../api-error.ts';
import {
  addBlocks,
  blockTypeOf,
  checkFiles,
  contentFrom,
  countBlocks,
  livingChildren,
  renderBlock,
} from '../block-tree.ts';
import { asObject, asObjects, asText, type Json, type JsonObject } from '../json.ts';
import { listAnswer, pageRequestFromQuery, sliceOf } from '../paging.ts';
import type { Block, Database, Page } from '../records.ts';
import { type Caller, isContainer, type World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';

/** A block, or the page or database that a block stands for. */
function requireBlock(context: Context): Block | Page | Database {
  const { world, caller } = context;
  const id = requireUuid(param(context, 'block_id'), 'path.block_id');
  const kind = world.things.get(id)?.kind;
  if (kind === 'page' || kind === 'database' || kind === 'block') {
    return requireThing(world, caller, kind, id, 'path.block_id');
  }
  throw notFound('block', id, caller.connection?.integrationId ?? '');
}

export function retrieveBlock(context: Context): Answer {
  return { body: renderBlock(context.world, requireBlock(context)) };
}

export function listChildren(context: Context): Answer {
  const { world } = context;
  const parent = requireBlock(context);
  const children = isContainer(parent) ? livingChildren(world, parent) : [];
  const { results, nextCursor } = sliceOf(children, pageRequestFromQuery(context.query));
  return {
    body: listAnswer(
      'block',
      results.map((child) => renderBlock(world, child)),
      nextCursor,
    ),
  };
}

export function appendChildren(context: Context): Answer {
  const { world, caller, body } = context;
  const parent = requireBlock(context);
  if (!isContainer(parent)) throw invalid('Block does not support children.');
  requireAlive(world, parent);
  const sent = asObjects(body.children);
  const at = indexFor(parent, body.position);
  checkFiles(world, sent);
  world.spendBlocks(countBlocks(sent), caller);
  const ids = addBlocks(world, caller, parent, sent, at);
  touchAround(world, caller, parent);
  const blocks = ids.map((id) => world.get('block', id)).filter((block) => block !== undefined);
  return {
    body: listAnswer(
      'block',
      blocks.map((block) => renderBlock(world, block)),
      null,
    ),
    childIds: ids,
  };
}

/**
 * Where among the children a position puts something new; the end when there is none.
 * @throws ApiError 400 when it names a block that does not stand there.
 */
export function indexFor(parent: Page | Block, position: Json | undefined): number {
  const { type, after_block: after } = asObject(position);
  if (type === 'start' || type === 'page_start') return 0;
  if (type !== 'after_block') return parent.children.length;
  const index = parent.children.indexOf(
    requireUuid(asText(asObject(after).id), 'body.position.after_block.id'),
  );
  if (index < 0) throw invalidBody('body.position.after_block.id should be a child of the parent block.');
  return index + 1;
}

export function updateBlock(context: Context): Answer {
  const block = requireBlock(context);
  changeBlock(context.world, context.caller, block, context.body);
  return { body: renderBlock(context.world, block), resourceId: block.id };
}

export function changeBlock(
  world: World,
  caller: Caller,
  block: Block | Page | Database,
  body: JsonObject,
): void {
  if (body.in_trash !== false) requireAlive(world, block);
  const type = blockTypeOf(body);
  if (block.kind === 'block' && type !== '') {
    if (type !== block.type)
      throw invalidBody(`body.${block.type} should be defined, instead was \`undefined\`.`);
    block.content = contentFrom(world, type, asObject(body[type]), block.content);
  } else if (type !== '') {
    throw invalid(`Updating a ${block.kind} via the blocks endpoint is not supported.`);
  }
  if (typeof body.in_trash === 'boolean') block.inTrash = body.in_trash;
  world.touch(block, caller);
  touchAround(world, caller, block);
}

export function deleteBlock(context: Context): Answer {
  const { world, caller } = context;
  const block = requireBlock(context);
  requireAlive(world, block);
  block.inTrash = true;
  world.touch(block, caller);
  touchAround(world, caller, block);
  return { body: renderBlock(world, block), resourceId: block.id };
}

/** A person's edit of a block is an edit of its page. A connection's may not be, so the page must not be trusted. */
function touchAround(world: World, caller: Caller, block: Block | Page | Database): void {
  if (caller.connection !== undefined && !world.settings.blockWritesTouchPage) return;
  const page = world.pageOf(block);
  if (page !== undefined) world.touch(page, caller);
}
