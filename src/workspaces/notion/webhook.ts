import * as z from 'zod';
import { NotionId } from './schema.ts';

/** What Notion sends: once the token of a new subscription, then, for ever, events. */
export type Delivery =
  | { readonly kind: 'handshake'; readonly token: string }
  | { readonly kind: 'event'; readonly event: NotionEvent }
  /** Nothing that Notion is known to send. */
  | { readonly kind: 'unreadable' };

/**
 * Something has changed, or did up to a day ago: events come late, in any order and more than once. So an event says
 * where to look, and never what is there.
 */
export interface NotionEvent {
  readonly id: string;
  /** When it happened, as an ISO instant; `undefined` when the event does not say. */
  readonly at: string | undefined;
  /** The page, the rows or the block that it is about, and what that stands in. */
  readonly remoteIds: readonly string[];
  readonly authors: readonly Author[];
}

/** It is shown on a terminal, and pasted: printable, and of a length that can be. Notion's begin with `secret_`. */
const VerificationToken = z.string().regex(/^[\w.~+/=-]{8,256}$/);
const Handshake = z.object({ verification_token: VerificationToken });

const Author = z.object({ id: NotionId, type: z.string() });
type Author = z.infer<typeof Author>;

/** An id that is missing or odd is one place fewer to look at. An author that is, is somebody: not ourselves. */
const RemoteId = NotionId.optional().catch(undefined);
const Stranger = { id: '', type: 'unknown' };

const Event = z.object({
  id: z.string().min(1).max(100),
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  authors: z.array(Author.catch(Stranger)).catch([]),
  entity: z.object({ id: RemoteId }).catch({ id: undefined }),
  data: z
    .object({
      page_id: RemoteId,
      parent: z.object({ id: RemoteId, data_source_id: RemoteId }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Tells what was delivered. Says nothing of who delivered it: that is what the signature is for. */
export function readDelivery(body: Uint8Array): Delivery {
  const raw = parsed(body);
  const handshake = Handshake.safeParse(raw).data;
  if (handshake) return { kind: 'handshake', token: handshake.verification_token };
  const event = Event.safeParse(raw).data;
  return event ? { kind: 'event', event: eventFrom(event) } : { kind: 'unreadable' };
}

/** Whether the body, as it came, was signed with one of the tokens. Loads the SDK when it is first called. */
export async function isSigned(
  body: Uint8Array,
  signature: string | undefined,
  tokens: readonly string[],
): Promise<boolean> {
  if (signature === undefined || tokens.length === 0) return false;
  const { isSignedWith } = await import('./signature.ts');
  return isSignedWith(tokens, body, signature);
}

/** Whether nobody but these bots had a hand in it: then it tells us what we have just written ourselves. */
export function isOwnEcho({ authors }: NotionEvent, ownBots: ReadonlySet<string>): boolean {
  return authors.length > 0 && authors.every(({ id, type }) => type === 'bot' && ownBots.has(id));
}

function eventFrom({ id, timestamp, authors, entity, data }: z.infer<typeof Event>): NotionEvent {
  const places = [entity.id, data?.page_id, data?.parent?.id, data?.parent?.data_source_id];
  return {
    id,
    at: timestamp === undefined ? undefined : new Date(timestamp).toISOString(),
    remoteIds: [...new Set(places.filter((place) => place !== undefined))],
    authors,
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
