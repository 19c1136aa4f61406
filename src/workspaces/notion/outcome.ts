import { type JalonError, NeedsAttention, NotNow, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { type About, notionSays } from '#src/i18n/notion.ts';

/** What became of one request, as far as that can be known. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** Notion says no, and has changed nothing. The same request again would be refused again. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Notion has changed nothing, and the same request may be welcome later. */
  | { readonly kind: 'notNow'; readonly delay: Delay }
  /** It may have been carried out, or not. A create is to be looked for by its key, never sent again blindly. */
  | { readonly kind: 'unknown'; readonly doubt: Doubt }
  /** It was carried out, though the answer is an error: what Notion says that it has written. */
  | {
      readonly kind: 'committed';
      readonly resourceId: string | undefined;
      readonly childIds: readonly string[];
    };

export interface Refusal {
  readonly code: RefusalCode;
  /** Notion's own words, short, without secrets. */
  readonly detail: string;
  readonly requestId: string | undefined;
}

export type RefusalCode =
  /** The token is wrong or revoked: nothing can be done with this connection any more. */
  | 'unauthorized'
  /** The connection lacks a capability, or may not touch this object. */
  | 'restricted'
  /** A Free workspace has used up the blocks of its life. */
  | 'blockLimit'
  /** Deleted for good, or not (any more) shared with the connection. Notion does not tell which. */
  | 'notShared'
  /** The content breaks one of Notion's rules. */
  | 'validation'
  | 'rowLimit'
  /** The connection is barred; not a matter of pace. */
  | 'blocked'
  /** Notion does not understand what we ask: our mistake, or a newer API. */
  | 'malformed';

export interface Delay {
  readonly reason: 'rate' | 'overload' | 'conflict' | 'unreachable';
  /** `undefined` when nobody says until when. */
  readonly until?: Date | undefined;
  readonly detail: string;
}

export interface Doubt {
  readonly reason:
    | 'timeout'
    | 'reset'
    | 'cut'
    | 'tooLarge'
    | 'server'
    | 'notJson'
    | 'accepted'
    | 'unreadable';
  readonly status: number | undefined;
  readonly detail: string;
}

/**
 * The value, where there is one.
 * @throws Refused, NeedsAttention or NotNow, in words that name the object and say what to do.
 */
export function need<T>(about: About, outcome: Outcome<T>): T {
  if (outcome.kind === 'ok') return outcome.value;
  throw failureOf(about, outcome);
}

/** Notion says that there is no such thing for us. */
const NOT_TO_BE_HAD = new Set<RefusalCode>(['notShared', 'restricted', 'validation']);

/**
 * The value; `undefined` where Notion says that it is not to be had.
 * @throws as `need` where Notion does not say: what is taken for absent is made again.
 */
export function findable<T>(about: About, outcome: Outcome<T>): T | undefined {
  if (outcome.kind === 'refused' && NOT_TO_BE_HAD.has(outcome.refusal.code)) return undefined;
  return need(about, outcome);
}

export function failureOf(about: About, outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): JalonError {
  switch (outcome.kind) {
    case 'refused':
      return refusalError(about, outcome.refusal);
    case 'notNow':
      return new NotNow(said(notionSays[outcome.delay.reason], { about, ...outcome.delay }), cause(outcome));
    case 'committed':
      return new NotNow(said(notionSays.committed, { about }), cause(outcome));
    case 'unknown':
      return doubtError(about, outcome.doubt);
  }
}

function refusalError(about: About, refusal: Refusal): JalonError {
  const words = said(notionSays[refusal.code], { about, detail: refusal.detail });
  const options = cause({ kind: 'refused', refusal });
  return WANTS_RIGHTS.has(refusal.code) ? new Refused(words, options) : new NeedsAttention(words, options);
}

/** Mended in the settings of the connection; the others are mended in the content or the plan. */
const WANTS_RIGHTS = new Set<RefusalCode>(['unauthorized', 'restricted', 'notShared', 'blocked']);

function doubtError(about: About, doubt: Doubt): JalonError {
  const options = cause({ kind: 'unknown', doubt });
  // Asking again would bring the same answer.
  if (doubt.reason === 'tooLarge') return new NeedsAttention(said(notionSays.tooLarge, { about }), options);
  return new NotNow(said(notionSays.unanswered, { about, detail: doubt.detail }), options);
}

/** For the log of a developer. Made of what we have checked ourselves: no error of `fetch` or of the SDK is passed on. */
function cause(outcome: Outcome<unknown>): ErrorOptions {
  return { cause: new Error(JSON.stringify(outcome)) };
}
