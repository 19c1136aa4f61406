import { Hono } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { Time } from '#src/workspaces/gate/time.ts';
import { bodyReader, NO_BODY_STATUS } from './request-body.ts';

/** What a service delivers to, while ours runs. */
export interface Webhook {
  readonly routes: Hono;
  /** Hangs up on whoever is still sending, and waits for what is being noted in the store. */
  stop(): Promise<void>;
}

/** Strangers can cause log lines, and events cause writes: neither more often than this. */
export const RARELY_MS = 60_000;

/** An event is thin, a few kilobytes at the most. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_HELD_BYTES = 16 * MAX_BODY_BYTES;
const BODY_TIMEOUT_MS = 10_000;

/** Reads what is posted to the path, and answers with a status alone: strangers learn nothing more. */
export function postRoute(
  path: string,
  time: Time,
  answer: (
    body: Uint8Array,
    header: (name: string) => string | undefined,
  ) => StatusCode | Promise<StatusCode>,
): { readonly routes: Hono; stop(): void } {
  const bodies = bodyReader({
    maxBytes: MAX_BODY_BYTES,
    maxHeldBytes: MAX_HELD_BYTES,
    timeoutMs: BODY_TIMEOUT_MS,
    time,
  });
  const routes = new Hono().post(path, async (context) => {
    const body = await bodies.read(context.req.raw);
    if (typeof body === 'string') return context.body(null, NO_BODY_STATUS[body]);
    return context.body(null, await answer(body, (name) => context.req.header(name)));
  });
  return { routes, stop: bodies.stop };
}
