import type { Logger } from 'pino';
import { channelSecretsOf } from '#src/config/channels.ts';
import type { Channel } from '#src/plan/outgoing-message.ts';
import type { DeliveryNote, Outbox, Queued, Settlement } from '#src/store/store.ts';
import { redactor } from '#src/workspaces/redact.ts';
import type { Attempt } from './attempt.ts';
import type { CourierDeps } from './courier.ts';
import { type Delivery, ownerOf } from './delivery.ts';

export interface DeliverDeps extends CourierDeps {
  readonly outbox: Outbox;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
  /** A person asks: what waits for its next try is tried now. */
  readonly atOnce?: boolean | undefined;
}

/** How many messages of a run went which way. */
export interface Delivered {
  readonly sent: number;
  readonly waiting: number;
  readonly failed: number;
  readonly unknown: number;
}

const END_OF_TIME = new Date(8.64e15);
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
/** With waits of 1, 4, 16 and then 60 minutes: about three days of trying. */
const MOST_TRIES = 75;

/**
 * Sends what waits for one project and is due, one message after the other, and notes of each how it went. Whoever
 * claims a message first sends it; what a process left half-sent when it died is told, and not sent again.
 */
export async function deliver(delivery: Delivery, deps: DeliverDeps): Promise<Delivered> {
  const { outbox, log } = deps;
  const { project } = delivery;
  const count = { sent: 0, waiting: 0, failed: 0, unknown: 0 };
  for (const { channel, key } of await outbox.loseTrack(project)) {
    count.unknown += 1;
    log.warn(
      { project, channel, message: key, state: 'unknown', why: 'interrupted' },
      'message not delivered',
    );
  }
  for (const queued of await outbox.due(project, deps.atOnce ? END_OF_TIME : deps.now())) {
    if (deps.signal?.aborted) break;
    const name = { project, channel: queued.channel, key: queued.key };
    // Loaded before the claim: code that cannot be loaded, while Jalon is being upgraded say, leaves it waiting.
    const { carry, loadChannel } = await import('./courier.ts');
    await loadChannel(queued.channel);
    if (!(await outbox.claim(name))) continue;
    const settlement = await sendOne(queued, delivery, deps, carry);
    await outbox.settle(name, settlement);
    tell(queued, settlement, delivery, log);
    count[settlement.state] += 1;
  }
  return count;
}

type Carry = typeof import('./courier.ts').carry;

async function sendOne(
  queued: Queued,
  delivery: Delivery,
  deps: DeliverDeps,
  carry: Carry,
): Promise<Settlement> {
  const attempt = await attemptOf(queued, delivery, deps, carry);
  const hide = redactor(channelSecretsOf(delivery.settings));
  const settlement = settlementOf(attempt, queued, deps.now());
  if (settlement.note?.detail === undefined) return settlement;
  const note = { ...settlement.note, detail: hide(settlement.note.detail) };
  return { ...settlement, note } as Settlement;
}

/** Whatever is thrown once a message may have left says nothing of whether it has. */
async function attemptOf(
  { channel, message, putAt, note }: Queued,
  delivery: Delivery,
  { log, signal, ...deps }: DeliverDeps,
  carry: Carry,
): Promise<Attempt> {
  try {
    const parcel = { channel, message, putAt: new Date(putAt), left: note?.left };
    return await carry(parcel, delivery, deps, signal);
  } catch (error) {
    log.error({ project: delivery.project, channel, message: message.key, err: error }, 'delivery broke off');
    return { kind: 'unknown', why: 'cut' };
  }
}

function settlementOf(attempt: Attempt, { tries, note }: Queued, now: Date): Settlement {
  // Where it has reached nobody yet, every address is tried anew, and what was refused may have been corrected.
  const before = note?.left ? (note.refused ?? []) : [];
  switch (attempt.kind) {
    case 'sent': {
      const refused = [...before, ...(attempt.refused ?? [])];
      const told = {
        ...(refused.length > 0 && { refused }),
        ...(attempt.detail && { detail: attempt.detail }),
      };
      if (attempt.later?.length) return again({ why: 'busy', ...told, left: attempt.later }, tries, now);
      return { state: 'sent', ...(refused.length > 0 && { note: { why: 'someRefused', ...told } }) };
    }
    case 'notNow': {
      const { why, detail, retryAfterMs } = attempt;
      const kept = { why, detail, refused: before, left: note?.left };
      return again(kept, tries, now, retryAfterMs);
    }
    case 'refused': {
      const { why, detail } = attempt;
      const refused = [...before, ...(attempt.refused ?? [])];
      // It has reached others before: for those, it was sent.
      if (note?.left && attempt.refused)
        return { state: 'sent', note: { why: 'someRefused', detail, refused } };
      return {
        state: 'failed',
        note: { why, detail, left: note?.left, ...(refused.length > 0 && { refused }) },
      };
    }
    case 'unknown':
      return { state: 'unknown', note: { why: attempt.why, detail: attempt.detail, left: note?.left } };
  }
}

/** Each wait is four times the last, up to an hour; a service that names a longer one gets it. */
function again(note: Omit<DeliveryNote, 'at'>, tries: number, now: Date, atLeastMs = 0): Settlement {
  if (tries + 1 >= MOST_TRIES) return { state: 'failed', note };
  const waitMs = Math.max(Math.min(MINUTE_MS * 4 ** tries, LONGEST_WAIT_MS), atLeastMs);
  return { state: 'waiting', dueAt: new Date(now.getTime() + waitMs), note };
}

function tell(
  queued: { readonly channel: Channel; readonly key: string },
  settlement: Settlement,
  delivery: Delivery,
  log: Logger,
): void {
  const { channel, key } = queued;
  const { state, note } = settlement;
  const fields = {
    ...{ project: delivery.project, channel, message: key, state },
    ...(note?.why !== undefined && { why: note.why }),
    ...(note?.detail !== undefined && { detail: note.detail }),
    ...(note?.refused && { refused: note.refused.map((address) => ownerOf(address, delivery)) }),
  };
  if (state === 'sent' && !note) log.info(fields, 'message sent');
  else if (state === 'sent') log.warn(fields, 'message sent, but not to everybody');
  else log.warn(fields, 'message not delivered');
}
