/** What waits, for whom, and which kind of turn it needs: those of one lane can all leave, or none of them can. */
export interface Waiting {
  readonly project: string;
  readonly lane: string;
}

interface Place<T> {
  readonly entry: T;
  readonly arrival: number;
}

/** Serves the projects in turn, and within a project who came first. */
export class FairQueue<T extends Waiting> {
  /** The project whose turn it is comes first. */
  readonly #projects = new Map<string, Map<string, Set<Place<T>>>>();
  readonly #places = new Map<T, Place<T>>();
  #arrivals = 0;

  get size(): number {
    return this.#places.size;
  }

  /** In no particular order. */
  entries(): T[] {
    return [...this.#places.keys()];
  }

  add(entry: T): void {
    const place = { entry, arrival: this.#arrivals++ };
    const lanes = this.#projects.get(entry.project) ?? new Map<string, Set<Place<T>>>();
    const lane = lanes.get(entry.lane) ?? new Set();
    this.#projects.set(entry.project, lanes.set(entry.lane, lane.add(place)));
    this.#places.set(entry, place);
  }

  /** False when it was not waiting any more. */
  remove(entry: T): boolean {
    const place = this.#places.get(entry);
    const lanes = this.#projects.get(entry.project);
    const lane = lanes?.get(entry.lane);
    if (!place || !lanes || !lane) return false;
    this.#places.delete(entry);
    lane.delete(place);
    if (lane.size === 0) lanes.delete(entry.lane);
    if (lanes.size === 0) this.#projects.delete(entry.project);
    return true;
  }

  /** Whose turn it is among the lanes that may leave. `undefined`: nobody's. */
  next(mayLeave: (lane: string) => boolean): T | undefined {
    for (const lanes of this.#projects.values()) {
      const first = [...lanes]
        .filter(([lane]) => mayLeave(lane))
        .flatMap(([, places]) => [...places.values().take(1)])
        .reduce<Place<T> | undefined>(
          (one, other) => (one && one.arrival < other.arrival ? one : other),
          undefined,
        );
      if (first) return first.entry;
    }
    return undefined;
  }

  /** As `next`; it waits no longer, and its project goes to the end of the round. */
  serve(mayLeave: (lane: string) => boolean): T | undefined {
    const entry = this.next(mayLeave);
    if (!entry) return undefined;
    const lanes = this.#projects.get(entry.project);
    this.remove(entry);
    if (lanes && this.#projects.delete(entry.project)) this.#projects.set(entry.project, lanes);
    return entry;
  }
}
