import { maySee, requireAlive, requireThing, requireUuid } from '../access.ts';
import { invalid, notFound, restricted } from '../api-error.ts';
import { asObject, asObjects, asText, type JsonObject } from '../json.ts';
import { listAnswer, pageRequestFromQuery, sliceOf } from '../paging.ts';
import type { Comment, Parent } from '../records.ts';
import { partialUser, renderParent } from '../render.ts';
import { richTextFrom, typed } from '../rich-text.ts';
import { toTheMinute } from '../times.ts';
import type { Caller, World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';

export function createComment(context: Context): Answer {
  const { world, caller, body } = context;
  requireCapability(world.settings.insertsComments);
  const comment = makeComment(world, caller, body);
  return { body: answerWith(world, comment), resourceId: comment.id };
}

function requireCapability(isGranted: boolean): void {
  if (!isGranted) throw restricted('Insufficient permissions for this endpoint.');
}

/** Who may not read comments learns of its own no more than its id. */
function answerWith(world: World, comment: Comment): JsonObject {
  if (world.settings.readsComments) return renderComment(world, comment);
  return { object: 'comment', id: comment.id };
}

export function makeComment(world: World, caller: Caller, body: JsonObject): Comment {
  const thread = threadOf(world, caller, body);
  if (asObjects(body.attachments).length > 0) world.spendBlocks(1, caller);
  return world.add<Comment>({
    kind: 'comment',
    id: world.newId(),
    ...thread,
    richText: wordsFrom(world, body),
    displayName: asObject(
      body.display_name ?? { type: caller.connection === undefined ? 'user' : 'integration' },
    ),
    ...world.stamps(caller),
  });
}

function threadOf(world: World, caller: Caller, body: JsonObject): { parent: Parent; discussionId: string } {
  if (body.discussion_id !== undefined) {
    const id = requireUuid(asText(body.discussion_id), 'body.discussion_id');
    const first = world.all('comment').find(({ discussionId }) => discussionId === id);
    if (first === undefined) throw notFound('discussion', id, caller.connection?.integrationId ?? '');
    return { parent: first.parent, discussionId: id };
  }
  const parent = asObject(body.parent);
  const onPage = parent.page_id !== undefined;
  const kind = onPage ? 'page' : 'block';
  const id = asText(onPage ? parent.page_id : parent.block_id);
  const target = requireThing(world, caller, kind, id, `body.parent.${kind}_id`);
  requireAlive(world, target);
  return { parent: { type: `${kind}_id`, id: target.id }, discussionId: world.newId() };
}

export function listComments(context: Context): Answer {
  const { world, caller, query } = context;
  requireCapability(world.settings.readsComments);
  const asked = query.get('block_id');
  if (asked === null)
    throw invalid('query failed validation: query.block_id should be defined, instead was `undefined`.');
  const id = requireUuid(asked, 'query.block_id');
  const kind = world.things.get(id)?.kind === 'page' ? 'page' : 'block';
  const target = requireThing(world, caller, kind, id, 'query.block_id');
  const open = world.commentsOn(target.id, { withBlocks: world.settings.listsCommentsOfBlocks });
  const { results, nextCursor } = sliceOf(open, pageRequestFromQuery(query));
  return {
    body: listAnswer(
      'comment',
      results.map((comment) => renderComment(world, comment)),
      nextCursor,
    ),
  };
}

export function retrieveComment(context: Context): Answer {
  const { world, caller } = context;
  requireCapability(world.settings.readsComments);
  const comment = requireComment(context);
  if (!maySee(world, caller, comment)) throw notFound('comment', comment.id, '');
  return { body: renderComment(world, comment) };
}

export function updateComment(context: Context): Answer {
  const { world, caller, body } = context;
  requireCapability(world.settings.insertsComments);
  const comment = requireOwn(context);
  changeComment(world, caller, comment, body);
  return { body: answerWith(world, comment), resourceId: comment.id };
}

export function changeComment(world: World, caller: Caller, comment: Comment, body: JsonObject): void {
  comment.richText = wordsFrom(world, body);
  world.touch(comment, caller);
}

export function deleteComment(context: Context): Answer {
  const { world, caller } = context;
  requireCapability(world.settings.insertsComments);
  const comment = requireOwn(context);
  comment.inTrash = true;
  world.touch(comment, caller);
  return { body: answerWith(world, comment), resourceId: comment.id };
}

function requireComment(context: Context): Comment {
  const { world, caller } = context;
  const id = requireUuid(param(context, 'comment_id'), 'path.comment_id');
  const comment = world.get('comment', id);
  if (comment === undefined || comment.inTrash)
    throw notFound('comment', id, caller.connection?.integrationId ?? '');
  return comment;
}

/** A connection changes what it has written itself; of the rest it is told that it is not there. */
function requireOwn(context: Context): Comment {
  const comment = requireComment(context);
  const { caller } = context;
  if (comment.createdBy !== caller.userId)
    throw notFound('comment', comment.id, caller.connection?.integrationId ?? '');
  return comment;
}

function wordsFrom(world: World, { rich_text: richText, markdown }: JsonObject): JsonObject[] {
  return richText === undefined ? typed(asText(markdown)) : richTextFrom(world, richText);
}

function renderComment(world: World, comment: Comment): JsonObject {
  return {
    object: 'comment',
    id: comment.id,
    parent: renderParent(world, comment.parent),
    discussion_id: comment.discussionId,
    created_time: toTheMinute(comment.createdAt),
    last_edited_time: toTheMinute(comment.editedAt),
    created_by: partialUser(comment.createdBy),
    rich_text: comment.richText,
    display_name: { type: asText(comment.displayName.type), resolved_name: nameShown(world, comment) },
  };
}

/** Who may not know of people is not told their names here either. */
function nameShown(world: World, { displayName, createdBy }: Comment): string | null {
  if (displayName.type === 'custom') return asText(asObject(displayName.custom).name);
  if (displayName.type === 'user' && world.settings.readsUsers === 'nothing') return null;
  return world.users.get(createdBy)?.name ?? null;
}
