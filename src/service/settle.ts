import * as z from 'zod';
import type { Fields, Item, ItemRef, Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import type { Change, Replica, Shown } from '#src/reconcile/replica.ts';
import type { Blueprint } from '#src/workspaces/workspace.ts';

/** A text that was edited less than this ago may be half of what someone is typing. */
export const SETTLE_MS = 60_000;
/** Whoever never pauses is not waited for longer than this. */
const LONGEST_HOLD_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

/** What is typed, letter by letter, into a task or a point. What is chosen or ticked is whole at once. */
const TYPED: Readonly<Record<'task' | 'check', ReadonlySet<string>>> = {
  task: new Set(['title', 'description', 'deliverable', 'proof', 'repeat', 'notes']),
  check: new Set(['title']),
};
const TYPED_COLUMNS: ReadonlySet<string> = new Set(['text', 'long-text', 'url', 'email']);

/** One place, as a cycle found it. */
export interface Typing {
  readonly replica: Replica;
  /** Whether people see each other type there; a file is saved, which is deliberate. */
  readonly isLive: boolean;
  /** What of it was held back by the cycle before. */
  readonly before: Holds;
}

/** What is held back of one place, by the key of the item and, below it, by field. */
export type Holds = ReadonlyMap<string, ReadonlyMap<string, Hold>>;

const Hold = z.object({
  /** What was shown, as JSON. */
  shown: z.string(),
  /** When it was first seen to show this, in ms since 1970. */
  since: z.number(),
  /** When it was first held back. */
  first: z.number(),
});
export type Hold = Readonly<z.infer<typeof Hold>>;

export interface Settling {
  /** The places without what is held back: neither read there nor written over. */
  readonly replicas: readonly Replica[];
  readonly holds: ReadonlyMap<string, Holds>;
  /** When to look again, in ms since 1970; `undefined` when nothing is held back. */
  readonly until: number | undefined;
}

/** Under this name an item that is new as a whole is held back. */
const WHOLE = '';

/**
 * Holds back the texts that are being typed. A text is settled once it was edited a minute ago, or has been seen to
 * stay the same for a minute; other fields of the same item do not wait. Where several places have changed a text that
 * one of them holds back, all of them wait: what is typed last is to be compared with the rest, not to come after it.
 */
export function holdBack(
  places: readonly Typing[],
  agreed: ReadonlyMap<string, Item>,
  blueprint: Pick<Blueprint, 'registers'>,
  now: number,
): Settling {
  const found = places.map((place) => ({ place, texts: changedTexts(place, agreed, blueprint, now) }));
  const awaited = new Map<string, number>();
  for (const { place, texts } of found) {
    if (!place.isLive) continue;
    for (const text of texts) {
      const until = settlesAt(text);
      const name = nameOf(text);
      if (until > now) awaited.set(name, Math.min(until, awaited.get(name) ?? until));
    }
  }
  const holds = new Map<string, Holds>();
  const replicas = found.map(({ place, texts }) => {
    const held = texts.filter((text) => awaited.has(nameOf(text)));
    if (held.length === 0) return place.replica;
    holds.set(place.replica.id, holdsOf(held));
    return without(place.replica, holdsOf(held));
  });
  return { replicas, holds, until: awaited.size === 0 ? undefined : Math.min(...awaited.values()) };
}

interface ChangedText {
  readonly key: string;
  readonly field: string;
  readonly hold: Hold;
  /** In ms since 1970; `undefined` where the place cannot tell. */
  readonly editedAt: number | undefined;
}

function nameOf({ key, field }: ChangedText): string {
  return `${key}\n${field}`;
}

/** Texts that people have changed there since the last time, and items that they have added. */
function changedTexts(
  { replica, before }: Typing,
  agreed: ReadonlyMap<string, Item>,
  blueprint: Pick<Blueprint, 'registers'>,
  now: number,
): readonly ChangedText[] {
  return [...replica.shows.values()].flatMap((item) =>
    changedFields(item, replica, agreed, blueprint).map(([field, value]) => {
      const shown = JSON.stringify(value);
      const known = before.get(item.key)?.get(field);
      const since = known?.shown === shown ? known.since : now;
      const hold = { shown, since, first: known?.first ?? now };
      return { key: item.key, field, hold, editedAt: editedAt(item, replica) };
    }),
  );
}

function changedFields(
  item: Shown,
  replica: Replica,
  agreed: ReadonlyMap<string, Item>,
  blueprint: Pick<Blueprint, 'registers'>,
): readonly (readonly [string, Value | Fields])[] {
  const last = replica.seen.get(item.key);
  const base = agreed.get(item.key);
  const texts = Object.entries(item.fields).filter(
    ([field]) => isTyped(item, field, blueprint) && replica.holds(item, field),
  );
  // A remark is sent when it is finished; what is known and was never seen here is only found again.
  if (!last && !base && item.kind !== 'comment') return [[WHOLE, Object.fromEntries(texts)]];
  if (!last || !base) return [];
  return texts.filter(([field, value]) => {
    const known = base.fields[field];
    const isKnown = known !== undefined && sameValue(value, replica.fit(base, field, known));
    return !isKnown && !sameValue(value, last[field]);
  });
}

function isTyped(
  { kind, parent }: ItemRef,
  field: string,
  { registers }: Pick<Blueprint, 'registers'>,
): boolean {
  if (kind === 'comment') return false;
  if (kind !== 'row') return TYPED[kind].has(field);
  const column = registers.find(({ key }) => key === parent)?.columns.find(({ key }) => key === field);
  return column !== undefined && TYPED_COLUMNS.has(column.type);
}

/** A point without a time of its own was edited when its task was. */
function editedAt(item: Shown, { shows }: Replica): number | undefined {
  const at = Date.parse(item.editedAt ?? shows.get(item.parent)?.editedAt ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** A time to the minute may mean the end of that minute. Where nobody tells the time, nothing is waited for. */
function settlesAt({ hold: { since, first }, editedAt }: ChangedText): number {
  if (editedAt === undefined) return Number.NEGATIVE_INFINITY;
  const latest = editedAt % MINUTE_MS === 0 ? editedAt + MINUTE_MS : editedAt;
  return Math.min(latest + SETTLE_MS, since + SETTLE_MS, first + LONGEST_HOLD_MS);
}

function holdsOf(texts: readonly ChangedText[]): Holds {
  const byKey = Map.groupBy(texts, ({ key }) => key);
  return new Map(
    [...byKey].map(([key, some]) => [key, new Map(some.map(({ field, hold }) => [field, hold]))]),
  );
}

/**
 * The points of an item that is held back as a whole wait with it. Beside a point that is held back so, none of its
 * task counts as removed: where points bear no key, another wording looks like another point.
 */
function without(replica: Replica, holds: Holds): Replica {
  const isAway = (key: string) => holds.get(key)?.has(WHOLE) === true;
  const shows = new Map<string, Shown>();
  for (const [key, item] of replica.shows) {
    if (isAway(key) || isAway(item.parent)) continue;
    const held = holds.get(key);
    const fields = Object.entries(item.fields).filter(([field]) => !held?.has(field));
    shows.set(key, held ? { ...item, fields: Object.fromEntries(fields) } : item);
  }
  const owners = new Set([...holds.keys()].filter((key) => key.includes('#') && isAway(key)).map(ownerOf));
  return {
    ...replica,
    shows,
    removed: new Set([...replica.removed].filter((key) => !owners.has(ownerOf(key)))),
    holds: (item, field) => !holds.get(item.key)?.has(field) && replica.holds(item, field),
  };
}

/** The item with the texts that people are typing in one place, so that a write there leaves them as they are. */
export function asTyped(item: Item, holds: Holds | undefined): Item {
  const held = holds?.get(item.key);
  if (!held) return item;
  const typed = [...held].map(([field, { shown }]) => [field, JSON.parse(shown) as Value] as const);
  return { ...item, fields: { ...item.fields, ...Object.fromEntries(typed) } };
}

export function changeAsTyped<C extends Change>(change: C, holds: Holds | undefined): C {
  return holds?.has(change.key) ? { ...change, item: asTyped(change.item, holds) } : change;
}

/** What a write has shown to stand, but for what is held back: that is still to be read. */
export function unlessHeld(key: string, shows: Fields, holds: Holds | undefined): Fields {
  const held = holds?.get(key);
  if (!held) return shows;
  return Object.fromEntries(Object.entries(shows).filter(([field]) => !held.has(field)));
}

/** Items that the next read has to show whatever its cursor says, with those that they belong to. */
export function toShowAgain(holds: Holds): ReadonlySet<string> {
  return new Set([...holds.keys()].flatMap((key) => [key, ownerOf(key)]));
}

/** The key of the task of a point; any other key as it is. */
function ownerOf(key: string): string {
  return key.split('#')[0] ?? key;
}

const Kept = z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), Hold]))]));

/** What is kept in a place’s memory of what was held back there. */
export function writeHolds(holds: Holds | undefined): string {
  return JSON.stringify([...(holds ?? [])].map(([key, held]) => [key, [...held]]));
}

/** What cannot be read was held back by nobody. */
export function readHolds(text: string | undefined): Holds {
  if (text === undefined) return new Map();
  try {
    const kept = Kept.safeParse(JSON.parse(text));
    return new Map(kept.data?.map(([key, held]) => [key, new Map(held)]));
  } catch {
    return new Map();
  }
}
