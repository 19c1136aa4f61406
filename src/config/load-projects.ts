import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BadInput } from '#src/errors.ts';
import { projectProblem } from '#src/i18n/config.ts';
import { said } from '#src/i18n/message.ts';
import { nearest } from '#src/plan/nearest.ts';
import { problemsFound } from '#src/plan/problem.ts';
import { type ProjectSource, parseProject, SLUG } from './project.ts';
import { errorCode, readTextFile } from './read-text-file.ts';

export interface LoadedProject extends ProjectSource {
  /** The name of its file without `.yaml`. */
  readonly slug: string;
}

/** A project whose file is wrong: the others go on without it. */
export interface ProjectInTrouble {
  readonly slug: string;
  readonly error: BadInput;
}

export interface LoadedProjects {
  readonly projects: readonly LoadedProject[];
  readonly problems: readonly ProjectInTrouble[];
}

export interface LoadProjectsOptions {
  /** The folder of the project files. */
  readonly folder: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Only these; all of the folder when left out or empty. */
  readonly slugs?: readonly string[] | undefined;
}

/**
 * The projects of a folder, in the order of their names. What is wrong with one, or with a name that was asked
 * for, does not stop the others.
 * @throws BadInput when the folder is missing or cannot be read.
 */
export async function loadProjects({ folder, today, slugs }: LoadProjectsOptions): Promise<LoadedProjects> {
  const names = await projectFiles(folder);
  const wanted =
    slugs === undefined || slugs.length === 0 ? names.map(withoutExtension) : [...new Set(slugs)];
  const projects: LoadedProject[] = [];
  const problems: ProjectInTrouble[] = [];
  for (const slug of wanted) {
    try {
      projects.push(await loadProject(folder, slug, names, today));
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      problems.push({ slug, error });
    }
  }
  return withoutSharedWorkbooks({ projects, problems }, folder);
}

async function projectFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.')).toSorted();
  } catch (error) {
    const code = errorCode(error);
    const words =
      code === 'ENOENT'
        ? said(projectProblem.noFolder, folder)
        : said(projectProblem.folder, { folder, code });
    throw new BadInput(words, { cause: error });
  }
}

async function loadProject(
  folder: string,
  slug: string,
  names: readonly string[],
  today: string,
): Promise<LoadedProject> {
  const name = names.find((one) => withoutExtension(one) === slug);
  if (name === undefined) throw unknownProject(folder, slug, names);
  const file = join(folder, name);
  if (!SLUG.test(slug) || !name.endsWith('.yaml')) {
    throw problemsFound([{ file, said: said(projectProblem.fileName) }]);
  }
  const text = await readTextFile(file);
  return { slug, file, text, project: parseProject(text, file, today) };
}

function unknownProject(folder: string, slug: string, names: readonly string[]): BadInput {
  const known = names.map(withoutExtension);
  return new BadInput(
    said(projectProblem.unknown, { name: slug, folder, known, guess: nearest(slug, known) }),
  );
}

function withoutExtension(name: string): string {
  return name.replace(/\.ya?ml$/i, '');
}

/** Two projects that write to one workbook would undo each other's work without end: the second one is held back. */
function withoutSharedWorkbooks({ projects, problems }: LoadedProjects, folder: string): LoadedProjects {
  const owners = new Map<string, string>();
  const good: LoadedProject[] = [];
  const bad = [...problems];
  for (const project of projects) {
    const files = workbooksOf(project);
    const place = (file: string) => resolve(folder, file).toLowerCase();
    const shared = files.find((file) => owners.has(place(file)));
    if (shared === undefined) good.push(project);
    else
      bad.push({
        slug: project.slug,
        error: sharedWorkbook(project.file, shared, owners.get(place(shared)) ?? ''),
      });
    for (const file of files) if (!owners.has(place(file))) owners.set(place(file), project.slug);
  }
  return { projects: good, problems: bad };
}

function workbooksOf({ project }: LoadedProject): string[] {
  return project.workspaces.flatMap((workspace) => (workspace.kind === 'excel' ? [workspace.file] : []));
}

function sharedWorkbook(file: string, workbook: string, slug: string): BadInput {
  return problemsFound([{ file, said: said(projectProblem.sameWorkbook, { file: workbook, slug }) }]);
}
