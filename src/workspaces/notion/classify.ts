import * as z from 'zod';
import { retryAfterMs } from '../gate/retry-after.ts';
import type { Breakage, Heard } from '../http/exchange.ts';
import type { Doubt, Outcome, Refusal, RefusalCode } from './outcome.ts';
import { NotionId } from './schema.ts';

/** What an answer says: the outcome, whether asking again can mend it, and whether to slow down. */
export interface Verdict<T> {
  readonly outcome: Outcome<T>;
  /** `ifRepeatable`: only where doing it twice is the same as doing it once. */
  readonly again: 'never' | 'ifRepeatable' | 'always';
  /** Everyone has to wait. `undefined`: nobody has. */
  readonly slowDown?: { readonly retryAfterMs: number | undefined } | undefined;
  /** How long Notion asks this request to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** What the SDK made of a good answer; `absent` when it could make nothing of it. */
export type Made = { readonly value: unknown } | 'absent';

export interface ClassifyOptions<T> {
  readonly schema: z.ZodType<T>;
  readonly now: number;
  readonly redact: (text: string) => string;
}

/** An error as Notion writes it. Anything else, a proxy's page for instance, says nothing of the request's fate. */
const Failure = z.object({
  code: z.string(),
  message: z.string().catch(''),
  request_id: z.string().optional().catch(undefined),
  additional_data: z
    .object({
      committed_resource_id: NotionId.optional().catch(undefined),
      committed_child_ids: z.array(NotionId).optional().catch(undefined),
      block_limit: z.string().optional().catch(undefined),
      rate_limit_reason: z.string().optional().catch(undefined),
      retry_after: z.union([z.string(), z.number()]).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Failure = z.infer<typeof Failure>;

/** 504 and 502 come from the edge, 500 and 503 from Notion itself; none of them says whether the work was done. */
const OVERLOADED = 529;
const RATE_LIMITED = 429;
const ACCEPTED = 202;

export function classify<T>(heard: Heard, made: Made, options: ClassifyOptions<T>): Verdict<T> {
  if (heard.kind === 'unsent') {
    return {
      outcome: { kind: 'notNow', delay: { reason: 'unreachable', detail: heard.code } },
      again: 'always',
    };
  }
  if (heard.status === RATE_LIMITED || heard.status === OVERLOADED) return tooMuch(heard, options);
  if (heard.kind === 'broken') return unclear(heard.why, heard.status);
  if (heard.status === ACCEPTED) return { ...unclear('accepted', ACCEPTED), again: 'never' };
  if (heard.status >= 200 && heard.status < 300) return welcome(made, heard.status, options);
  const failure = failureIn(heard.text, options);
  // Only Notion may say no in Notion's name: a 401 or 404 of a proxy must stop no project and remove no page.
  if (!failure) return unclear('notJson', heard.status);
  return heard.status >= 500 ? stumbled(heard, failure, options) : refused(heard.status, failure);
}

function welcome<T>(made: Made, status: number, { schema, redact }: ClassifyOptions<T>): Verdict<T> {
  if (made === 'absent') return unclear('notJson', status);
  const parsed = schema.safeParse(made.value);
  if (parsed.success) return { outcome: { kind: 'ok', value: parsed.data }, again: 'never' };
  const { path = [], code = '' } = parsed.error.issues[0] ?? {};
  return unclear('unreadable', status, redact(`${path.join('.')} ${code}`.trim()).slice(0, LONGEST_DETAIL));
}

const WORDS: Readonly<Record<Doubt['reason'], string>> = {
  timeout: 'timeout',
  reset: 'connection lost',
  cut: 'answer cut short',
  tooLarge: 'answer too large',
  server: 'server error',
  notJson: 'not an answer of Notion',
  accepted: 'accepted, not done yet',
  unreadable: 'answer of an unknown form',
};

function unclear(reason: Breakage | Doubt['reason'], status: number | undefined, more = ''): Verdict<never> {
  const words = [WORDS[reason], status === undefined ? '' : `HTTP ${status}`, more];
  const detail = words.filter((word) => word !== '').join(', ');
  const again = reason === 'tooLarge' || reason === 'unreadable' ? 'never' : 'ifRepeatable';
  return { outcome: { kind: 'unknown', doubt: { reason, status, detail } }, again };
}

/** 429 is refused at the door. 529 may strike in the middle of the work, so a create is not sent again for it. */
function tooMuch(
  heard: Exclude<Heard, { kind: 'unsent' }>,
  options: ClassifyOptions<unknown>,
): Verdict<never> {
  const failure = heard.kind === 'answer' ? failureIn(heard.text, options) : undefined;
  const data = failure?.additional_data;
  if (failure && data?.rate_limit_reason === 'public_api_request_blocked') {
    return { outcome: { kind: 'refused', refusal: refusal('blocked', failure) }, again: 'never' };
  }
  const { now } = options;
  const said =
    heard.headers?.get('retry-after') ?? (data?.retry_after === undefined ? null : `${data.retry_after}`);
  const waitMs = retryAfterMs(said, now);
  const until = waitMs === undefined ? undefined : dateAt(now + waitMs);
  const overload = heard.status === OVERLOADED;
  const written = overload ? committedIn(failure) : undefined;
  return {
    outcome: written ?? {
      kind: 'notNow',
      delay: {
        reason: overload ? 'overload' : 'rate',
        until,
        detail: data?.rate_limit_reason ?? failure?.code ?? '',
      },
    },
    again: overload ? 'ifRepeatable' : 'always',
    slowDown: { retryAfterMs: waitMs },
  };
}

/** `undefined` when it is too far away to be a date. */
function dateAt(time: number): Date | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function stumbled(
  heard: Extract<Heard, { kind: 'answer' }>,
  failure: Failure,
  { now }: ClassifyOptions<unknown>,
): Verdict<never> {
  const doubt = unclear('server', heard.status, /^\w{1,60}$/.test(failure.code) ? failure.code : '');
  return {
    outcome: committedIn(failure) ?? doubt.outcome,
    again: 'ifRepeatable',
    retryAfterMs: retryAfterMs(heard.headers.get('retry-after'), now),
  };
}

function committedIn(failure: Failure | undefined): Outcome<never> | undefined {
  const { committed_resource_id: resourceId, committed_child_ids: childIds = [] } =
    failure?.additional_data ?? {};
  if (resourceId === undefined && childIds.length === 0) return undefined;
  return { kind: 'committed', resourceId, childIds };
}

function refused(status: number, failure: Failure): Verdict<never> {
  if (failure.code === 'conflict_error') {
    return {
      outcome: { kind: 'notNow', delay: { reason: 'conflict', detail: failure.code } },
      again: 'always',
    };
  }
  const code = refusalCode(status, failure);
  return { outcome: { kind: 'refused', refusal: refusal(code, failure) }, again: 'never' };
}

function refusalCode(status: number, { code, additional_data }: Failure): RefusalCode {
  switch (code) {
    case 'unauthorized':
      return 'unauthorized';
    case 'restricted_resource':
      return additional_data?.block_limit === undefined ? 'restricted' : 'blockLimit';
    case 'object_not_found':
      return 'notShared';
    case 'validation_error':
      return 'validation';
    case 'row_limit_exceeded':
      return 'rowLimit';
    default:
      return status === 403 ? 'restricted' : 'malformed';
  }
}

const LONGEST_DETAIL = 300;

function refusal(code: RefusalCode, failure: Failure): Refusal {
  const words = failure.message.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const detail = words.length > LONGEST_DETAIL ? `${words.slice(0, LONGEST_DETAIL)}…`.toWellFormed() : words;
  const requestId = /^[\w-]{1,80}$/.test(failure.request_id ?? '') ? failure.request_id : undefined;
  return { code, detail, requestId };
}

/** What an error says is masked as a whole, before any of it goes into an outcome. */
function failureIn(text: string, { redact }: { redact: (text: string) => string }): Failure | undefined {
  try {
    return Failure.safeParse(JSON.parse(redact(text))).data;
  } catch {
    return undefined;
  }
}
