/**
 * The circles of a graph of dependencies, each as `[a, b, a]`, found once whatever their number of entrances.
 * Names that are no key of the graph are skipped.
 */
export function cyclesOf(dependencies: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of dependencies.keys()) follow(start, dependencies, done, cycles);
  return cycles;
}

interface Stop {
  readonly name: string;
  readonly next: Iterator<string>;
}

/** A walk with a trail of its own: the length of a chain of tasks is the writer's to choose, not the stack's. */
function follow(
  start: string,
  dependencies: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
  cycles: string[][],
): void {
  const stopAt = (name: string): Stop => ({ name, next: (dependencies.get(name) ?? []).values() });
  const trail: Stop[] = done.has(start) ? [] : [stopAt(start)];
  const onTrail = new Set([start]);
  for (let here = trail.at(-1); here !== undefined; here = trail.at(-1)) {
    const { value: name, done: exhausted } = here.next.next();
    if (exhausted) {
      trail.pop();
      onTrail.delete(here.name);
      done.add(here.name);
    } else if (onTrail.has(name)) {
      const names = trail.map((stop) => stop.name);
      cycles.push([...names.slice(names.indexOf(name)), name]);
    } else if (dependencies.has(name) && !done.has(name)) {
      trail.push(stopAt(name));
      onTrail.add(name);
    }
  }
}
