import type { DashboardOptions } from '#src/service/dashboard/routes.ts';
import type { Standings } from '#src/service/dashboard/standings.ts';
import type { ServiceOptions, TelemetrySources } from '#src/service/start.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Context } from './context.ts';

type Sources = Pick<DashboardOptions, 'projects' | 'open' | 'cycle' | 'failuresOf'>;

/** What a service shows of its projects: to browsers, and, in figures, to whoever watches over it. */
export interface Shown {
  readonly dashboard: NonNullable<ServiceOptions['dashboard']>;
  readonly standings: NonNullable<TelemetrySources['standings']>;
}

/** A scrape does not wait longer: it tells what is known by then, and the next one the rest. */
const SCRAPE_PATIENCE_MS = 2000;

/** The code of it is loaded when somebody first asks for it. */
export function dashboardFor(sources: Sources, context: Context): Shown {
  const { locale } = context;
  let made: Promise<Standings> | undefined;
  const standings = () =>
    (made ??= import('#src/service/dashboard/standings.ts').then(({ createStandings }) =>
      createStandings({ ...sources, locale, time: machineTime }),
    ));
  return {
    dashboard: async (entry) => {
      const { dashboardRoutes } = await import('#src/service/dashboard/routes.ts');
      return dashboardRoutes({
        ...sources,
        ...entry,
        ...{ locale, time: machineTime },
        standings: await standings(),
        drawing: context.drawing,
        log: await context.log(),
      });
    },
    standings: async () => (await (await standings()).look(SCRAPE_PATIENCE_MS)).companies,
  };
}
