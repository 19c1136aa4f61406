import { asText, type JsonObject } from '../json.ts';
import { cardData, tell, tellUpdate } from './actions.ts';
import { keepsItemDetails, requireRoom } from './plan-gates.ts';
import { inOrder, positionFor } from './positions.ts';
import type { Card, CheckItem, Checklist } from './records.ts';
import type { Caller, World } from './world.ts';

function checklistData({ id, name }: Checklist): JsonObject {
  return { id, name };
}

export function makeChecklist(world: World, caller: Caller, card: Card, sent: JsonObject): Checklist {
  requireRoomForChecklist(world, card);
  const source = world.get('checklist', asText(sent.idChecklistSource));
  const checklist = world.add<Checklist>({
    kind: 'checklist',
    id: world.newId(),
    idCard: card.id,
    name: asText(sent.name) || (source?.name ?? 'Checklist'),
    pos: positionFor(sent.pos, world.checklistsOf(card.id)),
    // A copy is taken to be fresh work: whether Trello keeps the ticks is not written down.
    items: (source?.items ?? []).map((item) => ({ ...item, id: world.newId(), state: 'incomplete' })),
  });
  tell(world, caller, 'addChecklistToCard', card, { checklist: checklistData(checklist) });
  world.touch(card);
  return checklist;
}

function requireRoomForChecklist(world: World, card: Card): void {
  const onBoard = world.checklistsOn(card.idBoard);
  requireRoom(world, 'checklists.perCard', onBoard.filter(({ idCard }) => idCard === card.id).length);
  requireRoom(world, 'checklists.perBoard', onBoard.length);
}

export function changeChecklist(
  world: World,
  caller: Caller,
  checklist: Checklist,
  { name, pos }: JsonObject,
): void {
  const card = world.need('card', checklist.idCard);
  if (pos !== undefined) {
    const others = world.checklistsOf(card.id).filter(({ id }) => id !== checklist.id);
    checklist.pos = positionFor(pos, others);
  }
  if (typeof name === 'string' && name !== checklist.name) {
    const old = checklist.name;
    checklist.name = name;
    const data = cardContext(world, card);
    tellUpdate(world, caller, 'checklist', { ...data, checklist: checklistData(checklist) }, { name: old });
  }
  world.touch(card);
}

/** What is told of the card of a checklist: not its list. */
function cardContext(world: World, card: Card): JsonObject {
  const { list: _list, ...data } = cardData(world, card);
  return data;
}

export function removeChecklist(world: World, caller: Caller, checklist: Checklist): void {
  const card = world.need('card', checklist.idCard);
  world.remove(checklist);
  tell(world, caller, 'removeChecklistFromCard', card, { checklist: checklistData(checklist) });
  world.touch(card);
}

export function makeItem(world: World, caller: Caller, checklist: Checklist, sent: JsonObject): CheckItem {
  requireRoom(world, 'checkItems.perChecklist', checklist.items.length);
  const item: CheckItem = {
    id: world.newId(),
    name: asText(sent.name),
    pos: positionFor(sent.pos, checklist.items),
    state: sent.checked === true ? 'complete' : 'incomplete',
    due: null,
    dueReminder: null,
    idMember: null,
  };
  setDetails(world, item, sent);
  checklist.items.push(item);
  tellItem(world, caller, 'createCheckItem', checklist, item, { hidden: true });
  return item;
}

/** @throws ApiError on Free, where a test wants it refused; otherwise Free passes over it. */
function setDetails(world: World, item: CheckItem, { due, dueReminder, idMember }: JsonObject): void {
  const wanted = [due, dueReminder, idMember].some((value) => value !== undefined && value !== null);
  if (!wanted && due === undefined && idMember === undefined && dueReminder === undefined) return;
  if (wanted && !keepsItemDetails(world)) return;
  if (due !== undefined) item.due = due === null ? null : asText(due);
  if (typeof dueReminder === 'number') item.dueReminder = dueReminder;
  if (idMember !== undefined) item.idMember = asText(idMember) || null;
}

export function changeItem(
  world: World,
  caller: Caller,
  checklist: Checklist,
  item: CheckItem,
  sent: JsonObject,
): void {
  const target = world.get('checklist', asText(sent.idChecklist)) ?? checklist;
  setDetails(world, item, sent);
  if (target.id !== checklist.id) {
    requireRoom(world, 'checkItems.perChecklist', target.items.length);
    checklist.items = checklist.items.filter(({ id }) => id !== item.id);
    item.pos = positionFor('bottom', target.items);
    target.items.push(item);
  }
  if (sent.pos !== undefined) {
    const others = target.items.filter(({ id }) => id !== item.id);
    item.pos = positionFor(sent.pos, others);
  }
  if (typeof sent.name === 'string' && sent.name !== item.name) {
    item.name = sent.name;
    tellItem(world, caller, 'updateCheckItem', target, item, { hidden: true });
  }
  if (typeof sent.state === 'string' && sent.state !== item.state) {
    item.state = sent.state === 'complete' ? 'complete' : 'incomplete';
    tellItem(world, caller, 'updateCheckItemStateOnCard', target, item);
  }
}

export function removeItem(world: World, caller: Caller, checklist: Checklist, item: CheckItem): void {
  checklist.items = checklist.items.filter(({ id }) => id !== item.id);
  tellItem(world, caller, 'deleteCheckItem', checklist, item, { hidden: true });
}

function tellItem(
  world: World,
  caller: Caller,
  type: string,
  checklist: Checklist,
  { id, name, state }: CheckItem,
  how: { hidden?: boolean } = {},
): void {
  const card = world.need('card', checklist.idCard);
  const told = { checklist: checklistData(checklist), checkItem: { id, name, state } };
  world.act(caller, type, { ...cardContext(world, card), ...told }, how);
  world.touch(card);
}

export function itemsInOrder(checklist: Checklist): CheckItem[] {
  return inOrder(checklist.items);
}
