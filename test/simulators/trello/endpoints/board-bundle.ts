import { asText, type Json, type JsonObject } from '../../json.ts';
import { requireVisible } from '../access.ts';
import { namesModel } from '../actions.ts';
import * as p from '../parameters.ts';
import {
  actionReads,
  cardFilters,
  cardReads,
  checklistFields,
  fieldsOf,
  filterCards,
  filterLists,
  labelFields,
  listFields,
  memberFields,
  readActions,
  readCards,
  readChecklist,
  readLabels,
  readLists,
} from '../reading.ts';
import type { Board } from '../records.ts';
import { memberSummary, pick, renderField } from '../render.ts';
import { boardDefaultFields, renderBoard, renderMemberships } from '../render-board.ts';
import { renderOrganization } from '../render-organization.ts';
import type { World } from '../world.ts';
import { type Context, param } from './context.ts';

export const boardFields = [
  ...boardDefaultFields,
  'creationMethod',
  'dateClosed',
  'dateLastActivity',
  'dateLastView',
  'datePluginDisable',
  'enterpriseOwned',
  'idBoardSource',
  'idMemberCreator',
  'idTags',
  'ixUpdate',
  'limits',
  'memberships',
  'powerUps',
  'premiumFeatures',
  'shortLink',
  'starred',
  'subscribed',
  'templateGallery',
  'type',
];

/** What one request may ask of a board and of what hangs in it. */
export const boardReads: p.Parameters = {
  fields: p.fields(boardFields),
  lists: p.oneOf('all', 'closed', 'none', 'open'),
  list_fields: p.fields(listFields),
  cards: p.oneOf(...cardFilters),
  cards_modifiedSince: p.text({ min: 1 }),
  ...p.prefixed('card_', cardReads),
  checklists: p.oneOf('all', 'none'),
  checklist_fields: p.fields(checklistFields),
  labels: p.oneOf('all', 'none'),
  label_fields: p.fields(labelFields),
  labels_limit: p.whole(0, 1000),
  members: p.oneOf('admins', 'all', 'none', 'normal'),
  member_fields: p.fields(memberFields),
  memberships: p.oneOf('all', 'none'),
  customFields: p.flag,
  organization: p.flag,
  organization_fields: p.words,
  actions: p.words,
  actions_limit: actionReads.limit ?? p.words,
  actions_since: p.text(),
  actions_before: p.text(),
  action_fields: actionReads.fields ?? p.words,
  action_memberCreator: p.flag,
};

/** Nothing hangs in a board that was not asked for. */
export function readBoard(context: Context): JsonObject {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const fields = fieldsOf(given) ?? boardDefaultFields;
  const answer = pick(renderBoard(world, board, fields), fields);
  for (const [name, read] of Object.entries(nested)) {
    const asked = given[name];
    if (asked !== undefined && asked !== false) answer[name] = read(world, board, given);
  }
  return answer;
}

type ReadNested = (world: World, board: Board, given: JsonObject) => Json;

const nested: Readonly<Record<string, ReadNested>> = {
  lists: (world, board, given) => {
    const lists = filterLists(world.listsOf(board.id), given.lists);
    return readLists(world, lists, { fields: given.list_fields });
  },
  cards: (world, board, given) => {
    const changed = Date.parse(asText(given.cards_modifiedSince));
    const cards = filterCards(world, world.cardsOf(board.id), given.cards);
    const asked = cards.filter(({ activeAt }) => Number.isNaN(changed) || activeAt >= changed);
    return readCards(world, asked, given, 'card_');
  },
  checklists: (world, board, given) => {
    if (given.checklists === 'none') return [];
    const checklists = world.checklistsOn(board.id);
    return checklists.map((one) => readChecklist(world, one, fieldsOf(given, 'checklist_fields')));
  },
  labels: (world, board, given) => {
    const labels = given.labels === 'none' ? [] : world.labelsOf(board.id);
    return readLabels(world, labels, given.labels_limit, fieldsOf(given, 'label_fields'));
  },
  members: (world, board, given) => {
    const roles = { admins: ['admin'], normal: ['normal'], none: [], all: ['admin', 'normal', 'observer'] };
    const asked: readonly string[] = roles[asText(given.members) as keyof typeof roles] ?? [];
    return board.memberships
      .filter(({ role }) => asked.includes(role))
      .flatMap(({ memberId }) => {
        const member = world.members.get(memberId);
        const fields = fieldsOf(given, 'member_fields');
        return member === undefined ? [] : [pick(memberSummary(member), fields)];
      });
  },
  memberships: (world, board, given) => (given.memberships === 'none' ? [] : renderMemberships(world, board)),
  customFields: (world, board) =>
    // Without the plan they are not there, whatever was made under another plan.
    world.settings.plan === 'free' ? [] : world.customFieldsOf(board.id).map(renderField),
  organization: (world, board, given) => {
    const organization = world.organizations.get(board.idOrganization ?? '');
    if (organization === undefined) return null;
    return pick(renderOrganization(world, organization), fieldsOf(given, 'organization_fields'));
  },
  actions: (world, board, given) => {
    const actions = world.actions.filter((action) => namesModel(action, 'board', board.id));
    return readActions(world, actions, {
      filter: given.actions,
      limit: given.actions_limit,
      since: given.actions_since,
      before: given.actions_before,
      fields: given.action_fields,
      memberCreator: given.action_memberCreator,
    });
  },
};
