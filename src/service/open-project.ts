import { join, resolve } from 'node:path';
import type { LoadedProject } from '#src/config/load-projects.ts';
import type { ProjectWorkspace } from '#src/config/project.ts';
import { BadInput } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { serviceMessages } from '#src/i18n/service.ts';
import type { Template } from '#src/plan/template.ts';
import { excelWorkspace } from '#src/workspaces/excel/index.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { blueprintOf } from './blueprint.ts';
import type { RunningProject } from './running-project.ts';

export interface Places {
  /** The folder of the project files: a workbook is found from there. */
  readonly projects: string;
  /** The folder of Jalon’s own data: earlier states of workbooks are kept there. */
  readonly home: string;
  readonly now: () => Date;
}

/** @throws BadInput for a kind of workspace that this version cannot open. */
export function openProject(
  { slug, project }: LoadedProject,
  template: Template,
  places: Places,
): RunningProject {
  const { profile, start, locale } = project;
  const company = { ...project.company, facts: { ...usualFacts(template), ...project.company.facts } };
  const people = Object.fromEntries(
    Object.entries(project.people).map(([role, person]) => [role, person.name]),
  );
  return {
    slug,
    template,
    blueprint: blueprintOf({ slug, company, locale, template, people }),
    planInput: { template, company, profile, start, locale, people },
    workspaces: project.workspaces.map((entry) => openWorkspace(slug, entry, places)),
  };
}

/** What the template takes for granted of a company that does not say. */
function usualFacts(template: Template): Readonly<Record<string, boolean>> {
  return Object.fromEntries((template.facts ?? []).map((fact) => [fact.key, fact.default]));
}

function openWorkspace(slug: string, entry: ProjectWorkspace, { projects, home, now }: Places): Workspace {
  if (entry.kind !== 'excel') throw new BadInput(said(serviceMessages.notYet, { slug, kind: entry.kind }));
  return excelWorkspace({ file: resolve(projects, entry.file), copies: join(home, 'copies', slug), now });
}
