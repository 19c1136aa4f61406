import type { Store } from '#src/store/store.ts';

/** Where Notion delivers, below the address of the service. */
export const NOTION_WEBHOOK_PATH = '/webhooks/notion';

/** Where Trello does. */
export const TRELLO_WEBHOOK_PATH = '/webhooks/trello';

/** The address that Trello is given, letter by letter: it signs what it delivers together with it. */
export function trelloCallbackURL(publicUrl: string | undefined): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}${TRELLO_WEBHOOK_PATH}`;
}

/** The address, where Trello may be asked to deliver there: what it tells of a plan is not for everybody to read. */
export function secureTrelloCallbackURL(publicUrl: string | undefined): string | undefined {
  const url = trelloCallbackURL(publicUrl);
  return url?.startsWith('https:') ? url : undefined;
}

/** What the service keeps of the webhooks of Notion, for `doctor` to tell. */
export interface WebhookNotes {
  /** The latest verification token that Notion has sent and that nobody has put into use yet. */
  readonly handshake: Handshake | undefined;
  /** When the last event that was surely Notion's arrived, as an ISO instant. */
  readonly lastEventAt: string | undefined;
}

export interface Handshake {
  readonly token: string;
  /** When it arrived, as an ISO instant. */
  readonly at: string;
}

type Memories = Pick<Store, 'memory'>;

/** No project can be called so: a slug has no colon. */
const OWNER = ':webhooks';
const NAMES = { token: 'handshake', tokenAt: 'handshake-at', eventAt: 'last-event-at' } as const;

export async function readWebhookNotes(store: Memories): Promise<WebhookNotes> {
  const memory = await store.memory(OWNER, 'notion');
  const token = memory.get(NAMES.token);
  const at = memory.get(NAMES.tokenAt);
  return {
    handshake: token !== undefined && at !== undefined ? { token, at } : undefined,
    lastEventAt: memory.get(NAMES.eventAt),
  };
}

/** The token takes the place of any earlier one. */
export async function keepHandshake(store: Memories, { token, at }: Handshake): Promise<void> {
  const memory = await store.memory(OWNER, 'notion');
  memory.set(NAMES.token, token);
  memory.set(NAMES.tokenAt, at);
  await memory.flush();
}

/** A token that is in use has no reason to lie about any longer: it is forgotten once an event has proved it. */
export async function noteEvent(store: Memories, at: string, tokens: readonly string[]): Promise<void> {
  const memory = await store.memory(OWNER, 'notion');
  memory.set(NAMES.eventAt, at);
  if (tokens.includes(memory.get(NAMES.token) ?? '')) {
    memory.delete(NAMES.token);
    memory.delete(NAMES.tokenAt);
  }
  await memory.flush();
}

/** When the last delivery that was surely Trello's arrived, as an ISO instant. */
export async function lastTrelloEventAt(store: Memories): Promise<string | undefined> {
  return (await store.memory(OWNER, 'trello')).get(NAMES.eventAt);
}

export async function noteTrelloEvent(store: Memories, at: string): Promise<void> {
  const memory = await store.memory(OWNER, 'trello');
  memory.set(NAMES.eventAt, at);
  await memory.flush();
}
