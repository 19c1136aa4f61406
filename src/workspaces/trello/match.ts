import { nameKey } from '#src/reconcile/names.ts';

/** A list or a label as the plan asks for it. */
export interface Wanted {
  /** Under which it is remembered, e.g. `step:comprendre`. */
  readonly ref: string;
  readonly name: string;
}

export interface Existing {
  readonly id: string;
  readonly name: string;
}

export interface Match<W extends Wanted> {
  /** Ids by `ref`. */
  readonly ids: ReadonlyMap<string, string>;
  readonly missing: readonly W[];
}

/**
 * Finds what is wanted among what there is: by the id that is remembered, whatever people call it now, else by name,
 * where `isLikelier` prefers one of several. Nothing is taken twice.
 */
export function match<W extends Wanted, E extends Existing>(
  wanted: readonly W[],
  existing: readonly E[],
  known: Readonly<Record<string, string>>,
  isLikelier: (wanted: W, existing: E) => boolean = () => false,
): Match<W> {
  const left = new Map(existing.map((one) => [one.id, one]));
  const ids = new Map<string, string>();
  for (const { ref } of wanted) {
    const id = known[ref];
    if (id !== undefined && left.delete(id)) ids.set(ref, id);
  }
  const isNamed = (one: W, other: E) => nameKey(one.name) === nameKey(other.name);
  const passes = [(one: W, other: E) => isNamed(one, other) && isLikelier(one, other), isNamed];
  for (const isSame of passes) {
    for (const one of wanted) {
      const found = ids.has(one.ref) ? undefined : left.values().find((other) => isSame(one, other));
      if (!found) continue;
      left.delete(found.id);
      ids.set(one.ref, found.id);
    }
  }
  return { ids, missing: wanted.filter(({ ref }) => !ids.has(ref)) };
}

/** By id, the `ref` for which it stands. */
export function refsById(ids: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...ids].map(([ref, id]) => [id, ref]));
}

/** `step:comprendre` */
export function refOf<Kind extends string>(kind: Kind, key: string): `${Kind}:${string}` {
  return `${kind}:${key}`;
}

/** The parts of a `ref`. */
export function partsOf(ref: string): { readonly kind: string; readonly key: string } {
  const colon = ref.indexOf(':');
  return { kind: ref.slice(0, colon), key: ref.slice(colon + 1) };
}
