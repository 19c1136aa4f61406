import type { Channel } from '#src/plan/outgoing-message.ts';
import type { Ask, Engine } from './engine.ts';
import {
  claimMessage,
  type DeliveryState,
  decodeMessage,
  decodeNote,
  loseTrack,
  type OutboxEntry,
  type OutboxKey,
  type Queued,
  retryMessages,
  type Settlement,
  settleMessage,
} from './outbox.ts';

/** Messages to people, from the moment at which they were stored to the one at which somebody took them. */
export interface Outbox {
  /** What waits and is due by that time, oldest first. */
  due(project: string, by: Date): Promise<readonly Queued[]>;
  /** True for exactly one claimer, which then sends it and settles it. */
  claim(message: OutboxKey): Promise<boolean>;
  settle(message: OutboxKey, settlement: Settlement): Promise<void>;
  /**
   * What a process was sending that has died since, or that has been silent for an hour, becomes `unknown`: it may
   * have been sent. Returns it.
   */
  loseTrack(project: string): Promise<readonly { readonly channel: Channel; readonly key: string }[]>;
  /** Whatever is not simply sent: waiting, failed, unknown, or refused by some of its addresses. Oldest first. */
  entries(project: string): Promise<readonly OutboxEntry[]>;
  /** Lets what failed, and what nobody knows of, be sent again. Returns how many there were. */
  retry(project: string): Promise<number>;
  /** How many messages are in each state but `sent`, for all projects together. What there is none of is left out. */
  counts(): Promise<readonly OutboxCount[]>;
}

export interface OutboxCount {
  readonly channel: Channel;
  readonly state: Exclude<DeliveryState, 'sent'>;
  readonly messages: number;
}

interface Row {
  readonly channel: Channel;
  readonly key: string;
  readonly state: DeliveryState;
  readonly message: string;
  readonly note: string;
  readonly put_at: string;
  readonly tries: number;
}

export interface OutboxOn {
  readonly engine: Engine;
  readonly ask: Ask;
  readonly guard: <T>(work: Promise<T>) => Promise<T>;
  /** ISO instant of now. */
  readonly at: () => string;
}

/** Reads go around Kysely: a service looks every minute, and mostly finds nothing. */
export function outboxOn({ engine, ask, guard, at }: OutboxOn): Outbox {
  const read = (condition: string, parameters: readonly string[]) =>
    guard(
      engine.read<Row>(
        `select channel, key, state, message, note, put_at, tries from ${engine.prefix}outbox
          where project = ? and ${condition} order by put_at, key, channel`,
        parameters,
      ),
    );
  return {
    due: async (project, by) => {
      const rows = await read(`state = 'waiting' and due_at <= ?`, [project, String(by.getTime())]);
      return rows.map(({ channel, key, message, note, put_at, tries }) => ({
        channel,
        key,
        tries,
        message: decodeMessage(message),
        putAt: put_at,
        note: decodeNote(note),
      }));
    },
    claim: (message) => ask((handle) => claimMessage(handle, message)),
    settle: (message, settlement) => ask((handle) => settleMessage(handle, message, settlement, at())),
    loseTrack: async (project) => {
      const sending = await read(`state = 'sending'`, [project]);
      return sending.length === 0 ? [] : ask((handle) => loseTrack(handle, project, at()));
    },
    entries: async (project) => {
      const rows = await read(`(state <> 'sent' or note <> '')`, [project]);
      return rows.map(({ channel, key, state, message, note, put_at, tries }) => ({
        channel,
        key,
        state,
        subject: message === '' ? '' : decodeMessage(message).subject,
        putAt: put_at,
        tries,
        note: decodeNote(note),
      }));
    },
    retry: (project) => ask((handle) => retryMessages(handle, project)),
    // From the projects on, which SQLite takes a cross join for: the index begins with them, and what was sent, which
    // is kept for ever, is then not walked through.
    counts: () =>
      guard(
        engine.read<OutboxCount>(
          `select channel, state, count(*) as messages
            from ${engine.prefix}project cross join ${engine.prefix}outbox
            where outbox.project = project.slug and state in ('waiting', 'sending', 'failed', 'unknown')
            group by channel, state order by channel, state`,
          [],
        ),
      ),
  };
}
