import { join } from 'node:path';
import { slugsIn, stampOf } from '#src/config/stamps.ts';
import type { RunningProject } from './running-project.ts';

/**
 * The projects of a service that lives for weeks: each is read again when its file has changed, and only then. All
 * who open one have the same: what its workspaces were told by one of them, the next one's cycle knows.
 */
export interface Shelf {
  slugs(): readonly string[];
  /** @throws BadInput when the file is wrong. */
  open(slug: string): Promise<RunningProject>;
}

export function createShelf(folder: string, load: (slug: string) => Promise<RunningProject>): Shelf {
  const kept = new Map<string, { readonly stamp: string; readonly project: Promise<RunningProject> }>();
  return {
    slugs: () => {
      const slugs = slugsIn(folder);
      const present = new Set(slugs);
      for (const slug of kept.keys()) if (!present.has(slug)) kept.delete(slug);
      return slugs;
    },
    open: async (slug) => {
      const stamp = stampOf(join(folder, `${slug}.yaml`));
      const known = kept.get(slug);
      if (known?.stamp === stamp) return known.project;
      const opening = { stamp, project: load(slug) };
      kept.set(slug, opening);
      try {
        return await opening.project;
      } catch (error) {
        // What keeps it from opening may lie elsewhere than in its file: it is tried again next time.
        if (kept.get(slug) === opening) kept.delete(slug);
        throw error;
      }
    },
  };
}
