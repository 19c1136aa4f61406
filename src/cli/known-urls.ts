import type { Basis } from '#src/service/standing.ts';
import type { Store } from '#src/store/store.ts';
import { REMEMBERED_URL } from '#src/workspaces/workspace.ts';

/**
 * The basis with the addresses under which the plan is opened today: what a run has made since is remembered by its
 * place, of which nothing but the memory is read.
 */
export async function withKnownUrls(slug: string, basis: Basis, store: Store): Promise<Basis> {
  const urls = basis.places.map(async (place, index) => {
    const memory = await store.memory(slug, place);
    return memory.get(REMEMBERED_URL) ?? basis.urls[index] ?? '';
  });
  return { ...basis, urls: await Promise.all(urls) };
}
