import { type Fields, type Item, isArchived, type Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { type Happening, TEMPLATE } from '#src/reconcile/replica.ts';

/** The items as they stand while rules act on them, one after the other. */
export interface WorkingCopy {
  readonly items: ReadonlyMap<string, Item>;
  /**
   * Sets a field, unless a person or an earlier rule has said something of it in this cycle, the item is no longer in
   * the plan, or nothing would change. Returns the item as it was, or `undefined` when nothing was set.
   */
  set(key: string, field: string, value: Value): Item | undefined;
  /** Somebody has said in this cycle that the field is to have another value. */
  isSettled(key: string, field: string, value: Value): boolean;
  /** Adds an item, unless there is, or ever was, one of that key. */
  add(item: Item): boolean;
}

export function workingCopy(
  agreed: ReadonlyMap<string, Item>,
  happenings: readonly Happening[],
): WorkingCopy {
  const items = new Map(agreed);
  const spoken = saidByPeople(agreed, happenings);
  return {
    items,
    set: (key, field, value) => {
      const item = items.get(key);
      const said = `${key} ${field}`;
      if (!item || isArchived(item) || spoken.has(said) || sameValue(item.fields[field], value))
        return undefined;
      spoken.add(said);
      items.set(key, { ...item, fields: { ...item.fields, [field]: value } });
      return item;
    },
    isSettled: (key, field, value) =>
      spoken.has(`${key} ${field}`) && !sameValue(items.get(key)?.fields[field], value),
    add: (item) => {
      if (items.has(item.key)) return false;
      items.set(item.key, item);
      return true;
    },
  };
}

/** The fields that have been given a value in this cycle, by whoever is not the template. */
function saidByPeople(agreed: ReadonlyMap<string, Item>, happenings: readonly Happening[]): Set<string> {
  const doings = happenings.filter(({ actor }) => actor !== TEMPLATE);
  return new Set(
    doings.flatMap(({ kind, key, field }) => {
      if (kind === 'changed' && field !== null) return [`${key} ${field}`];
      if (kind !== 'created') return [];
      return givenFields(agreed.get(key)?.fields ?? {}).map((name) => `${key} ${name}`);
    }),
  );
}

/** What a new item has without anybody's saying so. */
const UNSAID: Fields = { status: 'todo', priority: 'normal' };

function givenFields(fields: Fields): readonly string[] {
  return Object.entries(fields)
    .filter(([name, value]) => !isEmpty(value) && UNSAID[name] !== value)
    .map(([name]) => name);
}

function isEmpty(value: Value): boolean {
  return value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);
}
