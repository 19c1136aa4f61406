import type { Attempt } from '#src/digest/send/attempt.ts';
import { sendTest } from '#src/digest/send/send-test.ts';
import { NotNow } from '#src/errors.ts';
import { deliveryMessages as words } from '#src/i18n/delivery.ts';
import { type Said, said } from '#src/i18n/message.ts';
import type { Channel } from '#src/plan/outgoing-message.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { type Context, withContext } from '../context.ts';
import { courierDeps, deliverAtOnce } from '../courier-deps.ts';
import { running } from '../cycle-deps.ts';
import { asOutcome, conclude, workOnEach } from '../each-project.ts';
import { invocation } from '../invocation.ts';
import type { CommonOptions } from '../options.ts';

export interface DeliverOptions extends CommonOptions {
  /** Sends a test message over each channel, and nothing else. */
  readonly test?: boolean;
  /** Also what failed, and what nobody knows of. */
  readonly again?: boolean;
}

/** What is told of one project: one line for each thing that was done, and the same for scripts. */
interface Delivered {
  readonly lines: readonly Said[];
  readonly document: object;
  /** Why somebody has to look at it; absent: nobody has to. */
  readonly failure?: Said | undefined;
}

/** Sends the messages that wait, or a test message, for each project in turn. */
export function deliver(options: DeliverOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { chosen, troubles } = await context.projects();
    const outcomes = await workOnEach(chosen, context, async (project) => {
      const { lines, document, failure } = await work(await running(project, context), options, context);
      for (const line of lines) context.print(`${project.slug} · ${line(context.locale)}`);
      const failures = failure ? [{ workspace: null, error: new NotNow(failure) }] : [];
      return { made: document, failures };
    });
    return conclude([...outcomes, ...troubles.map(asOutcome)], context, (document = {}) => document);
  });
}

async function work(project: RunningProject, options: DeliverOptions, context: Context): Promise<Delivered> {
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

async function test({ delivery }: RunningProject, context: Context): Promise<Delivered> {
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
