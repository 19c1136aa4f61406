import * as z from 'zod';
import { BadInput } from '#src/errors.ts';
import { projectProblem, templateFolder } from '#src/i18n/config.ts';
import { LOCALES, type Message, type Said, said } from '#src/i18n/message.ts';
import { ProjectAutomation } from '#src/plan/automation.ts';
import { checkAutomations } from '#src/plan/check-automations.ts';
import type { Place } from '#src/plan/check-names.ts';
import { SIZES, VAT_REGIMES } from '#src/plan/company.ts';
import { WEEKDAYS } from '#src/plan/digest-moment.ts';
import { STATUSES } from '#src/plan/item.ts';
import { nearest } from '#src/plan/nearest.ts';
import { CHANNELS } from '#src/plan/outgoing-message.ts';
import { type Problem, problemsFound, refuse } from '#src/plan/problem.ts';
import { valueAt } from '#src/plan/schema-problem.ts';
import { isSiren, parseSiren } from '#src/plan/siren.ts';
import { fold } from '#src/plan/slug.ts';
import type { Template } from '#src/plan/template.ts';
import { WatchFile } from '#src/plan/watch-source.ts';
import { type Path, readYaml } from '#src/plan/yaml-document.ts';
import { notionPageId } from './notion-page.ts';
import { sourceFaults } from './project-sources.ts';
import { boardIn, organizationIn } from './trello-place.ts';

/** The form of `projects/<slug>.yaml`: one company's transition. */

export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const slug = z.string().regex(SLUG, { error: 'slug' });
const line = z.string().trim().min(1).max(200);
/** Stored as nine digits, however it was spaced. */
const siren = z
  .string()
  .refine(isSiren, { error: 'siren' })
  .transform((text) => parseSiren(text) ?? text);

const Excel = z.strictObject({
  kind: z.literal('excel'),
  file: line.regex(/\.[xX][lL][sS][xX]$/, { error: 'workbook' }),
});
/** `parent`: the id or the address of the page below which the plan is made. */
const Notion = z.strictObject({
  kind: z.literal('notion'),
  parent: line.refine((text) => notionPageId(text) !== undefined, { error: 'notion-page' }),
});
/** What the lists of a board stand for: the steps of the plan, or how far a task is. */
const LAYOUTS = ['steps', 'status'] as const;
/** `organization`: a board is made there. `board`: one that exists is taken over. */
const Trello = z
  .strictObject({
    kind: z.literal('trello'),
    organization: line
      .refine((text) => organizationIn(text) !== undefined, { error: 'trello-organization' })
      .optional(),
    board: line.refine((text) => boardIn(text) !== undefined, { error: 'trello-board' }).optional(),
    layout: z.enum(LAYOUTS).default('steps'),
    /** The status that a list of the team's own means, by the name of the list. */
    lists: z.record(z.string(), z.enum(STATUSES)).default({}),
  })
  .refine(({ organization, board }) => (organization === undefined) !== (board === undefined), {
    error: 'trello-place',
  });

export const ProjectWorkspace = z.discriminatedUnion('kind', [Excel, Notion, Trello]);
export type ProjectWorkspace = z.infer<typeof ProjectWorkspace>;

const Person = z.strictObject({
  name: line,
  /** The address of the person's account in Notion. */
  notion: line.optional(),
  /** The person's user name in Trello, the id or the e-mail address of their account. */
  trello: line.optional(),
  email: z.email({ error: 'email' }).optional(),
});

export const ProjectFile = z.strictObject({
  company: z.strictObject({
    name: line,
    siren: siren.optional(),
    size: z.enum(SIZES),
    vat: z.enum(VAT_REGIMES),
    facts: z.record(slug, z.boolean()).default({}),
  }),
  start: z.iso.date({ error: 'date' }),
  template: slug,
  profile: slug,
  locale: z.enum(LOCALES).default('fr'),
  people: z.record(slug, Person).default({}),
  workspaces: z.array(ProjectWorkspace).min(1),
  credentials: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'credentials' })
    .optional(),
  /** The ways that messages take to the team; absent: all that the environment sets up. */
  channels: z.array(z.enum(CHANNELS)).optional(),
  /** When people are reminded of what is due; what is left out is as usual. */
  reminders: z
    .strictObject({
      daysBefore: z.array(z.number().int().min(0).max(365)).optional(),
      everyDaysOverdue: z.number().int().min(0).max(90).optional(),
    })
    .optional(),
  /** When the weekly digest is told, on the team's clock; what is left out is as usual. */
  digest: z
    .strictObject({
      day: z.enum(WEEKDAYS).optional(),
      hour: z.number().int().min(0).max(23).optional(),
    })
    .optional(),
  /** Sources to watch besides the template's. */
  sources: WatchFile.shape.sources.default([]),
  /** Rules of its own, and switches of the template's. */
  automations: z.array(ProjectAutomation).default([]),
});
export type Project = z.infer<typeof ProjectFile>;

const EARLIEST_START = '2020-01-01';
const MOST_YEARS_AHEAD = 2;

/**
 * A project from its file. `today` (`YYYY-MM-DD`) bounds the start.
 * @throws BadInput that tells every problem.
 */
export function parseProject(text: string, file: string, today: string): Project {
  const document = readYaml(text, file, ProjectFile);
  const faults = [...checkStart(document.raw, today), ...checkWorkspaces(document.value)];
  refuse([
    ...document.problems,
    ...faults.map(({ path, said, part }) => document.problemAt(path, said, part)),
  ]);
  if (document.value === undefined) throw problemsFound(document.problems);
  return document.value;
}

interface Fault {
  readonly path: Path;
  readonly said: Said;
  readonly part?: 'key';
}

/** A date long past or far ahead is a slip of the hand: the plan that follows from it would make no sense. */
function checkStart(raw: unknown, today: string): Fault[] {
  const start = ProjectFile.shape.start.safeParse(valueAt(raw, ['start'])).data;
  if (start === undefined) return [];
  const latest = `${Number(today.slice(0, 4)) + MOST_YEARS_AHEAD}${today.slice(4)}`;
  if (start >= EARLIEST_START && start <= latest) return [];
  const words = said(projectProblem.start, { found: start, earliest: EARLIEST_START, latest });
  return [{ path: ['start'], said: words }];
}

function checkWorkspaces(project: Project | undefined): Fault[] {
  const seen = new Set<string>();
  return (project?.workspaces ?? []).flatMap((workspace, index) => {
    const path = ['workspaces', index];
    const place = placeOf(workspace);
    if (seen.has(place)) return [{ path, said: said(projectProblem.sameWorkspace) }];
    seen.add(place);
    return workspace.kind === 'trello' ? checkLists(workspace.lists, [...path, 'lists']) : [];
  });
}

/** Where it is, however it is written. */
function placeOf(workspace: ProjectWorkspace): string {
  switch (workspace.kind) {
    case 'excel':
      return `excel ${workspace.file.toLowerCase()}`;
    case 'notion':
      return `notion ${notionPageId(workspace.parent)}`;
    case 'trello': {
      const { organization, board } = workspace;
      return board === undefined
        ? `trello ${organizationIn(organization ?? '')}`
        : `trello/b ${boardIn(board)}`;
    }
  }
}

/** A list has one meaning; capitals and accents make no other list of it. */
function checkLists(lists: Readonly<Record<string, unknown>>, path: Path): Fault[] {
  const seen = new Set<string>();
  return Object.keys(lists).flatMap((name): Fault[] => {
    const folded = fold(name).trim();
    const words = folded === '' ? projectProblem.namelessList : projectProblem.sameList;
    if (folded !== '' && !seen.has(folded)) {
      seen.add(folded);
      return [];
    }
    return [{ path: [...path, name], said: said(words, name), part: 'key' }];
  });
}

/** A project with the file that it comes from, as it was read. */
export interface ProjectSource {
  readonly project: Project;
  readonly file: string;
  readonly text: string;
}

/** No folder has a template of that name. */
export class UnknownTemplate extends BadInput {
  readonly names: {
    readonly name: string;
    readonly known: readonly string[];
    readonly guess: string | undefined;
  };

  constructor(name: string, known: readonly string[]) {
    const names = { name, known, guess: nearest(name, known) };
    super(said(templateFolder.unknown, names));
    this.names = names;
  }
}

/**
 * The template that a project follows, once what the project names has been checked against it.
 * @throws BadInput telling the place in the project's file, for an unknown template and for a profile, a role or a
 * question that the template does not have; and for anything wrong in the template itself.
 */
export async function templateOf(
  source: ProjectSource,
  load: (name: string) => Promise<Template>,
): Promise<Template> {
  try {
    const template = await load(source.project.template);
    checkProject(source, template);
    return template;
  } catch (error) {
    if (!(error instanceof UnknownTemplate)) throw error;
    throw faultsFound(source, [{ path: ['template'], said: said(projectProblem.template, error.names) }]);
  }
}

/**
 * Checks what a project names against the template that it follows.
 * @throws BadInput for a profile, a role or a question that the template does not have.
 */
export function checkProject(source: ProjectSource, template: Template): void {
  const faults = faultsAgainst(source.project, template);
  if (faults.length > 0) throw faultsFound(source, faults);
  refuse(ruleProblems(source, template));
}

/** Without a rule of its own there is nothing to look at. The file is read again only for the places of problems. */
function ruleProblems({ project, file, text }: ProjectSource, template: Template): readonly Problem[] {
  if (project.automations.length === 0) return [];
  const keys = (list: readonly { readonly key: string }[]) => new Set(list.map(({ key }) => key));
  const names = {
    steps: keys(template.steps),
    roles: keys(template.roles),
    profiles: keys(template.profiles),
    registers: new Map(template.registers.map((register) => [register.key, register])),
    watchLog: template.watchLog,
    templateRules: new Set(template.automations.map(({ id }) => id)),
  };
  const check = (place: Place) => [...checkAutomations(place, ['automations'], project.automations, names)];
  const nowhere: Place = { problemAt: (_path, words) => ({ file, said: words }) };
  return check(nowhere).length === 0 ? [] : check(readYaml(text, file, ProjectFile));
}

/** The file is read again for its places, which are not kept for the thousand projects that have no fault. */
function faultsFound({ file, text }: ProjectSource, faults: readonly Fault[]): BadInput {
  const document = readYaml(text, file, ProjectFile);
  return problemsFound(faults.map(({ path, said, part }): Problem => document.problemAt(path, said, part)));
}

function faultsAgainst({ profile, people, company, sources }: Project, template: Template): Fault[] {
  const keys = (list: readonly { key: string }[] = []) => list.map(({ key }) => key);
  return [
    ...unknownNames([profile], keys(template.profiles), projectProblem.profile, () => ['profile']),
    ...unknownNames(Object.keys(people), keys(template.roles), projectProblem.role, (role) => [
      'people',
      role,
    ]),
    ...unknownNames(Object.keys(company.facts), keys(template.facts), projectProblem.fact, (fact) => [
      'company',
      'facts',
      fact,
    ]),
    ...sourceFaults(sources, template),
  ];
}

function unknownNames(
  given: readonly string[],
  known: readonly string[],
  words: Message<{ name: string; known: readonly string[]; guess: string | undefined }>,
  path: (name: string) => Path,
): Fault[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: path(name),
      said: said(words, { name, known, guess: nearest(name, known) }),
      ...(path(name).length > 1 && { part: 'key' as const }),
    }));
}
