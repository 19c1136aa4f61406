import type { Installation } from '#src/service/digest-round.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import type { Context } from './context.ts';
import { running } from './cycle-deps.ts';

/** All projects of the folder that can be opened, also those that the command leaves alone. */
export function installationOf(
  context: Context,
  open: () => Promise<readonly RunningProject[]> = () => openAll(context),
): Installation {
  return { projects: open, portfolioFrom: context.environment.portfolioFrom };
}

async function openAll(context: Context): Promise<readonly RunningProject[]> {
  const { slugsIn } = await import('#src/config/stamps.ts');
  const { chosen } = await context.projects(slugsIn(context.environment.projects));
  const opened = await Promise.allSettled(chosen.map((project) => running(project, context)));
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
