import { deliveryMessages as words } from '#src/i18n/delivery.ts';
import { say } from '#src/i18n/message.ts';
import type { Channel, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { Attempt } from './attempt.ts';
import { type CourierDeps, carry } from './courier.ts';
import type { Delivery } from './delivery.ts';

/**
 * Sends one test message over each channel of the project, by e-mail to whoever receives the digest, and tells how
 * it went. It does not go through the outbox: whoever asks is there to see it arrive, or to ask again.
 */
export async function sendTest(
  delivery: Delivery,
  deps: CourierDeps,
): Promise<readonly { readonly channel: Channel; readonly attempt: Attempt }[]> {
  const { locale, company, channels } = delivery;
  const now = deps.now();
  const message: OutgoingMessage = {
    // A key of its own each time: the same one would make mail programs hide the second.
    key: `test:${now.toISOString()}`,
    kind: 'notice',
    to: 'subscribers',
    locale,
    subject: say(locale, words.testSubject),
    blocks: [{ kind: 'paragraph', text: say(locale, words.testText, { company }) }],
  };
  return Promise.all(
    channels.map(async (channel) => ({
      channel,
      attempt: await carry({ channel, message, putAt: now }, delivery, deps),
    })),
  );
}
