import { signatureOf } from '../../simulators/trello/postman.ts';

/** What Trello delivers to a webhook, for tests that need no whole Trello. */

export const SECRET = 'secret-of-the-application';
export const ADDRESS = 'https://jalon.example.org/webhooks/trello';
export const ACTION = '6924b1c0d1e2f3a4b5c6d7e8';
export const BOARD = '5f2b8c9d0e1a2b3c4d5e6f70';
export const CARD = '5f2b8c9d0e1a2b3c4d5e6f71';
export const LIST = '5f2b8c9d0e1a2b3c4d5e6f72';

/** A person has moved a card. What is `undefined` is left out. */
export function aDelivery(
  action: Readonly<Record<string, unknown>> = {},
  change: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    action: {
      id: ACTION,
      type: 'updateCard',
      date: '2026-11-23T08:59:00.000Z',
      data: {
        board: { id: BOARD, name: 'Plan' },
        card: { id: CARD, name: 'Lire la loi', idShort: 3 },
        list: { id: LIST, name: 'Comprendre' },
        old: { pos: 16_384 },
      },
      ...action,
    },
    model: { id: BOARD, name: 'Plan', desc: '' },
    webhook: { id: '5f2b8c9d0e1a2b3c4d5e6f73', active: true },
    ...change,
  };
}

/** A text as it is, anything else as JSON. */
export function bytes(body: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The headers that Trello sends along. */
export function signed(
  body: Uint8Array,
  { secret = SECRET, address = ADDRESS }: { readonly secret?: string; readonly address?: string } = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-trello-webhook': signatureOf(new TextDecoder().decode(body), address, secret),
  };
}
