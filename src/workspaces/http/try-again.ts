import { sleep, type Time } from '../gate/time.ts';

/** What one attempt at a request says of another one. */
export interface Tried {
  /** `ifRepeatable`: only where doing it twice is the same as doing it once. */
  readonly again: 'never' | 'ifRepeatable' | 'always';
  readonly repeatable: boolean;
  /** Everyone was told to slow down, and the gate takes that time: none of our own is needed. */
  readonly slowDown?: object | undefined;
  /** How long the service asks this request to wait. */
  readonly retryAfterMs?: number | undefined;
}

export interface TryAgainOptions {
  readonly time: Time;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

const MOST_TRIES = 5;
/** A refusal for pace costs nothing but time. Without an end, one broken proxy would hold us for ever. */
const MOST_REFUSALS = 12;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/**
 * Makes attempts until one of them settles the matter, or until there were enough, and returns the last. What may
 * not be repeated is not tried again.
 * @throws the signal's reason when the caller gives up; whatever an attempt throws.
 */
export async function tryAgain<T extends Tried>(
  attempt: (number: number) => Promise<T>,
  { time, random, signal }: TryAgainOptions,
): Promise<T> {
  let tries = 0;
  for (let number = 1; ; number += 1) {
    const last = await attempt(number);
    if (!last.slowDown) tries += 1;
    if (!mayTryAgain(last) || tries >= MOST_TRIES || number >= MOST_REFUSALS) return last;
    if (!last.slowDown) await sleep(time, backoffMs(tries, random(), last.retryAfterMs), signal);
  }
}

function mayTryAgain({ again, repeatable }: Tried): boolean {
  return again === 'always' || (again === 'ifRepeatable' && repeatable);
}

/** The wait doubles, and half of it is left to chance, so that those who failed together do not come back together. */
function backoffMs(tries: number, random: number, retryAfterMs = 0): number {
  const full = Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), LONGEST_BACKOFF_MS);
  return Math.max(full / 2 + (full / 2) * random, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
}
