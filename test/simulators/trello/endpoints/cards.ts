import { asText, type JsonObject } from '../../json.ts';
import { requireMember, requireNamed, requireSource, requireToEdit, requireVisible } from '../access.ts';
import { ApiError, invalidValue, notFound } from '../api-error.ts';
import { changeCard, makeCard, removeCard, setLabels, setMembers } from '../cards.ts';
import { copyCard, copyParts } from '../copies.ts';
import { hues } from '../labels.ts';
import * as p from '../parameters.ts';
import { requirePaidPlan } from '../plan-gates.ts';
import { cardReads, membersById, readCard } from '../reading.ts';
import type { Board, Card } from '../records.ts';
import { renderAttachment, renderCard, renderFieldValues, renderList } from '../render.ts';
import { renderBoard } from '../render-board.ts';
import type { World } from '../world.ts';
import { type Answer, type Context, deleted, param, type Route } from './context.ts';

const place: p.Parameters = {
  address: p.text(),
  locationName: p.text(),
  coordinates: p.text(),
};

const values: p.Parameters = {
  name: p.text(),
  desc: p.text(),
  pos: p.position,
  due: p.date,
  start: p.date,
  dueComplete: p.flag,
  idMembers: p.ids,
  idLabels: p.ids,
  idList: p.id,
  ...place,
};

const updates: p.Parameters = {
  ...values,
  name: p.name,
  closed: p.flag,
  idBoard: p.id,
  subscribed: p.flag,
  idAttachmentCover: p.nullable((given, settings) => (given === '' ? '' : p.id(given, settings))),
  cover: p.nullable(
    p.shape({
      color: p.nullable(p.oneOf(...hues)),
      size: p.oneOf('normal', 'full'),
      brightness: p.oneOf('dark', 'light'),
      idAttachment: p.nullable(p.id),
    }),
  ),
};

export const cardRoutes = {
  'cards.create': {
    method: 'POST',
    path: 'cards',
    endpoint: createCard,
    parameters: {
      ...values,
      urlSource: p.text({ min: 1 }),
      idCardSource: p.id,
      keepFromSource: p.words,
      cardRole: p.oneOf('separator', 'board', 'mirror', 'link'),
      isTemplate: p.flag,
    },
    required: ['idList'],
  },
  'cards.retrieve': {
    method: 'GET',
    path: 'cards/:id',
    endpoint: retrieveCard,
    parameters: { ...cardReads, board: p.flag, list: p.flag },
  },
  'cards.update': { method: 'PUT', path: 'cards/:id', endpoint: updateCard, parameters: updates },
  'cards.update.field': {
    method: 'PUT',
    path: 'cards/:id/:field',
    endpoint: updateField,
    parameters: { value: (given) => given },
    required: ['value'],
  },
  'cards.delete': { method: 'DELETE', path: 'cards/:id', endpoint: deleteCard },
  'cards.members': { method: 'GET', path: 'cards/:id/members', endpoint: cardMembers },
  'cards.labels.add': {
    method: 'POST',
    path: 'cards/:id/idLabels',
    endpoint: addLabel,
    parameters: { value: p.id },
    required: ['value'],
  },
  'cards.labels.remove': { method: 'DELETE', path: 'cards/:id/idLabels/:idLabel', endpoint: dropLabel },
  'cards.members.add': {
    method: 'POST',
    path: 'cards/:id/idMembers',
    endpoint: addMember,
    parameters: { value: p.id },
    required: ['value'],
  },
  'cards.members.remove': {
    method: 'DELETE',
    path: 'cards/:id/idMembers/:idMember',
    endpoint: dropMember,
  },
} as const satisfies Record<string, Route>;

function createCard({ world, caller, given }: Context): Answer {
  const list = requireNamed(world, caller, 'list', given.idList, 'idList');
  requirePossibleRole(world, given);
  const { idCardSource, ...sent } = given;
  const unknown = (Array.isArray(sent.keepFromSource) ? sent.keepFromSource : []).filter(
    (part) => part !== 'all' && !copyParts.some((known) => known === part),
  );
  if (unknown.length > 0) throw invalidValue('keepFromSource');
  if (idCardSource === undefined) return { body: whole(world, makeCard(world, caller, list, sent)) };
  const source = requireSource(world, caller, 'card', idCardSource, 'idCardSource');
  return { body: whole(world, copyCard(world, caller, list, source, sent)) };
}

/** What becomes of a role whose name does not fit it is not written down. */
function requirePossibleRole(world: World, { cardRole, name }: JsonObject): void {
  const fits: Record<string, RegExp> = {
    separator: /^---$/,
    board: /^https:\/\/trello\.com\/b\//,
    mirror: /^https:\/\/trello\.com\/c\//,
    link: /^https?:\/\//,
  };
  if (cardRole === undefined) return;
  if (!fits[asText(cardRole)]?.test(asText(name))) throw invalidValue('cardRole');
  if (cardRole === 'mirror') requirePaidPlan(world, 'Card mirroring is');
}

/** What is answered to a create tells attachments and stickers without being asked. */
function whole(world: World, card: Card): JsonObject {
  return {
    ...renderCard(world, card),
    attachments: card.attachments.map((attachment) => renderAttachment(world, card, attachment)),
    stickers: [],
    ...(world.settings.plan === 'free' ? {} : { customFieldItems: renderFieldValues(card) }),
  };
}

function retrieveCard(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireVisible(world, caller, 'card', param(context, 'id'));
  const answer = readCard(world, card, given);
  if (given.board === true) answer.board = renderBoard(world, world.need('board', card.idBoard));
  if (given.list === true) answer.list = renderList(world.need('list', card.idList));
  return { body: answer };
}

function updateCard(context: Context): Answer {
  return change(context, context.given);
}

/** One value by its own address: `PUT /cards/{id}/due?value=…`. */
function updateField(context: Context): Answer {
  const field = param(context, 'field');
  if (!Object.hasOwn(updates, field)) throw notFound();
  const { given, world } = context;
  return change(context, p.readParameters({ [field]: given.value ?? null }, updates, [], world.settings));
}

function change(context: Context, sent: JsonObject): Answer {
  const { world, caller } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  if (sent.idList !== undefined) requireNamed(world, caller, 'list', sent.idList, 'idList');
  if (sent.idBoard !== undefined) requireNamed(world, caller, 'board', sent.idBoard, 'idBoard');
  changeCard(world, caller, card, sent);
  return { body: renderCard(world, card) };
}

function deleteCard(context: Context): Answer {
  const { world, caller } = context;
  removeCard(world, caller, requireToEdit(world, caller, 'card', param(context, 'id')));
  return deleted;
}

function cardMembers(context: Context): Answer {
  const { world, caller } = context;
  const { idMembers } = requireVisible(world, caller, 'card', param(context, 'id'));
  return { body: membersById(world, idMembers) };
}

function addLabel(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const id = asText(given.value);
  if (world.get('label', id)?.idBoard !== card.idBoard) throw new ApiError(400, 'label not found');
  if (card.idLabels.includes(id)) throw new ApiError(400, 'that label is already on the card');
  setLabels(world, caller, card, [...card.idLabels, id]);
  return { body: [...card.idLabels] };
}

function dropLabel(context: Context): Answer {
  const { world, caller } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const id = param(context, 'idLabel');
  if (!card.idLabels.includes(id)) throw new ApiError(400, 'that label is not on the card');
  setLabels(
    world,
    caller,
    card,
    card.idLabels.filter((one) => one !== id),
  );
  return { body: { _value: null } };
}

function addMember(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const id = asText(given.value);
  requireOnBoard(world.need('board', card.idBoard), id);
  if (card.idMembers.includes(id)) throw new ApiError(400, 'member is already on the card');
  setMembers(world, caller, card, [...card.idMembers, id]);
  return { body: membersById(world, card.idMembers) };
}

function requireOnBoard({ memberships }: Board, id: string): void {
  if (!memberships.some(({ memberId }) => memberId === id)) throw invalidValue('value');
}

function dropMember(context: Context): Answer {
  const { world, caller } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const { id } = requireMember(world, caller, param(context, 'idMember'));
  if (!card.idMembers.includes(id)) throw new ApiError(400, 'member is not on the card');
  setMembers(
    world,
    caller,
    card,
    card.idMembers.filter((one) => one !== id),
  );
  return { body: membersById(world, card.idMembers) };
}
