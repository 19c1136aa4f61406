import type { Delivery } from '#src/digest/send/delivery.ts';
import type { AddressedMessage } from '#src/plan/outgoing-message.ts';

/** One black pixel. */
export const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** A message with one block of each kind. */
export function aMessage(over: Partial<AddressedMessage> = {}): AddressedMessage {
  return {
    key: 'digest:2026-W48',
    kind: 'digest',
    to: 'subscribers',
    locale: 'fr',
    subject: 'Où en sommes-nous\u00a0? Semaine 48',
    blocks: [
      { kind: 'heading', text: 'À faire cette semaine' },
      { kind: 'paragraph', text: 'Trois tâches <b>urgentes</b> & deux autres.' },
      {
        kind: 'list',
        lines: [
          { text: 'Choisir la plateforme', link: 'https://www.notion.so/page?a=1&b=2' },
          { text: 'Appeler l’expert-comptable' },
        ],
      },
      { kind: 'picture', png: PNG, alt: 'Trois tâches sur dix sont faites' },
      { kind: 'smallPrint', text: 'Envoyé par Jalon.' },
    ],
    channels: ['email'],
    ...over,
  };
}

/** How messages of Boulangerie Martin reach people, with nothing set up but what is given. */
export function aDelivery(over: Partial<Delivery['settings']> = {}): Delivery {
  return {
    project: 'martin',
    company: 'Boulangerie Martin',
    locale: 'fr',
    channels: ['email', 'slack', 'teams'],
    people: [
      { role: 'office-manager', name: 'Claire', email: 'claire@example.org' },
      { role: 'accountant', name: 'Zoë', email: 'zoe@example.org' },
      { role: 'director', name: 'Paul', email: undefined },
    ],
    settings: {
      smtpUrl: undefined,
      smtpFrom: undefined,
      digestTo: ['claire@example.org', 'direction@example.org'],
      slackWebhookUrl: undefined,
      teamsWebhookUrl: undefined,
      ...over,
    },
  };
}
