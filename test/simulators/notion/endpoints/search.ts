import { maySee } from '../access.ts';
import { asObject, asText, type Json } from '../json.ts';
import { deepListAnswer, pageRequestFromBody } from '../paging.ts';
import type { DataSource, Page } from '../records.ts';
import { renderDataSource, renderPage } from '../render.ts';
import { plainText } from '../rich-text.ts';
import { toTheMinute } from '../times.ts';
import type { World } from '../world.ts';
import type { Answer, Context } from './context.ts';

/** What search knows of a thing: it may be long out of date. */
interface Known {
  readonly id: string;
  readonly title: string;
  readonly editedAt: number;
}

interface SearchIndex {
  polls: number;
  /** Changes of the world that have been noticed, and at which poll. */
  readonly noticed: { id: string; atPoll: number }[];
  seen: number;
  readonly known: Map<string, Known>;
}

const indexes = new WeakMap<World, SearchIndex>();

export function search({ world, caller, body }: Context): Answer {
  const index = indexes.get(world) ?? { polls: 0, noticed: [], seen: 0, known: new Map() };
  indexes.set(world, index);
  const request = pageRequestFromBody(body);
  // The next page of a search belongs to the same look.
  if (request.cursor === undefined) catchUp(world, index);
  const found = [...index.known.values()]
    .filter(({ title }) => title.toLowerCase().includes(asText(body.query).toLowerCase()))
    .map((known) => ({ known, thing: searchable(world, known.id) }))
    .filter((one): one is { known: Known; thing: Page | DataSource } => one.thing !== undefined)
    .filter(({ thing }) => maySee(world, caller, thing) && isWanted(world, thing, body.filter));
  const things = ordered(found, body.sort, index.polls).map(({ thing }) => thing);
  return {
    body: deepListAnswer('page_or_data_source', things, request, world.settings.queryDepth, (thing) =>
      thing.kind === 'page' ? renderPage(world, caller, thing) : renderDataSource(world, thing),
    ),
  };
}

/** A change is seen only after as many more searches as the world says. */
function catchUp(world: World, index: SearchIndex): void {
  index.polls += 1;
  for (const { id } of world.changes.slice(index.seen)) index.noticed.push({ id, atPoll: index.polls });
  index.seen = world.changes.length;
  while (
    index.noticed[0] !== undefined &&
    index.noticed[0].atPoll + world.settings.searchLag <= index.polls
  ) {
    const { id } = index.noticed.shift() ?? { id: '' };
    const thing = searchable(world, id);
    if (thing !== undefined) index.known.set(id, { id, title: titleOf(thing), editedAt: thing.editedAt });
  }
}

function searchable(world: World, id: string): Page | DataSource | undefined {
  return world.get('page', id) ?? world.get('data_source', id);
}

function titleOf(thing: Page | DataSource): string {
  return plainText(thing.kind === 'page' ? thing.values.get('title') : thing.title);
}

function isWanted(world: World, thing: Page | DataSource, filter: Json | undefined): boolean {
  const { value, in_trash: trashed } = asObject(filter);
  return (value === undefined || value === thing.kind) && world.isGone(thing) === (trashed === true);
}

/** Equals (and everything, when no order is asked for) change places from one search to the next. */
function ordered<T extends { readonly known: Known }>(
  found: T[],
  sort: Json | undefined,
  polls: number,
): T[] {
  const turned = [
    ...found.slice(polls % Math.max(found.length, 1)),
    ...found.slice(0, polls % Math.max(found.length, 1)),
  ];
  const { timestamp, direction } = asObject(sort);
  if (timestamp === undefined) return turned;
  const sign = direction === 'ascending' ? 1 : -1;
  return turned.toSorted(
    (one, other) => sign * toTheMinute(one.known.editedAt).localeCompare(toTheMinute(other.known.editedAt)),
  );
}
