import type { JsonObject } from './json.ts';
import type { World } from './world.ts';

/** A user as the connection may know it. One that has left the workspace is an id and no more. */
export function renderUser(world: World, id: string): JsonObject {
  const user = world.users.get(id);
  const reads = world.settings.readsUsers;
  if (user === undefined || reads === 'nothing') return { object: 'user', id };
  const known = { object: 'user', id, name: user.name, avatar_url: null };
  if (user.email === undefined) return { ...known, type: 'bot', bot: {} };
  return { ...known, type: 'person', person: reads === 'emails' ? { email: user.email } : {} };
}
