import { join, resolve } from 'node:path';
import { type ChannelSettings, NO_CHANNELS } from '#src/config/channels.ts';
import { type Credentials, credentialVariable } from '#src/config/environment.ts';
import type { LoadedProject } from '#src/config/load-projects.ts';
import { notionPageId } from '#src/config/notion-page.ts';
import type { Project, ProjectWorkspace } from '#src/config/project.ts';
import { boardIn, organizationIn } from '#src/config/trello-place.ts';
import { deliveryOf } from '#src/digest/send/delivery.ts';
import { rulesOf } from '#src/plan/automation.ts';
import { type DigestMoment, USUAL_MOMENT } from '#src/plan/digest-moment.ts';
import type { Template } from '#src/plan/template.ts';
import { type ReminderRules, USUAL_RULES } from '#src/watch/reminders/rules.ts';
import type { Blueprint, Workspace } from '#src/workspaces/workspace.ts';
import { blueprintOf } from './blueprint.ts';
import type { Connections } from './connections.ts';
import type { RunningProject } from './running-project.ts';

export interface Places {
  /** The folder of the project files: a workbook is found from there. */
  readonly projects: string;
  /** The folder of Jalon’s own data: earlier states of workbooks are kept there. */
  readonly home: string;
  readonly now: () => Date;
  /** `YYYY-MM-DD`, in the team's time zone. */
  readonly today: () => string;
  /** Of the team; Paris where it is absent. */
  readonly timeZone?: string | undefined;
  /** Where Trello is to tell us of changes; absent: nowhere. */
  readonly trelloCallbackURL?: string | undefined;
  readonly connections: Connections;
  /** The credentials that a project names, or those of everyone. */
  credentials(name: string | undefined): Credentials;
  /** How messages of a project with these credentials reach people; absent: in no way. */
  readonly channels?: ((name: string | undefined) => ChannelSettings) | undefined;
}

/** Opens the doors to the project's places; nothing is asked of them yet. */
export async function openProject(
  { slug, project }: LoadedProject,
  template: Template,
  places: Places,
): Promise<RunningProject> {
  const { profile, start, locale } = project;
  const company = { ...project.company, facts: { ...usualFacts(template), ...project.company.facts } };
  const people = Object.fromEntries(
    Object.entries(project.people).map(([role, person]) => [role, person.name]),
  );
  const blueprint = blueprintOf({ slug, company, locale, template, people });
  const opening = { slug, project, blueprint, places };
  return {
    slug,
    template,
    blueprint,
    planInput: { template, company, profile, start, locale, people },
    reminders: remindersOf(project),
    digest: digestMomentOf(project),
    ownSources: project.sources,
    rules: rulesOf(template.automations, project.automations),
    delivery: deliveryOf(slug, project, places.channels?.(project.credentials) ?? NO_CHANNELS),
    workspaces: await Promise.all(project.workspaces.map((entry) => openWorkspace(entry, opening))),
  };
}

function remindersOf({ reminders = {} }: Project): ReminderRules {
  const { daysBefore = USUAL_RULES.daysBefore, everyDaysOverdue = USUAL_RULES.everyDaysOverdue } = reminders;
  return { daysBefore, everyDaysOverdue };
}

function digestMomentOf({ digest = {} }: Project): DigestMoment {
  const { day = USUAL_MOMENT.day, hour = USUAL_MOMENT.hour } = digest;
  return { day, hour };
}

/** What the template takes for granted of a company that does not say. */
function usualFacts(template: Template): Readonly<Record<string, boolean>> {
  return Object.fromEntries((template.facts ?? []).map((fact) => [fact.key, fact.default]));
}

export interface Opening {
  readonly slug: string;
  readonly project: Project;
  readonly blueprint: Blueprint;
  readonly places: Places;
}

/** The code of a tool is loaded when a project first uses it. */
async function openWorkspace(entry: ProjectWorkspace, opening: Opening): Promise<Workspace> {
  const { slug, places } = opening;
  switch (entry.kind) {
    case 'excel': {
      const { excelWorkspace } = await import('#src/workspaces/excel/index.ts');
      const { projects, home, now, timeZone } = places;
      const copies = join(home, 'copies', slug);
      return excelWorkspace({ file: resolve(projects, entry.file), copies, now, timeZone });
    }
    case 'notion':
      return openNotion(entry.parent, opening);
    case 'trello': {
      const { trelloWorkspace } = await import('#src/workspaces/trello/index.ts');
      return trelloWorkspace(await trelloPlace(entry, opening));
    }
  }
}

async function openNotion(parent: string, { slug, project, blueprint, places }: Opening): Promise<Workspace> {
  const { notionWorkspace } = await import('#src/workspaces/notion/index.ts');
  const { notionToken } = places.credentials(project.credentials);
  return notionWorkspace({
    connection: notionToken === undefined ? undefined : await places.connections.notion(notionToken),
    tokenVariable: credentialVariable('NOTION_TOKEN', project.credentials),
    project: slug,
    parent: notionPageId(parent) ?? parent,
    others: otherNotionPages(parent, project),
    people: Object.values(project.people).map(({ name, notion }) => ({ name, notion })),
    blueprint,
    timeZone: places.timeZone,
    today: places.today,
  });
}

function otherNotionPages(parent: string, { workspaces }: Project): readonly string[] {
  return workspaces.flatMap((one) =>
    one.kind === 'notion' && one.parent !== parent ? [notionPageId(one.parent) ?? one.parent] : [],
  );
}

/** What a board of Trello is opened with: where it is, and what lets us in. */
export async function trelloPlace(
  { organization = '', board, layout, lists }: ProjectWorkspace & { readonly kind: 'trello' },
  { slug, project, blueprint, places }: Opening,
) {
  const {
    trelloApiKey: key,
    trelloToken: token,
    trelloApiSecret: secret,
  } = places.credentials(project.credentials);
  const missing = [
    ...(key === undefined ? ['TRELLO_API_KEY'] : []),
    ...(token === undefined ? [credentialVariable('TRELLO_TOKEN', project.credentials)] : []),
  ];
  return {
    connection:
      key === undefined || token === undefined
        ? undefined
        : await places.connections.trello({ key, token, secret }),
    /** The variables in which what lets us in is looked for and not found; `''` when nothing is missing. */
    missingVariable: missing.join(', '),
    project: slug,
    place:
      board === undefined
        ? { organization: organizationIn(organization) ?? organization }
        : { board: boardIn(board) ?? board },
    layout,
    lists,
    people: Object.values(project.people).map(({ name, trello }) => ({ name, trello })),
    blueprint,
    timeZone: places.timeZone,
    /** Without the secret of the app we could not tell what comes from Trello from what does not. */
    callbackURL: secret === undefined ? undefined : places.trelloCallbackURL,
    today: places.today,
  };
}
