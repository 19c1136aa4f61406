import type * as z from 'zod';
import { said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import { AutomationsFile } from './automation.ts';
import { checkTogether, type TemplateDocuments } from './check-template.ts';
import { type Problem, problemsFound } from './problem.ts';
import {
  CalendarFile,
  RegistersFile,
  SourcesFile,
  StepFile,
  type Template,
  TemplateFile,
} from './template.ts';
import { WatchFile } from './watch-source.ts';
import { readYaml, reuseYaml, type YamlDocument } from './yaml-document.ts';

/** One file of a template. `path` is relative to its folder, with `/`. */
export interface TemplateText {
  readonly path: string;
  readonly text: string;
  /** What an earlier reading of this very text found in it, if there was one: spares reading it again. */
  readonly raw?: unknown;
}

export interface TemplateReading {
  readonly template: Template;
  /** What each file holds, by path: to be given again as `raw` with the same text. */
  readonly raw: ReadonlyMap<string, unknown>;
}

const STEP_FILE = /^steps\/(\d+)-([^/]+)\.yaml$/;
const EXPECTED = [
  'template.yaml',
  'calendar.yaml',
  'sources.yaml',
  'registers.yaml',
  'watch.yaml',
  'automations.yaml',
  'steps/1-….yaml',
] as const;

/**
 * A template from its files, each checked by itself and all against each other. Steps come in the order of the
 * number that begins their file's name.
 *
 * `folder` is the folder as a reader knows it (`templates/my-plan`): it begins the names of files in errors, and
 * its last part must be the template's key. Left out, file names are shown as they are and the key is free.
 * @throws BadInput that tells every problem of every file.
 */
export function parseTemplate(files: readonly TemplateText[], folder = ''): Template {
  return readTemplate(files, folder).template;
}

/** As `parseTemplate`, and says what the files hold for a faster reading next time. */
export function readTemplate(files: readonly TemplateText[], folder = ''): TemplateReading {
  const shown = (path: string) => (folder === '' ? path : `${folder}/${path}`);
  const single = <T>(path: string, schema: z.ZodType<T>): YamlDocument<T> => {
    const file = files.find((one) => one.path === path);
    return file === undefined ? missing(shown(path)) : read(file, shown(path), schema);
  };
  const optional = <T>(path: string, schema: z.ZodType<T>, without: T): YamlDocument<T> =>
    files.some((one) => one.path === path) ? single(path, schema) : absent(shown(path), without);
  const stepFiles = files
    .filter(({ path }) => STEP_FILE.test(path))
    .toSorted((a, b) => stepNumber(a.path) - stepNumber(b.path) || (a.path < b.path ? -1 : 1));
  const documents: TemplateDocuments = {
    template: single('template.yaml', TemplateFile),
    calendar: single('calendar.yaml', CalendarFile),
    sources: single('sources.yaml', SourcesFile),
    registers: single('registers.yaml', RegistersFile),
    watch: optional('watch.yaml', WatchFile, { sources: [] }),
    automations: optional('automations.yaml', AutomationsFile, { automations: [] }),
    steps: stepFiles.map((file) => read(file, shown(file.path), StepFile)),
  };
  const problems = [
    ...unexpected(files, shown),
    ...(stepFiles.length === 0 ? [{ file: shown('steps'), said: said(templateProblem.noStep) }] : []),
    ...all(documents).flatMap((document) => document.problems),
    ...namedAs(documents, folder),
    ...checkTogether(documents),
  ];
  const template = assemble(documents);
  if (problems.length > 0 || template === undefined) throw problemsFound(problems);
  return {
    template,
    raw: new Map(all(documents).map((document) => [document.file.slice(shown('').length), document.raw])),
  };
}

function read<T>(file: TemplateText, shownAs: string, schema: z.ZodType<T>): YamlDocument<T> {
  if (file.raw === undefined) return readYaml(file.text, shownAs, schema);
  return reuseYaml(file.text, shownAs, schema, file.raw);
}

function missing(file: string): YamlDocument<never> {
  const problem: Problem = { file, said: said(templateProblem.missingFile) };
  return {
    file,
    problems: [problem],
    value: undefined,
    raw: undefined,
    problemAt: (_path, words) => ({ file, said: words }),
  };
}

/** A file that a template may do without. */
function absent<T>(file: string, value: T): YamlDocument<T> {
  return { file, problems: [], value, raw: undefined, problemAt: (_path, words) => ({ file, said: words }) };
}

function unexpected(files: readonly TemplateText[], shown: (path: string) => string): Problem[] {
  return files
    .filter(({ path }) => !EXPECTED.some((one) => one === path) && !STEP_FILE.test(path))
    .map(({ path }) => ({ file: shown(path), said: said(templateProblem.unknownFile, EXPECTED) }));
}

/** Names that stand both in a file and in its own name must agree, or people look for things in the wrong place. */
function namedAs({ template, steps }: TemplateDocuments, folder: string): Problem[] {
  const problems: Problem[] = [];
  const name = folder.split('/').at(-1) ?? '';
  if (name !== '' && template.value !== undefined && template.value.key !== name) {
    const words = said(templateProblem.folderName, { key: template.value.key, folder: name });
    problems.push(template.problemAt(['key'], words));
  }
  for (const step of steps) {
    const found = /(\d+)-([^/]+)\.yaml$/.exec(step.file);
    const key = step.value?.key;
    if (found === null || key === undefined || found[2] === key) continue;
    const words = said(templateProblem.stepFileName, { key, file: `${found[1]}-${key}.yaml` });
    problems.push(step.problemAt(['key'], words));
  }
  return problems;
}

function assemble({
  template,
  calendar,
  sources,
  registers,
  watch,
  automations,
  steps,
}: TemplateDocuments): Template | undefined {
  if (!template.value || !calendar.value || !sources.value) return undefined;
  if (!registers.value || !watch.value || !automations.value) return undefined;
  return {
    ...template.value,
    steps: steps.map((step) => step.value).filter((step) => step !== undefined),
    registers: registers.value.registers,
    obligations: calendar.value.obligations,
    sources: sources.value.sources,
    watch: watch.value,
    automations: automations.value.automations,
  };
}

function all(documents: TemplateDocuments): readonly YamlDocument<unknown>[] {
  const { template, calendar, sources, registers, watch, automations, steps } = documents;
  return [template, calendar, sources, registers, watch, automations, ...steps];
}

function stepNumber(path: string): number {
  return Number(STEP_FILE.exec(path)?.[1]);
}
