import { renderEmail } from '#src/digest/send/render-email.ts';
import type { WeeklyDigest } from '#src/digest/weekly/digest.ts';
import { type Portfolio, portfolioMessage } from '#src/digest/weekly/portfolio.ts';
import { explain } from '#src/errors.ts';
import { digestMessages as words } from '#src/i18n/digest.ts';
import { say } from '#src/i18n/message.ts';
import { statusMessages } from '#src/i18n/status.ts';
import type { OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { previewDigest, tellDigest } from '#src/service/digest.ts';
import { type Readers, readersOf, tellPortfolios } from '#src/service/digest-round.ts';
import { portfolioOf } from '#src/service/portfolio.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type ChosenProject, type Context, exitCodeFor, withContext } from '../context.ts';
import { deliverNow } from '../courier-deps.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import { asOutcome, conclude, type Made, openEach, workOnEach } from '../each-project.ts';
import { installationOf } from '../installation.ts';
import type { CommonOptions } from '../options.ts';
import { showTroubles, type Trouble } from '../show-troubles.ts';

export interface DigestOptions extends CommonOptions {
  /** Shows the digest and changes nothing. */
  readonly dryRun?: boolean;
  /** Shows the portfolio of the projects and changes nothing. */
  readonly portfolio?: boolean;
}

/** Tells how the week stands, now: in every place, and to whoever receives digests. With `--dry-run` only shows it. */
export function digest(options: DigestOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { chosen, troubles } = await context.projects();
    if (options.portfolio) return showPortfolio(chosen, troubles, context);
    const readers =
      options.dryRun || chosen.length === 0 ? undefined : await readersOf(installationOf(context));
    const outcomes = await workOnEach(chosen, context, async (project) => {
      const opened = await running(project, context);
      return readers ? tellOne(opened, readers, context) : showOne(opened, context);
    });
    return conclude([...outcomes, ...troubles.map(asOutcome)], context, (digest) => ({
      digest: digest ?? null,
    }));
  });
}

/** `undefined`: the plan was never applied. */
type ShownDigest = Made<WeeklyDigest | undefined>;

async function showOne(project: RunningProject, context: Context): Promise<ShownDigest> {
  const shown = await previewDigest(project, await cycleDeps(context));
  print(project, shown?.message, context);
  return { made: shown?.digest };
}

async function tellOne(project: RunningProject, readers: Readers, context: Context): Promise<ShownDigest> {
  const { slug } = project;
  const deps = await cycleDeps(context);
  const channels = readers.alone.get(slug) ?? project.delivery.channels;
  await tellPortfolios(project, readers, deps);
  const told = await tellDigest(project, deps, { channels });
  context.progress.done();
  print(project, told?.message, context);
  const isShared = readers.portfolios.some(({ members }) => members.includes(slug));
  if (told && isShared) context.print(`${say(context.locale, words.inPortfolio)}\n`);
  await deliverNow(project, context);
  return { made: told?.digest, failures: told?.reports[1].failures };
}

function print(project: RunningProject, message: OutgoingMessage | undefined, context: Context): void {
  const { company } = project.blueprint;
  if (message) context.print(textOf(message, context));
  else
    context.print(`${context.paint('bold', company)}\n${say(context.locale, statusMessages.neverApplied)}\n`);
}

/** As the e-mail says it to whoever reads no HTML. */
function textOf(message: OutgoingMessage, { paint }: Context): string {
  const { subject, text } = renderEmail(message, '');
  return `${paint('bold', subject)}\n\n${text}`;
}

async function showPortfolio(
  chosen: readonly ChosenProject[],
  troubles: readonly Trouble[],
  context: Context,
): Promise<number> {
  const { opened, troubles: closed } = await openEach(chosen, context);
  const failed = [...troubles, ...closed];
  const portfolio = await portfolioOf(opened, context.locale, await cycleDeps(context));
  context.print(textOf(portfolioMessage(portfolio), context));
  showTroubles(failed, context.locale);
  context.document({ portfolio: portfolioDocument(portfolio), errors: errorsOf(failed, context) });
  return exitCodeFor(
    opened.length,
    failed.map(({ error }) => error),
  );
}

function portfolioDocument({ week, companies, without }: Portfolio): object {
  return { week, companies, without };
}

function errorsOf(troubles: readonly Trouble[], { locale }: Context): readonly object[] {
  return troubles.map(({ slug, error }) => ({ slug, message: explain(error)(locale) }));
}
