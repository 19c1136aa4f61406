import { createHash } from 'node:crypto';
import { type Item, isArchived, list, type Status, text } from '#src/plan/item.ts';
import type { Happening } from '#src/reconcile/replica.ts';
import type { Situation } from './situation.ts';

/** What may set a rule off. `key` is the task or row that it is about. */
export type Cause =
  | { readonly kind: 'status'; readonly key: string; readonly from: Status; readonly to: Status }
  | { readonly kind: 'created'; readonly key: string; readonly by: 'person' | 'watch' }
  | { readonly kind: 'notice'; readonly key: string }
  | { readonly kind: 'assigned'; readonly key: string; readonly people: readonly string[] }
  | { readonly kind: 'checklist'; readonly key: string }
  /** `on` is done, or dropped where nothing is left to wait for. */
  | { readonly kind: 'dependency'; readonly key: string; readonly on: string; readonly extent: 'any' | 'all' }
  | { readonly kind: 'due' | 'overdue'; readonly key: string; readonly due: string; readonly days: number }
  | {
      readonly kind: 'kpi';
      readonly kpi: string;
      readonly side: 'over' | 'under';
      readonly limit: number;
      readonly value: number;
    };

/** What the regulatory watch says is `watch`, or `watch:<source>`. */
const WATCH = /^watch(?::|$)/;

/**
 * Names a cause for good. What may come back, such as a status, is another cause on another day: a task that is done
 * again next week may be told again, one that goes back and forth within a day may not.
 */
export function causeId(cause: Cause, today: string): string {
  switch (cause.kind) {
    case 'status':
      return `status ${cause.key} ${cause.to} ${today}`;
    case 'created':
    case 'notice':
      return `${cause.kind} ${cause.key}`;
    case 'assigned':
      return `assigned ${cause.key} ${cause.people.join(', ')} ${today}`;
    case 'checklist':
      return `checklist ${cause.key} ${today}`;
    case 'dependency':
      return cause.extent === 'all'
        ? `dependencies ${cause.key} ${today}`
        : `dependency ${cause.key} ${cause.on} ${today}`;
    case 'due':
    case 'overdue':
      return `${cause.kind} ${cause.key} ${cause.due} ${cause.days}`;
    case 'kpi':
      return `kpi ${cause.kpi} ${cause.side} ${cause.limit} ${today}`;
  }
}

const DIGEST_LENGTH = 12;

/** Short, and the same whenever it is made of the same text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

/**
 * What people and the watch have done, as causes, in the order in which it was found. What the template brings, what
 * comes back by itself and what an undo restores set nothing off.
 */
export function causesOf(situation: Situation): readonly Cause[] {
  const { agreed, happenings, places } = situation;
  const doings = happenings.filter(({ actor }) => places.has(actor) || WATCH.test(actor));
  return doings.flatMap((one) => {
    const item = agreed.get(one.key);
    return item && !isArchived(item) ? causesOfHappening(one, item, situation) : closing(one, item, agreed);
  });
}

function causesOfHappening(one: Happening, item: Item, situation: Situation): readonly Cause[] {
  const { agreed } = situation;
  switch (one.kind) {
    case 'created':
      return creation(one, item, situation);
    case 'changed':
      if (item.kind === 'task') return changeCauses(item, one.field ?? '', one.old, agreed);
      return item.kind === 'check' && one.field === 'done' ? checklistCauses(item.parent, agreed) : [];
    default:
      return [];
  }
}

function creation({ actor }: Happening, item: Item, { team }: Situation): readonly Cause[] {
  if (item.kind !== 'task' && item.kind !== 'row') return [];
  const created: Cause = { kind: 'created', key: item.key, by: WATCH.test(actor) ? 'watch' : 'person' };
  const isNotice = item.kind === 'row' && item.parent === team.template.watchLog;
  return isNotice ? [{ kind: 'notice', key: item.key }, created] : [created];
}

/** Who takes the last open point off a list has completed it too. */
function closing(
  { kind }: Happening,
  item: Item | undefined,
  agreed: ReadonlyMap<string, Item>,
): readonly Cause[] {
  return kind === 'archived' && item?.kind === 'check' ? checklistCauses(item.parent, agreed) : [];
}

/** What follows from another value of a task's field, whoever gave it. `item` is the task as it is now. */
export function changeCauses(
  item: Item,
  field: string,
  old: Happening['old'],
  items: ReadonlyMap<string, Item>,
): readonly Cause[] {
  if (field === 'status') return statusCauses(item, old as Status, items);
  if (field !== 'people') return [];
  const known = Array.isArray(old) ? (old as readonly string[]) : [];
  const people = list(item, 'people').filter((name) => !known.includes(name));
  return people.length > 0 ? [{ kind: 'assigned', key: item.key, people }] : [];
}

function statusCauses(item: Item, from: Status, items: ReadonlyMap<string, Item>): readonly Cause[] {
  const to = text(item, 'status') as Status;
  const { key } = item;
  const own: Cause = { kind: 'status', key, from, to };
  if (!isOver(item)) return [own];
  const waiting = dependentsOf(key, items);
  return [
    own,
    ...(to === 'done' ? waiting.map((one) => dependency(one, key, 'any')) : []),
    ...waiting.filter((one) => isFree(one, items)).map((one) => dependency(one, key, 'all')),
  ];
}

function dependency({ key }: Item, on: string, extent: 'any' | 'all'): Cause {
  return { kind: 'dependency', key, on, extent };
}

/** Done, or given up: nobody waits for it any more. */
export function isOver(item: Item): boolean {
  const status = item.fields.status;
  return status === 'done' || status === 'dropped';
}

/** The tasks that wait for this one and are still in the plan. */
export function dependentsOf(key: string, items: ReadonlyMap<string, Item>): readonly Item[] {
  return [...items.values()].filter(
    (item) => item.kind === 'task' && !isArchived(item) && list(item, 'dependsOn').includes(key),
  );
}

/** Nothing that it waits for is left to do. What is no longer in the plan holds nothing up. */
function isFree(item: Item, items: ReadonlyMap<string, Item>): boolean {
  return list(item, 'dependsOn').every((key) => {
    const other = items.get(key);
    return other === undefined || isArchived(other) || isOver(other);
  });
}

/** A list that has no point left is not complete, it is empty. */
function checklistCauses(task: string, items: ReadonlyMap<string, Item>): readonly Cause[] {
  const points = [...items.values()].filter((item) => item.parent === task && item.kind === 'check');
  const left = points.filter((point) => !isArchived(point));
  const isComplete = left.length > 0 && left.every((point) => point.fields.done === true);
  return isComplete ? [{ kind: 'checklist', key: task }] : [];
}
