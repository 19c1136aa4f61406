import { explain } from '#src/errors.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { reminderMessages as words } from '#src/i18n/reminders.ts';
import { text } from '#src/plan/item.ts';
import { type Reminding, remindersOf, remind as remindPeople } from '#src/service/remind.ts';
import type { CycleFailure } from '#src/service/report.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type ChosenProject, type Context, exitCodeFor, withContext } from '../context.ts';
import { deliverNow } from '../courier-deps.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import type { CommonOptions } from '../options.ts';
import { failureText } from '../show-report.ts';
import { showTroubles } from '../show-troubles.ts';

export interface RemindOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

/** What came of one project. */
interface Outcome {
  readonly slug: string;
  readonly told: Reminding;
  readonly failures: readonly CycleFailure[];
}

const NOTHING: Reminding = { reminders: [], back: [] };

/** Tells people what is due today and was not told yet; with `--dry-run`, only shows it. */
export function remind(options: RemindOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { chosen, troubles } = await context.projects();
    const outcomes: Outcome[] = [];
    for (const project of chosen) outcomes.push(await remindOf(project, options, context));
    showTroubles(troubles, context.locale);
    for (const { failures } of outcomes)
      for (const { workspace, error } of failures)
        process.stderr.write(`${failureText(workspace, error, context.locale)}\n`);
    context.document({ projects: outcomes.map((one) => documentOf(one, context.locale)) });
    const whole = outcomes.filter(({ failures }) => failures.length === 0).length;
    const errors = [...troubles, ...outcomes.flatMap(({ failures }) => failures)];
    return exitCodeFor(
      whole,
      errors.map(({ error }) => error),
    );
  });
}

async function remindOf(project: ChosenProject, options: RemindOptions, context: Context): Promise<Outcome> {
  const { slug } = project;
  try {
    const opened = await running(project, context);
    const deps = await cycleDeps(context);
    const { told, report } = options.dryRun
      ? { told: await remindersOf(opened, deps), report: undefined }
      : await remindPeople(opened, deps);
    context.progress.done();
    context.print(await textOf(opened, told, context));
    if (!options.dryRun) await deliverNow(opened, context);
    return { slug, told, failures: report?.failures ?? [] };
  } catch (error) {
    context.progress.done();
    return { slug, told: NOTHING, failures: [{ workspace: null, error }] };
  }
}

async function textOf(
  project: RunningProject,
  { reminders, back }: Reminding,
  context: Context,
): Promise<string> {
  const { locale } = context;
  const { agreed } = await (await context.store()).load(project.slug);
  const again = back.flatMap((item) => {
    const task = item.kind === 'task' ? agreed.get(item.key) : undefined;
    return task ? [say(locale, words.comesBack, { title: text(task, 'title'), due: text(item, 'due') })] : [];
  });
  const lines = [
    ...reminders.map(({ subject: { title, due }, daysLeft, late }) =>
      say(locale, words.line, { title, due, daysLeft, late }),
    ),
    ...again,
  ];
  const told = lines.length === 0 ? [say(locale, words.none)] : lines;
  return [context.paint('bold', project.blueprint.company), ...told.map((line) => `  ${line}`)].join('\n');
}

function documentOf({ slug, told: { reminders, back }, failures }: Outcome, locale: Locale): object {
  return {
    slug,
    reminders: reminders.map(({ subject, ...reminder }) => ({ ...subject, ...reminder })),
    recurring: back.filter(({ kind }) => kind === 'task').map(({ key, fields: { due } }) => ({ key, due })),
    errors: failures.map(({ workspace, error }) => ({ workspace, message: explain(error)(locale) })),
  };
}
