import type { ProjectCommit } from '#src/store/store.ts';
import type { CycleDeps } from './running-project.ts';

/** Stores what a project is to remember and to send, where there is no cycle for it to go with. */
export async function keepOnly(
  slug: string,
  kept: Pick<ProjectCommit, 'marks' | 'messages'>,
  { store, run }: Pick<CycleDeps, 'store' | 'run'>,
): Promise<void> {
  await store.commit(slug, { run, agreed: [], seen: [], cursors: [], audit: [], intents: [], ...kept });
}
