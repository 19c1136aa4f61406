import { FAMILIES, type FamilyId, type Labels } from './families.ts';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Plain numbers by metric and labels, which count from the start of the process and cost next to nothing: the library
 * that writes them down for Prometheus is loaded when `/metrics` is first asked.
 *
 * These are figures of the running service. The room `src/metrics` holds the figures of the plan: progress, forecast,
 * charts.
 */
export class Tally {
  readonly #samples = new Map<FamilyId, Map<string, Sample>>();

  /** By 0, it makes the count be told before there is anything to count: Prometheus cannot see a first one else. */
  add<Id extends FamilyId>(id: Id, labels: Labels<Id>, by = 1): void {
    const before = this.#of(id).get(keyOf(id, labels))?.value ?? 0;
    this.set(id, labels, before + by);
  }

  set<Id extends FamilyId>(id: Id, labels: Labels<Id>, value: number): void {
    this.#of(id).set(keyOf(id, labels), { labels, value });
  }

  samples(id: FamilyId): Iterable<Sample> {
    return this.#samples.get(id)?.values() ?? [];
  }

  #of(id: FamilyId): Map<string, Sample> {
    const known = this.#samples.get(id) ?? new Map<string, Sample>();
    this.#samples.set(id, known);
    return known;
  }
}

/** No label holds a line break: names of jobs, of kinds, of outcomes, and slugs. */
function keyOf(id: FamilyId, labels: Readonly<Record<string, string>>): string {
  return FAMILIES[id].labels.map((name) => labels[name]).join('\n');
}
