import { DIGEST } from '#src/digest/weekly/row.ts';
import type { Mark, Store } from '#src/store/store.ts';

/** What is kept of the digest of a project that was told last. All ISO instants but the week. */
export interface Told {
  /** `''` as long as no digest was told. */
  readonly week: string;
  /** From when on that week’s digest tells what was done. */
  readonly since: string;
  /** When it was first told, which is when its message left. */
  readonly first: string;
  readonly last: string;
}

/** Under this name the store keeps what was told last. */
const TOLD = 'told';

/** What a first digest looks back on: a week. */
const FIRST_LOOK_BACK_MS = 7 * 24 * 3_600_000;

export async function lastTold(
  slug: string,
  { store }: { readonly store: Store },
): Promise<Told | undefined> {
  const kept = (await store.memory(slug, DIGEST)).get(TOLD);
  return kept === undefined ? undefined : (JSON.parse(kept) as Told);
}

/** Said again in its week, a digest looks back as far as it did at first; the next one goes on from when it was told. */
export function toldNow(before: Told | undefined, week: string, now: Date): Told {
  const last = now.toISOString();
  if (before?.week === week) return { ...before, last };
  return { week, since: sinceTold(before, now), first: last, last };
}

/**
 * When the last digest was first told. As long as there was none: a week ago, or when the project was first seen if that
 * is longer ago.
 */
export function sinceTold(before: Told | undefined, now: Date): string {
  const aWeekAgo = new Date(now.getTime() - FIRST_LOOK_BACK_MS).toISOString();
  if (before === undefined) return aWeekAgo;
  return before.week === '' && aWeekAgo < before.first ? aWeekAgo : before.first;
}

export function isTold(told: Told | undefined, due: Date): boolean {
  return told !== undefined && told.last >= due.toISOString();
}

export function markOf(told: Told): Mark {
  return { replica: DIGEST, name: TOLD, value: JSON.stringify(told) };
}

/** From when on a digest says that it comes late: a retry or a reboot does not make it so. */
const LATE_AFTER_MS = 12 * 3_600_000;

/** Whether what was due then comes late by now. */
export function isLate(due: Date, now: Date): boolean {
  return now.getTime() - due.getTime() > LATE_AFTER_MS;
}
