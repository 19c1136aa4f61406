import { asList, asText, type Json, type JsonObject } from '../json.ts';
import { cardData, tell, tellChange } from './actions.ts';
import { ApiError, invalidValue } from './api-error.ts';
import { addAttachment, imageOf } from './attachments.ts';
import { requireRoom } from './plan-gates.ts';
import { positionFor } from './positions.ts';
import type { Board, Card, CardRole, List } from './records.ts';
import type { Caller, World } from './world.ts';

/** The values of `sent` are as the parameters of the API read them. */
export function makeCard(world: World, caller: Caller, list: List, sent: JsonObject): Card {
  const card = newCard(world, caller, list, sent);
  world.add(card);
  const { due } = card;
  // Trello tells the date before it tells the card that has it.
  if (due !== null) tellChange(world, caller, card, { due: null }, { due });
  tell(world, caller, 'createCard', card);
  for (const idMember of card.idMembers) tellMember(world, caller, 'addMemberToCard', card, idMember);
  if (typeof sent.urlSource === 'string') addAttachment(world, caller, card, { url: sent.urlSource });
  world.touch(card);
  return card;
}

export function newCard(world: World, caller: Caller, list: List, sent: JsonObject): Card {
  const board = world.need('board', list.idBoard);
  requireRoomForCard(world, list);
  const role = (sent.cardRole as CardRole | undefined) ?? null;
  const labels = labelsFrom(world, board, sent.idLabels);
  const members = membersFrom(board, sent.idMembers);
  const number = board.nextCardNumber;
  board.nextCardNumber += 1;
  return {
    kind: 'card',
    id: world.newId(),
    shortLink: world.newShortLink(),
    bornAt: world.requests,
    number,
    idBoard: board.id,
    idList: list.id,
    name: asText(sent.name),
    desc: asText(sent.desc),
    closed: false,
    pos: positionFor(sent.pos, world.cardsIn(list.id)),
    due: dateFrom(sent.due),
    start: dateFrom(sent.start),
    dueComplete: sent.dueComplete === true,
    dueReminder: null,
    idLabels: labels ?? [],
    idMembers: members ?? [],
    attachments: [],
    cover: emptyCover(),
    isTemplate: sent.isTemplate === true,
    cardRole: role,
    mirrorSourceId: role === 'mirror' ? mirrored(world, asText(sent.name)) : null,
    address: asText(sent.address) || null,
    locationName: asText(sent.locationName) || null,
    coordinates: null,
    subscribed: caller.credential === undefined,
    fieldValues: new Map(),
    activeAt: world.now(),
  };
}

/** The card whose address a mirror has for a name. */
function mirrored(world: World, name: string): string | null {
  const shortLink = /\/c\/([0-9A-Za-z]{8})/.exec(name)?.[1] ?? '';
  return world.get('card', shortLink)?.id ?? null;
}

function requireRoomForCard(world: World, list: List): void {
  const onBoard = world.cardsOf(list.idBoard);
  const inList = onBoard.filter(({ idList }) => idList === list.id);
  requireRoom(world, 'cards.openPerBoard', onBoard.filter(({ closed }) => !closed).length);
  requireRoom(world, 'cards.openPerList', inList.filter(({ closed }) => !closed).length);
  requireRoom(world, 'cards.totalPerBoard', onBoard.length);
  requireRoom(world, 'cards.totalPerList', inList.length);
}

function emptyCover(): JsonObject {
  return {
    idAttachment: null,
    color: null,
    idUploadedBackground: null,
    size: 'normal',
    brightness: 'dark',
    idPlugin: null,
  };
}

function dateFrom(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Undefined: none were given. @throws ApiError 400 on a label that is given twice or is not of the board. */
function labelsFrom(world: World, board: Board, given: Json | undefined): string[] | undefined {
  if (given === undefined) return undefined;
  const ids = asList(given).map(asText);
  const known = new Set(world.labelsOf(board.id).map(({ id }) => id));
  if (new Set(ids).size < ids.length || ids.some((id) => !known.has(id))) {
    throw new ApiError(400, 'label not found');
  }
  return ids;
}

function membersFrom(board: Board, given: Json | undefined): string[] | undefined {
  if (given === undefined) return undefined;
  const ids = asList(given).map(asText);
  const known = new Set(board.memberships.map(({ memberId }) => memberId));
  if (new Set(ids).size < ids.length) throw new ApiError(400, 'label not found');
  if (ids.some((id) => !known.has(id))) throw invalidValue('idMembers');
  return ids;
}

/** Plain values: each that differs becomes an action of its own that tells the old one. */
const plainKeys = [
  'name',
  'desc',
  'closed',
  'due',
  'start',
  'dueComplete',
  'dueReminder',
  'isTemplate',
  'cardRole',
  'mirrorSourceId',
  'address',
  'locationName',
] as const;

/** @throws ApiError 400 before anything is changed, when one of the values cannot be. */
export function changeCard(world: World, caller: Caller, card: Card, sent: JsonObject): void {
  const target = targetOf(world, card, sent);
  const board = world.need('board', target.idBoard);
  const labels = labelsFrom(world, board, sent.idLabels);
  const members = membersFrom(board, sent.idMembers);
  const cover = coverFrom(card, sent);
  if (sent.closed === false && card.closed) requireRoomForCard(world, target);
  move(world, caller, card, target, sent.pos);
  for (const key of plainKeys) {
    const value = sent[key];
    if (value === undefined || value === card[key]) continue;
    const old = card[key];
    Object.assign(card, { [key]: value });
    tellChange(world, caller, card, { [key]: old }, { [key]: value });
    world.touch(card);
  }
  if (cover !== undefined) changeCover(world, caller, card, cover);
  if (typeof sent.subscribed === 'boolean') card.subscribed = sent.subscribed;
  if (labels !== undefined) setLabels(world, caller, card, labels);
  if (members !== undefined) setMembers(world, caller, card, members);
}

/** The list where the card is to be. @throws ApiError 400 when board and list do not fit. */
function targetOf(world: World, card: Card, sent: JsonObject): List {
  const idBoard = asText(sent.idBoard) || undefined;
  const idList = asText(sent.idList) || undefined;
  if (idList === undefined && (idBoard === undefined || idBoard === card.idBoard)) {
    return world.need('list', card.idList);
  }
  const list =
    idList === undefined
      ? world.listsOf(idBoard ?? '').find(({ closed }) => !closed)
      : world.get('list', idList);
  if (list === undefined || (idBoard !== undefined && list.idBoard !== idBoard)) {
    throw invalidValue(idList === undefined ? 'idBoard' : 'idList');
  }
  return list;
}

function move(world: World, caller: Caller, card: Card, target: List, wanted: Json | undefined): void {
  if (target.id === card.idList) {
    if (wanted === undefined) return;
    const others = world.cardsIn(card.idList).filter(({ id }) => id !== card.id);
    const old = card.pos;
    card.pos = positionFor(wanted, others);
    if (card.pos !== old) tellChange(world, caller, card, { pos: old }, { pos: card.pos });
    world.touch(card);
    return;
  }
  const before = world.need('list', card.idList);
  const pos = positionFor(wanted ?? 'bottom', world.cardsIn(target.id));
  if (target.idBoard === before.idBoard) {
    world.place(card, target);
    tellMove(world, caller, card, before, target);
  } else moveToBoard(world, caller, card, before, target);
  card.pos = pos;
  world.touch(card);
}

function tellMove(world: World, caller: Caller, card: Card, before: List, after: List): void {
  const { list: _list, ...data } = cardData(world, card);
  world.act(caller, 'updateCard', {
    ...data,
    card: { ...data.card, idList: after.id },
    old: { idList: before.id },
    listBefore: { id: before.id, name: before.name },
    listAfter: { id: after.id, name: after.name },
  });
}

/** Labels and values of fields belong to a board, and stay behind; so do members who are not on the new one. */
function moveToBoard(world: World, caller: Caller, card: Card, before: List, after: List): void {
  const source = world.need('board', before.idBoard);
  const target = world.need('board', after.idBoard);
  tell(world, caller, 'moveCardFromBoard', card, { boardTarget: { id: target.id } });
  world.place(card, after);
  card.number = target.nextCardNumber;
  target.nextCardNumber += 1;
  card.idLabels = [];
  card.fieldValues.clear();
  const known = new Set(target.memberships.map(({ memberId }) => memberId));
  card.idMembers = card.idMembers.filter((id) => known.has(id));
  tell(world, caller, 'moveCardToBoard', card, { boardSource: { id: source.id } });
}

/** The new cover; undefined: it stays. @throws ApiError 400 when it names no picture of the card. */
function coverFrom(card: Card, sent: JsonObject): JsonObject | undefined {
  const { idAttachmentCover, cover } = sent;
  if (cover === null || idAttachmentCover === null || idAttachmentCover === '') return emptyCover();
  const given =
    idAttachmentCover === undefined ? cover : { ...Object(cover), idAttachment: idAttachmentCover };
  if (typeof given !== 'object' || Array.isArray(given)) return undefined;
  const idAttachment = given.idAttachment;
  if (idAttachment !== undefined && idAttachment !== null && !imageOf(card, asText(idAttachment))) {
    throw invalidValue(cover === undefined ? 'idAttachmentCover' : 'cover');
  }
  // A cover is a picture or a colour.
  const other = given.color ? { idAttachment: null } : idAttachment ? { color: null } : {};
  return { ...card.cover, ...other, ...given };
}

function changeCover(world: World, caller: Caller, card: Card, cover: JsonObject): void {
  const old = card.cover;
  card.cover = cover;
  tellChange(world, caller, card, { cover: old }, { cover });
  world.touch(card);
}

/** Trello keeps no action of it; webhooks hear of the card, and of each label. */
export function setLabels(world: World, caller: Caller, card: Card, labels: string[]): void {
  const old = card.idLabels;
  card.idLabels = labels;
  const added = labels.filter((id) => !old.includes(id));
  const removed = old.filter((id) => !labels.includes(id));
  if (added.length + removed.length === 0) return;
  tellChange(world, caller, card, { idLabels: old }, { idLabels: labels }, { hidden: true });
  for (const id of added) tellLabel(world, caller, 'addLabelToCard', card, id);
  for (const id of removed) tellLabel(world, caller, 'removeLabelFromCard', card, id);
  if (world.settings.labelsMoveActivity) world.touch(card);
}

function tellLabel(world: World, caller: Caller, type: string, card: Card, id: string): void {
  const label = world.get('label', id);
  const { name = '', color = null } = label ?? {};
  tell(world, caller, type, card, { label: { id, name, color }, text: name }, { hidden: true });
}

export function setMembers(world: World, caller: Caller, card: Card, members: string[]): void {
  const old = card.idMembers;
  card.idMembers = members;
  for (const id of members) if (!old.includes(id)) tellMember(world, caller, 'addMemberToCard', card, id);
  for (const id of old)
    if (!members.includes(id)) tellMember(world, caller, 'removeMemberFromCard', card, id);
  world.touch(card);
}

function tellMember(world: World, caller: Caller, type: string, card: Card, idMember: string): void {
  const name = world.members.get(idMember)?.fullName ?? '';
  const told = { idMember, member: { id: idMember, name } };
  tell(world, caller, type, card, told, { aboutMemberId: idMember });
}

/** For good; archiving is `closed`. */
export function removeCard(world: World, caller: Caller, card: Card): void {
  tell(world, caller, 'deleteCard', card);
  world.remove(card);
  world.touch(world.need('board', card.idBoard));
}
