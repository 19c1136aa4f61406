import { ARCHIVED, type Item, text } from '#src/plan/item.ts';
import { canonicalText, nameKey } from '#src/reconcile/names.ts';

/**
 * Points of a checklist bear no key: people would see it. A point is known again by the id of what shows it, which is
 * remembered; where it is not, by its words and its place.
 */

/** What shows a point, in the order in which the place shows it. */
export interface PointShown {
  readonly id: string;
  readonly words: string;
}

/** Those that are not archived, in the order in which to show them. */
export function pointsInOrder(points: readonly Item[]): readonly Item[] {
  return points
    .filter(({ fields }) => fields.archived !== true)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.key < b.key ? -1 : 1));
}

/** The point as it is matched with what is shown: one that is archived may be there all the same. */
export function living(point: Item): Item {
  return { ...point, fields: { ...point.fields, [ARCHIVED]: false } };
}

function rankOf({ fields }: Item): number {
  return typeof fields.rank === 'number' ? fields.rank : Number.MAX_SAFE_INTEGER;
}

export interface PointsMatch<Shown> {
  /** What shows each point, by its key. */
  readonly found: ReadonlyMap<string, Shown>;
  /** Points that people have added, where they stand. Those without words are not among them. */
  readonly added: readonly { readonly shown: Shown; readonly rank: number }[];
  /** Keys of points whose remembered id is not there: removed if everything was seen, or moved elsewhere. */
  readonly gone: readonly string[];
  /** Keys of points that are not shown, and as far as we know never were. */
  readonly absent: readonly string[];
}

/**
 * Tells which point each of those shown is. `points` are those that the place is to show; `idOf` gives the id that is
 * remembered for a point.
 */
export function matchPoints<Shown extends PointShown>(
  points: readonly Item[],
  shown: readonly Shown[],
  idOf: (key: string) => string | undefined,
): PointsMatch<Shown> {
  const found = new Map<string, Shown>();
  const left = new Set(shown);
  const open = new Set(pointsInOrder(points));
  const pair = (point: Item, one: Shown) => {
    found.set(point.key, one);
    left.delete(one);
    open.delete(point);
  };

  const byId = new Map(shown.map((one) => [one.id, one]));
  for (const point of open) {
    const one = byId.get(idOf(point.key) ?? '');
    if (one && left.has(one)) pair(point, one);
  }
  for (const spelling of [canonicalText, nameKey]) {
    for (const point of open) {
      const one = left.values().find(({ words }) => spelling(words) === spelling(text(point, 'title')));
      if (one) pair(point, one);
    }
  }
  const isRemembered = points.some(({ key }) => idOf(key) !== undefined);
  if (!isRemembered) {
    for (const [point, one] of rewordedPairs([...open], [...left])) pair(point, one);
  }
  const { gone = [], absent = [] } = Object.groupBy([...open], ({ key }) =>
    idOf(key) === undefined ? 'absent' : 'gone',
  );
  return {
    found,
    added: addedPoints(shown, left, found, points),
    gone: gone.map(({ key }) => key),
    absent: absent.map(({ key }) => key),
  };
}

/**
 * With nothing remembered, a point that someone has reworded is the one shown that shares most of its words; the best
 * pairs first.
 */
function rewordedPairs<Shown extends PointShown>(
  points: readonly Item[],
  shown: readonly Shown[],
): readonly (readonly [Item, Shown])[] {
  const candidates = points.flatMap((point) =>
    shown.map((one) => ({ point, one, likeness: likeness(text(point, 'title'), one.words) })),
  );
  const taken = new Set<object>();
  return candidates
    .filter((pair) => pair.likeness >= LIKE_ENOUGH)
    .toSorted((a, b) => b.likeness - a.likeness)
    .flatMap(({ point, one }): (readonly [Item, Shown])[] => {
      if (taken.has(point) || taken.has(one)) return [];
      taken.add(point).add(one);
      return [[point, one]];
    });
}

const LIKE_ENOUGH = 0.5;

/** The share of words that two texts have in common: 1 for the same words, 0 for none. */
function likeness(one: string, other: string): number {
  const a = wordSet(one);
  const b = wordSet(other);
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(nameKey(words).match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Ranks between those of the neighbours, so that added points stand elsewhere where they stand here. */
function addedPoints<Shown extends PointShown>(
  shown: readonly Shown[],
  left: ReadonlySet<Shown>,
  found: ReadonlyMap<string, Shown>,
  points: readonly Item[],
): PointsMatch<Shown>['added'] {
  const ranks = new Map<Shown, number>();
  for (const point of points) {
    const one = found.get(point.key);
    if (one) ranks.set(one, rankOf(point));
  }
  const all = shown.filter((one) => ranks.has(one) || (left.has(one) && nameKey(one.words) !== ''));
  let before = -1;
  return all.flatMap((one, index) => {
    const own = ranks.get(one);
    if (own !== undefined) {
      before = own;
      return [];
    }
    const next = all.slice(index).find((other) => ranks.has(other));
    const after = next === undefined ? before + 2 : (ranks.get(next) ?? before + 2);
    before = after > before ? (before + after) / 2 : before;
    return [{ shown: one, rank: before }];
  });
}

/** After which one a point is to be put: that of the nearest point before it which is shown. `undefined`: none is. */
export function shownBefore<Shown extends PointShown>(
  key: string,
  points: readonly Item[],
  found: ReadonlyMap<string, Shown>,
): Shown | undefined {
  const order = pointsInOrder(points).map((point) => point.key);
  const before = order.slice(0, Math.max(0, order.indexOf(key)));
  const nearest = before.findLast((one) => found.has(one));
  return nearest === undefined ? undefined : found.get(nearest);
}
