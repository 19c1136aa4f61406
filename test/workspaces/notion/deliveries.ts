import { signWebhookPayload } from '@notionhq/client';

/** What Notion delivers to a webhook, for tests. */

export const TOKEN = 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl';
export const PAGE = '153104cd-477e-809d-8dc4-ff2d96ae3090';
export const PARENT = '13950b26-c203-4f3b-b97d-93ec06319565';
export const SOURCE = '2f26ee68-df30-4251-aad4-8ddc420cba3d';
export const BOT = '3a1b6c4d-0f2e-4b5a-9c8d-7e6f5a4b3c2d';
export const PERSON = 'c7c11cca-1d73-471d-9b6e-bdef51470190';

/** A person has changed a row. What is `undefined` is left out. */
export function anEvent(change: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: 'event-1',
    timestamp: '2026-11-23T08:59:00.000Z',
    workspace_id: PERSON,
    subscription_id: PARENT,
    integration_id: PARENT,
    type: 'page.properties_updated',
    authors: [{ id: PERSON, type: 'person' }],
    attempt_number: 1,
    api_version: '2026-03-11',
    entity: { id: PAGE, type: 'page' },
    data: {
      parent: { id: PARENT, type: 'database', data_source_id: SOURCE },
      updated_properties: ['XGe%40', 'bDf%5B'],
    },
    ...change,
  };
}

/** A text as it is, anything else as JSON. */
export function bytes(body: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The headers that Notion sends along. */
export async function signed(
  body: Uint8Array,
  verificationToken: string = TOKEN,
): Promise<Record<string, string>> {
  return {
    'content-type': 'application/json',
    'x-notion-signature': await signWebhookPayload({ body, verificationToken }),
  };
}
