import { dayIn } from '#src/config/clock.ts';
import type { CourierDeps } from '#src/digest/send/courier.ts';
import { type Delivered, deliver } from '#src/digest/send/deliver.ts';
import { deliveryMessages as words } from '#src/i18n/delivery.ts';
import { say } from '#src/i18n/message.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Context } from './context.ts';
import { invocation } from './invocation.ts';
import { showTroubles } from './show-troubles.ts';

export function courierDeps({ now, environment: { timeZone } }: Context): CourierDeps {
  return { fetch: globalThis.fetch, time: machineTime, now, dayOf: (instant) => dayIn(timeZone, instant) };
}

/** Sends all that waits for a project, also what waits for its next try: a person asks. */
export function deliverAtOnce(project: RunningProject, context: Context): Promise<Delivered> {
  return deliverWaiting(project, context, true);
}

/**
 * Sends what is due at the end of a command: where no service runs, that is when messages leave. The command has
 * done its work by then: what does not leave is told, waits in the outbox, and changes nothing of how it ended.
 */
export async function deliverNow(project: RunningProject, context: Context): Promise<void> {
  const { locale } = context;
  try {
    const { waiting, failed, unknown } = await deliverWaiting(project, context, false);
    if (waiting + failed + unknown === 0) return;
    process.stderr.write(`${say(locale, words.lookAtDoctor, { command: `${invocation()} doctor` })}\n`);
  } catch (error) {
    showTroubles([{ slug: project.slug, error }], locale);
  }
}

async function deliverWaiting(
  { delivery }: RunningProject,
  context: Context,
  atOnce: boolean,
): Promise<Delivered> {
  const { outbox } = await context.store();
  return deliver(delivery, { ...courierDeps(context), outbox, log: await context.log(), atOnce });
}
