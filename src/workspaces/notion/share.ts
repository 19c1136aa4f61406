import { ARCHIVED, type Item } from '#src/plan/item.ts';
import { shownOf } from './mapping.ts';
import type { SchemaMatch } from './properties.ts';
import type { Page } from './schema.ts';
import { SHARE_FIELD } from './tables.ts';

/** By task, the share of its points that are ticked, to the hundredth. A task without points is not among them. */
export function sharesOf(agreed: ReadonlyMap<string, Item>): ReadonlyMap<string, number> {
  const counts = new Map<string, { points: number; ticked: number }>();
  for (const { kind, parent, fields } of agreed.values()) {
    if (kind !== 'check' || fields[ARCHIVED] === true) continue;
    const count = counts.get(parent) ?? { points: 0, ticked: 0 };
    counts.set(parent, count);
    count.points += 1;
    if (fields.done === true) count.ticked += 1;
  }
  return new Map(
    [...counts].map(([task, { points, ticked }]) => [task, Math.round((ticked / points) * 100) / 100]),
  );
}

/** What the page shows of it. */
export function shownShare(page: Page, bound: SchemaMatch['bound']): number | null {
  const shown = shownOf(page, bound.get(SHARE_FIELD)?.id);
  return shown?.type === 'number' ? shown.number : null;
}
