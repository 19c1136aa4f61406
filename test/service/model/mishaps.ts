import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import type { Store } from '#src/store/store.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import type { Mishap } from './acts.ts';

/** What a cycle had reached when it ended, however it ended. */
export interface Reached {
  /** Ids of the workspaces that were read. */
  readonly read: Set<string>;
  committed: boolean;
}

class Mischance extends Error {}

export function withMishap(
  project: RunningProject,
  deps: CycleDeps,
  { kind, book }: Mishap,
  meanwhile: (book: number) => Promise<void>,
): { project: RunningProject; deps: CycleDeps; reached: Reached } {
  const reached: Reached = { read: new Set(), committed: false };
  const workspaces = project.workspaces.map((one, index) => {
    const watched = watchedReads(one, reached);
    return index === book ? troubled(watched, kind, () => meanwhile(index)) : watched;
  });
  return {
    project: { ...project, workspaces },
    deps: { ...deps, store: mortal(deps.store, kind, reached) },
    reached,
  };
}

function watchedReads(workspace: Workspace, reached: Reached): Workspace {
  return {
    ...workspace,
    read: async (...input) => {
      const reading = await workspace.read(...input);
      reached.read.add(workspace.id);
      return reading;
    },
  };
}

function troubled(workspace: Workspace, kind: Mishap['kind'], meanwhile: () => Promise<void>): Workspace {
  switch (kind) {
    case 'read fails':
      return { ...workspace, read: () => Promise.reject(new Mischance(kind)) };
    case 'write fails before':
      return {
        ...workspace,
        // biome-ignore lint/correctness/useYield: it fails before it has written anything
        async *write() {
          throw new Mischance(kind);
        },
      };
    case 'write fails after':
      return {
        ...workspace,
        // biome-ignore lint/correctness/useYield: it fails before it can tell what it has written
        async *write(order) {
          for await (const _ of workspace.write(order));
          throw new Mischance(kind);
        },
      };
    case 'edited meanwhile':
      return {
        ...workspace,
        async *write(order) {
          await meanwhile();
          yield* workspace.write(order);
        },
      };
    default:
      return workspace;
  }
}

/** A store whose process dies at a moment: from then on it keeps nothing. */
function mortal(store: Store, kind: Mishap['kind'], reached: Reached): Store {
  let dead = false;
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) throw new Mischance(kind);
    return work();
  };
  return {
    ...store,
    commit: async (project, change) => {
      dead ||= kind === 'killed before commit';
      await alive(() => store.commit(project, change));
      reached.committed = true;
      dead = kind === 'killed after writes';
      if (kind === 'killed before writes') throw new Mischance(kind);
    },
    acknowledge: (...input) => alive(() => store.acknowledge(...input)),
    memory: async (...input) => {
      const memory = await store.memory(...input);
      return { ...memory, flush: () => alive(() => memory.flush()) };
    },
  };
}
