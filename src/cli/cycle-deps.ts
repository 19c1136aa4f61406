import { channelsOf, credentialsOf, type Environment } from '#src/config/environment.ts';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { cliMessages } from '#src/i18n/cli.ts';
import { say } from '#src/i18n/message.ts';
import { openProject } from '#src/service/open-project.ts';
import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import { secureTrelloCallbackURL } from '#src/service/webhook-notes.ts';
import type { ChosenProject, Context } from './context.ts';
import { waitText } from './wait-text.ts';

/** @throws BadInput for a workspace that this version cannot open. */
export async function running(
  { source, template }: ChosenProject,
  { environment, now, today, connections }: Context,
): Promise<RunningProject> {
  const { projects, home, timeZone, publicUrl } = environment;
  return openProject(source, template, {
    projects,
    home,
    now,
    today,
    timeZone,
    trelloCallbackURL: secureTrelloCallbackURL(publicUrl),
    connections: await connections(),
    credentials: (name) => credentialsOf(environment, name),
    channels: (name) => channelsOf(environment, name),
  });
}

/** Without a token nobody gets in from outside. */
function dashboardUrlOf({ publicUrl, http }: Environment): string | undefined {
  return http.token === undefined ? undefined : publicUrl;
}

/** What a cycle needs, with its progress shown to whoever waits. */
export async function cycleDeps(context: Context): Promise<CycleDeps> {
  let shown = 0;
  const label = say(context.locale, cliMessages.writing);
  return {
    store: await context.store(),
    today: context.today,
    now: context.now,
    isHoliday: isFrenchHoliday,
    log: await context.log(),
    run: context.run,
    timeZone: context.environment.timeZone,
    dashboardUrl: dashboardUrlOf(context.environment),
    picture: async (overview, course, locale, kind) =>
      (await context.drawing()).png({ chart: 'progress', overview, course, locale, kind }),
    onWait: (holder) => {
      const text = waitText(holder, context.locale, context.environment.timeZone);
      if (text !== undefined) process.stderr.write(`${text}\n`);
    },
    onProgress: (done, total) => {
      if (done <= shown || shown === 0) context.progress.start(label, total);
      shown = done;
      context.progress.tick();
    },
  };
}
