import type { Attempt } from '#src/digest/send/attempt.ts';
import { sendTest } from '#src/digest/send/send-test.ts';
import { explain, NotNow } from '#src/errors.ts';
import { deliveryMessages as words } from '#src/i18n/delivery.ts';
import { type Said, said } from '#src/i18n/message.ts';
import type { Channel } from '#src/plan/outgoing-message.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type Context, exitCodeFor, withContext } from '../context.ts';
import { courierDeps, deliverAtOnce } from '../courier-deps.ts';
import { running } from '../cycle-deps.ts';
import { invocation } from '../invocation.ts';
import type { CommonOptions } from '../options.ts';
import { showTroubles, type Trouble } from '../show-troubles.ts';

export interface DeliverOptions extends CommonOptions {
  /** Sends a test message over each channel, and nothing else. */
  readonly test?: boolean;
  /** Also what failed, and what nobody knows of. */
  readonly again?: boolean;
}

/** What is told of one project: one line for each thing that was done, and the same for scripts. */
interface Outcome {
  readonly lines: readonly Said[];
  readonly document: object;
  /** Why somebody has to look at it; absent: nobody has to. */
  readonly failure?: Said | undefined;
}

/** Sends the messages that wait, or a test message, for each project in turn. */
export function deliver(options: DeliverOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { chosen, troubles } = await context.projects();
    const failed: Trouble[] = [...troubles];
    const documents: object[] = [];
    let done = 0;
    for (const project of chosen) {
      const { slug } = project;
      try {
        const opened = await running(project, context);
        const { lines, document, failure } = await work(opened, options, context);
        for (const line of lines) context.print(`${slug} · ${line(context.locale)}`);
        documents.push({ slug, ...document, errors: [] });
        if (failure) failed.push({ slug, error: new NotNow(failure) });
        else done += 1;
      } catch (error) {
        failed.push({ slug, error });
        documents.push({ slug, errors: [{ message: explain(error)(context.locale) }] });
      }
    }
    showTroubles(failed, context.locale);
    context.document({ projects: documents });
    return exitCodeFor(
      done,
      failed.map(({ error }) => error),
    );
  });
}

async function work(project: RunningProject, options: DeliverOptions, context: Context): Promise<Outcome> {
  if (options.test) return test(project, context);
  if (options.again) await (await context.store()).outbox.retry(project.slug);
  const delivered = await deliverAtOnce(project, context);
  const isWell = delivered.waiting + delivered.failed + delivered.unknown === 0;
  return {
    lines: [said(words.delivered, delivered)],
    document: delivered,
    failure: isWell ? undefined : said(words.lookAtDoctor, { command: `${invocation()} doctor` }),
  };
}

async function test({ delivery }: RunningProject, context: Context): Promise<Outcome> {
  if (delivery.channels.length === 0) return { lines: [said(words.noChannel)], document: { channels: [] } };
  const results = await sendTest(delivery, courierDeps(context));
  const wrong = results.filter(({ attempt }) => attempt.kind !== 'sent').map(lineOf);
  return {
    lines: results.filter(({ attempt }) => attempt.kind === 'sent').map(lineOf),
    document: {
      channels: results.map((result) => ({
        channel: result.channel,
        outcome: result.attempt.kind,
        message: lineOf(result)(context.locale),
      })),
    },
    failure: wrong.length === 0 ? undefined : (locale) => wrong.map((line) => line(locale)).join('\n'),
  };
}

function lineOf({ channel, attempt }: { readonly channel: Channel; readonly attempt: Attempt }): Said {
  if (attempt.kind !== 'sent')
    return said(words.testFailed, { channel, why: attempt.why, detail: attempt.detail });
  const refused = [...(attempt.refused ?? []), ...(attempt.later ?? [])];
  return refused.length === 0
    ? said(words.testSent, { channel })
    : said(words.testSentExcept, { channel, refused });
}
