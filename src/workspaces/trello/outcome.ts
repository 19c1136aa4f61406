import { type JalonError, NeedsAttention, NotNow, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { type About, trelloSays } from '#src/i18n/trello.ts';

/** What became of one request, as far as that can be known. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** Trello says no, and has changed nothing. The same request again would be refused again. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Trello has changed nothing, and the same request may be welcome later. */
  | { readonly kind: 'notNow'; readonly delay: Delay }
  /** It may have been carried out, or not. A create is to be looked for, never sent again blindly. */
  | { readonly kind: 'unknown'; readonly doubt: Doubt };

export interface Refusal {
  readonly code: RefusalCode;
  /** Trello's own words, short, without secrets. */
  readonly detail: string;
  /** Of the answer. Trello says 401 where others say 403, and 404 also for what it hides. */
  readonly status: number;
}

export type RefusalCode =
  /** The key or the token is wrong, revoked or expired: nothing can be done with them any more. */
  | 'unauthorized'
  /** The token was given without the right to read or to write. */
  | 'missingScope'
  /** The person of the token may not touch this object. */
  | 'forbidden'
  /** Deleted for good, or not (any more) visible to the person of the token. Trello does not tell which. */
  | 'notFound'
  /** What is asked for needs a plan that the Trello workspace does not have. */
  | 'plan'
  /** A board, a workspace or a card holds as much as it may. */
  | 'limit'
  /** One answer would hold too many cards: ask for them page by page. */
  | 'tooManyCards'
  /** The request itself is too long. */
  | 'tooLong'
  /** A value breaks one of Trello's rules. */
  | 'invalid'
  /** Trello does not understand what we ask: our mistake, or a newer API. */
  | 'malformed';

export interface Delay {
  /** `members`: the small allowance of questions about people is used up; everything else may go on. */
  readonly reason: 'rate' | 'members' | 'unreachable';
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
    | 'unreadable'
    /** The answer speaks of another object than the one that was asked about. */
    | 'another';
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

export function failureOf(about: About, outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): JalonError {
  switch (outcome.kind) {
    case 'refused':
      return refusalError(about, outcome.refusal);
    case 'notNow':
      return new NotNow(said(trelloSays[outcome.delay.reason], { about, ...outcome.delay }), cause(outcome));
    case 'unknown':
      return doubtError(about, outcome.doubt);
  }
}

function refusalError(about: About, refusal: Refusal): JalonError {
  const words = said(trelloSays[refusal.code], { about, detail: refusal.detail });
  const options = cause({ kind: 'refused', refusal });
  return WANTS_RIGHTS.has(refusal.code) ? new Refused(words, options) : new NeedsAttention(words, options);
}

/** Mended by a new token or by an invitation; the others are mended in the content or the plan. */
const WANTS_RIGHTS = new Set<RefusalCode>(['unauthorized', 'missingScope', 'forbidden', 'notFound']);

function doubtError(about: About, doubt: Doubt): JalonError {
  const options = cause({ kind: 'unknown', doubt });
  // Asking again would bring the same answer.
  if (doubt.reason === 'tooLarge') return new NeedsAttention(said(trelloSays.tooLarge, { about }), options);
  return new NotNow(said(trelloSays.unanswered, { about, detail: doubt.detail }), options);
}

/** For the log of a developer. Made of what we have checked ourselves: no error of `fetch` is passed on. */
function cause(outcome: Outcome<unknown>): ErrorOptions {
  return { cause: new Error(JSON.stringify(outcome)) };
}
