import type { Time } from '../gate/time.ts';

/** What came back for one request, told apart by what it says of the request's fate. */
export type Heard =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly text: string }
  /** The request has left, and a whole answer never came. `status` when at least the head of one did. */
  | {
      readonly kind: 'broken';
      readonly why: Breakage;
      readonly status: number | undefined;
      readonly headers: Headers | undefined;
    }
  /** No connection came about: the service has seen nothing. `code`: the system's word for why. */
  | { readonly kind: 'unsent'; readonly code: string };

export type Breakage = 'timeout' | 'reset' | 'cut' | 'tooLarge';

export interface ExchangeOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly time: Time;
  /** For the whole exchange, to the last byte of the body. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** A request that is ready to be sent. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData | undefined;
}

/**
 * Sends one request and reads the whole answer. The time-out and the signal cover connecting, waiting and reading,
 * and end the connection. Does not retry and does not follow redirects: they would carry the token elsewhere.
 * @throws the signal's reason when it is aborted; nothing else. Errors of `fetch` are never passed on, since their
 * text may hold the address or the headers.
 */
export async function exchange(outgoing: Outgoing, options: ExchangeOptions): Promise<Heard> {
  const { fetch, time, timeoutMs, maxBodyBytes, signal } = options;
  signal?.throwIfAborted();
  const end = new AbortController();
  const cancelTimer = time.after(timeoutMs, () => end.abort('timeout'));
  const stop = signal ? AbortSignal.any([end.signal, signal]) : end.signal;
  const { method, url, headers, body } = outgoing;
  let head: Response | undefined;
  try {
    const init: RequestInit = { method, headers, redirect: 'manual', signal: stop, ...(body && { body }) };
    head = await orStopped(stop, fetch(url, init));
    const text = await orStopped(stop, readWhole(head, maxBodyBytes));
    return { kind: 'answer', status: head.status, headers: head.headers, text };
  } catch (error) {
    signal?.throwIfAborted();
    if (end.signal.aborted) return broken('timeout', head);
    if (error instanceof TooLarge) return broken('tooLarge', head);
    if (head) return broken('cut', head);
    const code = codeOf(error);
    return NEVER_LEFT.test(code) || neverConnected(error) ? { kind: 'unsent', code } : broken('reset', head);
  } finally {
    cancelTimer();
    // Whatever is still open, a body that nobody will read for instance, is closed with the connection.
    end.abort('done');
  }
}

function broken(why: Breakage, head: Response | undefined): Heard {
  return { kind: 'broken', why, status: head?.status, headers: head?.headers };
}

class TooLarge extends Error {}

async function readWhole(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return '';
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw new TooLarge();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    // Bytes that are no UTF-8 are damage: replacing them would put wrong text into the team's plan.
    if (done) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    bytes += value.byteLength;
    if (bytes > maxBytes) throw new TooLarge();
    chunks.push(value);
  }
}

/** Not every `fetch` minds its signal while a body is read. This ends the wait in any case. */
async function orStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  let giveUp = () => {};
  const stopped = new Promise<never>((_, reject) => {
    giveUp = () => reject(stop.reason);
    if (stop.aborted) giveUp();
    else stop.addEventListener('abort', giveUp, { once: true });
  });
  // Whichever of the two loses must not be reported as unhandled.
  work.catch(() => {});
  stopped.catch(() => {});
  try {
    return await Promise.race([work, stopped]);
  } finally {
    stop.removeEventListener('abort', giveUp);
  }
}

/** Name resolution and refused connections, and certificates that fail before the request is written. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'syscall' in cause && cause.syscall === 'connect';
}

/** The code of a network error, `fetch failed` when it has none. Never its text. */
function codeOf(error: unknown): string {
  const found = [error, error instanceof Error ? error.cause : undefined]
    .map((one) => (one instanceof Error && 'code' in one ? one.code : undefined))
    .find((code) => typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code));
  return typeof found === 'string' ? found : 'fetch failed';
}
