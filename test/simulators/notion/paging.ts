import { requireUuid } from './access.ts';
import { invalid } from './api-error.ts';
import type { Json, JsonObject } from './json.ts';

export interface PageRequest {
  readonly size: number;
  readonly cursor: string | undefined;
}

const MAX_PAGE_SIZE = 100;

/** @throws ApiError 400 when the size is out of bounds. */
export function pageRequestFromQuery(query: URLSearchParams): PageRequest {
  const size = query.get('page_size');
  return pageRequest(
    size === null ? undefined : Number(size),
    query.get('start_cursor') ?? undefined,
    'query',
  );
}

/** @throws ApiError 400 when the size is out of bounds. */
export function pageRequestFromBody(body: JsonObject): PageRequest {
  return pageRequest(body.page_size, body.start_cursor, 'body');
}

function pageRequest(size: Json | undefined, cursor: Json | undefined, where: string): PageRequest {
  const wanted = size ?? MAX_PAGE_SIZE;
  const wrong = (bound: string) =>
    invalid(`${where} failed validation: ${where}.page_size should be ${bound}, instead was \`${wanted}\`.`);
  if (typeof wanted !== 'number' || !Number.isInteger(wanted)) throw wrong('an integer');
  if (wanted > MAX_PAGE_SIZE) throw wrong('≤ `100`');
  if (wanted < 1) throw wrong('≥ `1`');
  return { size: wanted, cursor: typeof cursor === 'string' ? cursor : undefined };
}

export interface Slice<T> {
  readonly results: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * One page of a list. A cursor names the first item of the next page, so that rows may move between two pages,
 * as they do in the real thing.
 * @throws ApiError 400 on a cursor that names nothing here.
 */
export function sliceOf<T extends { readonly id: string }>(
  items: readonly T[],
  request: PageRequest,
): Slice<T> {
  const start = request.cursor === undefined ? 0 : startAt(items, request.cursor);
  const results = items.slice(start, start + request.size);
  return { results, nextCursor: items[start + request.size]?.id ?? null };
}

function startAt(items: readonly { readonly id: string }[], cursor: string): number {
  const id = requireUuid(cursor, 'body.start_cursor');
  const start = items.findIndex((item) => item.id === id);
  if (start < 0) throw invalid(`start_cursor provided is invalid: ${cursor}`);
  return start;
}

export function listAnswer(
  type: string,
  results: readonly JsonObject[],
  nextCursor: string | null,
): JsonObject {
  return {
    object: 'list',
    results: [...results],
    next_cursor: nextCursor,
    has_more: nextCursor !== null,
    type,
    [type]: {},
  };
}

/** A list that ends at a depth, whatever the paging, and says so. */
export function deepListAnswer<T extends { readonly id: string }>(
  type: string,
  items: readonly T[],
  request: PageRequest,
  depth: number,
  render: (item: T) => JsonObject,
): JsonObject {
  const { results, nextCursor } = sliceOf(items.slice(0, depth), request);
  const cut = items.length > depth && nextCursor === null;
  return {
    ...listAnswer(type, results.map(render), nextCursor),
    request_status: cut
      ? { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' }
      : { type: 'complete' },
  };
}
