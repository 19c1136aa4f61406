import { deleteCardCheckItem, updateCardCheckItem } from 'trello.js/cards';
import {
  createChecklistItem,
  deleteChecklist,
  createChecklist as postChecklist,
  updateChecklist as putChecklist,
} from 'trello.js/checklists';
import { checkedId, type Endpoint } from '../endpoint.ts';
import { CheckItem, Checklist, Removed, Touched } from '../schema.ts';

export interface NewChecklist {
  readonly idCard: string;
  readonly name: string;
  readonly pos?: number;
  /** A checklist to copy, with all its points: the answer shows them, and they are to be compared with what is wanted. */
  readonly idChecklistSource?: string;
}

export function createChecklist(checklist: NewChecklist): Endpoint<Checklist> {
  const { idCard, idChecklistSource: source } = checklist;
  const request = {
    ...checklist,
    idCard: checkedId(idCard),
    idChecklistSource: source === undefined ? undefined : checkedId(source),
  };
  return { send: (trello) => postChecklist(trello, request), answer: Checklist };
}

export function updateChecklist(
  id: string,
  changes: { readonly name?: string; readonly pos?: number },
): Endpoint<Touched> {
  const request = { ...changes, id: checkedId(id) };
  return { send: (trello) => putChecklist(trello, request), answer: Touched, of: id };
}

export function removeChecklist(id: string): Endpoint<unknown> {
  const request = { id: checkedId(id) };
  return { send: (trello) => deleteChecklist(trello, request), answer: Removed };
}

export interface NewCheckItem {
  readonly name: string;
  readonly pos: number;
  readonly checked: boolean;
}

/** One point for each request: Trello takes no more at once. */
export function createCheckItem(idChecklist: string, item: NewCheckItem): Endpoint<CheckItem> {
  const request = { ...item, id: checkedId(idChecklist) };
  return { send: (trello) => createChecklistItem(trello, request), answer: CheckItem };
}

export interface CheckItemChanges {
  readonly name?: string;
  readonly state?: 'complete' | 'incomplete';
  readonly pos?: number;
}

export function updateCheckItem(
  idCard: string,
  idCheckItem: string,
  changes: CheckItemChanges,
): Endpoint<CheckItem> {
  const request = { ...changes, id: checkedId(idCard), idCheckItem: checkedId(idCheckItem) };
  return { send: (trello) => updateCardCheckItem(trello, request), answer: CheckItem, of: idCheckItem };
}

export function removeCheckItem(idCard: string, idCheckItem: string): Endpoint<unknown> {
  const request = { id: checkedId(idCard), idCheckItem: checkedId(idCheckItem) };
  return { send: (trello) => deleteCardCheckItem(trello, request), answer: Removed };
}
