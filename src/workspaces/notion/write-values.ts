import type { CreatePageParameters } from '@notionhq/client';
import type { Value } from '#src/plan/item.ts';
import type { Blueprint } from '../workspace.ts';
import { dayOf, fitText, splitNames, textPieces } from './fit.ts';
import { ARRAY_LIMIT, LINK_LIMIT } from './limits.ts';
import type { People } from './people.ts';
import type { BoundProperty } from './properties.ts';
import { richText, type Span } from './rich-text.ts';
import type { PropertyValue } from './schema.ts';

export type PropertyRequest = NonNullable<CreatePageParameters['properties']>[string];

export interface WriteContext {
  readonly people: People;
  readonly sources: Blueprint['sources'];
  /** The page of a task; `undefined` as long as it has none. */
  pageOf(key: string): string | undefined;
  /** What the property shows now, where that is known: what the team has put there of its own is kept. */
  present?(propertyId: string): PropertyValue | undefined;
}

/**
 * What one property is to be given for a value; `undefined` when it cannot show it: an option that is not there, for
 * instance. People are written by `peopleRequests`, which share them out over two properties.
 */
export function propertyRequest(
  property: BoundProperty,
  value: Value,
  context: WriteContext,
): PropertyRequest | undefined {
  switch (property.wanted.holds) {
    case 'key':
    case 'text':
    case 'names':
      return textRequest(property, asText(value));
    case 'label':
      return labelRequest(property, asText(value));
    case 'labels':
      return labelsRequest(property, asList(value), context);
    case 'date':
      return dateRequest(asText(value));
    case 'number':
    case 'share':
      return { number: typeof value === 'number' && Number.isFinite(value) ? value : null };
    case 'check':
      return { checkbox: value === true };
    case 'tasks':
      return tasksRequest(asList(value), context);
    case 'sources':
      return { rich_text: richText(sourceSpans(asList(value), context)).slice(0, ARRAY_LIMIT) };
    case 'people':
    case 'person':
      return undefined;
  }
}

function asText(value: Value): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? (value ?? []).join(', ') : String(value);
}

function asList(value: Value): readonly string[] {
  if (typeof value === 'object') return value ?? [];
  return typeof value === 'string' ? splitNames(value) : [];
}

/** E-mail addresses and telephone numbers: the types say 200, the specification 100. */
export const LONGEST_ADDRESS = 100;

function textRequest({ type }: BoundProperty, text: string): PropertyRequest {
  switch (type) {
    case 'title':
      return { title: textPieces(text) };
    case 'url':
      return { url: fitAddress(text, LINK_LIMIT) };
    case 'email':
      return { email: fitAddress(text, LONGEST_ADDRESS) };
    case 'phone_number':
      return { phone_number: fitAddress(text, LONGEST_ADDRESS) };
    default:
      return { rich_text: textPieces(text) };
  }
}

/** An address as one property takes it; `null` for none. */
export function fitAddress(text: string, length: number): string | null {
  const fitting = fitText(text)
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '');
  return fitting.trim() === '' ? null : fitting;
}

function labelRequest(property: BoundProperty, key: string): PropertyRequest | undefined {
  const { type, optionIds, wanted } = property;
  if (type === 'title')
    return textRequest(property, wanted.options.find((one) => one.key === key)?.title ?? key);
  const id = optionIds.get(key);
  if (key !== '' && id === undefined) return undefined;
  const option = id === undefined ? null : { id };
  return type === 'status' ? { status: option } : { select: option };
}

function labelsRequest(
  { id, optionIds }: BoundProperty,
  keys: readonly string[],
  { present }: WriteContext,
): PropertyRequest | undefined {
  const ids = keys.map((key) => optionIds.get(key));
  if (ids.includes(undefined)) return undefined;
  const shown = present?.(id);
  const ours = new Set(optionIds.values());
  const own = shown?.type === 'multi_select' ? shown.multi_select.filter((one) => !ours.has(one.id)) : [];
  const all = new Set([...ids.filter((one) => one !== undefined), ...own.map((one) => one.id)]);
  return { multi_select: [...all].slice(0, ARRAY_LIMIT).map((one) => ({ id: one })) };
}

function dateRequest(text: string): PropertyRequest {
  const day = dayOf(text);
  return { date: day === undefined ? null : { start: day } };
}

function tasksRequest(keys: readonly string[], { pageOf }: WriteContext): PropertyRequest {
  const pages = keys.map(pageOf).filter((id) => id !== undefined);
  return { relation: [...new Set(pages)].slice(0, ARRAY_LIMIT).map((id) => ({ id })) };
}

/** Each source on a line of its own, as a link. */
function sourceSpans(ids: readonly string[], { sources }: WriteContext): Span[] {
  return ids.flatMap((id, index) => {
    const source = sources.get(id);
    const line: Span = source ? { text: source.title, link: source.url } : { text: id };
    return index === 0 ? [line] : [{ text: '\n' }, line];
  });
}

/**
 * People as persons where Notion knows them, the others by name in the text beside. A person who stands there already
 * and has no name for us is kept.
 */
export function peopleRequests(
  persons: BoundProperty | undefined,
  names: BoundProperty | undefined,
  value: Value,
  context: WriteContext,
): readonly (readonly [id: string, PropertyRequest])[] {
  const shown = persons && context.present?.(persons.id);
  const present = shown?.type === 'people' ? shown.people : [];
  const idOf = (name: string) =>
    present.find(({ id }) => context.people.nameOf(id) === name)?.id ?? context.people.idOf(name);
  const all = typeof value === 'string' ? splitNames(value) : asList(fitNames(value));
  const known = persons ? all.filter((name) => idOf(name) !== undefined).slice(0, ARRAY_LIMIT) : [];
  const others = all.filter((name) => !known.includes(name)).join(', ');
  // Persons come first when they are read: where that would change a text, it stays a text as a whole.
  const readBack = [...known, ...(others === '' ? [] : [others])].join(', ');
  const isText = typeof value === 'string' && readBack !== value;
  const nameless = present.filter(({ id }) => context.people.nameOf(id) === undefined).map(({ id }) => id);
  const ids = [...nameless, ...(isText ? [] : known.map(idOf))].filter((id) => id !== undefined);
  return [
    ...(persons
      ? [[persons.id, { people: [...new Set(ids)].slice(0, ARRAY_LIMIT).map((id) => ({ id })) }] as const]
      : []),
    ...(names ? [[names.id, { rich_text: textPieces(isText ? value : others) }] as const] : []),
  ];
}

function fitNames(value: Value): readonly string[] {
  return splitNames(asText(value));
}
