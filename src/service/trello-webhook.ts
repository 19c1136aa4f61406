import type { Logger } from 'pino';
import type { Store } from '#src/store/store.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import {
  IDENTIFIER_HEADER,
  isOwnEcho,
  isSigned,
  readDelivery,
  SIGNATURE_HEADER,
} from '#src/workspaces/trello/webhook.ts';
import { atMostEvery } from './at-most-every.ts';
import { firstTimes } from './first-times.ts';
import { noteTrelloEvent, TRELLO_WEBHOOK_PATH } from './webhook-notes.ts';
import { postRoute, RARELY_MS, type Webhook } from './webhook-route.ts';

export interface TrelloWebhookOptions {
  /** The secrets of our apps. Empty: no delivery is believed. */
  readonly secrets: readonly string[];
  /** The address that Trello was given, which it signs along. `undefined`: no delivery is believed. */
  readonly callbackURL: string | undefined;
  /** Takes the ids of what may have changed. Must return at once. */
  readonly hear: (remoteIds: readonly string[]) => void;
  readonly store: Pick<Store, 'memory'>;
  readonly now: () => Date;
  readonly time: Time;
  readonly log: Logger;
}

/**
 * Takes what Trello delivers. It only says where to look: nothing in it is written anywhere, and it is answered before
 * anything is done about it. One that is of no use to us is answered like any other: saying so (410) would take away
 * the webhook, and with it that of another installation behind the same address.
 */
export function trelloWebhook(options: TrelloWebhookOptions): Webhook {
  const { secrets, callbackURL = '', hear, time, log } = options;
  const known = callbackURL === '' ? [] : secrets;
  const isNew = firstTimes();
  const notes = noteTaker(options);
  const rarely = atMostEvery(RARELY_MS, time);

  const { routes, stop } = postRoute(TRELLO_WEBHOOK_PATH, time, (body, header) => {
    if (!isSigned(body, header(SIGNATURE_HEADER), { secrets: known, callbackURL })) {
      rarely(() => log.warn('webhook of Trello refused: signature missing or wrong'));
      return 401;
    }
    notes.event();
    const event = readDelivery(body);
    if (!event) rarely(() => log.warn('webhook of Trello not understood'));
    else if (isNew(event.id)) {
      log.debug({ happened: event.at }, 'webhook of Trello');
      if (!isOwnEcho(header(IDENTIFIER_HEADER))) hear(event.remoteIds);
    }
    return 200;
  });
  // Answers HEAD: Trello makes a webhook only where that is answered with 200.
  routes.get(TRELLO_WEBHOOK_PATH, (context) => context.body(null, 200));
  return {
    routes,
    stop: () => {
      stop();
      return notes.settled();
    },
  };
}

function noteTaker({ store, now, time, log }: TrelloWebhookOptions) {
  const rarely = atMostEvery(RARELY_MS, time);
  let noting = Promise.resolve();
  return {
    event() {
      rarely(() => {
        noting = noteTrelloEvent(store, now().toISOString()).catch((error: unknown) =>
          log.warn({ err: error }, 'event of Trello not noted'),
        );
      });
    },
    settled: () => noting,
  };
}
