import * as z from 'zod';
import { retryAfterMs } from '../gate/retry-after.ts';
import type { Breakage, Heard } from '../http/exchange.ts';
import type { Doubt, Outcome, Refusal } from './outcome.ts';
import { type Failure, refusalCode } from './refusals.ts';

/** What an answer says: the outcome, whether asking again can mend it, and whether to slow down. */
export interface Verdict<T> {
  readonly outcome: Outcome<T>;
  /** `ifRepeatable`: only where doing it twice is the same as doing it once. */
  readonly again: 'never' | 'ifRepeatable' | 'always';
  /** Everyone has to wait. `undefined`: nobody has. */
  readonly slowDown?: SlowDown | undefined;
  /** How long Trello asks this request to wait. */
  readonly retryAfterMs?: number | undefined;
}

export interface SlowDown {
  /** Trello does not say it; something in between may. */
  readonly retryAfterMs: number | undefined;
  /** Whose allowance is used up; `undefined` when Trello does not tell. */
  readonly full: 'token' | 'key' | undefined;
}

export interface ClassifyOptions<T> {
  readonly answer: z.ZodType<T>;
  /** The id, or the short link, of the object that the answer has to speak of. `undefined`: of no particular one. */
  readonly of: string | undefined;
  /** Whether it was a question that the small allowance for people may be refusing. */
  readonly isAboutPeople: boolean;
  readonly now: number;
  readonly redact: (text: string) => string;
}

const RATE_LIMITED = 429;
const ACCEPTED = 202;
const REQUEST_TIMEOUT = 408;
/** Said by the edge before Trello sees anything, in HTML. */
const TOO_LONG = new Set([413, 414]);
/** The allowance for questions about people is counted over this long. */
const MEMBERS_PAUSE_MS = 900_000;

export function classify<T>(heard: Heard, options: ClassifyOptions<T>): Verdict<T> {
  if (heard.kind === 'unsent') {
    return {
      outcome: { kind: 'notNow', delay: { reason: 'unreachable', detail: heard.code } },
      again: 'always',
    };
  }
  if (heard.status === RATE_LIMITED) return tooMuch(heard, options);
  if (heard.kind === 'broken') return unclear(heard.why, heard.status);
  const { status } = heard;
  if (TOO_LONG.has(status)) return refused(status, 'tooLong', '');
  if (status === ACCEPTED) return unclear('accepted', status);
  if (status >= 200 && status < 300) return welcome(heard.text, status, options);
  if (status >= 500 || status === REQUEST_TIMEOUT) return stumbled(heard, options);
  const failure = status >= 400 ? failureIn(heard, options) : undefined;
  // Only Trello may say no in Trello's name: a 401 or 404 of a proxy must stop no project and remove no card.
  if (!failure) return unclear('notJson', status);
  return refused(status, refusalCode(status, failure), failure.message || failure.code);
}

function welcome<T>(text: string, status: number, { answer, of, redact }: ClassifyOptions<T>): Verdict<T> {
  const made = jsonOf(text);
  if (made === undefined) return unclear('notJson', status);
  if (of !== undefined && !speaksOf(made.value, of)) return unclear('another', status);
  const parsed = answer.safeParse(made.value);
  if (parsed.success) return { outcome: { kind: 'ok', value: parsed.data }, again: 'never' };
  const { path = [], code = '' } = parsed.error.issues[0] ?? {};
  return unclear('unreadable', status, redact(`${path.join('.')} ${code}`.trim()).slice(0, LONGEST_DETAIL));
}

/** `undefined` for what is no JSON: a page of maintenance also comes with status 200. */
function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const Identity = z.object({ id: z.string(), shortLink: z.string().optional().catch(undefined) });

function speaksOf(value: unknown, of: string): boolean {
  const { data } = Identity.safeParse(value);
  return data !== undefined && (data.id.toLowerCase() === of.toLowerCase() || data.shortLink === of);
}

const WORDS: Readonly<Record<Doubt['reason'], string>> = {
  timeout: 'timeout',
  reset: 'connection lost',
  cut: 'answer cut short',
  tooLarge: 'answer too large',
  server: 'server error',
  notJson: 'not an answer of Trello',
  accepted: 'accepted, not done yet',
  unreadable: 'answer of an unknown form',
  another: 'answer about something else',
};

/** The same question would bring the same answer. */
const NEVER_AGAIN = new Set<Doubt['reason']>(['tooLarge', 'unreadable', 'another']);

function unclear(reason: Breakage | Doubt['reason'], status: number | undefined, more = ''): Verdict<never> {
  const words = [WORDS[reason], status === undefined ? '' : `HTTP ${status}`, more];
  const detail = words.filter((word) => word !== '').join(', ');
  const again = NEVER_AGAIN.has(reason) ? 'never' : 'ifRepeatable';
  return { outcome: { kind: 'unknown', doubt: { reason, status, detail } }, again };
}

/** Refused at the door, so that also a create may be sent again. */
function tooMuch(
  heard: Exclude<Heard, { kind: 'unsent' }>,
  options: ClassifyOptions<unknown>,
): Verdict<never> {
  const failure = heard.kind === 'answer' ? failureIn(heard, options) : undefined;
  const detail = failure?.code ?? '';
  if (failure && refusalCode(RATE_LIMITED, failure) === 'tooManyCards') {
    return refused(RATE_LIMITED, 'tooManyCards', detail);
  }
  const { now } = options;
  if (options.isAboutPeople && failure && /\/(?:members?|search)\b/i.test(failure.message)) {
    const delay = { reason: 'members', until: new Date(now + MEMBERS_PAUSE_MS), detail } as const;
    // Keeping everything else waiting for a quarter of an hour would serve nobody.
    return { outcome: { kind: 'notNow', delay }, again: 'never' };
  }
  const waitMs = retryAfterMs(heard.headers?.get('retry-after'), now);
  const until = waitMs === undefined ? undefined : dateAt(now + waitMs);
  return {
    outcome: { kind: 'notNow', delay: { reason: 'rate', until, detail } },
    again: 'always',
    slowDown: { retryAfterMs: waitMs, full: allowanceOf(detail) },
  };
}

function allowanceOf(code: string): SlowDown['full'] {
  if (code === 'API_TOKEN_LIMIT_EXCEEDED') return 'token';
  return code === 'API_KEY_LIMIT_EXCEEDED' ? 'key' : undefined;
}

/** `undefined` when it is too far away to be a date. */
function dateAt(time: number): Date | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** 5xx comes from the edge or from Trello itself; neither says whether the work was done. */
function stumbled(
  heard: Extract<Heard, { kind: 'answer' }>,
  options: ClassifyOptions<unknown>,
): Verdict<never> {
  const code = failureIn(heard, options)?.code ?? '';
  return {
    ...unclear('server', heard.status, /^\w{1,60}$/.test(code) ? code : ''),
    retryAfterMs: retryAfterMs(heard.headers.get('retry-after'), options.now),
  };
}

const LONGEST_DETAIL = 300;

function refused(status: number, code: Refusal['code'], message: string): Verdict<never> {
  const words = message.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const detail = words.length > LONGEST_DETAIL ? `${words.slice(0, LONGEST_DETAIL)}…`.toWellFormed() : words;
  return { outcome: { kind: 'refused', refusal: { code, detail, status } }, again: 'never' };
}

/** Trello writes some errors as JSON, and others as a line of plain text. */
const JsonFailure = z
  .object({ message: z.string().catch(''), error: z.string().catch('') })
  .refine(({ message, error }) => message !== '' || error !== '');

/** What Trello surely says itself, whatever has become of the headers on the way. */
const WELL_KNOWN =
  /^(?:invalid (?:id|key|token|value|app token)\b|expired token\b|unauthorized .* requested|missing scopes\b|The requested resource was not found)/i;

/** On every answer of Trello's own, refusals included. */
const OWN_HEADER = /^x-(?:rate-limit-api|trello)-/i;

/** What an error says is masked as a whole, and again once JSON is unwrapped, before any of it goes into an outcome. */
function failureIn(
  heard: Extract<Heard, { kind: 'answer' }>,
  { redact }: { redact: (text: string) => string },
): Failure | undefined {
  const text = redact(heard.text);
  const json = JsonFailure.safeParse(jsonOf(text)?.value).data;
  const failure = json
    ? { code: redact(json.error), message: redact(json.message) }
    : { code: '', message: text };
  const isOwn = [...heard.headers.keys()].some((name) => OWN_HEADER.test(name));
  if (isOwn ? text.trimStart().startsWith('<') : !WELL_KNOWN.test(failure.message)) return undefined;
  return failure;
}
