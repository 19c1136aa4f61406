import type { Logger } from 'pino';
import type { Store } from '#src/store/store.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import type { RunningProject } from './running-project.ts';

export interface WebhookKeeperOptions {
  readonly store: Pick<Store, 'memory'>;
  readonly time: Time;
  readonly log: Logger;
}

/** To be called after each cycle of a project; looks after its webhooks when it is time to. Never rejects. */
export type WebhookKeeper = (
  project: Pick<RunningProject, 'slug' | 'workspaces'>,
  signal: AbortSignal,
) => Promise<void>;

/** A webhook that fails loses us no edit, only a little time: it is not worth more requests than this. */
const EVERY_MS = 60 * 60_000;

export function webhookKeeper(options: WebhookKeeperOptions): WebhookKeeper {
  const { time, log } = options;
  // A project whose file has changed is another one: its board may be, too.
  const lookedAt = new WeakMap<object, number>();
  return async (project, signal) => {
    const last = lookedAt.get(project);
    if (last !== undefined && time.now() - last < EVERY_MS) return;
    lookedAt.set(project, time.now());
    for (const workspace of project.workspaces) {
      try {
        await keep(project.slug, workspace, options, signal);
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ project: project.slug, workspace: workspace.id, err: error }, 'webhook not looked after');
      }
    }
  };
}

async function keep(
  slug: string,
  { id, webhook }: Workspace,
  { store, log }: WebhookKeeperOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!webhook) return;
  const memory = await store.memory(slug, id);
  const state = await webhook.keep({ memory, signal });
  if (state === undefined || state.level === 'ok') return;
  log.warn({ project: slug, workspace: id, why: state.said('en') }, 'webhook does not work');
}
