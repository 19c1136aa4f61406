import { fold } from '#src/plan/slug.ts';
import type { PlatformStatus } from '#src/plan/watch-source.ts';
import type { Platform } from './reading.ts';

/** The official lists together: where each platform stands. By `platformKey`. */
export type Roll = Readonly<Record<string, RollEntry>>;

export interface RollEntry {
  readonly name: string;
  readonly status: PlatformStatus;
  /** It was on no list the last time: once more, and it counts as removed. */
  readonly missing?: true;
}

export interface Moved {
  readonly name: string;
  readonly from: PlatformStatus;
  readonly to: PlatformStatus;
}

export interface RollChange {
  readonly added: readonly { readonly name: string; readonly status: PlatformStatus }[];
  readonly removed: readonly { readonly name: string; readonly status: PlatformStatus }[];
  readonly moved: readonly Moved[];
}

export interface OfficialList {
  readonly status: PlatformStatus;
  readonly platforms: readonly Platform[];
}

const LEGAL_FORMS = /^(?:sas|sasu|sa|sarl|eurl|snc|scop|se|gmbh|ltd|inc|bv|nv|spa|srl)$/;

/** Two spellings of one name: capitals, accents, punctuation and the legal form do not count. */
export function platformKey(name: string): string {
  const words = fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  while (words.length > 1 && LEGAL_FORMS.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/** A platform that is on both lists, while it moves from one to the other, is registered. */
export function rollOf(lists: readonly OfficialList[]): Roll {
  const roll: Record<string, RollEntry> = {};
  const inOrder = lists.toSorted((a, b) => rank(a.status) - rank(b.status));
  for (const { status, platforms } of inOrder)
    for (const { name } of platforms)
      if (platformKey(name) !== '') roll[platformKey(name)] = { name, status };
  return roll;
}

function rank(status: PlatformStatus): number {
  return status === 'registered' ? 1 : 0;
}

/**
 * What has changed between two readings of the lists, and the roll to keep. A platform that is on neither list waits
 * for the next reading before it counts as removed: the two files do not change at the same moment.
 */
export function compareRolls(before: Roll, now: Roll): { readonly roll: Roll; readonly change: RollChange } {
  const added = Object.entries(now).flatMap(([key, { name, status }]) =>
    Object.hasOwn(before, key) ? [] : [{ name, status }],
  );
  const moved = Object.entries(now).flatMap(([key, { name, status }]) => {
    const from = before[key]?.status;
    return from === undefined || from === status ? [] : [{ name, from, to: status }];
  });
  const gone = Object.entries(before).filter(([key]) => !Object.hasOwn(now, key));
  const removed = gone.flatMap(([, { name, status, missing }]) => (missing ? [{ name, status }] : []));
  const missing = gone.flatMap(([key, entry]): [string, RollEntry][] =>
    entry.missing ? [] : [[key, { ...entry, missing: true }]],
  );
  return { roll: { ...now, ...Object.fromEntries(missing) }, change: { added, removed, moved } };
}

export function isNothing({ added, removed, moved }: RollChange): boolean {
  return added.length + removed.length + moved.length === 0;
}
