import { BadInput } from '#src/errors.ts';
import { badInput } from '#src/i18n/bad-input.ts';
import { type Locale, type Said, say } from '#src/i18n/message.ts';

/** Something wrong in a file that a person wrote. Without a line, it concerns the file as a whole. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** What was found, what was expected and how to mend it, without the place. */
  readonly said: Said;
}

/** More than a reader mends in one go, and more than one screen shows. */
const MOST_SHOWN = 12;

/** One error that tells every problem, in the order of the files and of their lines. */
export function problemsFound(problems: readonly Problem[]): BadInput {
  const sorted = inReadingOrder(problems);
  return new BadInput((locale) => report(locale, sorted));
}

/** @throws BadInput that tells every problem, if there is any. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw problemsFound(problems);
}

function inReadingOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map((problem) => problem.file))];
  const rank = new Map(files.map((file, index) => [file, index]));
  return problems.toSorted(
    (a, b) =>
      (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

function report(locale: Locale, problems: readonly Problem[]): string {
  const lines = [say(locale, badInput.heading, problems.length)];
  let file = '';
  for (const problem of problems.slice(0, MOST_SHOWN)) {
    if (problem.file !== file) lines.push('', problem.file);
    file = problem.file;
    lines.push(`  ${sentence(locale, problem)}`);
  }
  const hidden = problems.length - MOST_SHOWN;
  if (hidden > 0) lines.push('', say(locale, badInput.more, hidden));
  return lines.join('\n');
}

function sentence(locale: Locale, { line, column, said }: Problem): string {
  if (line === undefined || column === undefined) return said(locale);
  return say(locale, badInput.at, { line, column, what: said(locale) });
}
