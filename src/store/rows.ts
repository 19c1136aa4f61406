/** Rows in one statement: well below what either database allows in parameters. */
const ROWS_PER_STATEMENT = 200;

/** Consecutive slices that one statement can carry. */
export function slices<T>(rows: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    result.push(rows.slice(from, from + ROWS_PER_STATEMENT));
  }
  return result;
}

/** One entry for each name, the last one given: PostgreSQL refuses to write a row twice in one statement. */
export function latest<T>(entries: readonly T[], nameOf: (entry: T) => string): T[] {
  return [...new Map(entries.map((entry) => [nameOf(entry), entry])).values()];
}
