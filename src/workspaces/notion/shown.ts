import { ARCHIVED, type ItemRef, type Value } from '#src/plan/item.ts';
import { dayOf, fitValue, splitNames } from './fit.ts';
import { ARRAY_LIMIT, LINK_LIMIT } from './limits.ts';
import type { BoundProperty } from './properties.ts';
import { fitAddress, LONGEST_ADDRESS } from './write-values.ts';

/** What Notion shows, as it was last read. */
export interface Sight {
  /** The property that stands for the field; `undefined` where its table is not there yet. */
  propertyOf(item: ItemRef, field: string): BoundProperty | undefined;
  /** What the field showed when it was read. */
  shownBefore(item: ItemRef, field: string): Value | undefined;
  /** Whether the task has a page that can be seen. A relation to any other is not shown. */
  isVisible(taskKey: string): boolean;
}

/** What Notion shows once it is given the value for the field. */
export function shownFor(item: ItemRef, field: string, value: Value, sight: Sight): Value {
  if (field === ARCHIVED) return value === true;
  const property = sight.propertyOf(item, field);
  if (!property) return fitValue(value);
  const { type, wanted } = property;
  switch (wanted.holds) {
    case 'text':
      return textIn(type, value);
    case 'label':
    case 'labels':
      // An option that could not be made leaves what was there.
      return isLabelled(property, value) ? value : (sight.shownBefore(item, field) ?? null);
    case 'date':
      return typeof value === 'string' ? (dayOf(value) ?? null) : null;
    case 'check':
      return value === true;
    case 'tasks':
      return asList(value).filter(sight.isVisible).slice(0, ARRAY_LIMIT);
    case 'sources':
      return asList(value).slice(0, ARRAY_LIMIT / 2);
    default:
      return fitValue(value);
  }
}

function textIn(type: BoundProperty['type'], value: Value): Value {
  if (type === 'url') return fitAddress(String(value ?? ''), LINK_LIMIT) ?? '';
  if (type !== 'email' && type !== 'phone_number') return fitValue(value);
  return fitAddress(String(value ?? ''), LONGEST_ADDRESS) ?? '';
}

function isLabelled({ type, optionIds }: BoundProperty, value: Value): boolean {
  return type === 'title' || asList(value).every((key) => optionIds.has(key));
}

function asList(value: Value): readonly string[] {
  if (typeof value === 'object') return value ?? [];
  return typeof value === 'string' ? splitNames(value) : [];
}
