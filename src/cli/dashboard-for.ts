import type { DashboardOptions } from '#src/service/dashboard/routes.ts';
import type { ServiceOptions } from '#src/service/start.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Context } from './context.ts';

type Sources = Pick<DashboardOptions, 'projects' | 'open' | 'cycle' | 'failuresOf'>;

/** The dashboard of a service over its projects. Its code is loaded when a browser first asks for it. */
export function dashboardFor(sources: Sources, context: Context): ServiceOptions['dashboard'] {
  return async (entry) => {
    const [{ dashboardRoutes }, { createStandings }] = await Promise.all([
      import('#src/service/dashboard/routes.ts'),
      import('#src/service/dashboard/standings.ts'),
    ]);
    const { locale } = context;
    return dashboardRoutes({
      ...sources,
      ...entry,
      ...{ locale, time: machineTime },
      standings: createStandings({ ...sources, ...{ locale, time: machineTime } }),
      drawing: context.drawing,
      log: await context.log(),
    });
  };
}
