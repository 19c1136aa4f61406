import { NotNow } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { serviceMessages } from '#src/i18n/service.ts';
import type { Time } from '#src/workspaces/gate/time.ts';

/**
 * How long each place is waited for, so that one that is slow or down does not hold up the others of its project. It
 * is given more time after each time that it took too long, and left out for as long as it has cost.
 */
export interface Patience {
  /** While the place is left out: why it failed the last time, and until when, in ms since 1970. */
  resting(place: string): Rest | undefined;
  /**
   * @throws NotNow when the place takes too long; `signal` is then aborted, and its work has handed back. Whatever the
   * work throws. In either case the place is left out for a while.
   */
  attempt<T>(place: string, order: Attempt<T>): Promise<T>;
}

export interface Rest {
  readonly error: unknown;
  readonly until: number;
}

type Work = 'read' | 'write';

export interface Attempt<T> {
  /** What is cut short may have left something behind that shows later. */
  readonly what: Work;
  readonly signal: AbortSignal | undefined;
  work(signal: AbortSignal): Promise<T>;
}

const FIRST_PATIENCE_MS = 30_000;
/** A read is all or nothing, and goes on while others work; a write keeps what it has done, and others wait for it. */
const LONGEST_PATIENCE_MS: Readonly<Record<Work, number>> = { read: 8 * 60_000, write: 2 * 60_000 };
const SHORTEST_REST_MS = 5_000;
const LONGEST_REST_MS = 5 * 60_000;
/** A service gives up on a request after a minute at most: what it has not made by then it never will. */
const AFTER_CUT_WRITE_MS = 75_000;

interface Standing {
  /** For each kind of work, how long it may take. */
  readonly patienceMs: Record<Work, number>;
  /** How long the place was left out the last time; 0 once all is well. */
  restMs: number;
  rest: Rest | undefined;
}

export function createPatience(time: Time): Patience {
  const places = new Map<string, Standing>();
  return {
    resting(place) {
      const rest = places.get(place)?.rest;
      return rest && time.now() < rest.until ? rest : undefined;
    },
    async attempt(place, { what, signal, work }) {
      const standing = places.get(place) ?? newStanding();
      places.set(place, standing);
      const startedAt = time.now();
      const patienceMs = standing.patienceMs[what];
      const end = new AbortController();
      const tooSlow = new NotNow(said(serviceMessages.tooSlow, { seconds: Math.round(patienceMs / 1000) }));
      const cancel = time.after(patienceMs, () => end.abort(tooSlow));
      try {
        const done = await work(AbortSignal.any(signal ? [end.signal, signal] : [end.signal]));
        noteSuccess(standing, what, time.now() - startedAt);
        return done;
      } catch (error) {
        if (signal?.aborted) throw error;
        const wasCut = end.signal.aborted;
        noteFailure(standing, what, { wasCut, tookMs: time.now() - startedAt });
        standing.rest = { error: wasCut ? tooSlow : error, until: time.now() + standing.restMs };
        throw standing.rest.error;
      } finally {
        cancel();
      }
    },
  };
}

function newStanding(): Standing {
  const patienceMs = { read: FIRST_PATIENCE_MS, write: FIRST_PATIENCE_MS };
  return { patienceMs, restMs: 0, rest: undefined };
}

/** What has worked gets twice the time that it took. All is well only once the place has been written, too. */
function noteSuccess(standing: Standing, what: Work, tookMs: number): void {
  standing.patienceMs[what] = Math.min(Math.max(FIRST_PATIENCE_MS, 2 * tookMs), LONGEST_PATIENCE_MS[what]);
  standing.rest = undefined;
  if (what === 'write') standing.restMs = 0;
}

function noteFailure(
  standing: Standing,
  what: Work,
  { wasCut, tookMs }: { readonly wasCut: boolean; readonly tookMs: number },
): void {
  if (wasCut) standing.patienceMs[what] = Math.min(2 * standing.patienceMs[what], LONGEST_PATIENCE_MS[what]);
  const leastMs = wasCut && what === 'write' ? AFTER_CUT_WRITE_MS : SHORTEST_REST_MS;
  standing.restMs = Math.min(Math.max(leastMs, tookMs, 2 * standing.restMs), LONGEST_REST_MS);
}
