/** What a piece of work has to tell once it is done. */
export type Job<T> = () => Promise<readonly T[]>;

/**
 * Does the jobs side by side, at most so many at once, begun in their order, and gives what each tells as soon as it
 * is done. After a failure no other job is begun; those under way are waited for and told, and then it is thrown.
 */
export async function* concurrently<T>(jobs: readonly Job<T>[], limit: number): AsyncGenerator<T> {
  const waiting = jobs.values();
  const underWay = new Set<Promise<void>>();
  const told: T[] = [];
  let failure: { readonly error: unknown } | undefined;
  const begin = (job: Job<T>) => {
    const running: Promise<void> = job()
      .then(
        (results) => void told.push(...results),
        (error: unknown) => {
          failure ??= { error };
        },
      )
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };
  for (;;) {
    while (underWay.size < limit && failure === undefined) {
      const next = waiting.next();
      if (next.done) break;
      begin(next.value);
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay);
    yield* told.splice(0);
  }
  yield* told.splice(0);
  if (failure) throw failure.error;
}

/**
 * Waits for all of them, also when one fails, which is then thrown: nothing goes on behind the back of whoever is
 * told of the failure and begins again.
 */
export async function together<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
