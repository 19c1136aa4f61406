import type { ProjectDraft } from '#src/config/write-project.ts';
import { EXIT, type ExitCode, JalonError } from '#src/errors.ts';
import { importWords, lineErrors } from '#src/i18n/import.ts';
import { type Locale, type Said, said, say } from '#src/i18n/message.ts';
import type { Template } from '#src/plan/template.ts';
import type { LineProblem } from './import-cells.ts';
import { readHeader } from './import-columns.ts';
import { type CheckedLines, checkLines, type ReadyLine } from './import-lines.ts';
import { readTable } from './import-table.ts';
import { PRUDENT_VAT, USUAL_SIZE } from './init-questions.ts';
import { knownProjects } from './known-projects.ts';
import type { Progress } from './progress.ts';

export interface ImportOptions {
  /** Check everything, write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Write nothing unless every line is good. */
  readonly strict?: boolean | undefined;
}

export interface ImportDeps {
  /** The folder of the project files. */
  readonly folder: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** The language of the projects whose line does not say one. */
  readonly locale: Locale;
  readonly template: Pick<Template, 'key' | 'roles' | 'facts' | 'profiles'>;
  readonly progress: Progress;
  /** Writes one project, whole or not at all, and refuses a file that is there already. */
  readonly write: (file: string, project: ProjectDraft) => Promise<void>;
}

export interface ImportReport {
  /** Lines below the header that hold something. */
  readonly lines: number;
  /** The projects written; those that would have been, with `dryRun`. */
  readonly written: readonly { readonly line: number; readonly slug: string; readonly file: string }[];
  readonly problems: readonly LineProblem[];
  /** What a person should know although nothing is wrong with it. */
  readonly remarks: readonly Said[];
  /** The last words: what was done, or why nothing was. */
  readonly conclusion: Said;
  /** 0: every line is done; 3: some lines are bad, the others are done; 2: nothing was usable, or `strict`. */
  readonly exitCode: ExitCode;
}

/**
 * Makes a project file of each line of a table of companies. Every line is checked before the first is written;
 * a bad line stops no other, and no file that is there already is touched. The public register is not asked: a
 * thousand companies would take it minutes.
 *
 * @throws BadInput when the table as a whole cannot be used. Nothing has been written then.
 */
export async function importCompanies(
  file: string,
  options: ImportOptions,
  deps: ImportDeps,
): Promise<ImportReport> {
  const { folder, today, locale, template } = deps;
  const table = await readTable(file);
  const columns = readHeader(table.header, template, file);
  const known = await knownProjects(folder);
  const checked = checkLines(table.rows, { columns, template, known, folder, today, locale });
  const problems = [...checked.problems, ...unclosedQuote(table.unclosedQuoteLine)];

  const withheld = options.strict === true && problems.length > 0;
  const { written, failures, left } =
    options.dryRun || withheld
      ? { written: withheld ? [] : checked.ready, failures: [], left: 0 }
      : await writeAll(checked.ready, deps);
  return {
    lines: table.rows.length + (table.unclosedQuoteLine === undefined ? 0 : 1),
    written: written.map(({ line, slug, file: target }) => ({ line, slug, file: target })),
    problems: [...problems, ...failures],
    remarks: [
      ...ignored(columns.filter(({ meaning }) => meaning === undefined).map(({ title }) => title)),
      ...assumptions(checked),
      ...(left > 0 ? [said(importWords.stopped, left)] : []),
    ],
    conclusion: conclude(written.length, withheld, options, folder),
    exitCode: exitCodeOf(written.length, problems.length + failures.length),
  };
}

/** What a person reads once the import is over. */
export function showImport(report: ImportReport, locale: Locale): string {
  const { problems, remarks, conclusion } = report;
  const heading = said(importWords.problems, {
    problems: problems.length,
    lines: new Set(problems.map(({ line }) => line)).size,
  });
  return [
    ...(problems.length === 0 ? [] : [heading(locale)]),
    ...problems.map((problem) => `  ${say(locale, importWords.at, problem)}`),
    ...remarks.map((remark) => remark(locale)),
    conclusion(locale),
  ].join('\n');
}

function unclosedQuote(line: number | undefined): LineProblem[] {
  return line === undefined ? [] : [{ line, column: '', found: '"', said: said(lineErrors.unclosedQuote) }];
}

interface Outcome {
  readonly written: readonly ReadyLine[];
  readonly failures: readonly LineProblem[];
  /** How many lines were not tried any more. */
  readonly left: number;
}

/** Stops at the first failure: a full disk or a protected folder would fail every line after it as well. */
async function writeAll(ready: readonly ReadyLine[], deps: ImportDeps): Promise<Outcome> {
  const { progress, locale } = deps;
  progress.start(say(locale, importWords.progress), ready.length);
  for (const [index, line] of ready.entries()) {
    const failure = await writeLine(line, deps);
    if (failure !== undefined) {
      progress.done();
      return { written: ready.slice(0, index), failures: [failure], left: ready.length - index - 1 };
    }
    progress.tick();
  }
  progress.done();
  return { written: ready, failures: [], left: 0 };
}

/** `undefined` once the file surely stands. */
async function writeLine(
  { line, file, project }: ReadyLine,
  { write }: ImportDeps,
): Promise<LineProblem | undefined> {
  try {
    await write(file, project);
    return undefined;
  } catch (error) {
    if (!(error instanceof JalonError)) throw error;
    return { line, column: '', found: file, said: said(lineErrors.notWritten, error.said) };
  }
}

function ignored(titles: readonly string[]): Said[] {
  const named = titles.filter((title) => title !== '');
  return named.length === 0 ? [] : [said(importWords.ignored, named)];
}

function assumptions({ assumed }: CheckedLines): Said[] {
  const all = [
    { what: 'size', lines: assumed.size, value: USUAL_SIZE },
    { what: 'vat', lines: assumed.vat, value: PRUDENT_VAT },
  ] as const;
  return all.filter(({ lines }) => lines > 0).map((one) => said(importWords.assumed, one));
}

function conclude(n: number, withheld: boolean, { dryRun }: ImportOptions, folder: string): Said {
  if (withheld) return said(importWords.strict);
  return said(dryRun ? importWords.wouldWrite : importWords.written, { n, folder });
}

function exitCodeOf(written: number, problems: number): ExitCode {
  if (problems === 0) return EXIT.done;
  return written === 0 ? EXIT.badInput : EXIT.someFailed;
}
