import { addressOf } from '#src/service/addresses.ts';
import type { Basis } from '#src/service/standing.ts';
import type { Store } from '#src/store/store.ts';

/**
 * The basis with the addresses under which the plan is opened today: what a run has made since is remembered by its
 * place, of which nothing but the memory is read.
 */
export async function withKnownUrls(slug: string, basis: Basis, store: Store): Promise<Basis> {
  const urls = basis.places.map((id, index) =>
    addressOf(slug, { id, url: basis.urls[index] ?? '' }, { store }),
  );
  return { ...basis, urls: await Promise.all(urls) };
}
