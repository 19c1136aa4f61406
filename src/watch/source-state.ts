import type { Validators } from './fetch.ts';
import type { Sickness } from './sickness.ts';

/** What is remembered of a source besides what it showed. Times are ISO instants. */
export interface SourceState {
  readonly checkedAt: string;
  /** When it was last well; `null`: never. */
  readonly wellAt: string | null;
  /** When something that counts last changed; `null`: never since the first reading. */
  readonly changedAt: string | null;
  readonly validators: Validators | null;
  readonly illness: Illness | null;
  /** It asked not to be asked before. */
  readonly notBefore: string | null;
}

export interface Illness {
  readonly since: string;
  /** How often in a row it was found sick: once may be chance. */
  readonly times: number;
  readonly sickness: Sickness;
}

const HOUR_MS = 3_600_000;
/** A sick source is looked at again after that, also when its rhythm is slower. */
const CONVALESCENCE_HOURS = 3;
const TELL_AFTER_MS = 3 * 24 * HOUR_MS;
/** Rounds do not begin to the second: what is due within that is due. */
const SLACK_MS = 5 * 60_000;

/** Whether the site has asked not to be asked yet. */
export function isResting(state: SourceState | undefined, now: Date): boolean {
  return state !== undefined && state.notBefore !== null && state.notBefore > now.toISOString();
}

/** Whether it is time to look at the source again. */
export function isDue(state: SourceState | undefined, everyHours: number, now: Date): boolean {
  if (state === undefined) return true;
  if (isResting(state, now)) return false;
  const hours = state.illness === null ? everyHours : Math.min(everyHours, CONVALESCENCE_HOURS);
  return now.getTime() - Date.parse(state.checkedAt) >= hours * HOUR_MS - SLACK_MS;
}

/** Sick twice in a row, and for three days: a person should look. */
export function isToBeTold({ illness }: SourceState, now: Date): boolean {
  if (illness === null || illness.times < 2) return false;
  return now.getTime() - Date.parse(illness.since) >= TELL_AFTER_MS;
}

export function whenWell(
  before: SourceState | undefined,
  now: Date,
  more: { readonly validators?: Validators; readonly changed: boolean },
): SourceState {
  const at = now.toISOString();
  return {
    checkedAt: at,
    wellAt: at,
    changedAt: more.changed ? at : (before?.changedAt ?? null),
    validators: more.validators ?? before?.validators ?? null,
    illness: null,
    notBefore: null,
  };
}

export function whenSick(
  before: SourceState | undefined,
  now: Date,
  sickness: Sickness,
  retryAfterMs = 0,
): SourceState {
  const at = now.toISOString();
  const illness = before?.illness;
  return {
    checkedAt: at,
    wellAt: before?.wellAt ?? null,
    changedAt: before?.changedAt ?? null,
    // What was last read well still stands, and is what to compare with.
    validators: before?.validators ?? null,
    illness: { since: illness?.since ?? at, times: (illness?.times ?? 0) + 1, sickness },
    notBefore: retryAfterMs > 0 ? new Date(now.getTime() + retryAfterMs).toISOString() : null,
  };
}
