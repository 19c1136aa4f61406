import { pino } from 'pino';
import { deliver } from '#src/digest/send/deliver.ts';
import type { Delivery } from '#src/digest/send/delivery.ts';
import { openStore } from '#src/store/store.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';

export interface DeliverOrder {
  readonly home: string;
  readonly databaseUrl: string;
  readonly delivery: Delivery;
  readonly ca: string;
  readonly now: string;
}

/** Delivers what waits, in a process of its own, which a test may end while it does. */
const { delivery, ca, now, ...where } = JSON.parse(process.argv[2] ?? '') as DeliverOrder;
const clock = () => new Date(now);
const store = await openStore({ ...where, now: clock });
const delivered = await deliver(delivery, {
  outbox: store.outbox,
  log: pino({ level: 'silent' }),
  fetch: globalThis.fetch,
  time: machineTime,
  now: clock,
  dayOf: (instant) => instant.toISOString().slice(0, 10),
  ca,
});
await store.close();
process.send?.(delivered);
