import { Client } from '@notionhq/client';
import type { z } from 'zod';
import type { About } from '#src/i18n/notion.ts';
import { type Gate, GatePaused, type Hear } from '../gate/gate.ts';
import type { Time } from '../gate/time.ts';
import { exchange, type Heard, type Outgoing } from '../http/exchange.ts';
import { type Tried, tryAgain } from '../http/try-again.ts';
import { redactor } from '../redact.ts';
import { classify, type Made, type Verdict } from './classify.ts';
import type { Outcome } from './outcome.ts';
import { isRepeatable } from './repeatable.ts';

/** The one version of the API that this code is written for. Another one renames fields that we rely on. */
export const NOTION_VERSION = '2026-03-11';

/**
 * Notion answers 503, with what it has saved, after at most 60 s. We must not give up before that: our own time-out
 * knows nothing of what was saved.
 */
const TIMEOUT_MS = 70_000;
/** A page of 100 rows with full texts is about 2 MB. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const PATIENCE_MS = 15 * 60_000;
/** Ours ends first. */
const SDK_TIMEOUT_MS = 2 ** 31 - 1;

export interface NotionClientOptions {
  readonly token: string;
  readonly baseUrl: string;
  readonly gate: Gate;
  readonly time: Time;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
  /** A pause that Notion asks for, and that is longer than this, ends the call instead of being waited for. */
  readonly patienceMs?: number;
  /** Told of each request that was sent. Holds nothing secret. */
  readonly onRequest?: (sent: SentRequest) => void;
}

export interface SentRequest {
  readonly project: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Of the answer; `undefined` when there was none. */
  readonly status: number | undefined;
  readonly outcome: Outcome<unknown>['kind'];
  readonly attempt: number;
  readonly durationMs: number;
}

/** For whom a request is made, and what it is about. */
export interface Ask {
  readonly project: string;
  readonly about: About;
  readonly signal?: AbortSignal | undefined;
}

export interface NotionClient {
  /**
   * Makes one request through the SDK, in its turn, and says what became of it. Reads, deletions and changes of
   * values are tried again after network errors and 5xx; what creates or appends is only sent again when Notion
   * surely has not carried it out (429, a conflict, no connection). Nothing is thrown for what Notion or the network
   * does: see `need`.
   * @throws the signal's reason when the caller gives up; an Error for a request that the SDK would not build.
   */
  call<T>(
    ask: Ask,
    endpoint: (sdk: NotionSdk) => Promise<unknown>,
    schema: z.ZodType<T>,
  ): Promise<Outcome<T>>;
  /** Requests sent for the project so far. */
  requests(project: string): number;
  /** In how many seconds that many more requests would be done. */
  estimate(requests: number): Promise<number>;
}

/** The endpoints, with the types of what they take. What they return is read by our own schemas. */
export type NotionSdk = Omit<Client, 'request'>;

export function createNotionClient(options: NotionClientOptions): NotionClient {
  const { gate, time, random, patienceMs = PATIENCE_MS } = options;
  const redact = redactor([options.token]);
  const counts = new Map<string, number>();

  async function attempt<T>(
    ask: Ask,
    endpoint: (sdk: NotionSdk) => Promise<unknown>,
    schema: z.ZodType<T>,
    number: number,
    hear: Hear,
  ): Promise<Attempt<T>> {
    const sentAt = time.now();
    const count = () => counts.set(ask.project, (counts.get(ask.project) ?? 0) + 1);
    const { outgoing, heard, made } = await through(endpoint, ask, { ...options, redact, count });
    const verdict = classify(heard, made, { schema, now: time.now(), redact });
    if (heard.kind !== 'unsent' && heard.status !== undefined) hear({ slowDown: verdict.slowDown });
    options.onRequest?.({
      project: ask.project,
      method: outgoing.method,
      path: new URL(outgoing.url).pathname,
      status: heard.kind === 'unsent' ? undefined : heard.status,
      outcome: verdict.outcome.kind,
      attempt: number,
      durationMs: time.now() - sentAt,
    });
    return { ...verdict, repeatable: isRepeatable(outgoing.method, outgoing.url) };
  }

  return {
    async call(ask, endpoint, schema) {
      const { project, signal } = ask;
      const turn = { project, signal, patienceMs };
      const last = await tryAgain(
        (number) => gate.run(turn, (hear) => attempt(ask, endpoint, schema, number, hear)).catch(paused),
        { time, random, signal },
      );
      return settled(last);
    },
    requests: (project) => counts.get(project) ?? 0,
    estimate: (requests) => gate.estimate(requests),
  };
}

type Attempt<T> = Verdict<T> & Tried;

/** An overload may strike in the middle of a create, so that it is not known whether it was carried out. */
function settled<T>({ outcome, again, repeatable }: Attempt<T>): Outcome<T> {
  if (outcome.kind !== 'notNow' || again !== 'ifRepeatable' || repeatable) return outcome;
  return { kind: 'unknown', doubt: { reason: 'server', status: 529, detail: outcome.delay.detail } };
}

function paused(error: unknown): Attempt<never> {
  if (!(error instanceof GatePaused)) throw error;
  const delay = { reason: 'rate', until: error.until, detail: 'paused' } as const;
  return { outcome: { kind: 'notNow', delay }, again: 'never', repeatable: true };
}

interface Passed {
  readonly outgoing: Outgoing;
  readonly heard: Heard;
  readonly made: Made;
}

/**
 * One request through an SDK client of its own (20 µs to make), so that its `fetch` knows whose request it carries.
 * The SDK builds the request and reads the good answer; what an answer means is judged on the exchange itself.
 */
async function through(
  endpoint: (sdk: NotionSdk) => Promise<unknown>,
  { signal }: Ask,
  options: NotionClientOptions & { readonly redact: (text: string) => string; count(): void },
): Promise<Passed> {
  const { token, baseUrl, fetch = globalThis.fetch, time, redact, count } = options;
  const { timeoutMs = TIMEOUT_MS, maxBodyBytes = MAX_BODY_BYTES } = options;
  let requests = 0;
  let sent: { outgoing: Outgoing; heard: Heard } | undefined;
  const sdk = new Client({
    auth: token,
    baseUrl,
    notionVersion: NOTION_VERSION,
    retry: false,
    timeoutMs: SDK_TIMEOUT_MS,
    // The SDK warns of a parameter that it does not know, and drops it: half of what was meant would be written.
    logger: (_level, message, extra) => {
      if (requests === 0) throw new TypeError(`${message} ${JSON.stringify(extra)}`);
    },
    fetch: async (url, init) => {
      requests += 1;
      if (requests > 1) throw new TypeError('one call is one request');
      count();
      const outgoing = { method: init?.method ?? 'GET', url, headers: init?.headers ?? {}, body: init?.body };
      const heard = await exchange(outgoing, { fetch, time, timeoutMs, maxBodyBytes, signal });
      sent = { outgoing, heard };
      return answerFor(heard);
    },
  });
  const made = await endpoint(sdk).then(
    (value): Made => ({ value }),
    (error: unknown): Made => {
      signal?.throwIfAborted();
      if (sent && requests === 1) return 'absent';
      // Its text may quote the address or the headers, so the error itself, stack and cause included, stays here.
      throw new TypeError(redact(`Notion SDK: ${error instanceof Error ? error.message : String(error)}`));
    },
  );
  if (!sent) throw new TypeError('A call has to make one request.');
  return { ...sent, made };
}

/** The body is here already, so the SDK reads it from memory and cannot hang on it. */
function answerFor(heard: Heard) {
  const { status, headers, text } =
    heard.kind === 'answer' ? heard : { status: 599, headers: new Headers(), text: '' };
  return { ok: status >= 200 && status < 300, status, headers, text: async () => text };
}
