import { type Fields, type Item, isArchived, list, text } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { WriteOrder } from '../workspace.ts';

/** A card that is to be made, with its points. */
export interface NewLine {
  readonly item: Item;
  readonly points: readonly Item[];
  /** Its place in its list, the first at the top. */
  readonly place: number;
}

/** What is to be changed on one card that is there, and on its points. */
export interface LineChange {
  readonly item: Item;
  /** What is to be shown; empty when only the key or a label is to be put back. */
  readonly fields: Fields;
  /** Reconcile asked for it, so it is to be told. */
  readonly change: Change | undefined;
  readonly points: readonly Change[];
}

export interface Work {
  readonly newLines: readonly NewLine[];
  readonly changes: ReadonlyMap<string, LineChange>;
}

function isOfCard({ item }: Change): boolean {
  return item.kind === 'task' || item.kind === 'row';
}

/**
 * An order, sorted by card. `titleBefore`: that of a task when the board was read; `hasCard`: whether the line has one,
 * be it archived.
 */
export function sortWork(
  { changes, agreed }: WriteOrder,
  titleBefore: (key: string) => string | undefined,
  hasCard: (key: string) => boolean,
): Work {
  const created = new Map<string, Item>();
  const changed = new Map<string, LineChange>();
  const points = Map.groupBy(
    changes.filter(({ item }) => item.kind === 'check'),
    ({ item }) => item.parent,
  );
  for (const change of changes.filter(isOfCard)) {
    const { item, key } = change;
    if (!hasCard(key)) created.set(key, item);
    else {
      const fields = change.kind === 'create' ? item.fields : change.fields;
      changed.set(key, { item, fields, change, points: points.get(key) ?? [] });
    }
  }
  for (const item of namingRenamed(titleBefore, agreed))
    if (hasCard(item.key)) changed.set(item.key, namedAnew(item, changed.get(item.key)));
  for (const [task, ofTask] of points) {
    const item = agreed.get(task);
    if (!item || created.has(task) || changed.has(task)) continue;
    changed.set(task, { item, fields: {}, change: undefined, points: ofTask });
  }
  return { newLines: inPlace(created, points, agreed), changes: changed };
}

function inPlace(
  created: ReadonlyMap<string, Item>,
  points: ReadonlyMap<string, readonly Change[]>,
  agreed: WriteOrder['agreed'],
): readonly NewLine[] {
  const places = new Map([...agreed.keys()].map((key, index) => [key, index + 1]));
  return [...created.values()]
    .filter((item) => !isArchived(item))
    .map((item) => ({
      item,
      points: (points.get(item.key) ?? []).map((change) => change.item),
      place: places.get(item.key) ?? places.size + 1,
    }));
}

/** The tasks whose cards name one by its title that has another title now, whoever gave it. */
function namingRenamed(
  titleBefore: (key: string) => string | undefined,
  agreed: WriteOrder['agreed'],
): readonly Item[] {
  const isRenamed = (key: string) => {
    const [before, now] = [titleBefore(key), agreed.get(key)];
    return before !== undefined && now !== undefined && before !== text(now, 'title');
  };
  return [...agreed.values()].filter((item) => !isArchived(item) && list(item, 'dependsOn').some(isRenamed));
}

function namedAnew(item: Item, known: LineChange | undefined): LineChange {
  const { dependsOn = null } = item.fields;
  const before = known ?? { item, fields: {}, change: undefined, points: [] };
  return { ...before, fields: { dependsOn, ...before.fields } };
}
