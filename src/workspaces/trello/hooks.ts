import { type JalonError, NeedsAttention } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { trelloWebhookMessages as words } from '#src/i18n/trello-webhooks.ts';
import type { Memory } from '../workspace.ts';
import type { TrelloConnection } from './connection.ts';
import { type Endpoint, isTrelloId } from './endpoint.ts';
import {
  createWebhook,
  getMyWebhooks,
  getWebhook,
  removeWebhook,
  updateWebhook,
} from './endpoints/webhooks.ts';
import { unlessGone } from './locate.ts';
import { failureOf, type Outcome } from './outcome.ts';
import type { Webhook } from './schema.ts';

/** Under this name the id of the webhook is remembered. */
const REMEMBERED = 'webhook';

export interface HookDesk {
  readonly connection: TrelloConnection;
  readonly project: string;
  readonly memory: Memory;
  readonly signal?: AbortSignal | undefined;
}

/** What is to be told of, and to which address, letter by letter. */
export interface HookWish {
  readonly board: string;
  readonly callbackURL: string;
}

/**
 * Sees to it that Trello tells the address of the board once: finds the webhook that is there, by its remembered id or
 * among those of the person of the token; moves it, switches it on again, or makes it. An unclear answer to the making
 * is followed by a look, and then left for the next time: Trello refuses a second one for the same board and address.
 * @throws NeedsAttention when Trello cannot reach the address; Refused or NotNow as any request.
 */
export async function keepWebhook(desk: HookDesk, wish: HookWish): Promise<Webhook> {
  const known = await remembered(desk);
  const hook = known && fits(known, wish) ? known : await listed(desk, wish);
  // What we made for another board or address must not stay beside it.
  const isLeftOver = known !== undefined && known.id !== hook?.id;
  if (isLeftOver && !hook && known.idModel === wish.board) return move(desk, known, wish);
  if (isLeftOver) await remove(desk, known.id);
  if (!hook) return make(desk, wish);
  await remember(desk, hook.id);
  return hook.active ? hook : move(desk, hook, wish);
}

/** The webhook that tells the address of the board. `undefined`: there is none. Changes nothing. */
export async function findWebhook(desk: HookDesk, wish: HookWish): Promise<Webhook | undefined> {
  const known = await remembered(desk);
  return known && fits(known, wish) ? known : listed(desk, wish);
}

/** Takes away the webhook that we remember, and none but that. */
export async function dropWebhook(desk: HookDesk): Promise<void> {
  const id = desk.memory.get(REMEMBERED);
  if (id === undefined) return;
  if (isTrelloId(id)) await remove(desk, id);
  desk.memory.delete(REMEMBERED);
  await desk.memory.flush();
}

async function remembered(desk: HookDesk): Promise<Webhook | undefined> {
  const id = desk.memory.get(REMEMBERED);
  return id === undefined || !isTrelloId(id) ? undefined : ownHook(desk, id);
}

/** A webhook belongs to its token: another token of the same person does not find it. */
async function ownHook(desk: HookDesk, id: string): Promise<Webhook | undefined> {
  return unlessGone(about(desk), await call(desk, getWebhook(id)));
}

async function listed(desk: HookDesk, wish: HookWish): Promise<Webhook | undefined> {
  const outcome = await call(desk, getMyWebhooks());
  // A token that may not list them may still make one; a second one is refused by Trello itself.
  if (outcome.kind === 'refused' && outcome.refusal.code !== 'unauthorized') return undefined;
  if (outcome.kind !== 'ok') throw failureOf(about(desk), outcome);
  const alike = outcome.value.rows
    .flatMap(({ webhooks }) => webhooks?.rows ?? [])
    .filter((hook) => fits(hook, wish));
  for (const { id } of alike) {
    const own = await ownHook(desk, id);
    if (own) return own;
  }
  return undefined;
}

async function make(desk: HookDesk, wish: HookWish): Promise<Webhook> {
  const { board, callbackURL } = wish;
  const outcome = await call(desk, createWebhook(board, callbackURL, `Jalon: ${desk.project}`));
  if (outcome.kind === 'notNow') throw failureOf(about(desk), outcome);
  if (outcome.kind === 'ok') {
    await remember(desk, outcome.value.id);
    return outcome.value;
  }
  // Also when it was refused: perhaps for being there already.
  const found = await listed(desk, wish);
  if (!found) throw failure(desk, outcome, wish);
  await remember(desk, found.id);
  return found.active ? found : move(desk, found, wish);
}

/** To the address, and switched on. */
async function move(desk: HookDesk, { id }: Webhook, wish: HookWish): Promise<Webhook> {
  const { callbackURL } = wish;
  const outcome = await call(desk, updateWebhook(id, { callbackURL, active: true }));
  if (outcome.kind !== 'ok') throw failure(desk, outcome, wish);
  return outcome.value;
}

async function remove(desk: HookDesk, id: string): Promise<void> {
  unlessGone(about(desk), await call(desk, removeWebhook(id)));
}

async function remember({ memory }: HookDesk, id: string): Promise<void> {
  memory.set(REMEMBERED, id);
  await memory.flush();
}

function fits({ idModel, callbackURL }: Webhook, wish: HookWish): boolean {
  return idModel === wish.board && callbackURL === wish.callbackURL;
}

/** Trello refuses an address that does not answer it, and says what it got there. */
function failure(
  desk: HookDesk,
  outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>,
  { callbackURL }: HookWish,
): JalonError {
  if (outcome.kind !== 'refused' || outcome.refusal.code !== 'invalid') {
    return failureOf(about(desk), outcome);
  }
  const { detail } = outcome.refusal;
  return new NeedsAttention(said(words.unreachable, { url: callbackURL, detail }));
}

function about({ project }: HookDesk): About {
  return { type: 'webhook', name: project };
}

function call<T>({ connection, project, signal }: HookDesk, endpoint: Endpoint<T>): Promise<Outcome<T>> {
  return connection.client.call({ project, signal }, endpoint);
}
