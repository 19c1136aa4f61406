import type { Transaction } from 'kysely';
import type { AddressedMessage, Channel, MessageBlock, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { Handle } from './engine.ts';
import { lifeOf, thisProcess } from './process-identity.ts';
import { slices } from './rows.ts';
import type { OutboxTable, Tables } from './schema.ts';

/**
 * `unknown`: it was handed over, and nobody can tell whether it arrived. It is not sent again by itself: once too few
 * is mended by a person who looks, once too many by nobody.
 */
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown';

/** What became of a message so far, for whoever has to mend it. */
export interface DeliveryNote {
  /** ISO instant. */
  readonly at: string;
  /** Why it was not sent, or not to everybody: a code whose words are in `i18n/delivery.ts`. */
  readonly why?: string | undefined;
  /** The service's own words, without any secret. */
  readonly detail?: string | undefined;
  /** Addresses that were refused for good. */
  readonly refused?: readonly string[] | undefined;
  /** Addresses that it has yet to reach, when it has reached others. */
  readonly left?: readonly string[] | undefined;
}

/** One message on one channel, ready to be sent. */
export interface Queued {
  readonly channel: Channel;
  readonly key: string;
  readonly message: OutgoingMessage;
  /** ISO instant of when it was stored. */
  readonly putAt: string;
  /** How often it was tried before. */
  readonly tries: number;
  readonly note: DeliveryNote | undefined;
}

/** One message on one channel, as it stands. */
export interface OutboxEntry {
  readonly channel: Channel;
  readonly key: string;
  readonly state: DeliveryState;
  /** Empty for one that was sent. */
  readonly subject: string;
  readonly putAt: string;
  readonly tries: number;
  readonly note: DeliveryNote | undefined;
}

/** How a try has ended. `waiting` is tried again from `dueAt` on. */
export type Settlement =
  | { readonly state: 'sent'; readonly note?: Omit<DeliveryNote, 'at'> | undefined }
  | { readonly state: 'waiting'; readonly dueAt: Date; readonly note: Omit<DeliveryNote, 'at'> }
  | { readonly state: 'failed' | 'unknown'; readonly note: Omit<DeliveryNote, 'at'> };

/** Names a message on a channel of a project. */
export interface OutboxKey {
  readonly project: string;
  readonly channel: Channel;
  readonly key: string;
}

/** After this long, every time-out of a delivery is over: who has not settled it will not. */
const ABANDONED_AFTER_MS = 3_600_000;

const NOBODY = { machine: '', host: '', pid: 0, started: '', claimed_at: 0 };

/** One row for each channel; a message whose key is known on that channel is left alone. */
export async function putMessages(
  writer: Transaction<Tables>,
  project: string,
  messages: readonly AddressedMessage[],
  at: string,
): Promise<void> {
  const rows = messages.flatMap(({ channels, ...message }) =>
    channels.map((channel): OutboxTable => {
      const body = JSON.stringify(encoded(message, channel));
      const { key } = message;
      return {
        ...NOBODY,
        ...{
          project,
          channel,
          key,
          state: 'waiting',
          message: body,
          note: '',
          put_at: at,
          due_at: 0,
          tries: 0,
        },
      };
    }),
  );
  for (const slice of slices(rows)) {
    await writer
      .insertInto('outbox')
      .values(slice)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** True for exactly one claimer of a message that waits. */
export async function claimMessage(
  { db, clock }: Handle,
  { project, channel, key }: OutboxKey,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set((eb) => ({ state: 'sending', claimed_at: clock, tries: eb('tries', '+', 1), ...thisProcess() }))
    .where('project', '=', project)
    .where('channel', '=', channel)
    .where('key', '=', key)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Notes how the try ended. One that was sent keeps its key, so that it is never sent again, and not its text. */
export async function settleMessage(
  { db }: Handle,
  { project, channel, key }: OutboxKey,
  settlement: Settlement,
  at: string,
): Promise<void> {
  const { state } = settlement;
  await db
    .updateTable('outbox')
    .set({
      ...NOBODY,
      state,
      due_at: settlement.state === 'waiting' ? settlement.dueAt.getTime() : 0,
      note: settlement.note ? JSON.stringify({ at, ...settlement.note }) : '',
      ...(state === 'sent' && { message: '' }),
    })
    .where('project', '=', project)
    .where('channel', '=', channel)
    .where('key', '=', key)
    .where('state', '=', 'sending')
    .execute();
}

/** Finds what was being sent by a process that is gone, and says of it that nobody knows. Returns those. */
export async function loseTrack(
  { db, clock }: Handle,
  project: string,
  at: string,
): Promise<readonly { readonly channel: Channel; readonly key: string }[]> {
  const sending = await db
    .selectFrom('outbox')
    .select(['channel', 'key', 'machine', 'host', 'pid', 'started', 'claimed_at'])
    .select((eb) => eb('claimed_at', '<=', eb(clock, '-', ABANDONED_AFTER_MS)).as('old'))
    .where('project', '=', project)
    .where('state', '=', 'sending')
    .execute();
  const lost: { channel: Channel; key: string }[] = [];
  for (const { channel, key, claimed_at, old, ...owner } of sending) {
    if (lifeOf(owner) !== 'dead' && !old) continue;
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ ...NOBODY, state: 'unknown', note: JSON.stringify({ at, why: 'interrupted' }) })
      .where('project', '=', project)
      .where('channel', '=', channel)
      .where('key', '=', key)
      .where('state', '=', 'sending')
      .where('claimed_at', '=', claimed_at)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) lost.push({ channel: channel as Channel, key });
  }
  return lost;
}

/** Lets what failed, and what nobody knows of, wait again as if it were new. Returns how many there were. */
export async function retryMessages({ db }: Handle, project: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ state: 'waiting', due_at: 0, tries: 0 })
    .where('project', '=', project)
    .where('state', 'in', ['failed', 'unknown'])
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** A picture as base64, and only where it is shown: in the row, so that it comes and goes with its message. */
type EncodedBlock =
  | Exclude<MessageBlock, { kind: 'picture' }>
  | { readonly kind: 'picture'; readonly png: string; readonly alt: string };

function encoded(message: OutgoingMessage, channel: Channel) {
  const blocks = message.blocks.map((block): EncodedBlock => {
    if (block.kind !== 'picture') return block;
    return { ...block, png: channel === 'email' ? Buffer.from(block.png).toString('base64') : '' };
  });
  return { ...message, blocks };
}

/** The inverse of how `putMessages` stores a message. */
export function decodeMessage(body: string): OutgoingMessage {
  const message = JSON.parse(body) as Omit<OutgoingMessage, 'blocks'> & { readonly blocks: EncodedBlock[] };
  const blocks = message.blocks.map((block): MessageBlock => {
    return block.kind === 'picture'
      ? { ...block, png: new Uint8Array(Buffer.from(block.png, 'base64')) }
      : block;
  });
  return { ...message, blocks };
}

export function decodeNote(note: string): DeliveryNote | undefined {
  return note === '' ? undefined : (JSON.parse(note) as DeliveryNote);
}
