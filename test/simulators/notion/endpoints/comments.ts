import { requireThing, requireUuid } from '../access.ts';
import { invalid, notFound, restricted } from '../api-error.ts';
import { asObject, asObjects, asText, type JsonObject } from '../json.ts';
import { listAnswer, pageRequestFromQuery, sliceOf } from '../paging.ts';
import type { Comment, Parent } from '../records.ts';
import { partialUser, renderParent } from '../render.ts';
import { richTextFrom, typed } from '../rich-text.ts';
import { toTheMinute } from '../times.ts';
import type { Caller, World } from '../world.ts';
import type { Answer, Context } from './context.ts';

export function createComment(context: Context): Answer {
  const { world, caller, body } = context;
  if (!world.settings.mayComment) throw restricted('Insufficient permissions for this endpoint.');
  const comment = makeComment(world, caller, body);
  return { body: renderComment(world, comment), resourceId: comment.id };
}

export function makeComment(world: World, caller: Caller, body: JsonObject): Comment {
  const thread = threadOf(world, caller, body);
  if (asObjects(body.attachments).length > 0) world.spendBlocks(1, caller);
  return world.add<Comment>({
    kind: 'comment',
    id: world.newId(),
    ...thread,
    richText:
      body.rich_text === undefined ? typed(asText(body.markdown)) : richTextFrom(world, body.rich_text),
    displayName: { type: 'integration', ...asObject(body.display_name) },
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
  return { parent: { type: `${kind}_id`, id: target.id }, discussionId: world.newId() };
}

export function listComments(context: Context): Answer {
  const { world, caller, query } = context;
  if (!world.settings.mayComment) throw restricted('Insufficient permissions for this endpoint.');
  const asked = query.get('block_id');
  if (asked === null)
    throw invalid('query failed validation: query.block_id should be defined, instead was `undefined`.');
  const id = requireUuid(asked, 'query.block_id');
  const kind = world.things.get(id)?.kind === 'page' ? 'page' : 'block';
  const target = requireThing(world, caller, kind, id, 'query.block_id');
  const { results, nextCursor } = sliceOf(world.commentsOn(target.id), pageRequestFromQuery(query));
  return {
    body: listAnswer(
      'comment',
      results.map((comment) => renderComment(world, comment)),
      nextCursor,
    ),
  };
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
    display_name: { ...comment.displayName, resolved_name: world.users.get(comment.createdBy)?.name ?? null },
  };
}
