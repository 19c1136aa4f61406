import { createBoard as postBoard, updateBoard as putBoard } from 'trello.js/boards';
import { createLabel as postLabel, updateLabel as putLabel } from 'trello.js/labels';
import { createList as postList, updateList as putList } from 'trello.js/lists';
import { getMemberBoards } from 'trello.js/members';
import { getOrganizationBoards } from 'trello.js/organizations';
import type { CreateBoard, CreateLabel, UpdateBoard, UpdateLabel, UpdateList } from 'trello.js/parameters';
import { checkedId, checkedIdOrLink, checkedName, type Endpoint } from '../endpoint.ts';
import { PAGE_SIZE } from '../limits.ts';
import {
  Action,
  Board,
  BoardBundle,
  BoardFrame,
  Card,
  Label,
  type Rows,
  rowsOf,
  Touched,
  TrelloList,
} from '../schema.ts';

const BOARD_FIELDS =
  'name,desc,closed,dateLastActivity,idOrganization,url,shortLink,type,premiumFeatures,limits';
const CARD_FIELDS =
  'name,desc,closed,idList,pos,due,start,dueComplete,idLabels,idMembers,shortLink,dateLastActivity,isTemplate,cardRole';

/**
 * A new board, without the lists and labels that Trello would give it. A board that is copied (`idBoardSource`) loses
 * its `desc`: it is to be given afterwards.
 */
export function createBoard(
  board: Pick<
    CreateBoard,
    'name' | 'desc' | 'idOrganization' | 'idBoardSource' | 'keepFromSource' | 'prefsPermissionLevel'
  >,
): Endpoint<Board> {
  const bare = { ...board, defaultLists: false, defaultLabels: false };
  return { send: (trello) => postBoard(trello, bare), answer: Board };
}

export type BoardChanges = Pick<UpdateBoard, 'name' | 'desc' | 'closed'>;

export function updateBoard(id: string, changes: BoardChanges): Endpoint<Touched> {
  const request = { ...changes, id: checkedId(id) };
  return { send: (trello) => putBoard(trello, request), answer: Touched, of: id };
}

/** The board itself: its name, its limits, when it was last active. `id` may be a short link. */
export function getBoard(id: string): Endpoint<Board> {
  const url = `/boards/${checkedIdOrLink(id)}`;
  return {
    send: (trello) => trello.sendRequest({ url, searchParams: { fields: BOARD_FIELDS } }),
    answer: Board,
    of: id,
  };
}

/** All that hangs in a board beside its cards, archived ones included, with its latest comments. */
const FRAME = {
  fields: BOARD_FIELDS,
  lists: 'all',
  list_fields: 'name,closed,pos',
  checklists: 'all',
  checklist_fields: 'name,idCard,pos',
  labels: 'all',
  // Trello shows 50 unless asked for more.
  labels_limit: PAGE_SIZE,
  members: 'all',
  member_fields: 'username,fullName',
  // Empty where the plan has none.
  customFields: true,
  actions: 'commentCard',
  actions_limit: PAGE_SIZE,
  action_fields: 'idMemberCreator,type,date,data',
};
const ATTACHMENT_FIELDS = 'name,url,isUpload,date';

/**
 * A board with its lists, cards, checklists, labels, members, custom fields and its latest comments in one request,
 * archived ones included. trello.js cannot express it. `refused` as `tooManyCards` where it would be too much: see
 * `fetchBoard`.
 */
export function getBoardBundle(id: string): Endpoint<BoardBundle> {
  const url = `/boards/${checkedId(id)}`;
  const searchParams = {
    ...FRAME,
    cards: 'all',
    card_fields: CARD_FIELDS,
    card_attachments: true,
    card_attachment_fields: ATTACHMENT_FIELDS,
    card_customFieldItems: true,
  };
  return {
    send: (trello) => trello.sendRequest({ url, searchParams }),
    answer: BoardBundle,
    of: id,
  };
}

/** The same without the cards. */
export function getBoardFrame(id: string): Endpoint<BoardFrame> {
  const url = `/boards/${checkedId(id)}`;
  return {
    send: (trello) => trello.sendRequest({ url, searchParams: FRAME }),
    answer: BoardFrame,
    of: id,
  };
}

/**
 * At most 1,000 cards of a board, archived ones included, the newest first; `before` is the id of the oldest that is
 * known already. Only a page without any card is surely the last.
 */
export function getBoardCards(id: string, before?: string): Endpoint<Rows<Card>> {
  const url = `/boards/${checkedId(id)}/cards/all`;
  const searchParams = {
    fields: CARD_FIELDS,
    attachments: true,
    attachment_fields: ATTACHMENT_FIELDS,
    customFieldItems: true,
    limit: PAGE_SIZE,
    sort: '-id',
    before: before === undefined ? undefined : checkedId(before),
  };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: rowsOf(Card) };
}

/** All labels up to 1,000. A board that is new or copied does not tell them itself. */
export function getBoardLabels(id: string): Endpoint<Rows<Label>> {
  const url = `/boards/${checkedId(id)}/labels`;
  return {
    send: (trello) => trello.sendRequest({ url, searchParams: { limit: PAGE_SIZE } }),
    answer: rowsOf(Label),
  };
}

/** Comments on a board that are older than the action of that id, the newest first, at most 1,000, with their authors. */
export function getBoardComments(id: string, before: string): Endpoint<Rows<Action>> {
  const url = `/boards/${checkedId(id)}/actions`;
  const searchParams = {
    filter: 'commentCard',
    fields: FRAME.action_fields,
    limit: PAGE_SIZE,
    before: checkedId(before),
  };
  return { send: (trello) => trello.sendRequest({ url, searchParams }), answer: rowsOf(Action) };
}

/** Open boards of the person of the token, with their last activity. Misses boards that they only reach through a workspace. */
export function getMyBoards(): Endpoint<Rows<Board>> {
  const parameters = {
    id: 'me',
    filter: 'open',
    fields: 'name,desc,closed,dateLastActivity,idOrganization,url,shortLink,type',
  };
  return { send: (trello) => getMemberBoards(trello, parameters), answer: rowsOf(Board) };
}

/** Boards of a workspace, closed ones too, with the description that holds their marker. */
export function getBoardsOf(organization: string): Endpoint<Rows<Board>> {
  const parameters = {
    id: checkedName(organization),
    filter: 'all',
    fields: 'name,desc,closed,dateLastActivity,idOrganization,url,shortLink,type',
  };
  return { send: (trello) => getOrganizationBoards(trello, parameters), answer: rowsOf(Board) };
}

export interface NewList {
  readonly idBoard: string;
  readonly name: string;
  /** A number, since `bottom` gives a random order to what is created side by side. */
  readonly pos: number;
}

export function createList(list: NewList): Endpoint<TrelloList> {
  const request = { ...list, idBoard: checkedId(list.idBoard) };
  return { send: (trello) => postList(trello, request), answer: TrelloList };
}

export type ListChanges = Pick<UpdateList, 'name' | 'closed' | 'pos'>;

export function updateList(id: string, changes: ListChanges): Endpoint<Touched> {
  const request = { ...changes, id: checkedId(id) };
  return { send: (trello) => putList(trello, request), answer: Touched, of: id };
}

export interface NewLabel {
  readonly idBoard: string;
  readonly name: string;
  /** `null`: none. */
  readonly color: string | null;
}

/** The same call twice makes two labels. */
export function createLabel(label: NewLabel): Endpoint<Label> {
  // trello.js does not know that a label may have no colour.
  const request = { ...label, idBoard: checkedId(label.idBoard) } as CreateLabel;
  return { send: (trello) => postLabel(trello, request), answer: Label };
}

export function updateLabel(
  id: string,
  changes: Partial<Pick<NewLabel, 'name' | 'color'>>,
): Endpoint<Touched> {
  const request = { ...changes, id: checkedId(id) } as UpdateLabel;
  return { send: (trello) => putLabel(trello, request), answer: Touched, of: id };
}
