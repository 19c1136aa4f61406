import {
  ARCHIVED,
  COMMENT_FIELDS,
  type Fields,
  type Item,
  type ItemRef,
  isArchived,
  type Value,
} from '#src/plan/item.ts';
import type { Layout, SheetLayout } from './layout.ts';
import { fitMoment } from './moments.ts';
import { fitValue } from './text.ts';

const DISPLAY_ONLY: ReadonlySet<string> = new Set(['dependsOn', 'sources', 'required', 'rank']);
const OF_COMMENTS: ReadonlySet<string> = new Set(COMMENT_FIELDS);

/** Whether a workbook holds the field: what is only shown in it is not read back. */
export function isHeld({ kind }: Pick<ItemRef, 'kind'>, field: string): boolean {
  if (kind === 'comment') return OF_COMMENTS.has(field);
  return kind === 'row' || !DISPLAY_ONLY.has(field);
}

/** What a workbook of a team in that zone shows for the value. */
export function fitField(
  { kind }: Pick<ItemRef, 'kind'>,
  field: string,
  value: Value,
  timeZone: string,
): Value {
  const isMoment = kind === 'comment' && field === 'at';
  return isMoment ? fitMoment(typeof value === 'string' ? value : '', timeZone) : fitValue(value);
}

/** Blank cells included: a cell that is known to be blank is no edit when it is read. */
export function shownFields(item: Item, sheet: SheetLayout | undefined, { timeZone }: Layout): Fields {
  const held = Object.entries(item.fields).filter(([field]) => isHeld(item, field));
  const columns = sheet?.columns.filter(({ kind }) => kind !== 'display') ?? [];
  return {
    ...Object.fromEntries(columns.map(({ field }) => [field, null])),
    ...Object.fromEntries(held.map(([field, value]) => [field, fitField(item, field, value, timeZone)])),
    [ARCHIVED]: isArchived(item),
  };
}

/** Whether a sheet that is made anew shows the item: what is said of a task that is put away is carried nowhere. */
export function isWanted(item: Item, agreed: ReadonlyMap<string, Item>): boolean {
  const parent = item.kind === 'comment' ? agreed.get(item.parent) : undefined;
  return !isArchived(item) && !(parent && isArchived(parent));
}
