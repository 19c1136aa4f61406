import type { Logger } from 'pino';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { RunningProject } from './running-project.ts';

export interface HintsOptions {
  readonly projects: () => Promise<readonly string[]>;
  readonly open: (slug: string) => Promise<Pick<RunningProject, 'workspaces'>>;
  /** Gets these projects a round soon. */
  readonly poke: (projects: ReadonlySet<string>) => Promise<void>;
  readonly time: Time;
  readonly log: Logger;
}

/** Hints from outside that something may have changed in a place, gathered into as few rounds as can be. */
export interface Hints {
  /** Remote ids, whosever they may be. Returns at once. */
  hear(remoteIds: readonly string[]): void;
  /** Drops what has been gathered: the next start looks everywhere. */
  stop(): void;
}

/** A person who edits, or a script that does, causes many hints in a row: we wait until they have paused. */
const QUIET_MS = 2000;
/** Those who never pause are not waited for longer than the usual round takes to come. */
const LONGEST_WAIT_MS = 10_000;
/** Beyond this many, what has been gathered is looked at without waiting. */
const MOST_IDS = 10_000;

export function createHints(options: HintsOptions): Hints {
  const { time, log } = options;
  let gathered = new Set<string>();
  let firstAt = 0;
  let cancel = () => {};
  let stopped = false;

  const look = () => {
    const ids = [...gathered];
    gathered = new Set();
    passOn(ids, options, () => stopped).catch((error: unknown) => log.warn({ err: error }, 'hints lost'));
  };

  return {
    hear(remoteIds) {
      if (stopped || remoteIds.length === 0) return;
      if (gathered.size === 0) firstAt = time.now();
      for (const id of remoteIds) gathered.add(id);
      cancel();
      const latest = firstAt + LONGEST_WAIT_MS - time.now();
      cancel = time.after(gathered.size > MOST_IDS ? 0 : Math.min(QUIET_MS, latest), look);
    },
    stop() {
      stopped = true;
      cancel();
      gathered = new Set();
    },
  };
}

/** Tells every project's workspaces, then gets those that know one of the ids a round. */
async function passOn(
  ids: readonly string[],
  { projects, open, poke, log }: HintsOptions,
  isStopped: () => boolean,
): Promise<void> {
  const concerned = new Set<string>();
  for (const slug of await projects()) {
    if (isStopped()) return;
    // A project that does not open is told of by its own round.
    const project = await open(slug).catch(() => undefined);
    if (project && knows(project, ids)) concerned.add(slug);
  }
  log.debug({ ids: ids.length, projects: concerned.size }, 'hints heard');
  if (concerned.size > 0) await poke(concerned);
}

/** Every workspace is told, also when one before it knew: two may show the same page. */
function knows({ workspaces }: Pick<RunningProject, 'workspaces'>, ids: readonly string[]): boolean {
  return workspaces.map((workspace) => workspace.hear?.(ids) === true).includes(true);
}
