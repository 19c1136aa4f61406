import { asText, type JsonObject } from '../../json.ts';
import { findOrganization, requireBoardToEdit, requireSource, requireVisible } from '../access.ts';
import { namesModel } from '../actions.ts';
import { invalidValue } from '../api-error.ts';
import { changeBoard, makeBoard } from '../boards.ts';
import { copyBoard } from '../copies.ts';
import * as p from '../parameters.ts';
import {
  actionReads,
  actionsAsked,
  cardFilters,
  cardReads,
  checklistFields,
  createdAt,
  fieldsOf,
  filterCards,
  filterLists,
  isWithin,
  labelFields,
  listFields,
  readActions,
  readCards,
  readChecklist,
  readLabels,
  readLists,
} from '../reading.ts';
import type { Board, Card, Organization } from '../records.ts';
import { renderBoard } from '../render-board.ts';
import type { World } from '../world.ts';
import { boardReads, readBoard } from './board-bundle.ts';
import { type Answer, type Context, deletedValue, param, type Route } from './context.ts';

const prefs = {
  permissionLevel: p.oneOf('private', 'org', 'public'),
  voting: p.oneOf('disabled', 'members', 'observers', 'org', 'public'),
  comments: p.oneOf('disabled', 'members', 'observers', 'org', 'public'),
  invitations: p.oneOf('members', 'admins'),
  selfJoin: p.flag,
  cardCovers: p.flag,
  background: p.text({ min: 1 }),
};

const listReads: p.Parameters = {
  fields: p.fields(listFields),
  cards: p.oneOf(...cardFilters),
  ...p.prefixed('card_', cardReads),
};

const cardWindow: p.Parameters = {
  limit: p.whole(1, 1000),
  since: p.text(),
  before: p.text(),
  sort: p.oneOf('-id', 'id'),
};

export const boardRoutes = {
  'boards.create': {
    method: 'POST',
    path: 'boards',
    endpoint: createBoard,
    parameters: {
      name: p.name,
      desc: p.text(),
      defaultLists: p.flag,
      defaultLabels: p.flag,
      idOrganization: p.text({ min: 1 }),
      idBoardSource: p.id,
      keepFromSource: p.oneOf('cards', 'none'),
      ...p.prefixed('prefs_', prefs),
    },
    required: ['name'],
  },
  'boards.retrieve': {
    method: 'GET',
    path: 'boards/:id',
    endpoint: (context) => ({ body: readBoard(context) }),
    parameters: boardReads,
  },
  'boards.update': {
    method: 'PUT',
    path: 'boards/:id',
    endpoint: updateBoard,
    parameters: { name: p.name, desc: p.text(), closed: p.flag, ...p.prefixed('prefs/', prefs) },
  },
  'boards.delete': { method: 'DELETE', path: 'boards/:id', endpoint: deleteBoard },
  'boards.lists': {
    method: 'GET',
    path: 'boards/:id/lists',
    endpoint: boardLists,
    parameters: { filter: p.oneOf('all', 'closed', 'none', 'open'), ...listReads },
  },
  'boards.cards': {
    method: 'GET',
    path: 'boards/:id/cards',
    endpoint: (context) => boardCards(context, context.given.filter ?? 'visible'),
    parameters: { filter: p.oneOf(...cardFilters), ...cardWindow, ...cardReads },
  },
  'boards.cards.filtered': {
    method: 'GET',
    path: 'boards/:id/cards/:filter',
    endpoint: (context) => boardCards(context, filterFrom(context)),
    parameters: { ...cardWindow, ...cardReads },
  },
  'boards.labels': {
    method: 'GET',
    path: 'boards/:id/labels',
    endpoint: boardLabels,
    parameters: { limit: p.whole(0, 1000), fields: p.fields(labelFields) },
  },
  'boards.checklists': {
    method: 'GET',
    path: 'boards/:id/checklists',
    endpoint: boardChecklists,
    parameters: { fields: p.fields(checklistFields) },
  },
  'boards.actions': {
    method: 'GET',
    path: 'boards/:id/actions',
    endpoint: boardActions,
    parameters: actionReads,
  },
  'lists.cards': {
    method: 'GET',
    path: 'lists/:id/cards',
    endpoint: listCards,
    parameters: { filter: p.oneOf(...cardFilters), ...cardWindow, ...cardReads },
  },
} as const satisfies Record<string, Route>;

function createBoard({ world, caller, given }: Context): Answer {
  const organization = organizationFrom(world, given);
  if (organization !== undefined && !organization.memberIds.has(caller.memberId)) {
    throw invalidValue('idOrganization');
  }
  if (given.prefs_permissionLevel === 'org' && organization === undefined) {
    throw invalidValue('prefs_permissionLevel');
  }
  if (given.idBoardSource === undefined) {
    const board = makeBoard(world, caller, organization, given);
    return { body: bare(world, board) };
  }
  const source = requireSource(world, caller, 'board', given.idBoardSource, 'idBoardSource');
  return { body: bare(world, copyBoard(world, caller, organization, source, given)) };
}

function organizationFrom(world: World, { idOrganization }: JsonObject): Organization | undefined {
  if (idOrganization === undefined) return undefined;
  const found = findOrganization(world, asText(idOrganization));
  if (found === undefined) throw invalidValue('idOrganization');
  return found;
}

/** What is answered to a write has neither lists nor labels. */
function bare(world: World, board: Board): JsonObject {
  const { memberships: _memberships, premiumFeatures: _features, ...rest } = renderBoard(world, board);
  return { ...rest, limits: {} };
}

function updateBoard(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireBoardToEdit(world, caller, param(context, 'id'));
  if (given['prefs/permissionLevel'] === 'org' && board.idOrganization === null) {
    throw invalidValue('prefs/permissionLevel');
  }
  changeBoard(world, caller, board, given);
  return { body: bare(world, board) };
}

function deleteBoard(context: Context): Answer {
  const { world, caller } = context;
  world.remove(requireBoardToEdit(world, caller, param(context, 'id')));
  return deletedValue;
}

function boardLists(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const lists = filterLists(world.listsOf(board.id), given.filter);
  return { body: readLists(world, lists, given) };
}

function filterFrom(context: Context): string {
  const filter = param(context, 'filter');
  if (!cardFilters.some((known) => known === filter)) throw invalidValue('filter');
  return filter;
}

function boardCards(context: Context, filter: JsonObject[string]): Answer {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const cards = filterCards(world, world.cardsOf(board.id), filter);
  return { body: readCards(world, windowOf(world, cards, given), given) };
}

function listCards(context: Context): Answer {
  const { world, caller, given } = context;
  const list = requireVisible(world, caller, 'list', param(context, 'id'));
  const cards = filterCards(world, world.cardsIn(list.id), given.filter);
  return { body: readCards(world, windowOf(world, cards, given), given) };
}

/** Bounds mean when a card was created, not when it was changed. */
function windowOf({ settings }: World, cards: readonly Card[], given: JsonObject): Card[] {
  const within = cards.filter(({ id }) => isWithin({ id, at: createdAt(id) }, given));
  const byId = within.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const sorted = given.sort === undefined ? within : given.sort === 'id' ? byId : byId.toReversed();
  return typeof given.limit === 'number'
    ? sorted.slice(0, Math.min(given.limit, settings.cardsPerPage))
    : sorted;
}

function boardLabels(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  return { body: readLabels(world, world.labelsOf(board.id), given.limit, fieldsOf(given)) };
}

function boardChecklists(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const checklists = world.checklistsOn(board.id);
  return { body: checklists.map((one) => readChecklist(world, one, fieldsOf(given))) };
}

function boardActions(context: Context): Answer {
  const { world, caller, given } = context;
  const board = requireVisible(world, caller, 'board', param(context, 'id'));
  const actions = world.actions.filter((action) => namesModel(action, 'board', board.id));
  if (given.format === 'count') return { body: { _value: actionsAsked(actions, given).length } };
  return { body: readActions(world, actions, given) };
}
