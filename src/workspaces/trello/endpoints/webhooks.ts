import { getMemberTokens } from 'trello.js/members';
import type { UpdateWebhook } from 'trello.js/parameters';
import {
  deleteWebhook,
  createWebhook as postWebhook,
  updateWebhook as putWebhook,
  getWebhook as readWebhook,
} from 'trello.js/webhooks';
import { checkedId, type Endpoint } from '../endpoint.ts';
import { GivenToken, Removed, type Rows, rowsOf, Webhook } from '../schema.ts';

/** Trello first sends a HEAD to the address, and refuses the webhook unless it is answered with 200. */
export function createWebhook(idModel: string, callbackURL: string, description: string): Endpoint<Webhook> {
  const request = { idModel: checkedId(idModel), callbackURL, description };
  return { send: (trello) => postWebhook(trello, request), answer: Webhook };
}

export function getWebhook(id: string): Endpoint<Webhook> {
  const request = { id: checkedId(id) };
  return { send: (trello) => readWebhook(trello, request), answer: Webhook, of: id };
}

export function updateWebhook(
  id: string,
  changes: Pick<UpdateWebhook, 'active' | 'callbackURL' | 'description'>,
): Endpoint<Webhook> {
  const request = { ...changes, id: checkedId(id) };
  return { send: (trello) => putWebhook(trello, request), answer: Webhook, of: id };
}

export function removeWebhook(id: string): Endpoint<unknown> {
  const request = { id: checkedId(id) };
  return { send: (trello) => deleteWebhook(trello, request), answer: Removed };
}

/**
 * The webhooks of all permissions that the person of the token has given. Trello's other way of listing them has the
 * token in its address, where every proxy writes it down.
 */
export function getMyWebhooks(): Endpoint<Rows<GivenToken>> {
  return {
    send: (trello) => getMemberTokens(trello, { id: 'me', webhooks: true }),
    answer: rowsOf(GivenToken),
  };
}
