import type { Fields, Item, Value } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import type { Change, Happening, Outcome, Replica, Shown } from '#src/reconcile/replica.ts';

/** A task as a builder: only what the test speaks of is named. */
export function task(key: string, fields: Fields = {}): Item {
  return { key, kind: 'task', parent: 'plan', fields: { title: key, status: 'todo', ...fields } };
}

export function point(parent: string, name: string, fields: Fields = {}): Item {
  return { key: `${parent}#${name}`, kind: 'check', parent, fields: { title: name, done: false, ...fields } };
}

export function comment(parent: string, name: string, fields: Fields = {}): Item {
  return {
    key: `${parent}@${name}`,
    kind: 'comment',
    parent,
    fields: { text: name, author: 'Claire', ...fields },
  };
}

/** A place where people work, kept in memory: it shows items, takes changes, and can be edited, cut off or limited. */
export class Place {
  readonly id: string;
  readonly shows = new Map<string, Shown>();
  readonly seen = new Map<string, Fields>();
  complete = true;
  readonly removed = new Set<string>();
  fit: Replica['fit'] = (_item, _field, value) => value;
  holds: Replica['holds'] = () => true;
  /** Every change ever asked of it. */
  readonly asked: Change[] = [];

  constructor(id: string) {
    this.id = id;
  }

  edit(key: string, fields: Fields, editedAt = ''): void {
    const item = this.shows.get(key);
    if (!item) throw new Error(`${this.id} does not show ${key}`);
    this.shows.set(key, { ...item, fields: { ...item.fields, ...fields }, editedAt });
  }

  add(item: Item, editedAt = ''): void {
    this.shows.set(item.key, { ...item, editedAt });
  }

  delete(key: string): void {
    this.shows.delete(key);
  }

  apply(change: Change): void {
    this.asked.push(change);
    const { key, item } = change;
    const fields: Record<string, Value> = { ...this.shows.get(key)?.fields };
    for (const [name, value] of Object.entries(item.fields)) {
      if (this.holds(item, name)) fields[name] = this.fit(item, name, value);
    }
    if (fields.archived === true) this.shows.delete(key);
    else this.shows.set(key, { ...item, fields });
    this.seen.set(key, fields);
  }

  replica(): Replica {
    return {
      id: this.id,
      authority: 'person',
      shows: new Map(this.shows),
      complete: this.complete,
      removed: this.removed,
      seen: new Map(this.seen),
      holds: this.holds,
      fit: this.fit,
    };
  }
}

/** Everything that one project's cycle remembers, around the pure function. */
export class World {
  agreed: ReadonlyMap<string, Item> = new Map();
  template = new Map<string, Item>();
  replaces = new Map<string, readonly string[]>();
  readonly templateSeen = new Map<string, Fields>();
  readonly places: Place[];
  readonly log: Happening[] = [];

  constructor(...places: Place[]) {
    this.places = places;
  }

  offer(...items: Item[]): this {
    this.template = new Map(items.map((item) => [item.key, item]));
    return this;
  }

  replicas(): Replica[] {
    const template: Replica = {
      id: 'template',
      authority: 'template',
      shows: this.template,
      complete: true,
      removed: new Set(),
      seen: new Map(this.templateSeen),
      holds: () => true,
      fit: (_item, _field, value) => value,
      replaces: this.replaces,
    };
    return [template, ...this.places.map((place) => place.replica())];
  }

  /** One cycle in which these are heard too. */
  hear(...voices: readonly Replica[]): Outcome {
    return this.cycle(Number.POSITIVE_INFINITY, voices);
  }

  /** One cycle. `dieAfter` stops it, as a power cut would, once that many changes have been carried out. */
  cycle(dieAfter = Number.POSITIVE_INFINITY, voices: readonly Replica[] = []): Outcome {
    const outcome = reconcile(this.agreed, [...this.replicas(), ...voices]);
    this.agreed = outcome.agreed;
    this.log.push(...outcome.happenings);
    for (const { replica, key, fields } of outcome.seen) {
      const seen = replica === 'template' ? this.templateSeen : this.place(replica).seen;
      if (fields === null) seen.delete(key);
      else seen.set(key, fields);
    }
    let left = dieAfter;
    for (const [id, changes] of outcome.writes) {
      for (const change of changes) {
        if (left-- <= 0) return outcome;
        this.place(id).apply(change);
      }
    }
    return outcome;
  }

  place(id: string): Place {
    const place = this.places.find((one) => one.id === id);
    if (!place) throw new Error(`no place ${id}`);
    return place;
  }
}

export function changesOf(outcome: Outcome): number {
  return [...outcome.writes.values()].reduce((sum, changes) => sum + changes.length, 0);
}
