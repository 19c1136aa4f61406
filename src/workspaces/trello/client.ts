import { type Gate, GatePaused, type Hear } from '../gate/gate.ts';
import { trelloReadings } from '../gate/rate-headers.ts';
import type { TrelloPace } from '../gate/rates.ts';
import type { Time } from '../gate/time.ts';
import { exchange, type Heard } from '../http/exchange.ts';
import { type Tried, tryAgain } from '../http/try-again.ts';
import { redactor } from '../redact.ts';
import { classify, type Verdict } from './classify.ts';
import { type Endpoint, requestOf, type TrelloRequest } from './endpoint.ts';
import type { Outcome } from './outcome.ts';
import { isRepeatable } from './repeatable.ts';

/** Trello answers a read with 504 after 30 s. We must not give up before that. */
const TIMEOUT_MS = 45_000;
/** A board of 5,000 cards with full descriptions. */
const MAX_BODY_BYTES = 96 * 1024 * 1024;
const PATIENCE_MS = 15 * 60_000;
/** Sent with each write and given back in what webhooks then tell: our own echo is known by it. */
export const CLIENT_IDENTIFIER = 'jalon';

export interface TrelloClientOptions {
  readonly key: string;
  readonly token: string;
  /** Never sent. Given so that it is masked should Trello ever repeat it. */
  readonly secret?: string | undefined;
  /** With its `/1`. */
  readonly baseUrl: string;
  readonly gate: Gate;
  /** That of the gate: which of its windows an answer speaks of. */
  readonly pace: TrelloPace;
  readonly time: Time;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
  /** A pause that is longer than this ends the call instead of being waited for. */
  readonly patienceMs?: number;
  /** Told of each request that was sent. Holds nothing secret. */
  readonly onRequest?: (sent: SentRequest) => void;
}

export interface SentRequest {
  readonly project: string;
  readonly method: string;
  /** Below the base address, and without its query. */
  readonly path: string;
  /** Of the answer; `undefined` when there was none. */
  readonly status: number | undefined;
  readonly outcome: Outcome<unknown>['kind'];
  readonly attempt: number;
  readonly durationMs: number;
}

/** For whom a request is made. */
export interface Ask {
  readonly project: string;
  readonly signal?: AbortSignal | undefined;
}

export interface TrelloClient {
  /**
   * Makes one request, in its turn, and says what became of it. Reads, deletions and changes of values are tried
   * again after network errors and 5xx; what creates is only sent again when Trello surely has not carried it out
   * (429, no connection). Nothing is thrown for what Trello or the network does: see `need`.
   * @throws the signal's reason when the caller gives up; TypeError for an endpoint that is not one request.
   */
  call<T>(ask: Ask, endpoint: Endpoint<T>): Promise<Outcome<T>>;
  /** Requests sent for the project so far. */
  requests(project: string): number;
  /** In how many seconds that many more requests would be done. */
  estimate(requests: number): Promise<number>;
}

type Attempt<T> = Verdict<T> & Tried;

export function createTrelloClient(options: TrelloClientOptions): TrelloClient {
  const { gate, time, random, key, token, secret, patienceMs = PATIENCE_MS } = options;
  const redact = redactor(secret === undefined ? [key, token] : [key, token, secret]);
  const counts = new Map<string, number>();

  async function attempt<T>(
    ask: Ask,
    endpoint: Endpoint<T>,
    request: TrelloRequest,
    number: number,
    hear: Hear,
  ): Promise<Attempt<T>> {
    const sentAt = time.now();
    counts.set(ask.project, (counts.get(ask.project) ?? 0) + 1);
    const heard = await send(request, ask.signal, options);
    const { answer, of } = endpoint;
    const isAboutPeople = /^\/(?:members|search)/.test(request.path);
    const verdict = classify(heard, { answer, of, isAboutPeople, now: time.now(), redact });
    tellGate(hear, heard, verdict, options.pace);
    options.onRequest?.({
      project: ask.project,
      method: request.method,
      path: request.path,
      status: statusOf(heard),
      outcome: verdict.outcome.kind,
      attempt: number,
      durationMs: time.now() - sentAt,
    });
    return { ...verdict, repeatable: isRepeatable(request.method, request.path) };
  }

  return {
    async call(ask, endpoint) {
      const request = await requestOf(endpoint);
      const { project, signal } = ask;
      const also = countsForMembers(request.path) ? [options.pace.membersAndSearch] : [];
      const turn = { project, signal, patienceMs, also };
      const last = await tryAgain(
        (number) => gate.run(turn, (hear) => attempt(ask, endpoint, request, number, hear)).catch(paused),
        { time, random, signal },
      );
      return last.outcome;
    },
    requests: (project) => counts.get(project) ?? 0,
    estimate: (requests) => gate.estimate(requests),
  };
}

function send(
  { method, path, query, body }: TrelloRequest,
  signal: AbortSignal | undefined,
  options: TrelloClientOptions,
): Promise<Heard> {
  const { fetch = globalThis.fetch, time } = options;
  const { timeoutMs = TIMEOUT_MS, maxBodyBytes = MAX_BODY_BYTES } = options;
  const url = `${options.baseUrl.replace(/\/$/, '')}${path}${query && `?${query}`}`;
  const headers = {
    authorization: authorization(options),
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    ...(method !== 'GET' && { 'x-trello-client-identifier': CLIENT_IDENTIFIER }),
  };
  return exchange({ method, url, headers, body }, { fetch, time, timeoutMs, maxBodyBytes, signal });
}

/** The only place that knows how we prove who we are. Encoded as OAuth asks, so that no value can end its quotes. */
function authorization({ key, token }: TrelloClientOptions): string {
  return `OAuth oauth_consumer_key="${encodeURIComponent(key)}", oauth_token="${encodeURIComponent(token)}"`;
}

/** Members themselves and searches; what lies below a member, their boards for instance, does not count. */
function countsForMembers(path: string): boolean {
  return /^\/(?:members\/[^/]+|search|search\/members|membersSearch)$/.test(path);
}

/** Every answer tells how much is left, refusals included. */
function tellGate(hear: Hear, heard: Heard, verdict: Verdict<unknown>, pace: TrelloPace): void {
  if (heard.kind === 'unsent' || heard.status === undefined) return;
  const readings = heard.headers ? trelloReadings(heard.headers, pace) : [];
  const { outcome, slowDown } = verdict;
  if (outcome.kind === 'notNow' && outcome.delay.reason === 'members') {
    readings.push({ window: pace.membersAndSearch, remaining: 0 });
  }
  const { full, retryAfterMs } = slowDown ?? {};
  hear({
    readings,
    slowDown: slowDown && {
      retryAfterMs,
      windows: full === undefined ? [pace.token, pace.key] : [pace[full]],
    },
  });
}

function statusOf(heard: Heard): number | undefined {
  return heard.kind === 'unsent' ? undefined : heard.status;
}

function paused(error: unknown): Attempt<never> {
  if (!(error instanceof GatePaused)) throw error;
  const delay = { reason: 'rate', until: error.until, detail: 'paused' } as const;
  return { outcome: { kind: 'notNow', delay }, again: 'never', repeatable: true };
}
