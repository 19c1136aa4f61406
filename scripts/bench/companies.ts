import { pino } from 'pino';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { loadTemplateFolder } from '#src/config/load-template.ts';
import type { Project } from '#src/config/project.ts';
import { createConnections } from '#src/service/connections.ts';
import { runCycle } from '#src/service/cycle.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import type { Store } from '#src/store/store.ts';

export function depsOn(store: Store, clock: { readonly now: Date }): CycleDeps {
  return {
    store,
    today: () => clock.now.toISOString().slice(0, 10),
    now: () => clock.now,
    isHoliday: isFrenchHoliday,
    log: pino({ level: 'silent' }),
    run: 'bench',
    timeZone: 'UTC',
    picture: async () => new Uint8Array(),
  };
}

/**
 * Companies on the shipped plan, applied. The first has a workbook, the others only what was agreed: who looks at many
 * reads no more than that.
 */
export async function companies(
  count: number,
  folder: string,
  deps: CycleDeps,
  clock: { readonly now: Date },
): Promise<readonly RunningProject[]> {
  const template = await loadTemplateFolder('templates/facturation-electronique');
  const connections = createConnections({
    notion: { baseUrl: 'http://127.0.0.1:9', ratePerMinute: 180 },
    trello: { baseUrl: 'http://127.0.0.1:9/1', ratePer10Seconds: 100 },
    log: deps.log,
  });
  const found: RunningProject[] = [];
  for (let number = 0; number < count; number++) {
    const slug = `company-${number}`;
    const project: Project = {
      company: { name: `Company ${number}`, size: 'micro', vat: 'franchise', facts: {} },
      start: '2026-11-23',
      template: template.key,
      profile: 'complet',
      locale: 'fr',
      people: {},
      workspaces: [{ kind: 'excel', file: `${slug}.xlsx` }],
      sources: [],
      automations: [],
    };
    const opened = await openProject({ slug, project, file: `${slug}.yaml`, text: '' }, template, {
      projects: folder,
      home: folder,
      now: () => clock.now,
      today: deps.today,
      connections,
      credentials: () => ({
        notionToken: undefined,
        trelloApiKey: undefined,
        trelloToken: undefined,
        trelloApiSecret: undefined,
      }),
    });
    const one = number === 0 ? opened : { ...opened, workspaces: [] };
    await runCycle(one, 'apply', deps);
    found.push(one);
  }
  return found;
}
