import { explain } from '#src/errors.ts';
import type { CycleFailure } from '#src/service/report.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type ChosenProject, type Context, exitCodeFor } from './context.ts';
import { running } from './cycle-deps.ts';
import { failureText } from './show-report.ts';
import type { Trouble } from './show-troubles.ts';

/** What a command made of one project. */
export interface Outcome<T> {
  readonly slug: string;
  /** `undefined`: it failed before there was anything to tell. */
  readonly made: T | undefined;
  readonly failures: readonly CycleFailure[];
}

/** `failures`: what went wrong beside it, at one of several places for instance. */
export interface Made<T> {
  readonly made: T;
  readonly failures?: readonly CycleFailure[] | undefined;
}

/** Opens those that can be opened. */
export async function openEach(
  chosen: readonly ChosenProject[],
  context: Context,
): Promise<{ readonly opened: readonly RunningProject[]; readonly troubles: readonly Trouble[] }> {
  const opened: RunningProject[] = [];
  const troubles: Trouble[] = [];
  for (const project of chosen) {
    try {
      opened.push(await running(project, context));
    } catch (error) {
      troubles.push({ slug: project.slug, error });
    }
  }
  return { opened, troubles };
}

/** Works on one project after the other: what goes wrong with one is its outcome, and the next one goes on. */
export async function workOnEach<P extends { readonly slug: string }, T>(
  projects: readonly P[],
  context: Context,
  work: (project: P) => Promise<Made<T>>,
): Promise<readonly Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  for (const project of projects) {
    const { slug } = project;
    try {
      const { made, failures = [] } = await work(project);
      outcomes.push({ slug, made, failures });
    } catch (error) {
      outcomes.push({ slug, made: undefined, failures: [{ workspace: null, error }] });
    } finally {
      context.progress.done();
    }
  }
  return outcomes;
}

/** A project that could not even be opened, as an outcome. */
export function asOutcome({ slug, error }: Trouble): Outcome<never> {
  return { slug, made: undefined, failures: [{ workspace: null, error }] };
}

/** What went wrong goes to stderr; each project has its entry in the document; 0 when all went well. */
export function conclude<T>(
  outcomes: readonly Outcome<T>[],
  context: Context,
  entryOf: (made: T | undefined) => object,
  more: object = {},
): number {
  const { locale } = context;
  const failures = outcomes.flatMap((one) => one.failures);
  for (const { workspace, error } of failures)
    process.stderr.write(`${failureText(workspace, error, locale)}\n`);
  context.document({
    ...more,
    projects: outcomes.map(({ slug, made, failures: own }) => ({
      slug,
      ...entryOf(made),
      errors: own.map(({ workspace, error }) => ({ workspace, message: explain(error)(locale) })),
    })),
  });
  return exitCodeFor(
    outcomes.filter((one) => one.failures.length === 0).length,
    failures.map(({ error }) => error),
  );
}
