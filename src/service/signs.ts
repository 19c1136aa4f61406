import type { Time } from '#src/workspaces/gate/time.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import { restOf } from './visit.ts';

/** A look is cheap: one that takes longer than this is not worth holding up the others. */
const LONGEST_GLANCE_MS = 5_000;

/**
 * A text that is the same as long as a look at the project’s workspaces shows no change. A new day counts as a change:
 * what is late, and with it the dashboard, depends on it. A place that is left out changes when its rest ends,
 * one that is being read when that is over.
 * `undefined` when a workspace cannot tell at a glance: then every round reads it.
 */
export async function signsOf(
  project: RunningProject,
  { today, live }: Pick<CycleDeps, 'today' | 'live'>,
): Promise<string | undefined> {
  const day = today();
  const signs = await Promise.all(project.workspaces.map((one) => signOf(project, one, live)));
  return signs.includes(undefined) ? undefined : [day, ...signs].join('\n');
}

async function signOf(
  project: RunningProject,
  workspace: Workspace,
  live: CycleDeps['live'],
): Promise<string | undefined> {
  const rest = restOf(project, workspace, { live });
  if (rest) return `left out until ${rest.until}`;
  const slow = live?.reads.stateOf(workspace);
  if (slow) return `read is ${slow}`;
  const glance = workspace.glance?.();
  if (!glance || !live) return glance;
  return atMost(LONGEST_GLANCE_MS, glance, live.time);
}

/** `undefined` when the work takes longer; it then goes on by itself, and what it finds is for whoever asks next. */
async function atMost<T>(ms: number, work: Promise<T>, time: Time): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const cancel = time.after(ms, () => late.resolve(undefined));
  work.catch(() => {});
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
