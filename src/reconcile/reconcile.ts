import { ARCHIVED, type Fields, type Item, type ItemKind, isArchived, type Value } from '#src/plan/item.ts';
import { mergeField } from './merge-field.ts';
import { sameValue } from './names.ts';
import {
  type AgreedAt,
  type Change,
  type Happening,
  type Outcome,
  type Replica,
  type SeenUpdate,
  type Shown,
  type Sighting,
  TEMPLATE,
} from './replica.ts';
import { NO_RETIREMENT, type Retirement, resumedItems, retirementOf, retiresAny } from './retire.ts';

const KIND_ORDER: Readonly<Record<ItemKind, number>> = { task: 0, check: 1, row: 2, comment: 3 };

/**
 * Compares every place with what was last agreed, field by field, and says what is agreed now and what each
 * place still lacks.
 *
 * - A replica changed a field when it shows something else than it was last seen to show. One changed: it wins.
 *   Several changed differently: a person beats a voice, a voice the template; between people the later edit wins,
 *   and what lost is a `conflict`.
 * - The template moves a field only while people have left it alone. What it had put away comes back where someone
 *   works on it before the place shows that.
 * - An item is taken for removed only when the read was complete or the key is in `removed`; a comment never is.
 * - `agreedAt` lets what was agreed after an edit stand against it, where the place had not been told of it.
 * - Running again on the outcome changes nothing, and the order of the replicas does not matter.
 */
export function reconcile(
  base: ReadonlyMap<string, Item>,
  replicas: readonly Replica[],
  agreedAt: AgreedAt = () => undefined,
): Outcome {
  const ordered = [...replicas].sort((a, b) => rankOf(a).localeCompare(rankOf(b)));
  return compareAll(base, ordered, retirementFrom(base, ordered, agreedAt), agreedAt);
}

/** What people have done since the last time counts as their work on the items that the template retires now. */
function retirementFrom(
  base: ReadonlyMap<string, Item>,
  replicas: readonly Replica[],
  agreedAt: AgreedAt,
): Retirement {
  const template = replicas.find((replica) => replica.id === TEMPLATE);
  if (!template) return NO_RETIREMENT;
  const people = replicas.filter((replica) => replica.authority === 'person');
  const resumed = resumedItems(base, people, template);
  if (!retiresAny(base, template)) return { ...NO_RETIREMENT, resumed };
  const standing = compareAll(base, people, { ...NO_RETIREMENT, resumed }, agreedAt).agreed;
  return { ...retirementOf(standing, template), resumed };
}

function compareAll(
  base: ReadonlyMap<string, Item>,
  replicas: readonly Replica[],
  retirement: Retirement,
  agreedAt: AgreedAt,
): Draft {
  const outcome: Draft = {
    agreed: new Map(),
    changed: [],
    writes: new Map(),
    seen: [],
    happenings: [],
    agreedAt,
  };
  for (const key of keysInOrder(base, replicas)) reconcileItem(key, base, replicas, retirement, outcome);
  return outcome;
}

interface Draft {
  readonly agreed: Map<string, Item>;
  readonly changed: Item[];
  readonly writes: Map<string, Change[]>;
  readonly seen: SeenUpdate[];
  readonly happenings: Happening[];
  readonly agreedAt: AgreedAt;
}

const RANKS: Readonly<Record<Replica['authority'], number>> = { template: 0, voice: 1, person: 2 };

function rankOf(replica: Replica): string {
  return `${RANKS[replica.authority]} ${replica.id}`;
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
  const model = before ?? firstShown(key, replicas);
  if (!model) return;

  const isQuiet = !retirement.resumed.has(key) && !sightings.some((sighting) => sighting.changed);
  const quiet = before !== undefined && isQuiet;
  const item = quiet ? before : merge(model, base, sightings, retirement, outcome);
  outcome.agreed.set(key, item);
  const visible = asShown(item, outcome.agreed);
  for (const sighting of sightings) {
    remember(sighting, key, retirement, outcome.seen);
    demand(sighting, visible, outcome);
  }
  if (retirement.kept.has(key)) {
    outcome.happenings.push({ kind: 'kept', key, field: null, actor: TEMPLATE, old: false, new: true });
  }
}

/** What one replica shows of one item, beside what it showed before. */
function sight(replica: Replica, key: string, before: Item | undefined, retirement: Retirement): Sighting {
  const last = replica.seen.get(key);
  const shown = replica.shows.get(key);
  if (replica.authority === 'voice')
    return { replica, last, fields: shown?.fields, editedAt: '', changed: shown !== undefined };
  if (shown) return compare(replica, last, shown);
  if (!last || !before) return { replica, last, fields: undefined, editedAt: '', changed: false };
  const gone = before.kind !== 'comment' && (replica.complete || replica.removed.has(key));
  const stays = replica.authority === 'template' && retirement.kept.has(key);
  const changed = gone && !stays && last[ARCHIVED] !== true;
  return { replica, last, fields: changed ? { ...last, [ARCHIVED]: true } : last, editedAt: '', changed };
}

/** A field that a place does not show this time counts as unchanged; an item that says nothing of an archive is not archived. */
function compare(replica: Replica, last: Fields | undefined, shown: Shown): Sighting {
  const archived = shown.fields[ARCHIVED] ?? false;
  const changed = !(last && last[ARCHIVED] === archived && showsNothingNew(shown.fields, last));
  const fields = changed ? { ...last, ...shown.fields, [ARCHIVED]: archived } : last;
  return { replica, last, fields, editedAt: shown.editedAt ?? '', changed };
}

function showsNothingNew(shown: Fields, last: Fields): boolean {
  for (const name in shown) {
    if (shown[name] !== last[name] && !(name in last && sameValue(shown[name], last[name]))) return false;
  }
  return true;
}

function firstShown(key: string, replicas: readonly Replica[]): Item | undefined {
  return replicas.find((replica) => replica.shows.has(key))?.shows.get(key);
}

/** The item as agreed from now on; it is `before` itself when nothing has come of what changed. */
function merge(
  model: Item,
  base: ReadonlyMap<string, Item>,
  sightings: readonly Sighting[],
  retirement: Retirement,
  outcome: Draft,
): Item {
  const fields: Record<string, Value> = {};
  const before = base.get(model.key);
  const resumedBy = retirement.resumed.get(model.key);
  // Also in the cycle in which the task comes back: places still show its points away.
  const goesAlong = goesWithItsTask(model, outcome.agreed) || goesWithItsTask(model, base);
  for (const name of fieldNames(model, sightings)) {
    const frozen = name === ARCHIVED && (goesAlong || resumedBy !== undefined);
    const value = frozen
      ? resumedBy === undefined && (before?.fields[ARCHIVED] ?? false)
      : mergeField(name, model, before, sightings, outcome.happenings, outcome.agreedAt);
    if (value !== undefined) fields[name] = value;
  }
  if (resumedBy !== undefined) outcome.happenings.push(resumption(model.key, resumedBy));
  if (before && Object.keys(fields).every((name) => fields[name] === before.fields[name])) return before;

  const inherited = before ? undefined : retirement.inheritance.get(model.key);
  const item: Item = {
    key: model.key,
    kind: model.kind,
    parent: model.parent,
    fields: { ...fields, ...inherited },
  };
  outcome.changed.push(item);
  if (!before) outcome.happenings.push(creation(item, sightings));
  return item;
}

function fieldNames(model: Item, sightings: readonly Sighting[]): ReadonlySet<string> {
  const names = new Set(Object.keys(model.fields));
  for (const { fields } of sightings) for (const name in fields) names.add(name);
  return names;
}

function creation(item: Item, sightings: readonly Sighting[]): Happening {
  const actor = sightings.find((sighting) => sighting.fields)?.replica.id ?? '';
  return {
    kind: 'created',
    key: item.key,
    field: null,
    actor,
    old: null,
    new: item.fields.title ?? item.fields.text ?? null,
  };
}

function resumption(key: string, actor: string): Happening {
  return { kind: 'restored', key, field: ARCHIVED, actor, old: true, new: false };
}

/** Of what the template has put away itself it stays the author; the rest of what it no longer holds is the team's now. */
function remember(
  { replica, last, fields, changed }: Sighting,
  key: string,
  { putAway }: Retirement,
  seen: SeenUpdate[],
): void {
  if (!fields || replica.authority === 'voice') return;
  const isGone = replica.authority === 'template' && replica.complete && !replica.shows.has(key);
  if (isGone && last?.[ARCHIVED] !== true && !putAway.has(key))
    seen.push({ replica: replica.id, key, fields: null });
  else if (changed) seen.push({ replica: replica.id, key, fields });
}

/** What the replica must do to show the item as agreed. What it has put away already is left as it is there. */
function demand({ replica, fields: shown }: Sighting, item: Item, { agreed, writes }: Draft): void {
  if (replica.authority !== 'person') return;
  if (!shown) {
    const isSilent = item.kind === 'comment' && isAway(agreed.get(item.parent));
    if (!isArchived(item) && !isSilent && holdsAny(replica, item))
      push(writes, replica.id, { kind: 'create', key: item.key, item });
    return;
  }
  if (isArchived(item) && shown[ARCHIVED] === true) return;
  const fields = lacking(replica, shown, item);
  if (fields) push(writes, replica.id, { kind: 'update', key: item.key, item, fields });
}

/** A place may have no room at all for a kind of item. */
function holdsAny(replica: Replica, item: Item): boolean {
  return Object.keys(item.fields).some((name) => replica.holds(item, name));
}

function lacking(replica: Replica, shown: Fields, item: Item): Fields | undefined {
  let fields: Record<string, Value> | undefined;
  for (const name in item.fields) {
    const value = item.fields[name];
    if (value === undefined || shown[name] === value || !replica.holds(item, name)) continue;
    if (sameValue(shown[name], replica.fit(item, name, value))) continue;
    fields ??= {};
    fields[name] = value;
  }
  return fields;
}

/**
 * The points of an archived task go with it, and come back with it. Places show them so; on their own archive nothing
 * is agreed meanwhile.
 */
function asShown(item: Item, agreed: ReadonlyMap<string, Item>): Item {
  if (isArchived(item) || !goesWithItsTask(item, agreed)) return item;
  return { ...item, fields: { ...item.fields, [ARCHIVED]: true } };
}

/** The agreed state as places show it. */
export function asPlacesShow(agreed: ReadonlyMap<string, Item>): ReadonlyMap<string, Item> {
  return new Map([...agreed].map(([key, item]) => [key, asShown(item, agreed)]));
}

/** Tasks come before their points, so what is agreed on the task is known. */
function goesWithItsTask({ kind, parent }: Item, agreed: ReadonlyMap<string, Item>): boolean {
  return kind === 'check' && isAway(agreed.get(parent));
}

function isAway(item: Item | undefined): boolean {
  return item !== undefined && isArchived(item);
}

function push(writes: Map<string, Change[]>, replica: string, change: Change): void {
  const list = writes.get(replica);
  if (list) list.push(change);
  else writes.set(replica, [change]);
}
