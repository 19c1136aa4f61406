import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTemplate, type TemplateText } from '#src/plan/load-template.ts';
import { problemsFound } from '#src/plan/problem.ts';
import type { Template } from '#src/plan/template.ts';
import { packageRoot } from './package-root.ts';
import { SLUG, UnknownTemplate } from './project.ts';
import { readTextFile, whyNot } from './read-text-file.ts';
import { readCache, writeCache } from './template-cache.ts';

export interface LoadTemplateOptions {
  /** The folder of the project files: its `templates/` come before those that ship with Jalon. */
  readonly projects: string;
  /** Where Jalon keeps its own files. Left out, or not there yet: nothing is kept from one run to the next. */
  readonly home?: string | undefined;
  /** The templates that ship with Jalon. */
  readonly shipped?: string;
}

/**
 * The template of that name, from its folder below `<projects>/templates` or among those that ship with Jalon.
 * @throws UnknownTemplate for a name that no folder has; BadInput for anything wrong in its files.
 */
export async function loadTemplate(name: string, options: LoadTemplateOptions): Promise<Template> {
  const folder = roots(options)
    .map((root) => join(root, name))
    .find(isTemplate);
  if (folder === undefined || !SLUG.test(name)) throw new UnknownTemplate(name, await templateNames(options));
  return loadTemplateFolder(folder, options.home);
}

/**
 * The template of a folder, wherever it is.
 * @throws BadInput for anything wrong in its files.
 */
export async function loadTemplateFolder(folder: string, home?: string): Promise<Template> {
  const files = await readFolder(folder);
  const cache = await readCache(home, folder);
  const known = files.map((file) => ({ ...file, raw: cache.get(file) }));
  const { template, raw } = readTemplate(known, shown(folder));
  if (known.every((file) => file.raw !== undefined)) return template;
  await writeCache(home, folder, files, raw);
  // The words that were cut out of the files hold on to all their text, as long as the service runs; copies do not.
  return structuredClone(template);
}

/** The names of the templates that can be loaded, in the order of the alphabet. */
export async function templateNames(options: LoadTemplateOptions): Promise<string[]> {
  const names = await Promise.all(
    roots(options).map(async (root) => {
      const entries = await readdir(root).catch((): string[] => []);
      return entries.filter((name) => SLUG.test(name) && isTemplate(join(root, name)));
    }),
  );
  return [...new Set(names.flat())].toSorted();
}

function roots({ projects, shipped }: LoadTemplateOptions): string[] {
  return [join(projects, 'templates'), shipped ?? fileURLToPath(new URL('templates/', packageRoot()))];
}

/** Its YAML files and those of its `steps/`, no deeper: a link that leads back up is never followed. */
async function readFolder(folder: string): Promise<TemplateText[]> {
  const steps = existsSync(join(folder, 'steps')) ? await list(folder, 'steps/') : [];
  const paths = [...(await list(folder, '')), ...steps];
  return Promise.all(
    paths.map(async (path) => ({
      path,
      text: await readTextFile(join(folder, path), `${shown(folder)}/${path}`),
    })),
  );
}

async function list(folder: string, below: string): Promise<string[]> {
  try {
    const names = await readdir(join(folder, below));
    return names
      .filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.'))
      .map((name) => below + name)
      .toSorted();
  } catch (error) {
    throw problemsFound([{ file: `${shown(folder)}/${below}`, said: whyNot(error) }]);
  }
}

/** As a reader knows the folder: from where the command was called, if it is below. */
function shown(folder: string): string {
  const short = relative(process.cwd(), folder);
  return (short === '' || short.startsWith('..') ? folder : short).replaceAll('\\', '/');
}

/** A folder that lacks one of its files is a template with a problem, to be told; one that lacks all is none. */
function isTemplate(folder: string): boolean {
  return existsSync(join(folder, 'template.yaml')) || existsSync(join(folder, 'steps'));
}
