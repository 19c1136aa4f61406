import { requireUuid } from '../access.ts';
import { notFound, restricted } from '../api-error.ts';
import type { JsonObject } from '../json.ts';
import { listAnswer, pageRequestFromQuery, sliceOf } from '../paging.ts';
import { maxFileBytesOf } from '../settings.ts';
import { renderUser } from '../users.ts';
import type { World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';

export function retrieveSelf({ world, caller }: Context): Answer {
  const id = caller.userId;
  return {
    body: {
      object: 'user',
      id,
      name: world.users.get(id)?.name ?? null,
      avatar_url: null,
      type: 'bot',
      bot: {
        owner: { type: 'workspace', workspace: true },
        workspace_id: world.workspaceId,
        workspace_name: 'Atelier',
        workspace_limits: { max_file_upload_size_in_bytes: maxFileBytesOf(world.settings) },
      },
    },
  };
}

export function listUsers({ world, query }: Context): Answer {
  requireCapability(world);
  const { results, nextCursor } = sliceOf([...world.users.values()], pageRequestFromQuery(query));
  const users: JsonObject[] = results.map(({ id }) => renderUser(world, id));
  return { body: listAnswer('user', users, nextCursor) };
}

export function retrieveUser(context: Context): Answer {
  const { world, caller } = context;
  requireCapability(world);
  const id = requireUuid(param(context, 'user_id'), 'path.user_id');
  if (!world.users.has(id)) throw notFound('user', id, caller.connection?.integrationId ?? '');
  return { body: renderUser(world, id) };
}

function requireCapability(world: World): void {
  if (world.settings.readsUsers === 'nothing')
    throw restricted('Insufficient permissions for this endpoint.');
}
