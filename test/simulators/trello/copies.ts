import { asList, asText, type Json, type JsonObject } from '../json.ts';
import { boardData, tell } from './actions.ts';
import { emptyBoard } from './boards.ts';
import { newCard } from './cards.ts';
import { makeComment } from './comments.ts';
import { makeList } from './lists.ts';
import { requireRoom } from './plan-gates.ts';
import type { Board, Card, Checklist, Label, List, Organization } from './records.ts';
import type { Caller, World } from './world.ts';

/** Parts of a card that a copy may take along. */
export const copyParts = [
  'attachments',
  'checklists',
  'comments',
  'customFields',
  'due',
  'start',
  'labels',
  'members',
  'stickers',
] as const;

/** What is said outright wins over what the source has. The description arrives when the copy is finished. */
export function copyCard(world: World, caller: Caller, list: List, source: Card, sent: JsonObject): Card {
  const kept = partsFrom(sent.keepFromSource);
  const card = newCard(world, caller, list, { ...valuesOf(world, source, list, kept), ...sent });
  world.add(card);
  tell(world, caller, 'copyCard', card, { cardSource: { id: source.id, name: source.name } });
  if (kept.has('checklists')) copyChecklists(world, source, card);
  if (kept.has('attachments')) copyAttachments(world, source, card);
  if (kept.has('comments')) copyComments(world, caller, source, card);
  if (kept.has('customFields') && source.idBoard === card.idBoard) {
    for (const [id, value] of source.fieldValues) card.fieldValues.set(id, { ...value, id: world.newId() });
  }
  if (sent.desc === undefined) {
    const { desc } = source;
    world.finishCopy(() => {
      card.desc = desc;
    });
  }
  world.touch(card);
  return card;
}

function partsFrom(keepFromSource: Json | undefined): Set<string> {
  const asked = keepFromSource === undefined ? ['all'] : asList(keepFromSource).map(asText);
  return new Set(asked.includes('all') ? copyParts : asked);
}

function valuesOf(world: World, source: Card, list: List, kept: ReadonlySet<string>): JsonObject {
  const sameBoard = source.idBoard === list.idBoard;
  const members = new Set(world.need('board', list.idBoard).memberships.map(({ memberId }) => memberId));
  return {
    name: source.name,
    ...(kept.has('due') ? { due: source.due, dueComplete: source.dueComplete } : {}),
    ...(kept.has('start') ? { start: source.start } : {}),
    ...(kept.has('labels') && sameBoard ? { idLabels: [...source.idLabels] } : {}),
    ...(kept.has('members') ? { idMembers: source.idMembers.filter((id) => members.has(id)) } : {}),
  };
}

/** Ticks stay as they are: the copy is of the work as it stands. */
function copyChecklists(world: World, source: Card, card: Card): void {
  for (const { name, pos, items } of world.checklistsOf(source.id)) {
    const copied = items.map((item) => ({ ...item, id: world.newId() }));
    const id = world.newId();
    world.add<Checklist>({ kind: 'checklist', id, idCard: card.id, name, pos, items: copied });
  }
}

function copyAttachments(world: World, source: Card, card: Card): void {
  const cover = source.cover.idAttachment;
  for (const attachment of source.attachments) {
    const copied = { ...attachment, id: world.newId() };
    card.attachments.push(copied);
    if (attachment.id === cover) card.cover = { ...source.cover, idAttachment: copied.id };
  }
}

function copyComments(world: World, caller: Caller, source: Card, card: Card): void {
  const comments = world.actions.filter(
    ({ type, data }) => type === 'commentCard' && Object(data.card).id === source.id,
  );
  for (const { data } of comments) makeComment(world, caller, card, asText(data.text));
}

/** The list with its open cards. */
export function copyList(world: World, caller: Caller, board: Board, source: List, sent: JsonObject): List {
  const list = makeList(world, caller, board, sent);
  world.finishCopy(() => {
    for (const card of world.cardsIn(source.id)) {
      if (!card.closed) copyCard(world, caller, list, card, { pos: card.pos });
    }
  });
  return list;
}

/**
 * Takes lists and labels along, and on demand cards with their checklists, attachments and dates; never members,
 * comments or what was done. The description is empty, whatever was sent.
 */
export function copyBoard(
  world: World,
  caller: Caller,
  organization: Organization | undefined,
  source: Board,
  sent: JsonObject,
): Board {
  const board = emptyBoard(world, caller, organization, { ...sent, desc: '' });
  const boardSource = { id: source.id, name: source.name };
  world.act(caller, 'copyBoard', { board: boardData(board), boardSource });
  world.finishCopy(() => {
    const labels = copyLabels(world, source, board);
    for (const list of world.listsOf(source.id)) {
      if (list.closed) continue;
      const { name, pos } = list;
      const copied = world.add<List>({
        kind: 'list',
        id: world.newId(),
        idBoard: board.id,
        name,
        closed: false,
        pos,
      });
      if (sent.keepFromSource === 'cards') copyCards(world, caller, list, copied, labels);
    }
  });
  return board;
}

function copyLabels(world: World, source: Board, board: Board): Map<string, string> {
  const copies = new Map<string, string>();
  for (const { id, name, color } of world.labelsOf(source.id)) {
    const copy = world.add<Label>({ kind: 'label', id: world.newId(), idBoard: board.id, name, color });
    copies.set(id, copy.id);
  }
  return copies;
}

function copyCards(
  world: World,
  caller: Caller,
  from: List,
  to: List,
  labels: ReadonlyMap<string, string>,
): void {
  for (const source of world.cardsIn(from.id)) {
    if (source.closed) continue;
    requireRoom(world, 'cards.openPerList', world.cardsIn(to.id).length);
    const { name, desc, pos, due, start, dueComplete } = source;
    const sent = { name, desc, pos, due, start, dueComplete };
    const card = world.add(newCard(world, caller, to, sent));
    card.idLabels = source.idLabels.map((id) => labels.get(id) ?? '').filter(Boolean);
    copyChecklists(world, source, card);
    copyAttachments(world, source, card);
    tell(world, caller, 'copyCard', card, { cardSource: { id: source.id, name } });
  }
}
