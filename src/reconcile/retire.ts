import { type Fields, type Item, list, text } from '#src/plan/item.ts';
import { sameValue } from './names.ts';
import type { Replica } from './replica.ts';

/** What a new version of the template does to the items that it no longer holds. */
export interface Retirement {
  /** Retired by the template, and yet they stay: the team has worked on them. */
  readonly kept: ReadonlySet<string>;
  /** What a new item takes over from the one that it replaces. */
  readonly inheritance: ReadonlyMap<string, Fields>;
}

/** What people do to a task, as opposed to what the template says of it: this is what a successor inherits. */
const WORK = ['status', 'people', 'notes'] as const;

export function retirementOf(base: ReadonlyMap<string, Item>, replicas: readonly Replica[]): Retirement {
  const template = replicas.find((replica) => replica.authority === 'template');
  if (!template?.complete) return { kept: new Set(), inheritance: new Map() };

  const replaced = new Set([...(template.replaces?.values() ?? [])].flat());
  return { kept: keptItems(base, template, replaced), inheritance: inheritanceOf(base, template) };
}

function inheritanceOf(base: ReadonlyMap<string, Item>, template: Replica): ReadonlyMap<string, Fields> {
  const inheritance = new Map<string, Fields>();
  for (const [key, predecessors] of template.replaces ?? []) {
    const old = predecessors.map((one) => base.get(one)).find((one) => one !== undefined);
    if (old && !base.has(key)) inheritance.set(key, workOn(old, template.seen.get(old.key)));
  }
  return inheritance;
}

/** A retired task that people have touched stays with all its points; so does a touched point of a living task. */
function keptItems(
  base: ReadonlyMap<string, Item>,
  template: Replica,
  replaced: ReadonlySet<string>,
): ReadonlySet<string> {
  const isRetired = (key: string) => template.seen.has(key) && !template.shows.has(key);
  const ownerOf = (item: Item) => (item.kind === 'check' ? item.parent : item.key);
  const retired = [...base.values()].filter((item) => isRetired(item.key) && !replaced.has(ownerOf(item)));
  if (retired.length === 0) return new Set();

  const touched = touchedItems(base, template);
  const stays = (item: Item) => touched.has(isRetired(ownerOf(item)) ? ownerOf(item) : item.key);
  return new Set(retired.filter(stays).map((item) => item.key));
}

/** Items whose fields people have changed, or a point of which they have ticked, changed or added. */
function touchedItems(base: ReadonlyMap<string, Item>, template: Replica): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const item of base.values()) {
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
  const fields: Record<string, Fields[string]> = {};
  for (const name of WORK) {
    const value = name === 'people' ? list(item, name) : text(item, name);
    if (!sameValue(value, last?.[name])) fields[name] = value;
  }
  return fields;
}
