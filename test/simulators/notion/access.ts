import { inTrash, invalid, notFound } from './api-error.ts';
import type { Connection, Thing } from './records.ts';
import type { Caller, World } from './world.ts';

/** Whether what the connection was given, less what was taken away again, reaches the thing. */
export function isShared(world: World, connection: Connection, thing: Thing): boolean {
  for (let at: Thing | undefined = thing; at !== undefined; at = world.above(at)) {
    if (connection.withdrawn.has(at.id)) return false;
    if (connection.shared.has(at.id)) return true;
  }
  return false;
}

export function maySee(world: World, caller: Caller, thing: Thing): boolean {
  return caller.connection === undefined || isShared(world, caller.connection, thing);
}

/** The id with its dashes; undefined when it is none. */
export function uuidFrom(text: string): string | undefined {
  const hex = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** @throws ApiError 400 when the text is no id. */
export function requireUuid(text: string, where: string): string {
  const uuid = uuidFrom(text);
  if (uuid === undefined) {
    const root = where.split('.')[0] ?? 'body';
    throw invalid(
      `${root} failed validation: ${where} should be a valid uuid, instead was \`${JSON.stringify(text)}\`.`,
    );
  }
  return uuid;
}

/**
 * The thing of that kind that the caller may see, also in the trash.
 * @throws ApiError 400 on a malformed id; 404 when it is not there or not shared.
 */
export function requireThing<K extends Thing['kind']>(
  world: World,
  caller: Caller,
  kind: K,
  id: string,
  where: string,
): Extract<Thing, { kind: K }> {
  const uuid = requireUuid(id, where);
  const thing = world.get(kind, uuid);
  if (thing === undefined || !maySee(world, caller, thing)) {
    throw notFound(kind, uuid, caller.connection?.integrationId ?? '');
  }
  return thing;
}

/** @throws ApiError 400 when the thing, or what holds it, is in the trash. */
export function requireAlive(world: World, thing: Thing): void {
  if (world.isGone(thing)) throw inTrash();
}
