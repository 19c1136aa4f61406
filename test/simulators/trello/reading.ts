import { asList, asText, type Json, type JsonObject } from '../json.ts';
import { isAsked, namesModel } from './actions.ts';
import { ApiError } from './api-error.ts';
import * as p from './parameters.ts';
import type { Action, Card, Checklist, Label, List } from './records.ts';
import {
  memberSummary,
  pick,
  renderAction,
  renderAttachment,
  renderCard,
  renderChecklist,
  renderFieldValues,
  renderLabel,
  renderList,
} from './render.ts';
import type { World } from './world.ts';

/** Names of fields that exist, beside the id. */
const cardFields = [
  'address',
  'badges',
  'cardRole',
  'checkItemStates',
  'closed',
  'coordinates',
  'cover',
  'creationMethod',
  'dateLastActivity',
  'desc',
  'descData',
  'due',
  'dueComplete',
  'dueReminder',
  'email',
  'idAttachmentCover',
  'idBoard',
  'idChecklists',
  'idLabels',
  'idList',
  'idMembers',
  'idMembersVoted',
  'idShort',
  'isTemplate',
  'labels',
  'limits',
  'locationName',
  'manualCoverAttachment',
  'mirrorSourceId',
  'name',
  'pinned',
  'pos',
  'shortLink',
  'shortUrl',
  'start',
  'subscribed',
  'url',
] as const;

const attachmentFields = [
  'bytes',
  'date',
  'edgeColor',
  'fileName',
  'idMember',
  'isMalicious',
  'isUpload',
  'mimeType',
  'name',
  'pos',
  'previews',
  'url',
];
export const checklistFields = ['name', 'idBoard', 'idCard', 'pos', 'limits', 'creationMethod', 'checkItems'];
export const listFields = ['name', 'closed', 'color', 'idBoard', 'pos', 'subscribed', 'softLimit', 'type'];
export const labelFields = ['idBoard', 'name', 'color', 'uses'];
export const memberFields = [
  'username',
  'fullName',
  'initials',
  'avatarHash',
  'avatarUrl',
  'activityBlocked',
  'bio',
  'confirmed',
  'email',
  'idBoards',
  'idOrganizations',
  'memberType',
  'url',
];
const actionFields = ['idMemberCreator', 'data', 'appCreator', 'type', 'date', 'limits'];

export const cardFilters = ['all', 'closed', 'none', 'open', 'visible'] as const;

/** What may be asked of each card; with the prefix `card_` when cards hang in a board or a list. */
export const cardReads: p.Parameters = {
  fields: p.fields(cardFields),
  attachments: p.flag,
  attachment_fields: p.fields(attachmentFields),
  checklists: p.oneOf('all', 'none'),
  checklist_fields: p.fields(checklistFields),
  customFieldItems: p.flag,
  members: p.flag,
  member_fields: p.fields(memberFields),
  stickers: p.flag,
  pluginData: p.flag,
  actions: p.words,
};

export const actionReads: p.Parameters = {
  filter: p.words,
  fields: p.fields(actionFields),
  limit: p.whole(0, 1000),
  page: p.whole(0, 1000),
  since: p.text(),
  before: p.text(),
  memberCreator: p.flag,
  member: p.flag,
  format: p.oneOf('list', 'count'),
};

export const attachmentReads: p.Parameters = {
  fields: p.fields(attachmentFields),
  filter: p.oneOf('cover', 'false'),
};

function listOf(value: Json | undefined): string[] | undefined {
  return value === undefined ? undefined : asList(value).map(asText);
}

/** The fields that were asked for; undefined: all. */
export function fieldsOf(params: JsonObject, name = 'fields'): string[] | undefined {
  return listOf(params[name]);
}

/** @param prefix `card_` when the card hangs in something. */
export function readCard(world: World, card: Card, params: JsonObject, prefix = ''): JsonObject {
  const asked = (name: string) => params[`${prefix}${name}`];
  const answer = pick(renderCard(world, card), fieldsOf(params, `${prefix}fields`));
  if (asked('attachments') === true) {
    const fields = fieldsOf(params, `${prefix}attachment_fields`);
    answer.attachments = card.attachments.map((one) => pick(renderAttachment(world, card, one), fields));
  }
  if (asked('checklists') === 'all') {
    const fields = fieldsOf(params, `${prefix}checklist_fields`);
    answer.checklists = world.checklistsOf(card.id).map((one) => readChecklist(world, one, fields));
  }
  if (asked('customFieldItems') === true) answer.customFieldItems = fieldValuesOf(world, card);
  if (asked('members') === true) {
    const fields = fieldsOf(params, `${prefix}member_fields`);
    answer.members = membersById(world, card.idMembers).map((member) => pick(member, fields));
  }
  if (asked('stickers') === true) answer.stickers = [];
  if (asked('pluginData') === true) answer.pluginData = [];
  const actions = listOf(asked('actions'));
  if (actions !== undefined) {
    const own = world.actions.filter((action) => namesModel(action, 'card', card.id));
    answer.actions = readActions(world, own, { filter: actions });
  }
  return answer;
}

/** Values stay when a plan ends, but are not shown without it. */
export function fieldValuesOf(world: World, card: Card): JsonObject[] {
  return world.settings.plan === 'free' ? [] : renderFieldValues(card);
}

/** Items are there whatever fields are asked for. */
export function readChecklist(
  world: World,
  checklist: Checklist,
  fields: readonly string[] | undefined,
): JsonObject {
  return pick(
    renderChecklist(world, checklist),
    fields === undefined ? undefined : [...fields, 'checkItems'],
  );
}

export function membersById(world: World, ids: readonly string[]): JsonObject[] {
  return ids.flatMap((id) => {
    const member = world.members.get(id);
    return member === undefined ? [] : [memberSummary(member)];
  });
}

/** `open`: not archived itself; `visible`: nor in an archived list. */
export function filterCards(world: World, there: readonly Card[], filter: Json | undefined): Card[] {
  const cards = there.filter(({ bornAt }) => world.requests > bornAt + world.settings.cardLag);
  switch (filter) {
    case 'all':
      return cards;
    case 'closed':
      return cards.filter(({ closed }) => closed);
    case 'none':
      return [];
    case 'visible':
      return cards.filter(({ closed, idList }) => !closed && !world.need('list', idList).closed);
    default:
      return cards.filter(({ closed }) => !closed);
  }
}

export function filterLists(lists: readonly List[], filter: Json | undefined): List[] {
  if (filter === 'all') return [...lists];
  if (filter === 'none') return [];
  return lists.filter(({ closed }) => closed === (filter === 'closed'));
}

/** @throws ApiError 403 on too many cards with their actions, or with those of the board, in one answer. */
export function readCards(
  world: World,
  cards: readonly Card[],
  params: JsonObject,
  prefix = '',
): JsonObject[] {
  const { cardsWithActions, cardsWithBoardActions, tooManyCardsStatus } = world.settings;
  const isWithBoard = prefix !== '' && params.actions !== undefined;
  const most = Math.min(
    params[`${prefix}actions`] === undefined ? Number.POSITIVE_INFINITY : cardsWithActions,
    isWithBoard ? cardsWithBoardActions : Number.POSITIVE_INFINITY,
  );
  if (cards.length > most) {
    throw new ApiError(tooManyCardsStatus, {
      error: 'API_TOO_MANY_CARDS_REQUESTED',
      message: 'Requested too many cards, add a limit to the request',
    });
  }
  return cards.map((card) => readCard(world, card, params, prefix));
}

export function readLists(
  world: World,
  lists: readonly List[],
  params: JsonObject,
  prefix = '',
): JsonObject[] {
  return lists.map((list) => {
    const answer = pick(renderList(list), fieldsOf(params, `${prefix}fields`));
    if (prefix === '' && params.cards !== undefined) {
      const cards = filterCards(world, world.cardsIn(list.id), params.cards);
      answer.cards = readCards(world, cards, params, 'card_');
    }
    return answer;
  });
}

const DEFAULT_PAGE = 50;

/** The first fifty, unless more are asked for. */
export function readLabels(
  world: World,
  labels: readonly Label[],
  limit: Json | undefined,
  fields: readonly string[] | undefined,
): JsonObject[] {
  const first = labels.slice(0, typeof limit === 'number' ? limit : DEFAULT_PAGE);
  return first.map((label) => pick(renderLabel(world, label), fields));
}

/** The latest first. Filter, window and page are those of the parameters. */
export function readActions(world: World, actions: readonly Action[], params: JsonObject): JsonObject[] {
  const found = actionsAsked(actions, params);
  const limit = typeof params.limit === 'number' ? params.limit : DEFAULT_PAGE;
  const start = typeof params.page === 'number' ? params.page * limit : 0;
  const fields = fieldsOf(params);
  return found.slice(start, start + limit).map((action) => {
    const { memberCreator, member, ...rest } = renderAction(world, action);
    const answer = pick(rest, fields);
    if (params.memberCreator !== false) answer.memberCreator = memberCreator;
    if (member !== undefined && params.member !== false) answer.member = member;
    return answer;
  });
}

export function actionsAsked(actions: readonly Action[], params: JsonObject): Action[] {
  const filter = listOf(params.filter) ?? [];
  return actions
    .filter((action) => isAsked(action, filter) && isWithin(action, params))
    .toSorted((one, other) => (one.id < other.id ? 1 : -1));
}

/** Bounds are an id, which is left out itself, or a time. */
export function isWithin({ id, at }: { id: string; at: number }, { since, before }: JsonObject): boolean {
  const after = p.isId(since) ? id > since : since === undefined || at >= timeFrom(since, 'since');
  const until = p.isId(before) ? id < before : before === undefined || at < timeFrom(before, 'before');
  return after && until;
}

function timeFrom(value: Json, name: string): number {
  const at = Date.parse(asText(value));
  if (Number.isNaN(at)) throw new ApiError(400, `invalid value for ${name}`);
  return at;
}

export function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 1000;
}
