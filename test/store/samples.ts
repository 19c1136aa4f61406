import type { Fields, Item } from '#src/plan/item.ts';
import type { ProjectCommit } from '#src/store/store.ts';

/** A commit of nothing, but for what is given. */
export function aCommit(over: Partial<ProjectCommit> = {}): ProjectCommit {
  return { run: 'run-1', agreed: [], seen: [], cursors: [], audit: [], intents: [], ...over };
}

export function aTask(key: string, fields: Fields = {}): Item {
  return { key, kind: 'task', parent: 'plan', fields: { title: key, status: 'todo', ...fields } };
}
