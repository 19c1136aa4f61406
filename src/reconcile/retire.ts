import { ARCHIVED, type Fields, type Item, isArchived } from '#src/plan/item.ts';
import { sameValue } from './names.ts';
import type { Replica } from './replica.ts';

/** What a new version of the template does to the items that it no longer holds. */
export interface Retirement {
  /** Retired by the template, and yet they stay: the team has worked on them. */
  readonly kept: ReadonlySet<string>;
  /** Retired by the template, and nobody minds: should it hold them again, they come back. */
  readonly putAway: ReadonlySet<string>;
  /** What a new item takes over from the one that it replaces. */
  readonly inheritance: ReadonlyMap<string, Fields>;
  /** Retired earlier, and someone works on them in a place that does not show it yet: they come back. By key, who. */
  readonly resumed: ReadonlyMap<string, string>;
}

/** What people do to a task, as opposed to what the template says of it: this is what a successor inherits. */
const WORK = ['status', 'people', 'notes', 'done'] as const;

export const NO_RETIREMENT: Retirement = {
  kept: new Set(),
  putAway: new Set(),
  inheritance: new Map(),
  resumed: new Map(),
};

/** Whether the template no longer holds something that it held, or replaces something now. */
export function retiresAny(base: ReadonlyMap<string, Item>, template: Replica): boolean {
  if (!template.complete) return false;
  const replacing = [...(template.replaces?.keys() ?? [])];
  return (
    replacing.some((key) => !base.has(key)) ||
    [...template.seen.keys()].some((key) => isRetired(key, template))
  );
}

/** `standing` is what people have agreed on, their latest edits included. */
export function retirementOf(
  standing: ReadonlyMap<string, Item>,
  template: Replica,
): Omit<Retirement, 'resumed'> {
  const retired = [...standing.values()].filter((item) => isRetired(item.key, template) && !isArchived(item));
  const kept = keptItems(retired, standing, template);
  const putAway = new Set(retired.map(({ key }) => key).filter((key) => !kept.has(key)));
  return { kept, putAway, inheritance: inheritanceOf(standing, template) };
}

/**
 * Items that the template had put away, and that people change in a place that has not been told: it could not be
 * read or written since. The work on a point brings back its task as well.
 */
export function resumedItems(
  base: ReadonlyMap<string, Item>,
  people: readonly Replica[],
  template: Replica,
): ReadonlyMap<string, string> {
  const isPutAway = (key: string) => {
    const item = base.get(key);
    return item !== undefined && isArchived(item) && template.seen.get(key)?.[ARCHIVED] === true;
  };
  const resumed = new Map<string, string>();
  for (const place of people) {
    for (const shown of place.shows.values()) {
      const keys = (shown.kind === 'check' ? [shown.key, shown.parent] : [shown.key]).filter(isPutAway);
      if (keys.length > 0 && isWorkedOn(shown, base.get(shown.key), place))
        for (const key of keys) resumed.set(key, place.id);
    }
  }
  return resumed;
}

/** Whether people have changed it where it was last seen as if it stood, or added it there. */
function isWorkedOn(shown: Item, agreed: Item | undefined, place: Replica): boolean {
  const last = place.seen.get(shown.key);
  if (isArchived(shown) || last?.[ARCHIVED] === true) return false;
  if (!last) return agreed === undefined;
  return Object.keys(shown.fields).some(
    (name) =>
      name !== ARCHIVED &&
      place.holds(shown, name) &&
      !sameValue(shown.fields[name], last[name]) &&
      !sameValue(shown.fields[name], agreed?.fields[name]),
  );
}

function inheritanceOf(standing: ReadonlyMap<string, Item>, template: Replica): ReadonlyMap<string, Fields> {
  const inheritance = new Map<string, Fields>();
  for (const item of template.shows.values()) {
    if (standing.has(item.key)) continue;
    const old = predecessorOf(item, standing, template);
    if (old) inheritance.set(item.key, workOn(old, template.seen.get(old.key)));
  }
  return inheritance;
}

/** The task that a task replaces; for a point, the point of the same name of that task. */
function predecessorOf(item: Item, standing: ReadonlyMap<string, Item>, template: Replica): Item | undefined {
  const owner = item.kind === 'check' ? item.parent : item.key;
  const point = item.key.slice(owner.length);
  const keys = template.replaces?.get(owner) ?? [];
  return keys.map((key) => standing.get(key + point)).find((one) => one !== undefined);
}

function isRetired(key: string, template: Replica): boolean {
  const last = template.seen.get(key);
  return last !== undefined && last[ARCHIVED] !== true && !template.shows.has(key);
}

/** A retired task that people have touched stays with all its points; so does a touched point of a living task. */
function keptItems(
  retired: readonly Item[],
  standing: ReadonlyMap<string, Item>,
  template: Replica,
): ReadonlySet<string> {
  if (retired.length === 0) return new Set();
  const replaced = new Set([...(template.replaces?.values() ?? [])].flat());
  const ownerOf = (item: Item) => (item.kind === 'check' ? item.parent : item.key);
  const touched = touchedItems(standing, template);
  const stays = (item: Item) => touched.has(isRetired(ownerOf(item), template) ? ownerOf(item) : item.key);
  return new Set(retired.filter((item) => !replaced.has(ownerOf(item)) && stays(item)).map(({ key }) => key));
}

/** Items whose fields people have changed, or a point of which they have ticked, changed or added. */
function touchedItems(standing: ReadonlyMap<string, Item>, template: Replica): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const item of standing.values()) {
    if (!isTouched(item, template.seen.get(item.key))) continue;
    touched.add(item.key);
    if (item.kind === 'check') touched.add(item.parent);
  }
  return touched;
}

function isTouched(item: Item, last: Fields | undefined): boolean {
  if (!last) return true;
  return Object.keys(item.fields).some((name) => !sameValue(item.fields[name], last[name]));
}

function workOn(item: Item, last: Fields | undefined): Fields {
  const done = WORK.filter(
    (name) => item.fields[name] !== undefined && !sameValue(item.fields[name], last?.[name]),
  );
  return Object.fromEntries(done.map((name) => [name, item.fields[name] ?? null]));
}
