import { JalonError } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { trelloWebhookMessages as words } from '#src/i18n/trello-webhooks.ts';
import type { Diagnosis, Memory, WebhookOrder, WorkspaceWebhook } from '../workspace.ts';
import type { TrelloConnection } from './connection.ts';
import { dropWebhook, findWebhook, type HookWish, keepWebhook } from './hooks.ts';
import type { Webhook } from './schema.ts';

export interface BoardWebhookOptions {
  readonly connection: TrelloConnection;
  readonly project: string;
  /** Where Trello is to tell us of changes. `undefined`: nowhere; what tells us from before is taken away. */
  readonly callbackURL: string | undefined;
  /** The id of the board, as far as it is remembered. */
  readonly boardOf: (memory: Memory) => string | undefined;
}

/** The webhook of a board, as the port knows it. */
export function boardWebhook(options: BoardWebhookOptions): WorkspaceWebhook {
  const { connection, project, callbackURL, boardOf } = options;
  const deskOf = (order: WebhookOrder) => ({ ...order, connection, project });
  const wishOf = (memory: Memory): HookWish | undefined => {
    const board = boardOf(memory);
    return board === undefined || callbackURL === undefined ? undefined : { board, callbackURL };
  };
  return {
    keep: (order) =>
      told(async () => {
        if (callbackURL === undefined) await dropWebhook(deskOf(order));
        const wish = wishOf(order.memory);
        return wish && diagnosis(await keepWebhook(deskOf(order), wish), wish);
      }),
    look: (order) =>
      told(async () => {
        const wish = wishOf(order.memory);
        return wish && diagnosis(await findWebhook(deskOf(order), wish), wish);
      }),
  };
}

/** What Trello or the network does is told, not thrown: the plan is kept up to date without a webhook too. */
async function told(work: () => Promise<Diagnosis | undefined>): Promise<Diagnosis | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof JalonError)) throw error;
    return { level: 'warning', said: error.said, error };
  }
}

function diagnosis(hook: Webhook | undefined, { callbackURL: url }: HookWish): Diagnosis {
  if (!hook) return { level: 'warning', said: said(words.missing, { url }) };
  if (!hook.active) return { level: 'warning', said: said(words.inactive, { url }) };
  const { consecutiveFailures: failures, firstConsecutiveFailDate: since } = hook;
  if (failures > 0) return { level: 'warning', said: said(words.failing, { url, failures, since }) };
  return { level: 'ok', said: said(words.active) };
}
