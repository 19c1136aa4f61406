import type { CheckDeps } from '#src/digest/send/check.ts';
import { explain, JalonError, NeedsAttention } from '#src/errors.ts';
import { doctorMessages as words } from '#src/i18n/doctor.ts';
import { type Said, said } from '#src/i18n/message.ts';
import { comparePlaces } from '#src/service/cycle.ts';
import { examineCalendar } from '#src/service/examine.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';
import { type ChosenProject, type Context, exitCodeFor, withContext } from '../context.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import { dashboardFindings } from '../dashboard-findings.ts';
import { invocation } from '../invocation.ts';
import type { CommonOptions } from '../options.ts';
import { trelloWebhookState } from '../trello-webhook-findings.ts';
import { watchFindings } from '../watch-findings.ts';
import { webhookState } from '../webhook-findings.ts';

/** What mail servers have answered, for all projects. */
type Greeted = CheckDeps['greeted'];

interface Finding extends Diagnosis {
  /** A project’s slug; null for what concerns them all. */
  readonly project: string | null;
}

/** What is wrong and how to mend it. Writes nothing. With `webhooks`, also how to set those up. */
export function doctor(options: CommonOptions & { readonly webhooks?: boolean }): Promise<number> {
  return withContext(options, async (context) => {
    const errors: unknown[] = [];
    const findings: Finding[] = [machine(context), await storeFinding(context, errors)];
    const { chosen, troubles } = await context.projects();
    const webhooks = await webhookState(context, chosen, options.webhooks === true);
    const ofTrello = await trelloWebhookState(context, chosen, options.webhooks === true);
    findings.push(
      ...[
        ...dashboardFindings(context.environment),
        ...webhooks.findings,
        ...ofTrello.findings,
        ...(await ofWatch(chosen, context)),
      ].map((diagnosis) => ({ project: null, ...diagnosis })),
    );
    for (const { slug, error } of troubles) {
      errors.push(error);
      findings.push({ project: slug, level: 'error', said: explain(error) });
    }
    const greeted: Greeted = new Map();
    for (const project of chosen) findings.push(...(await examine(project, context, errors, greeted)));

    for (const { project, level, said } of findings) {
      context.print(
        line(level, `${project === null ? '' : `${project} · `}${said(context.locale)}`, context),
      );
    }
    context.document({
      findings: findings.map(({ project, level, said }) => ({
        project,
        level,
        message: said(context.locale),
      })),
      ...((webhooks.setup || ofTrello.setup) && {
        webhooks: {
          ...(webhooks.setup && { notion: webhooks.setup }),
          ...(ofTrello.setup && { trello: ofTrello.setup }),
        },
      }),
    });
    return exitCodeFor(0, errors);
  });
}

const SIGNS = { ok: ['green', '✓'], warning: ['yellow', '!'], error: ['red', '✗'] } as const;

function line(level: Diagnosis['level'], text: string, { paint }: Context): string {
  const [color, sign] = SIGNS[level];
  return `${paint(color, sign)} ${text.replaceAll('\n', '\n  ')}`;
}

function machine({ now, today, environment }: Context): Finding {
  const pretended = environment.now !== undefined;
  const sentence: Said = pretended
    ? said(words.pretendedDay, { day: today() })
    : said(words.machine, { node: process.versions.node, day: today(), timeZone: environment.timeZone });
  const unlikely = now().getUTCFullYear() < 2026;
  return { project: null, level: pretended || unlikely ? 'warning' : 'ok', said: sentence };
}

async function storeFinding(context: Context, errors: unknown[]): Promise<Finding> {
  try {
    await (await context.store()).projects();
    return { project: null, level: 'ok', said: said(words.store, { home: context.environment.home }) };
  } catch (error) {
    errors.push(error);
    return { project: null, level: 'error', said: explain(error) };
  }
}

async function examine(
  project: ChosenProject,
  context: Context,
  errors: unknown[],
  greeted: Greeted,
): Promise<Finding[]> {
  try {
    const opened = await running(project, context);
    const checks = await Promise.all(opened.workspaces.map((workspace) => workspace.check()));
    const isFine = checks.flat().every(({ level }) => level !== 'error');
    const diagnoses = [
      ...checks.flat(),
      ...(await messagesOf(opened, context, greeted)),
      ...(isFine ? await foreseen(opened, context) : []),
      ...(isFine ? await webhooksOf(opened, context) : []),
      ...examineCalendar(project.template, context.today()),
    ];
    for (const { level, said, error } of diagnoses)
      if (level === 'error') errors.push(error ?? new NeedsAttention(said));
    return diagnoses.map(({ level, said }) => ({ project: project.slug, level, said }));
  } catch (error) {
    errors.push(error);
    return [{ project: project.slug, level: 'error', said: explain(error) }];
  }
}

/** What an `apply` would cost now, for places where that counts, or why it could not read them. */
async function foreseen(project: RunningProject, context: Context): Promise<Diagnosis[]> {
  if (project.workspaces.every(({ foresee }) => foresee === undefined)) return [];
  const { outcome, visits } = await comparePlaces(project, 'apply', await cycleDeps(context));
  return visits.flatMap(({ workspace, reading, failure }): Diagnosis[] => {
    if (failure) return [unread(failure.error)];
    const changes = outcome.writes.get(workspace.id) ?? [];
    const cost = reading && changes.length > 0 ? workspace.foresee?.(changes, outcome.agreed) : undefined;
    if (!cost) return [];
    return [{ level: 'ok', said: said(words.applyCost, { where: workspace.url, ...cost }) }];
  });
}

/** What only reading shows: a check of the credentials does not know which board or page a project has had so far. */
function unread(error: unknown): Diagnosis {
  return { level: 'error', said: explain(error), ...(error instanceof JalonError && { error }) };
}

/** Whether messages would reach people, and what became of those that did not simply leave. */
async function messagesOf(
  { slug, delivery }: RunningProject,
  context: Context,
  greeted: Greeted,
): Promise<Diagnosis[]> {
  const entries = await (await context.store()).outbox.entries(slug);
  if (delivery.channels.length === 0 && entries.length === 0) return [];
  const { checkChannels, checkOutbox } = await import('#src/digest/send/check.ts');
  const commands = { test: `${invocation()} deliver --test`, again: `${invocation()} deliver --again` };
  const { timeZone } = context.environment;
  return [
    ...(await checkChannels(delivery, { time: machineTime, commands, greeted })),
    ...checkOutbox(entries, delivery, { again: commands.again, timeZone, now: context.now() }),
  ];
}

/** A store that cannot be read has been told already. */
async function ofWatch(chosen: readonly ChosenProject[], context: Context): Promise<readonly Diagnosis[]> {
  try {
    return await watchFindings(chosen, context);
  } catch {
    return [];
  }
}

/** How those webhooks stand that we look after ourselves. */
async function webhooksOf({ slug, workspaces }: RunningProject, context: Context): Promise<Diagnosis[]> {
  const store = await context.store();
  const states = await Promise.all(
    workspaces.map(async ({ id, webhook }) => webhook?.look({ memory: await store.memory(slug, id) })),
  );
  return states.filter((state) => state !== undefined);
}
