/**
 * The known name that the given one was most likely meant to be: one or two slips away, fewer for short
 * names. `undefined` when none is close enough to be worth a guess.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = slipsAllowed(name) + 1;
  for (const candidate of known) {
    const slips = distance(name.toLowerCase(), candidate.toLowerCase(), fewest);
    if (slips < fewest) {
      best = candidate;
      fewest = slips;
    }
  }
  return best;
}

function slipsAllowed(name: string): number {
  if (name.length <= 2) return 0;
  return name.length <= 5 ? 1 : 2 + Math.floor(name.length / 20);
}

/** Letters to add, drop, change or swap with their neighbour to go from one text to the other; stops at `limit`. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let older: number[] = [];
  let old = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        at(row, j - 1) + 1,
        at(old, j) + 1,
        at(old, j - 1) + (same ? 0 : 1),
        swapped ? at(older, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    older = old;
    old = row;
  }
  return Math.min(at(old, to.length), limit);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
