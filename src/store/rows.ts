/**
 * How many rows a statement carries: few sizes, so that statements repeat and can be kept prepared, and none near
 * what either database allows in parameters.
 */
const ROWS_PER_STATEMENT = [64, 32, 16, 8, 4, 2, 1];

/** Consecutive slices, each of a size that one statement carries. */
export function slices<T>(rows: readonly T[]): T[][] {
  const result: T[][] = [];
  let from = 0;
  for (const size of ROWS_PER_STATEMENT) {
    for (; rows.length - from >= size; from += size) result.push(rows.slice(from, from + size));
  }
  return result;
}

/** One entry for each name, the last one given: PostgreSQL refuses to write a row twice in one statement. */
export function latest<T>(entries: readonly T[], nameOf: (entry: T) => string): T[] {
  return [...new Map(entries.map((entry) => [nameOf(entry), entry])).values()];
}
