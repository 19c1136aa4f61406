import { ARCHIVED, type Fields, type Item, type ItemKind, isArchived, type Value } from '#src/plan/item.ts';
import { mergeField } from './merge-field.ts';
import { sameValue } from './names.ts';
import type { Change, Happening, Outcome, Replica, SeenUpdate, Shown, Sighting } from './replica.ts';
import { type Retirement, retirementOf } from './retire.ts';

const KIND_ORDER: Readonly<Record<ItemKind, number>> = { task: 0, check: 1, row: 2 };

/**
 * Compares every place with what was last agreed, field by field, and says what is agreed now and what each
 * place still lacks.
 *
 * - A replica changed a field when it shows something else than it was last seen to show. One changed: it wins.
 *   Several changed differently: a person beats the template, then the later edit wins; what lost is a `conflict`.
 * - The template moves a field only while people have left it alone.
 * - An item is taken for removed only when the read was complete or the key is in `removed`.
 * - Running again on the outcome changes nothing, and the order of the replicas does not matter.
 */
export function reconcile(base: ReadonlyMap<string, Item>, replicas: readonly Replica[]): Outcome {
  const ordered = [...replicas].sort((a, b) => rankOf(a).localeCompare(rankOf(b)));
  const retirement = retirementOf(base, ordered);
  const outcome: Draft = { agreed: new Map(), changed: [], writes: new Map(), seen: [], happenings: [] };
  for (const key of keysInOrder(base, ordered)) reconcileItem(key, base, ordered, retirement, outcome);
  return outcome;
}

interface Draft {
  readonly agreed: Map<string, Item>;
  readonly changed: Item[];
  readonly writes: Map<string, Change[]>;
  readonly seen: SeenUpdate[];
  readonly happenings: Happening[];
}

function rankOf(replica: Replica): string {
  return `${replica.authority === 'template' ? 0 : 1} ${replica.id}`;
}

/** Agreed items first, then the template's new ones in its own order, then what people added, by key. */
function keysInOrder(base: ReadonlyMap<string, Item>, replicas: readonly Replica[]): string[] {
  const fresh = new Map<string, Item>();
  for (const replica of replicas) {
    const shown = [...replica.shows.values()].filter((item) => !base.has(item.key) && !fresh.has(item.key));
    if (replica.authority === 'person') shown.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const item of shown) fresh.set(item.key, item);
  }
  const added = [...fresh.values()].sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind]);
  return [...base.keys(), ...added.map((item) => item.key)];
}

function reconcileItem(
  key: string,
  base: ReadonlyMap<string, Item>,
  replicas: readonly Replica[],
  retirement: Retirement,
  outcome: Draft,
): void {
  const before = base.get(key);
  const sightings = replicas.map((replica) => sight(replica, key, before, retirement));
  const model = before ?? firstShown(sightings);
  if (!model) return;

  const fields = mergeFields(model, before, sightings, outcome.happenings);
  const inherited = before ? undefined : retirement.inheritance.get(key);
  const item: Item = {
    key,
    kind: model.kind,
    parent: model.parent,
    fields: inherited ? { ...fields, ...inherited } : fields,
  };
  outcome.agreed.set(key, item);
  note(before, item, sightings, outcome);
  for (const sighting of sightings) {
    remember(sighting, key, outcome.seen);
    demand(sighting, item, outcome.writes);
  }
  if (retirement.kept.has(key)) {
    outcome.happenings.push({ kind: 'kept', key, field: null, actor: 'template', old: false, new: true });
  }
}

/** What one replica shows of one item, beside what it showed before. */
function sight(replica: Replica, key: string, before: Item | undefined, retirement: Retirement): Sighting {
  const last = replica.seen.get(key);
  const shown = replica.shows.get(key);
  if (shown) {
    const fields = last ? { ...last, ...shown.fields } : shown.fields;
    return {
      replica,
      last,
      shown: { ...shown, fields: { [ARCHIVED]: false, ...fields, ...archivedIn(shown) } },
    };
  }
  if (!last || !before) return { replica, last, shown: undefined };
  const gone = replica.complete || replica.removed.has(key);
  const stays = replica.authority === 'template' && retirement.kept.has(key);
  if (!gone || stays) return { replica, last, shown: { ...before, fields: last } };
  return { replica, last, shown: { ...before, fields: { ...last, [ARCHIVED]: true } } };
}

/** A shown item that says nothing of an archive is not archived, whatever it was before. */
function archivedIn(shown: Shown): Fields {
  return { [ARCHIVED]: shown.fields[ARCHIVED] ?? false };
}

function firstShown(sightings: readonly Sighting[]): Item | undefined {
  return sightings.find((sighting) => sighting.shown)?.shown;
}

function mergeFields(
  model: Item,
  before: Item | undefined,
  sightings: readonly Sighting[],
  happenings: Happening[],
): Fields {
  const names = new Set(Object.keys(model.fields));
  for (const { shown } of sightings) {
    if (shown && shown !== model) for (const name of Object.keys(shown.fields)) names.add(name);
  }
  const fields: Record<string, Value> = {};
  let same = before !== undefined;
  for (const name of names) {
    const value = mergeField(name, model, before, sightings, happenings);
    if (value === undefined) continue;
    fields[name] = value;
    if (same && before?.fields[name] !== value) same = false;
  }
  return same && before ? before.fields : fields;
}

/** Records what became of the item. Field changes have been recorded by the merge itself. */
function note(before: Item | undefined, item: Item, sightings: readonly Sighting[], outcome: Draft): void {
  if (before && before.fields === item.fields) return;
  outcome.changed.push(item);
  if (before) return;
  const actor = sightings.find((sighting) => sighting.shown)?.replica.id ?? '';
  outcome.happenings.push({
    kind: 'created',
    key: item.key,
    field: null,
    actor,
    old: null,
    new: item.fields.title ?? null,
  });
}

function remember({ replica, last, shown }: Sighting, key: string, seen: SeenUpdate[]): void {
  if (!shown) return;
  if (replica.authority === 'template' && !replica.shows.has(key) && replica.complete) {
    seen.push({ replica: replica.id, key, fields: null });
    return;
  }
  if (last && sameFields(last, shown.fields)) return;
  seen.push({ replica: replica.id, key, fields: shown.fields });
}

function sameFields(a: Fields, b: Fields): boolean {
  const names = Object.keys(b);
  return (
    names.length === Object.keys(a).length &&
    names.every((name) => a[name] === b[name] || sameValue(a[name], b[name]))
  );
}

/** What the replica must do to show the item as agreed. */
function demand({ replica, shown }: Sighting, item: Item, writes: Map<string, Change[]>): void {
  if (replica.authority === 'template') return;
  if (!shown) {
    if (!isArchived(item)) push(writes, replica.id, { kind: 'create', key: item.key, item });
    return;
  }
  const lacking: Record<string, Value> = {};
  for (const name of Object.keys(item.fields)) {
    const value = item.fields[name];
    if (value === undefined || shown.fields[name] === value || !replica.holds(item.kind, name)) continue;
    if (!sameValue(shown.fields[name], replica.fit(name, value))) lacking[name] = value;
  }
  if (Object.keys(lacking).length > 0)
    push(writes, replica.id, { kind: 'update', key: item.key, item, fields: lacking });
}

function push(writes: Map<string, Change[]>, replica: string, change: Change): void {
  const list = writes.get(replica);
  if (list) list.push(change);
  else writes.set(replica, [change]);
}
