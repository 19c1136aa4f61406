import { dayIn } from '#src/config/clock.ts';
import type { CourierDeps } from '#src/digest/send/courier.ts';
import { type Delivered, deliver } from '#src/digest/send/deliver.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import type { Context } from './context.ts';

export function courierDeps({ now, environment: { timeZone } }: Context): CourierDeps {
  return { fetch: globalThis.fetch, time: machineTime, now, dayOf: (instant) => dayIn(timeZone, instant) };
}

/** Sends what waits for a project now: where no service runs, the end of a command is when messages leave. */
export async function deliverNow({ delivery }: RunningProject, context: Context): Promise<Delivered> {
  const { outbox } = await context.store();
  return deliver(delivery, { ...courierDeps(context), outbox, log: await context.log() });
}
