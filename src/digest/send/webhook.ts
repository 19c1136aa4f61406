import { retryAfterMs } from '#src/workspaces/gate/retry-after.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import { exchange, type Heard } from '#src/workspaces/http/exchange.ts';
import type { Attempt } from './attempt.ts';

export interface WebhookOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly time: Time;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What the answers of a service mean, where they are not plain. */
export interface WebhookHabits {
  /** Whether the body of a 2xx confirms that the message was taken. */
  confirms(body: string): boolean;
  /** A refusal of the message itself, which no setting mends. */
  isFinal(status: number, body: string): boolean;
}

/** An incoming webhook of Slack answers 200 `ok`, and refuses by a word (docs.slack.dev, incoming webhooks). */
export const SLACK_HABITS: WebhookHabits = {
  confirms: (body) => body.trim() === 'ok',
  isFinal: (status, body) =>
    status === 413 || (status === 400 && /^(?:invalid_|no_text|too_many_|msg_)/.test(body.trim())),
};

/** A workflow answers 202 once it has taken the request; a flow that is switched off answers 400. */
export const TEAMS_HABITS: WebhookHabits = { confirms: () => true, isFinal: (status) => status === 413 };

const TIMEOUT_MS = 30_000;
const LARGEST_ANSWER_BYTES = 100_000;
const LONGEST_DETAIL = 200;

/**
 * Posts JSON to a webhook, once. Neither service says of a 5xx, or of an answer that breaks off, that nothing was
 * posted, and neither can be asked: those are `unknown`.
 */
export async function postWebhook(
  url: string,
  payload: object,
  habits: WebhookHabits,
  { fetch, time, signal, timeoutMs = TIMEOUT_MS }: WebhookOptions,
): Promise<Attempt> {
  // Asked to stop before anything left: that is no doubt, and must not be taken for one.
  if (signal?.aborted) return { kind: 'notNow', why: 'busy' };
  const body = JSON.stringify(payload);
  const headers = { 'content-type': 'application/json; charset=utf-8', accept: '*/*', 'user-agent': 'jalon' };
  const heard = await exchange(
    { method: 'POST', url, headers, body },
    { fetch, time, timeoutMs, maxBodyBytes: LARGEST_ANSWER_BYTES, signal },
  );
  return attemptFrom(heard, habits, time.now());
}

function attemptFrom(heard: Heard, habits: WebhookHabits, now: number): Attempt {
  if (heard.kind === 'unsent') {
    const insecure = /CERT|^UNABLE_TO_|^ERR_TLS/.test(heard.code);
    return { kind: 'notNow', why: insecure ? 'insecure' : 'unreachable', detail: heard.code };
  }
  // The head of an answer has been heard: what it says counts, even when its body broke off.
  const { status, headers } = heard;
  if (status === undefined)
    return { kind: 'unknown', why: 'cut', detail: heard.kind === 'broken' ? heard.why : '' };
  const text = heard.kind === 'answer' ? heard.text : undefined;
  const detail = text?.trim() ? `${status} ${text.trim().slice(0, LONGEST_DETAIL)}` : String(status);
  if (status === 429) {
    const wait = retryAfterMs(headers?.get('retry-after'), now);
    return { kind: 'notNow', why: 'busy', detail, ...(wait !== undefined && { retryAfterMs: wait }) };
  }
  if (status >= 500) return { kind: 'unknown', why: 'noClearAnswer', detail };
  if (status >= 400) {
    if (habits.isFinal(status, text ?? '')) return { kind: 'refused', why: 'refused', detail };
    return { kind: 'notNow', why: 'notThere', detail };
  }
  if (status >= 300) return { kind: 'notNow', why: 'notThere', detail };
  if (text !== undefined && !habits.confirms(text)) return { kind: 'unknown', why: 'noClearAnswer', detail };
  return { kind: 'sent' };
}
