import type { JsonObject } from '../json.ts';
import { addAttachment, removeAttachment } from './attachments.ts';
import { BoardKeeper } from './board-keeper.ts';
import { changeCard, makeCard, removeCard, setLabels } from './cards.ts';
import {
  changeChecklist,
  changeItem,
  makeChecklist,
  makeItem,
  removeChecklist,
  removeItem,
} from './checklists.ts';
import { changeComment, makeComment, removeComment } from './comments.ts';
import { copyCard } from './copies.ts';
import { setFieldValue } from './custom-fields.ts';
import type { Action, Attachment, Card, CheckItem, Checklist } from './records.ts';

type Place = 'top' | 'bottom' | number;

/**
 * What people do in the interface of Trello: here with cards, in `BoardKeeper` with what holds them. Nothing here is a
 * request, and no limit of the API holds; what Trello keeps as an action is kept.
 */
export class Person extends BoardKeeper {
  /** Values in the form of the API: `{ desc: '…', due: '2027-01-15T11:00:00.000Z', idLabels: […] }`. */
  addCard(listId: string, name: string, values: JsonObject = {}): Card {
    return makeCard(this.world, this.caller, this.get('list', listId), { name, ...values });
  }

  copyCard(cardId: string, listId: string, name?: string): Card {
    const sent = name === undefined ? {} : { name };
    return copyCard(this.world, this.caller, this.get('list', listId), this.get('card', cardId), sent);
  }

  /** Any values of a card, in the form of the API. */
  edit(cardId: string, values: JsonObject): void {
    changeCard(this.world, this.caller, this.get('card', cardId), values);
  }

  rename(cardId: string, name: string): void {
    this.edit(cardId, { name });
  }

  /** The description as it will stand, hidden lines included. */
  describe(cardId: string, desc: string): void {
    this.edit(cardId, { desc });
  }

  /** Rewrites the description in the editor, which may lose lines that only Markdown sees. */
  retype(cardId: string, change: (desc: string) => string): void {
    const desc = change(this.get('card', cardId).desc);
    const keeps = this.world.settings.editorKeepsHiddenLines;
    this.describe(cardId, keeps ? desc : desc.replaceAll(/^\[\/\/\]: # .*\n?/gm, ''));
  }

  /** Deletes the lines of the description that match. */
  deleteLines(cardId: string, unwanted: RegExp): void {
    const lines = this.get('card', cardId).desc.split('\n');
    this.describe(cardId, lines.filter((line) => !unwanted.test(line)).join('\n'));
  }

  move(cardId: string, listId: string, pos: Place = 'bottom'): void {
    this.edit(cardId, { idList: listId, pos });
  }

  reorder(cardId: string, pos: Place): void {
    this.edit(cardId, { pos });
  }

  archive(cardId: string): void {
    this.edit(cardId, { closed: true });
  }

  restore(cardId: string): void {
    this.edit(cardId, { closed: false });
  }

  /** For good. */
  delete(cardId: string): void {
    removeCard(this.world, this.caller, this.get('card', cardId));
  }

  setDue(cardId: string, due: string | null): void {
    this.edit(cardId, { due });
  }

  setStart(cardId: string, start: string | null): void {
    this.edit(cardId, { start });
  }

  /** Minutes before the date, which nothing but a person can set. */
  setReminder(cardId: string, dueReminder: number | null): void {
    this.edit(cardId, { dueReminder });
  }

  complete(cardId: string, dueComplete = true): void {
    this.edit(cardId, { dueComplete });
  }

  label(cardId: string, name: string): void {
    const card = this.get('card', cardId);
    const { id } = this.labelNamed(card.idBoard, name);
    if (!card.idLabels.includes(id)) setLabels(this.world, this.caller, card, [...card.idLabels, id]);
  }

  unlabel(cardId: string, name: string): void {
    const card = this.get('card', cardId);
    const { id } = this.labelNamed(card.idBoard, name);
    setLabels(
      this.world,
      this.caller,
      card,
      card.idLabels.filter((one) => one !== id),
    );
  }

  /** By id, user name or e-mail; somebody who is on the board. */
  assign(cardId: string, member: string): void {
    const { idMembers } = this.get('card', cardId);
    this.edit(cardId, { idMembers: [...new Set([...idMembers, this.member(member).id])] });
  }

  unassign(cardId: string, member: string): void {
    const { id } = this.member(member);
    const { idMembers } = this.get('card', cardId);
    this.edit(cardId, { idMembers: idMembers.filter((one) => one !== id) });
  }

  makeTemplate(cardId: string, isTemplate = true): void {
    this.edit(cardId, { isTemplate });
  }

  /** The card shows another one from now on. */
  makeMirror(cardId: string, sourceId: string): void {
    const { shortLink } = this.get('card', sourceId);
    const name = `https://trello.com/c/${shortLink}`;
    this.edit(cardId, { name, cardRole: 'mirror', mirrorSourceId: sourceId });
  }

  makeSeparator(cardId: string): void {
    this.edit(cardId, { name: '---', cardRole: 'separator' });
  }

  comment(cardId: string, text: string): Action {
    return makeComment(this.world, this.caller, this.get('card', cardId), text);
  }

  editComment(actionId: string, text: string): void {
    changeComment(this.world, this.caller, this.#action(actionId), text);
  }

  deleteComment(actionId: string): void {
    removeComment(this.world, this.caller, this.#action(actionId));
  }

  addChecklist(cardId: string, name: string, items: readonly string[] = []): Checklist {
    const checklist = makeChecklist(this.world, this.caller, this.get('card', cardId), { name });
    for (const item of items) makeItem(this.world, this.caller, checklist, { name: item });
    return checklist;
  }

  renameChecklist(checklistId: string, name: string): void {
    changeChecklist(this.world, this.caller, this.get('checklist', checklistId), { name });
  }

  deleteChecklist(checklistId: string): void {
    removeChecklist(this.world, this.caller, this.get('checklist', checklistId));
  }

  addItem(checklistId: string, name: string): CheckItem {
    return makeItem(this.world, this.caller, this.get('checklist', checklistId), { name });
  }

  /** Ticks the first item of a card that has these words. */
  tick(cardId: string, words: string, done = true): void {
    this.#changeItem(cardId, words, { state: done ? 'complete' : 'incomplete' });
  }

  renameItem(cardId: string, words: string, name: string): void {
    this.#changeItem(cardId, words, { name });
  }

  deleteItem(cardId: string, words: string): void {
    const { checklist, item } = this.#item(cardId, words);
    removeItem(this.world, this.caller, checklist, item);
  }

  attachLink(cardId: string, url: string): Attachment {
    return addAttachment(this.world, this.caller, this.get('card', cardId), { url });
  }

  attachFile(cardId: string, name: string, bytes: Buffer): Attachment {
    const card = this.get('card', cardId);
    return addAttachment(this.world, this.caller, card, { file: { name, bytes } });
  }

  detach(cardId: string, name: string): void {
    const card = this.get('card', cardId);
    const attachment = card.attachments.find((one) => one.name === name);
    if (attachment === undefined) throw new Error(`There is no attachment “${name}” on that card.`);
    removeAttachment(this.world, this.caller, card, attachment);
  }

  /** A value in the form of the API, `{ value: { text: '…' } }`; of the field of that name. */
  setField(cardId: string, name: string, value: JsonObject): void {
    const card = this.get('card', cardId);
    setFieldValue(this.world, this.caller, card, this.fieldNamed(card.idBoard, name), value);
  }

  #action(id: string): Action {
    const action = this.world.actions.find((one) => one.id === id);
    if (action === undefined) throw new Error(`There is no action with the id ${id}.`);
    return action;
  }

  #changeItem(cardId: string, words: string, values: JsonObject): void {
    const { checklist, item } = this.#item(cardId, words);
    changeItem(this.world, this.caller, checklist, item, values);
  }

  #item(cardId: string, words: string): { checklist: Checklist; item: CheckItem } {
    for (const checklist of this.world.checklistsOf(this.get('card', cardId).id)) {
      const item = checklist.items.find(({ name }) => name === words);
      if (item !== undefined) return { checklist, item };
    }
    throw new Error(`There is no item “${words}” on that card.`);
  }
}
