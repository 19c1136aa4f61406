import type { Value } from '#src/plan/item.ts';
import { canonicalText, nameKey } from '#src/reconcile/names.ts';
import type { Blueprint } from '../workspace.ts';
import { dayOf, splitNames } from './fit.ts';
import type { People } from './people.ts';
import type { BoundProperty } from './properties.ts';
import type { Option, PropertyValue, RichText } from './schema.ts';

/** A value that cannot be taken for one of the field. Without words it says nothing, and is nobody's mistake. */
export interface Unreadable {
  readonly unreadable: 'option' | 'date' | 'type' | 'unknown';
  readonly found: string;
}
export type ReadValue = { readonly value: Value } | Unreadable;

export interface ReadContext {
  readonly people: People;
  readonly sources: Blueprint['sources'];
  /** The task that a page is; `undefined` when it is none that we know. */
  keyOf(pageId: string): string | undefined;
}

/** What one property shows for its field. People are read by `peopleValue`, from two properties. */
export function propertyValue(
  property: BoundProperty,
  shown: PropertyValue,
  context: ReadContext,
): ReadValue {
  switch (property.wanted.holds) {
    case 'label':
      return labelValue(property, shown);
    case 'labels':
      return labelsValue(property, shown);
    case 'date':
      return dateValue(property, shown);
    case 'number':
    case 'share':
      return shown.type === 'number' ? { value: shown.number } : changed(shown);
    case 'check':
      return shown.type === 'checkbox' ? { value: shown.checkbox } : changed(shown);
    case 'tasks':
      return tasksValue(shown, context);
    case 'sources':
      return sourcesValue(shown, context);
    case 'people':
    case 'person':
      return changed(shown);
    default:
      return textValue(shown);
  }
}

/** The type has changed since the schema was read: the next read tells it. */
function changed(shown: PropertyValue): Unreadable {
  return { unreadable: 'type', found: shown.type };
}

export function plainText(pieces: readonly RichText[]): string {
  return pieces.map((piece) => piece.plain_text).join('');
}

function textValue(shown: PropertyValue): ReadValue {
  switch (shown.type) {
    case 'title':
      return { value: plainText(shown.title) };
    case 'rich_text':
      return { value: plainText(shown.rich_text) };
    case 'url':
      return { value: shown.url ?? '' };
    case 'email':
      return { value: shown.email ?? '' };
    case 'phone_number':
      return { value: shown.phone_number ?? '' };
    default:
      return changed(shown);
  }
}

function labelValue(property: BoundProperty, shown: PropertyValue): ReadValue {
  if (shown.type === 'title') return titleLabel(property, plainText(shown.title));
  if (shown.type !== 'select' && shown.type !== 'status') return changed(shown);
  const option = shown.type === 'select' ? shown.select : shown.status;
  if (!option) return { value: '' };
  const key = keyOfOption(property, option);
  return key === undefined ? { unreadable: 'option', found: option.name } : { value: key };
}

function titleLabel({ wanted }: BoundProperty, text: string): ReadValue {
  const option = wanted.options.find(({ title }) => nameKey(title) === nameKey(text));
  return { value: option?.key ?? text };
}

/** By id; by name for an option that has been added since the schema was read. */
function keyOfOption({ optionIds, options, wanted }: BoundProperty, option: Option): string | undefined {
  for (const [key, id] of optionIds) if (id === option.id) return key;
  if (options.some(({ id }) => id === option.id)) return undefined;
  const isSame = ({ key, title }: { key: string; title: string }) =>
    !optionIds.has(key) && nameKey(title) === nameKey(option.name);
  return wanted.options.find(isSame)?.key;
}

/** Options of the team's own stay beside ours: they are no value of the field, and writing keeps them. */
function labelsValue(property: BoundProperty, shown: PropertyValue): ReadValue {
  if (shown.type !== 'multi_select') return changed(shown);
  const keys = shown.multi_select.map((option) => keyOfOption(property, option));
  return { value: [...new Set(keys.filter((key) => key !== undefined))] };
}

/** Of a period, the day on which it begins; of one during which something is due, the day on which it ends. */
function dateValue({ wanted }: BoundProperty, shown: PropertyValue): ReadValue {
  if (shown.type !== 'date') return changed(shown);
  if (!shown.date) return { value: null };
  const { start, end } = shown.date;
  const found = wanted.field === 'due' ? (end ?? start) : start;
  const day = dayOf(found);
  return day === undefined ? { unreadable: 'date', found } : { value: day };
}

/** A page that we do not know may be a line that has no key yet: until it has one, the field says nothing. */
function tasksValue(shown: PropertyValue, { keyOf }: ReadContext): ReadValue {
  if (shown.type !== 'relation') return changed(shown);
  const keys = shown.relation.map(({ id }) => keyOf(id));
  const known = keys.filter((key) => key !== undefined);
  return known.length === keys.length ? { value: [...new Set(known)] } : { unreadable: 'unknown', found: '' };
}

/** Where someone has written more than our sources there, the field says nothing. */
function sourcesValue(shown: PropertyValue, { sources }: ReadContext): ReadValue {
  if (shown.type !== 'rich_text') return changed(shown);
  const ids = linesOf(shown.rich_text).map((line) => sourceOf(line, sources));
  const known = ids.filter((id) => id !== undefined);
  return known.length === ids.length ? { value: [...new Set(known)] } : { unreadable: 'unknown', found: '' };
}

interface Line {
  readonly text: string;
  readonly href: string;
}

function linesOf(pieces: readonly RichText[]): readonly Line[] {
  const lines: Line[] = [{ text: '', href: '' }];
  for (const { plain_text, href } of pieces) {
    const [first = '', ...more] = plain_text.split('\n');
    const last = lines.at(-1) ?? { text: '', href: '' };
    lines[lines.length - 1] = {
      text: last.text + first,
      href: last.href || (first === '' ? '' : (href ?? '')),
    };
    for (const text of more) lines.push({ text, href: text === '' ? '' : (href ?? '') });
  }
  return lines.filter(({ text }) => text.trim() !== '');
}

function sourceOf({ text, href }: Line, sources: Blueprint['sources']): string | undefined {
  if (href === '') return /^[a-z0-9-]+$/.test(text) ? text : undefined;
  const sameUrl = [...sources].filter(([, source]) => address(source.url) === address(href));
  const named = sameUrl.find(([, source]) => canonicalText(source.title) === canonicalText(text));
  return (named ?? sameUrl[0])?.[0];
}

function address(url: string): string {
  return (URL.parse(url)?.href ?? url).replace(/\/$/, '');
}

/**
 * The people of a field: the persons, and the names in the text beside. `nameless` when one of the persons has no
 * name for us; they are left out, and writing keeps them.
 */
export function peopleValue(
  holds: 'people' | 'person',
  persons: PropertyValue | undefined,
  names: PropertyValue | undefined,
  { people }: ReadContext,
): { readonly value: Value; readonly nameless: boolean } {
  const shown = persons?.type === 'people' ? persons.people : [];
  const known = shown.map(({ id, name }) => people.nameOf(id) ?? name ?? undefined);
  const found = [...new Set(known.filter((name) => name !== undefined))];
  const others = names?.type === 'rich_text' ? plainText(names.rich_text) : '';
  const nameless = known.includes(undefined);
  if (holds === 'people') return { value: [...new Set([...found, ...splitNames(others)])], nameless };
  return { value: [...found, ...(others === '' ? [] : [others])].join(', '), nameless };
}
