import {
  createCardComment,
  deleteCardAttachment,
  getCardActions,
  createCard as postCard,
  updateCard as putCard,
  updateCardComment,
} from 'trello.js/cards';
import type { CreateCard, UpdateCard } from 'trello.js/parameters';
import { checkedId, checkedIdOrLink, type Endpoint } from '../endpoint.ts';
import { FILE_NAME_LIMIT, PAGE_SIZE } from '../limits.ts';
import { Action, Attachment, Card, Checklist, Removed, type Rows, rowsOf, Touched } from '../schema.ts';

/** What a card may be given. Dates are ISO instants in UTC; `null` clears them. Sets replace what was there. */
export interface CardChanges {
  readonly name?: string;
  readonly desc?: string;
  readonly closed?: boolean;
  readonly idList?: string;
  readonly idBoard?: string;
  /** A number, since `bottom` gives a random order to what is created side by side. */
  readonly pos?: number;
  readonly due?: string | null;
  readonly start?: string | null;
  readonly dueComplete?: boolean;
  readonly idLabels?: readonly string[];
  readonly idMembers?: readonly string[];
}

export interface NewCard extends Omit<CardChanges, 'closed' | 'idBoard'> {
  readonly idList: string;
  readonly name: string;
  /** A card to copy; what is given beside it wins. A change right after a copy may race with it: read it again first. */
  readonly idCardSource?: string;
  readonly keepFromSource?: readonly (
    | 'attachments'
    | 'checklists'
    | 'comments'
    | 'customFields'
    | 'stickers'
  )[];
}

/** Its answer holds what Trello has made of it, without the checklists that a copy brings. */
export function createCard(card: NewCard): Endpoint<Card> {
  const request = {
    ...card,
    ...ids(card),
    idList: checkedId(card.idList),
    keepFromSource: card.keepFromSource?.join(','),
  };
  // trello.js does not know that a date may be null.
  return { send: (trello) => postCard(trello, request as unknown as CreateCard), answer: Card };
}

/** Send only what changes. */
export function updateCard(id: string, changes: CardChanges): Endpoint<Touched> {
  const request = { ...changes, ...ids(changes), id: checkedId(id) };
  return { send: (trello) => putCard(trello, request as unknown as UpdateCard), answer: Touched, of: id };
}

function ids({ idLabels, idMembers }: CardChanges) {
  return { idLabels: idLabels?.map(checkedId), idMembers: idMembers?.map(checkedId) };
}

/** `id` may be a short link. Without checklists: see `getCardChecklists`. */
export function getCard(id: string): Endpoint<Card> {
  const url = `/cards/${checkedIdOrLink(id)}`;
  const searchParams = { attachments: true, attachment_fields: 'name,url,isUpload,date' };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: Card, of: id };
}

export function getCardChecklists(id: string): Endpoint<Rows<Checklist>> {
  const url = `/cards/${checkedId(id)}/checklists`;
  const searchParams = { fields: 'name,idCard,pos' };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: rowsOf(Checklist) };
}

export function getCardAttachments(id: string): Endpoint<Rows<Attachment>> {
  const url = `/cards/${checkedId(id)}/attachments`;
  const searchParams = { fields: 'name,url,isUpload,date' };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: rowsOf(Attachment) };
}

/** The newest first, at most 1,000. `since`: an ISO instant, or the id of a comment. */
export function getCardComments(id: string, since?: string): Endpoint<Rows<Action>> {
  const parameters = {
    id: checkedId(id),
    filter: 'commentCard',
    limit: PAGE_SIZE,
    memberCreator: false,
    since,
  };
  return { send: (trello) => getCardActions(trello, parameters), answer: rowsOf(Action) };
}

/** `@name` in it notifies that person. Keep the id of the answer: a comment is better edited than repeated. */
export function addComment(idCard: string, text: string): Endpoint<Action> {
  const request = { id: checkedId(idCard), text };
  return { send: (trello) => createCardComment(trello, request), answer: Action };
}

/** Only its own author may change a comment. */
export function updateComment(idCard: string, idAction: string, text: string): Endpoint<Touched> {
  const request = { id: checkedId(idCard), idAction: checkedId(idAction), text };
  return { send: (trello) => updateCardComment(trello, request), answer: Touched, of: idAction };
}

export interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Shown to people; the only mark by which an upload can be found again. At most 256 characters. */
  readonly name: string;
  readonly mimeType: string;
  readonly setCover?: boolean;
}

/**
 * An attachment cannot be changed: add the new one, then remove the old one. trello.js would put the bytes into the
 * address.
 * @throws TypeError for a name that is too long to be kept.
 */
export function uploadAttachment(
  idCard: string,
  { bytes, name, mimeType, setCover }: Upload,
): Endpoint<Attachment> {
  if (name.length > FILE_NAME_LIMIT)
    throw new TypeError('The name of an attachment has at most 256 characters.');
  const url = `/cards/${checkedId(idCard)}/attachments`;
  const body = new FormData();
  body.set('name', name);
  body.set('mimeType', mimeType);
  if (setCover !== undefined) body.set('setCover', String(setCover));
  body.set('file', new Blob([bytes], { type: mimeType }), name);
  return { send: (trello) => trello.sendRequest({ url, method: 'POST', body }), answer: Attachment };
}

export function removeAttachment(idCard: string, idAttachment: string): Endpoint<unknown> {
  const request = { id: checkedId(idCard), idAttachment: checkedId(idAttachment) };
  return { send: (trello) => deleteCardAttachment(trello, request), answer: Removed };
}
