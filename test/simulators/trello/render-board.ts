import type { JsonObject } from '../json.ts';
import { limitStatus, limitsAnswer } from './object-limits.ts';
import { limitOf } from './plan-gates.ts';
import type { Board, Label } from './records.ts';
import { slug } from './render.ts';
import { premiumFeaturesOf } from './settings.ts';
import { iso } from './times.ts';
import type { World } from './world.ts';

/** @param fields that will be shown; undefined: all. Counting what there is takes long, and is left out where it can be. */
export function renderBoard(world: World, board: Board, fields?: readonly string[]): JsonObject {
  const showsLimits = fields === undefined || fields.includes('limits');
  const { id, name, desc, closed, idOrganization, shortLink, prefs, type } = board;
  const premiumFeatures = idOrganization === null ? [] : premiumFeaturesOf(world.settings);
  return {
    id,
    name,
    desc,
    descData: null,
    closed,
    dateClosed: null,
    idOrganization,
    idEnterprise: null,
    limits: showsLimits ? boardLimits(world, board) : {},
    pinned: false,
    starred: false,
    url: `https://trello.com/b/${shortLink}/${slug(name)}`,
    prefs,
    shortLink,
    subscribed: false,
    labelNames: labelNames(world.labelsOf(id)),
    powerUps: [],
    dateLastActivity: iso(board.activeAt),
    dateLastView: null,
    shortUrl: `https://trello.com/b/${shortLink}`,
    idTags: [],
    datePluginDisable: null,
    creationMethod: null,
    ixUpdate: '1',
    templateGallery: null,
    enterpriseOwned: false,
    idBoardSource: null,
    premiumFeatures,
    idMemberCreator: board.memberships[0]?.memberId ?? null,
    memberships: renderMemberships(world, board),
    type,
  };
}

/** Without `fields`. */
export const boardDefaultFields: readonly string[] = [
  'name',
  'desc',
  'descData',
  'closed',
  'idOrganization',
  'idEnterprise',
  'pinned',
  'url',
  'shortUrl',
  'prefs',
  'labelNames',
];

/** One name for each colour, which says nothing of labels that share one. */
function labelNames(labels: readonly Label[]): JsonObject {
  const names: JsonObject = {};
  for (const { name, color } of labels) if (color !== null) names[color] ??= name;
  return names;
}

export function renderMemberships(world: World, board: Board): JsonObject[] {
  return board.memberships.map(({ id, memberId, role }) => ({
    id,
    idMember: memberId,
    memberType: role,
    unconfirmed: world.members.get(memberId)?.confirmed === false,
    deactivated: false,
  }));
}

function boardLimits(world: World, board: Board): JsonObject {
  const lists = world.listsOf(board.id);
  const cards = world.cardsOf(board.id);
  const checklists = cards.flatMap(({ id }) => world.checklistsOf(id));
  const attachments = cards.reduce((sum, card) => sum + card.attachments.length, 0);
  const counts = {
    'attachments.perBoard': attachments,
    'boards.totalMembersPerBoard': board.memberships.length,
    'cards.openPerBoard': cards.filter(({ closed }) => !closed).length,
    'cards.totalPerBoard': cards.length,
    'checklists.perBoard': checklists.length,
    'customFields.perBoard': world.customFieldsOf(board.id).length,
    'labels.perBoard': world.labelsOf(board.id).length,
    'lists.openPerBoard': lists.filter(({ closed }) => !closed).length,
    'lists.totalPerBoard': lists.length,
    // For what hangs on one card, list or field, a board tells the limit without a count.
    'attachments.perCard': 0,
    'cards.openPerList': 0,
    'cards.totalPerList': 0,
    'checklists.perCard': 0,
    'checkItems.perChecklist': 0,
    'customFieldOptions.perField': 0,
    'reactions.perAction': 0,
    'stickers.perCard': 0,
  } as const;
  const names = Object.keys(counts) as (keyof typeof counts)[];
  return limitsAnswer(names.map((name) => [name, limitStatus(limitOf(world, name), counts[name])]));
}
