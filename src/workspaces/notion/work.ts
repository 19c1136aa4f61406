import { type Fields, type Item, isArchived } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { pointsInOrder } from '../match-points.ts';
import type { WriteOrder } from '../workspace.ts';

/** A line that is to be made, with the points that it brings with it. */
export interface NewLine {
  readonly item: Item;
  readonly points: readonly Item[];
}

/** What is to be changed on one line that has its page. */
export interface LineChange {
  readonly item: Item;
  /** What is to be shown; empty when only the key or the share is to be written. */
  readonly fields: Fields;
  /** Reconcile asked for it, so it is to be told. */
  readonly change: Change | undefined;
}

/** The points of one task that are to be added to its page, changed there, or put away. */
export interface PointChanges {
  readonly task: string;
  readonly added: readonly Item[];
  readonly changed: readonly Extract<Change, { kind: 'update' }>[];
}

/** An order, sorted by what has to be sent. */
export interface Work {
  readonly newLines: readonly NewLine[];
  readonly lines: ReadonlyMap<string, LineChange>;
  readonly points: readonly PointChanges[];
}

/** `hasPage`: whether the line has a page, be it in the trash. */
export function sortWork({ changes, agreed }: WriteOrder, hasPage: (key: string) => boolean): Work {
  const created = new Map<string, Item>();
  const lines = new Map<string, LineChange>();
  const points = new Map<string, Change[]>();
  for (const change of changes) {
    const { item, key } = change;
    // They have a writer of their own.
    if (item.kind === 'comment') continue;
    if (item.kind === 'check') points.set(item.parent, [...(points.get(item.parent) ?? []), change]);
    else if (hasPage(key)) lines.set(key, { item, fields: fieldsOf(change), change });
    else created.set(key, item);
  }
  return {
    newLines: inOrderOfNeed(created, agreed).map((item) => ({
      item,
      points: pointsInOrder((points.get(item.key) ?? []).map((change) => change.item)),
    })),
    lines,
    points: [...points]
      .filter(([task]) => !created.has(task))
      .map(([task, ofTask]) => ({
        task,
        added: pointsInOrder(ofTask.flatMap((change) => (change.kind === 'create' ? [change.item] : []))),
        changed: ofTask.filter((change) => change.kind === 'update'),
      })),
  };
}

function fieldsOf(change: Change): Fields {
  return change.kind === 'create' ? change.item.fields : change.fields;
}

/** In the order of the plan, but what others depend on comes before them: a relation needs the page that it leads to. */
function inOrderOfNeed(
  created: ReadonlyMap<string, Item>,
  agreed: ReadonlyMap<string, Item>,
): readonly Item[] {
  const inPlan = [...agreed.keys()].filter((key) => created.has(key));
  const order = new Map<string, Item>();
  const visiting = new Set<string>();
  const visit = (key: string): void => {
    const item = created.get(key);
    // Tasks that wait for each other cannot all come first: the next run writes the relation that is missing.
    if (!item || order.has(key) || visiting.has(key)) return;
    visiting.add(key);
    for (const need of dependenciesOf(item)) visit(need);
    order.set(key, item);
  };
  for (const key of inPlan) visit(key);
  for (const key of created.keys()) visit(key);
  return [...order.values()].filter((item) => !isArchived(item));
}

export function dependenciesOf({ fields }: Item): readonly string[] {
  return Array.isArray(fields.dependsOn) ? (fields.dependsOn as readonly string[]) : [];
}
