import { type Fields, type Item, isArchived } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { Desk } from './desk.ts';
import type { Sighted } from './read.ts';
import { type RowContent, rowContent } from './row-content.ts';
import { type FieldPlace, fieldsToMake, type RowFields, type WantedField } from './row-fields.ts';

export interface RowsToCost {
  readonly changes: readonly Change[];
  readonly agreed: ReadonlyMap<string, Item>;
  readonly sighted: Pick<Sighted, 'survey' | 'fields' | 'lines' | 'kept'>;
  /** Registers that are to be there now. */
  readonly registers: ReadonlySet<string>;
  readonly desk: Pick<Desk, 'blueprint' | 'timeZone'>;
}

/**
 * What custom fields cost: to make those that are missing, and for each row one request for all its values, beside or
 * instead of the one for its card. Rows whose values are only to change their place count too.
 */
export function fieldRequests({ changes, agreed, sighted, registers, desk }: RowsToCost): number {
  const { fields, options } = fieldsToMake(sighted.fields, registers);
  const present = sighted.fields.present.with(fields.map((field) => [field.ref, placeToCome(field)]));
  const requestsFor = (item: Item, shown: Fields) => {
    const content = contentOf(item, shown, present, sighted, desk);
    return content ? requestsOf(content) : 0;
  };
  const rows = changes.filter(({ item }) => item.kind === 'row');
  const changed = new Set(rows.map(({ key }) => key));
  const changing = rows.map((change) => {
    const shown = change.kind === 'create' ? change.item.fields : change.fields;
    // One is counted for its card already.
    return requestsFor(change.item, shown) - 1;
  });
  const moving = [...sighted.lines.values()].map(({ key, kind }) => {
    const item = agreed.get(key);
    const isIdle = kind !== 'row' || changed.has(key) || !item || isArchived(item);
    return isIdle || sighted.survey?.isWhole !== true ? 0 : requestsFor(item, {});
  });
  return fields.length + options.length + [...changing, ...moving].reduce((sum, one) => sum + one, 0);
}

function contentOf(
  item: Item,
  fields: Fields,
  present: RowFields,
  { lines, kept }: RowsToCost['sighted'],
  desk: RowsToCost['desk'],
): RowContent | undefined {
  const register = desk.blueprint.registers.find(({ key }) => key === item.parent);
  if (!register) return undefined;
  const order = {
    item,
    register,
    fields,
    present: lines.get(item.key)?.card,
    kept: kept.get(item.key)?.row,
  };
  return rowContent(order, present, desk);
}

function requestsOf({ changes, values }: RowContent): number {
  return (Object.keys(changes).length > 0 ? 1 : 0) + (values.length > 0 ? 1 : 0);
}

/** As good as made: only whether it can show a value counts. */
function placeToCome({ ref, options }: WantedField): FieldPlace {
  const ids = options.map(({ key }) => [key, `${ref}/${key}`] as const);
  return { id: ref, options: new Map(ids), titles: new Map() };
}
