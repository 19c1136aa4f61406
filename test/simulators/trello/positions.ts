import type { Json } from '../json.ts';

/** Between two neighbours, and where the first one stands. */
export const STEP = 16_384;

interface Placed {
  readonly id: string;
  readonly pos: number;
}

/** The number for `top`, `bottom` or a number, among those that are there. */
export function positionFor(wanted: Json | undefined, others: readonly Placed[]): number {
  if (typeof wanted === 'number') return wanted;
  const positions = others.map(({ pos }) => pos);
  if (positions.length === 0) return STEP;
  return wanted === 'top' ? Math.min(...positions) / 2 : Math.max(...positions) + STEP;
}

/** In the order that a board shows; of two at one place, the older first. */
export function inOrder<T extends Placed>(things: Iterable<T>): T[] {
  return [...things].toSorted((one, other) => one.pos - other.pos || (one.id < other.id ? -1 : 1));
}
