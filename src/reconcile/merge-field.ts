import { ARCHIVED, type Fields, type Item, type Value } from '#src/plan/item.ts';
import { sameValue } from './names.ts';
import { AGREED, type AgreedAt, type Happening, type Replica, type Sighting } from './replica.ts';

interface Candidate {
  readonly replica: Replica;
  /** What the replica was last seen to show of the item. */
  readonly last: Fields | undefined;
  readonly value: Value;
  readonly editedAt: string;
}

/**
 * The value that a field has from now on, or `undefined` when nobody gives it one. Every change, every value that
 * loses and every proposal of the template that is set aside is added to `happenings`.
 */
export function mergeField(
  field: string,
  model: Item,
  before: Item | undefined,
  sightings: readonly Sighting[],
  happenings: Happening[],
  agreedAt: AgreedAt,
): Value | undefined {
  const agreed = before?.fields[field];
  const people: Candidate[] = [];
  let wish: Candidate | undefined;
  let proposal: Candidate | undefined;
  for (const sighting of sightings) {
    const candidate = changedValue(field, model, before, sighting);
    if (!candidate) continue;
    const { authority } = candidate.replica;
    if (authority === 'person') people.push(candidate);
    else if (authority === 'voice') wish ??= candidate;
    else proposal = candidate;
  }
  if (people.length > 0)
    return settle(field, model.key, before, people, happenings, agreedAt(model.key, field));
  if (wish) {
    if (before) happenings.push(changed(field, model.key, agreed, wish));
    return wish.value;
  }
  if (!proposal) return agreed;
  return before ? follow(field, model.key, agreed, proposal, sightings, happenings) : proposal.value;
}

/** What the replica wants the field to be, or `undefined` when it only shows what was agreed, or what it showed before. */
function changedValue(
  field: string,
  model: Item,
  before: Item | undefined,
  { replica, last, fields, editedAt }: Sighting,
): Candidate | undefined {
  const value = fields?.[field];
  if (value === undefined || !replica.holds(model, field)) return undefined;
  if (last && field in last && (last[field] === value || sameValue(last[field], value))) return undefined;
  if (before && showsAgreed(value, before, field, replica)) return undefined;
  return { replica, last, value, editedAt };
}

/** An empty cell says nothing of a field on which nothing was ever agreed. */
function showsAgreed(value: Value, before: Item, field: string, replica: Replica): boolean {
  const agreed = before.fields[field];
  if (agreed === undefined) return sameValue(value, undefined);
  return agreed === value || sameValue(value, replica.fit(before, field, agreed));
}

/**
 * Between people the later edit wins, also over what was agreed after it and had not come to its place yet; equal times
 * are settled by the name of the place, never by chance.
 */
function settle(
  field: string,
  key: string,
  before: Item | undefined,
  people: readonly Candidate[],
  happenings: Happening[],
  agreedAt: string | undefined,
): Value {
  const winner = people.reduce((best, one) => (isLater(one, best) ? one : best));
  const agreed = before?.fields[field];
  if (before && agreed !== undefined && isOvertaken(field, before, agreed, winner, agreedAt)) {
    for (const { replica, value } of people)
      if (!sameValue(value, agreed))
        happenings.push({ kind: 'conflict', key, field, actor: replica.id, old: value, new: agreed });
    return agreed;
  }
  if (before) happenings.push(changed(field, key, agreed, winner));
  for (const other of people) {
    if (sameValue(other.value, winner.value)) continue;
    happenings.push({
      kind: 'conflict',
      key,
      field,
      actor: other.replica.id,
      old: other.value,
      new: winner.value,
    });
  }
  if (before && agreed !== undefined && isUnseen(field, before, agreed, winner))
    happenings.push({ kind: 'conflict', key, field, actor: AGREED, old: agreed, new: winner.value });
  return winner.value;
}

/** Somebody has said something else since, which had not come to the place where this was edited. */
function isOvertaken(
  field: string,
  before: Item,
  agreed: Value,
  { replica, last, editedAt }: Candidate,
  agreedAt: string | undefined,
): boolean {
  if (agreedAt === undefined || editedAt === '' || editedAt >= agreedAt) return false;
  return last !== undefined && field in last && !sameValue(last[field], replica.fit(before, field, agreed));
}

/**
 * Whoever edits a place says something of what it shows. What was agreed elsewhere and had not come there yet, or had no
 * room there to its end, was not seen: the edit stands, and what it writes over is kept and told.
 */
function isUnseen(field: string, before: Item, agreed: Value, { replica, last, value }: Candidate): boolean {
  if (sameValue(agreed, undefined) || sameValue(agreed, value)) return false;
  const fitting = replica.fit(before, field, agreed);
  if (last && field in last && !sameValue(last[field], fitting)) return true;
  if (typeof agreed !== 'string') return false;
  const isWhole =
    replica.showsWhole?.(before, field) ??
    (typeof fitting !== 'string' || fitting.length >= agreed.length || sameValue(fitting, agreed));
  return !isWhole;
}

function isLater(a: Candidate, b: Candidate): boolean {
  if (a.editedAt !== b.editedAt) return a.editedAt > b.editedAt;
  return a.replica.id < b.replica.id;
}

/** A proposal of the template holds only while the field is still as the template last put it. */
function follow(
  field: string,
  key: string,
  agreed: Value | undefined,
  proposal: Candidate,
  sightings: readonly Sighting[],
  happenings: Happening[],
): Value | undefined {
  const last = sightings.find((sighting) => sighting.replica === proposal.replica)?.last;
  const untouched = last ? sameValue(agreed, last[field]) : agreed === undefined;
  if (untouched) {
    happenings.push(changed(field, key, agreed, proposal));
    return proposal.value;
  }
  happenings.push({
    kind: 'kept',
    key,
    field,
    actor: proposal.replica.id,
    old: agreed ?? null,
    new: proposal.value,
  });
  return agreed;
}

function changed(field: string, key: string, agreed: Value | undefined, by: Candidate): Happening {
  const kind = field !== ARCHIVED ? 'changed' : by.value === true ? 'archived' : 'restored';
  return { kind, key, field, actor: by.replica.id, old: agreed ?? null, new: by.value };
}
