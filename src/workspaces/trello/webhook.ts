import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { CLIENT_IDENTIFIER } from './client.ts';
import { TrelloId } from './schema.ts';

/** Names of headers, as they come. */
export const SIGNATURE_HEADER = 'x-trello-webhook';
export const IDENTIFIER_HEADER = 'x-trello-client-identifier';

/**
 * Something was done. Deliveries come late, in any order and more than once, and tell one edit as two or three actions.
 * So a delivery says where to look, and never what is there.
 */
export interface TrelloEvent {
  /** Of the action: the same for every webhook that tells it. */
  readonly id: string;
  /** When it was done, as an ISO instant; `undefined` when it does not say. */
  readonly at: string | undefined;
  /** The board, the card and the list that it is about, and what the webhook watches. */
  readonly remoteIds: readonly string[];
}

/** What is missing or odd is one place fewer to look at. */
const Place = z.object({ id: TrelloId }).optional().catch(undefined);

const Delivery = z.object({
  action: z.object({
    id: TrelloId,
    date: z.iso.datetime({ offset: true }).optional().catch(undefined),
    data: z.object({ board: Place, card: Place, list: Place }).optional().catch(undefined),
  }),
  model: Place,
});

/** What was delivered; `undefined` for what no action can be made out in. Who delivered it, the signature says. */
export function readDelivery(body: Uint8Array): TrelloEvent | undefined {
  const { data } = Delivery.safeParse(parsed(body));
  if (!data) return undefined;
  const { action, model } = data;
  const { board, card, list } = action.data ?? {};
  const ids = [board, card, list, model].flatMap((place) => place?.id ?? []);
  return {
    id: action.id,
    at: action.date === undefined ? undefined : new Date(action.date).toISOString(),
    remoteIds: [...new Set(ids)],
  };
}

/**
 * Whether one of the secrets has signed the body, as it came, for that address: HMAC-SHA1 over both, in base64. The
 * address counts letter by letter as it was registered. Takes as long whatever is wrong with the signature.
 */
export function isSigned(
  body: Uint8Array,
  signature: string | undefined,
  { secrets, callbackURL }: { readonly secrets: readonly string[]; readonly callbackURL: string },
): boolean {
  if (signature === undefined) return false;
  const given = Buffer.from(signature);
  const verdicts = secrets.map((secret) => {
    const wanted = Buffer.from(createHmac('sha1', secret).update(body).update(callbackURL).digest('base64'));
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  return verdicts.includes(true);
}

/** Whether we have done it ourselves: Trello gives back the name that we send along with each write. */
export function isOwnEcho(identifier: string | undefined): boolean {
  return identifier === CLIENT_IDENTIFIER;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
