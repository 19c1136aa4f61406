import { retryAfterMs } from '#src/workspaces/gate/retry-after.ts';
import { sleep, type Time } from '#src/workspaces/gate/time.ts';
import { addressesFor, type Resolve } from './address.ts';
import { type Limits, type Received, send } from './request.ts';
import { Sick, type Sickness } from './sickness.ts';

export interface FetcherOptions extends Limits {
  readonly userAgent: string;
  /** Hosts, with their port, that may be plain http or private. */
  readonly allowHosts: readonly string[];
  readonly resolve: Resolve;
  readonly time: Time;
  /** Between two requests to one host. */
  readonly pauseMs: number;
}

export interface Question {
  readonly url: string;
  /** Sent by POST. */
  readonly json?: unknown;
  readonly form?: URLSearchParams | undefined;
  /** Follows no redirect. */
  readonly authorization?: string | undefined;
  readonly accept: string;
  readonly validators?: Validators | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the last answer said of itself; `url` is where it came from in the end, and the only place to ask with them. */
export interface Validators {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type Fetched =
  | {
      readonly kind: 'body';
      readonly bytes: Uint8Array;
      readonly contentType: string;
      readonly validators: Validators;
    }
  /** It is as it was when we saw it last. */
  | { readonly kind: 'same' }
  | {
      readonly kind: 'sick';
      readonly sickness: Sickness;
      /** It asks to be left alone for so long. */
      readonly retryAfterMs?: number;
    };

export interface Fetcher {
  /** Never throws for what the other side or the network does. @throws the signal's reason. */
  fetch(question: Question): Promise<Fetched>;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Longer than any service means it; a mistake in a header must not silence a source for months. */
const LONGEST_RETRY_MS = 24 * 3_600_000;

/** Asks official sites as a guest: one request at a time to each host, with a pause between, and who we are. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const paced = pacing(options);
  return {
    fetch: async (question) => {
      try {
        return await follow(question, options, paced);
      } catch (error) {
        question.signal?.throwIfAborted();
        if (error instanceof Sick) return { kind: 'sick', sickness: error.sickness };
        throw error;
      }
    },
  };
}

type Paced = <T>(host: string, signal: AbortSignal | undefined, work: () => Promise<T>) => Promise<T>;

/** Follows redirects one by one, each checked as if it were the first. */
async function follow(question: Question, options: FetcherOptions, paced: Paced): Promise<Fetched> {
  const seen = new Set<string>();
  let url = new URL(question.url);
  for (;;) {
    url.hash = '';
    const asked = url;
    if (seen.has(url.href) || seen.size > MOST_REDIRECTS) throw new Sick({ why: 'redirects' });
    seen.add(url.href);
    const received = await paced(url.host, question.signal, () => ask(asked, question, options));
    if (!REDIRECTS.has(received.status)) return conclude(received, url, question, options.time.now());
    // What carries a secret or a body goes nowhere else than where it was meant to go.
    if (question.authorization !== undefined || bodyOf(question) !== undefined)
      throw new Sick({ why: 'redirects' });
    const target = received.header('location') ?? '';
    const next = URL.parse(target, url.href);
    if (!next) throw new Sick({ why: 'redirects' });
    url = next;
  }
}

async function ask(url: URL, question: Question, options: FetcherOptions): Promise<Received> {
  const { userAgent, allowHosts, time } = options;
  const addresses = await addressesFor(url, allowHosts, (name) => resolved(name, options));
  const { validators, authorization, accept, signal } = question;
  const body = bodyOf(question);
  const known = validators?.url === url.href ? validators : undefined;
  const headers = {
    accept,
    'accept-encoding': 'gzip, deflate, br',
    'accept-language': 'fr, en;q=0.5',
    'user-agent': userAgent,
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
    ...(authorization !== undefined && { authorization }),
    ...(body && { 'content-type': body.type, 'content-length': String(Buffer.byteLength(body.text)) }),
  };
  const method = body === undefined ? 'GET' : 'POST';
  return send({ url, addresses, method, headers, body: body?.text }, options, time, signal);
}

function bodyOf({ json, form }: Question): { readonly type: string; readonly text: string } | undefined {
  if (form) return { type: 'application/x-www-form-urlencoded', text: form.toString() };
  return json === undefined ? undefined : { type: 'application/json', text: JSON.stringify(json) };
}

async function resolved(name: string, { resolve, time, timeoutMs }: FetcherOptions) {
  const late = Promise.withResolvers<never>();
  const cancel = time.after(timeoutMs, () =>
    late.reject(new Sick({ why: 'timeout', seconds: Math.ceil(timeoutMs / 1000) })),
  );
  try {
    return await Promise.race([resolve(name), late.promise]);
  } catch (error) {
    if (error instanceof Sick) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'ENOTFOUND';
    throw new Sick({ why: 'unreachable', code });
  } finally {
    cancel();
  }
}

function conclude(
  { status, header, bytes }: Received,
  url: URL,
  { validators }: Question,
  now: number,
): Fetched {
  if (status === 304)
    return validators === undefined ? { kind: 'sick', sickness: { why: 'unasked-304' } } : { kind: 'same' };
  if (status !== 200) {
    const wait = retryAfterMs(header('retry-after'), now);
    const sickness = { why: 'status', status } as const;
    return { kind: 'sick', sickness, ...(wait && { retryAfterMs: Math.min(wait, LONGEST_RETRY_MS) }) };
  }
  return {
    kind: 'body',
    bytes,
    contentType: header('content-type') ?? '',
    validators: {
      url: url.href,
      etag: header('etag') ?? null,
      lastModified: header('last-modified') ?? null,
    },
  };
}

function pacing({ time, pauseMs }: FetcherOptions): Paced {
  const last = new Map<string, Promise<void>>();
  return async (host, signal, work) => {
    const before = last.get(host);
    const mine = Promise.withResolvers<void>();
    last.set(host, mine.promise);
    try {
      await before;
      if (before) await sleep(time, pauseMs, signal);
      return await work();
    } finally {
      mine.resolve();
    }
  };
}
