/**
 * Moves positions as little as need be, so that two neighbours are `gap` apart or more and all are within `low` and
 * `high`, as far as there is room. Their order stays. Given in any order; answers in the order given.
 */
export function apart(
  positions: readonly number[],
  gap: number,
  low: number,
  high: number,
): readonly number[] {
  const order = positions.map((_, index) => index).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const moved: number[] = [];
  let free = low;
  for (const index of order) {
    moved[index] = Math.max(positions[index] ?? 0, free);
    free = (moved[index] ?? 0) + gap;
  }
  let room = high;
  for (const index of order.toReversed()) {
    moved[index] = Math.min(moved[index] ?? 0, room);
    room = (moved[index] ?? 0) - gap;
  }
  return moved;
}
