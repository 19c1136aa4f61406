import { say } from '#src/i18n/message.ts';
import { reminderMessages as words } from '#src/i18n/reminders.ts';
import { text } from '#src/plan/item.ts';
import { type Reminding, remindersOf, remind as remindPeople } from '#src/service/remind.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type ChosenProject, type Context, withContext } from '../context.ts';
import { deliverNow } from '../courier-deps.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import { asOutcome, conclude, type Made, workOnEach } from '../each-project.ts';
import type { CommonOptions } from '../options.ts';

export interface RemindOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

const NOTHING: Reminding = { reminders: [], back: [] };

/** Tells people what is due today and was not told yet; with `--dry-run`, only shows it. */
export function remind(options: RemindOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { chosen, troubles } = await context.projects();
    const outcomes = await workOnEach(chosen, context, (project) => remindOne(project, options, context));
    return conclude([...outcomes, ...troubles.map(asOutcome)], context, entryOf);
  });
}

async function remindOne(
  project: ChosenProject,
  { dryRun }: RemindOptions,
  context: Context,
): Promise<Made<Reminding>> {
  const opened = await running(project, context);
  const deps = await cycleDeps(context);
  const { told, report } = dryRun
    ? { told: await remindersOf(opened, deps), report: undefined }
    : await remindPeople(opened, deps);
  context.progress.done();
  context.print(await textOf(opened, told, context));
  if (!dryRun) await deliverNow(opened, context);
  return { made: told, failures: report?.failures };
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

function entryOf({ reminders, back }: Reminding = NOTHING): object {
  return {
    reminders: reminders.map(({ subject, ...reminder }) => ({ ...subject, ...reminder })),
    recurring: back.filter(({ kind }) => kind === 'task').map(({ key, fields: { due } }) => ({ key, due })),
  };
}
