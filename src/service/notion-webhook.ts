import type { Logger } from 'pino';
import { JalonError } from '#src/errors.ts';
import type { Store } from '#src/store/store.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import { isOwnEcho, isSigned, type NotionEvent, readDelivery } from '#src/workspaces/notion/webhook.ts';
import { atMostEvery } from './at-most-every.ts';
import { firstTimes } from './first-times.ts';
import { keepHandshake, NOTION_WEBHOOK_PATH, noteEvent } from './webhook-notes.ts';
import { postRoute, RARELY_MS, type Webhook } from './webhook-route.ts';

export interface NotionWebhookOptions {
  /** The verification tokens of our subscriptions. Empty: no event is believed. */
  readonly tokens: readonly string[];
  /** The ids of our own bots, as far as they are known: what only they have written is no news. */
  readonly ownBots: () => ReadonlySet<string>;
  /** Takes the ids of what may have changed. Must return at once. */
  readonly hear: (remoteIds: readonly string[]) => void;
  readonly store: Pick<Store, 'memory'>;
  readonly now: () => Date;
  readonly time: Time;
  readonly log: Logger;
}

/**
 * Takes what Notion delivers. An event only says where to look: nothing in it is written anywhere, and it is answered
 * before anything is done about it. The token of a handshake goes into the store, and nowhere else.
 */
export function notionWebhook(options: NotionWebhookOptions): Webhook {
  const { tokens, log, time } = options;
  const notes = noteTaker(options);
  const take = eventTaker(options);
  const rarely = atMostEvery(RARELY_MS, time);

  const takeEvent = async (event: NotionEvent, body: Uint8Array, signature: string | undefined) => {
    if (!(await isSigned(body, signature, tokens))) {
      rarely(() => log.warn('webhook of Notion refused: signature missing or wrong'));
      return 401;
    }
    notes.event();
    take(event);
    return 200;
  };

  const answer = async (body: Uint8Array, signature: string | undefined) => {
    const delivery = readDelivery(body);
    if (delivery.kind === 'event') return takeEvent(delivery.event, body, signature);
    if (delivery.kind === 'unreadable') return 400;
    // Kept before it is answered: Notion does not send it again by itself.
    return (await notes.handshake(delivery.token)) ? 200 : 503;
  };

  const { routes, stop } = postRoute(NOTION_WEBHOOK_PATH, time, (body, header) =>
    answer(body, header('x-notion-signature')),
  );
  return {
    routes,
    stop: () => {
      stop();
      return notes.settled();
    },
  };
}

/** An event is acted on once, and not at all when we caused it ourselves. */
function eventTaker({ ownBots, hear, log }: NotionWebhookOptions): (event: NotionEvent) => void {
  const isNew = firstTimes();
  return (event) => {
    if (!isNew(event.id)) return;
    log.debug({ happened: event.at }, 'webhook of Notion');
    if (!isOwnEcho(event, ownBots())) hear(event.remoteIds);
  };
}

interface NoteTaker {
  /** Whether the token is kept. The latest one wins. */
  handshake(token: string): Promise<boolean>;
  event(): void;
  settled(): Promise<void>;
}

function noteTaker({ store, tokens, now, time, log }: NotionWebhookOptions): NoteTaker {
  const noteRarely = atMostEvery(RARELY_MS, time);
  const tellRarely = atMostEvery(RARELY_MS, time);
  let latest: string | undefined;
  let keeping: Promise<boolean> | undefined;
  let noting = Promise.resolve();

  /** One write at a time, and only of the latest token: anybody may send any number of them. */
  const keepLatest = async (): Promise<boolean> => {
    try {
      while (latest !== undefined) {
        const token = latest;
        latest = undefined;
        await keepHandshake(store, { token, at: now().toISOString() });
      }
      tellRarely(() => log.info('verification token of Notion received: "jalon doctor --webhooks" shows it'));
      return true;
    } catch (error) {
      latest = undefined;
      // What a database says of its own may quote the values of a query: the token must not come out that way.
      const known = error instanceof JalonError ? { err: error } : {};
      tellRarely(() => log.warn(known, 'verification token of Notion not kept'));
      return false;
    } finally {
      keeping = undefined;
    }
  };

  return {
    handshake(token) {
      latest = token;
      keeping ??= keepLatest();
      return keeping;
    },
    event() {
      noteRarely(() => {
        noting = noteEvent(store, now().toISOString(), tokens).catch((error: unknown) =>
          log.warn({ err: error }, 'event of Notion not noted'),
        );
      });
    },
    async settled() {
      await Promise.all([keeping, noting]);
    },
  };
}
