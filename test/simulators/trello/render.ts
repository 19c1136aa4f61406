import type { Json, JsonObject } from '../json.ts';
import { itemsInOrder } from './checklists.ts';
import type {
  Action,
  Attachment,
  Card,
  CheckItem,
  Checklist,
  CustomField,
  Label,
  List,
  Member,
  Webhook,
} from './records.ts';
import { iso } from './times.ts';
import type { World } from './world.ts';

/** Only these fields, and the id, which is always there. Undefined: all. */
export function pick(whole: JsonObject, fields: readonly string[] | undefined): JsonObject {
  if (fields === undefined) return whole;
  const wanted = new Set(['id', ...fields]);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => wanted.has(name)));
}

export function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

export function renderList({ id, idBoard, name, closed, pos }: List): JsonObject {
  return {
    id,
    name,
    closed,
    color: null,
    idBoard,
    pos,
    subscribed: false,
    softLimit: null,
    type: null,
    datasource: { filter: false },
  };
}

export function renderLabel(world: World, label: Label): JsonObject {
  const { id, idBoard } = label;
  const uses = world.cardsOf(idBoard).filter(({ idLabels }) => idLabels.includes(id)).length;
  return { ...labelSummary(label), uses };
}

function labelSummary({ id, idBoard, name, color }: Label): JsonObject {
  return { id, idBoard, name, color };
}

export function renderCard(world: World, card: Card): JsonObject {
  const checklists = world.checklistsOf(card.id);
  const url = `https://trello.com/c/${card.shortLink}`;
  return {
    id: card.id,
    address: card.address,
    badges: renderBadges(world, card, checklists),
    cardRole: card.cardRole,
    checkItemStates: null,
    closed: card.closed,
    coordinates: card.coordinates,
    cover: card.cover,
    creationMethod: null,
    dateLastActivity: iso(card.activeAt),
    desc: card.desc,
    descData: null,
    due: card.due,
    dueComplete: card.dueComplete,
    dueReminder: card.dueReminder,
    email: null,
    idAttachmentCover: card.cover.idAttachment ?? null,
    idBoard: card.idBoard,
    idChecklists: checklists.map(({ id }) => id),
    idLabels: [...card.idLabels],
    idList: card.idList,
    idMembers: [...card.idMembers],
    idMembersVoted: [],
    idShort: card.number,
    isTemplate: card.isTemplate,
    labels: card.idLabels.map((id) => labelSummary(world.need('label', id))),
    limits: {},
    locationName: card.locationName,
    manualCoverAttachment: false,
    mirrorSourceId: card.mirrorSourceId,
    name: card.name,
    pinned: false,
    pos: card.pos,
    shortLink: card.shortLink,
    shortUrl: url,
    start: card.start,
    subscribed: card.subscribed,
    url: `${url}/${card.number}-${slug(card.name)}`,
  };
}

function renderBadges(world: World, card: Card, checklists: readonly Checklist[]): JsonObject {
  const items = checklists.flatMap((checklist) => checklist.items);
  return {
    attachments: card.attachments.length,
    checkItems: items.length,
    checkItemsChecked: items.filter(({ state }) => state === 'complete').length,
    checkItemsEarliestDue: null,
    comments: world.commentsOn(card.id).length,
    description: card.desc !== '',
    due: card.due,
    dueComplete: card.dueComplete,
    start: card.start,
    subscribed: card.subscribed,
    votes: 0,
  };
}

export function renderAttachment(world: World, card: Card, attachment: Attachment): JsonObject {
  const { id, name, bytes, mimeType, isUpload, createdAt, memberId, pos } = attachment;
  const download = `${world.baseUrl}/cards/${card.id}/attachments/${id}/download/${encodeURIComponent(name)}`;
  return {
    id,
    bytes: bytes?.length ?? null,
    date: iso(createdAt),
    edgeColor: null,
    fileName: isUpload ? name : null,
    idMember: memberId,
    isMalicious: false,
    isUpload,
    mimeType,
    name,
    pos,
    // Pictures are scaled later: at first there are none.
    previews: [],
    url: attachment.url ?? download,
  };
}

export function renderChecklist(world: World, checklist: Checklist): JsonObject {
  const { id, name, idCard, pos } = checklist;
  const idBoard = world.need('card', idCard).idBoard;
  const checkItems = itemsInOrder(checklist).map((item) => renderItem(checklist, item));
  return { id, name, idBoard, idCard, pos, limits: {}, creationMethod: null, checkItems };
}

export function renderItem(checklist: Checklist, item: CheckItem): JsonObject {
  const { id, name, pos, state, due, dueReminder, idMember } = item;
  return { id, name, nameData: null, pos, state, due, dueReminder, idMember, idChecklist: checklist.id };
}

export function renderField(field: CustomField): JsonObject {
  const { id, idBoard, name, type, pos, onCardFront, options } = field;
  const shown = options.map(({ id: idOption, text, color, pos: at }) => ({
    id: idOption,
    idCustomField: id,
    value: { text },
    color,
    pos: at,
  }));
  return {
    id,
    idModel: idBoard,
    modelType: 'board',
    fieldGroup: id,
    display: { cardFront: onCardFront },
    name,
    pos,
    type,
    isSuggestedField: false,
    ...(type === 'list' ? { options: shown } : {}),
  };
}

export function renderFieldValues(card: Card): JsonObject[] {
  return [...card.fieldValues].map(([idCustomField, { id, value, idValue }]) => ({
    id,
    idValue,
    idCustomField,
    idModel: card.id,
    modelType: 'card',
    value,
  }));
}

/** E-mails only of oneself, and only to who has the scope. */
export function renderMember(world: World, member: Member, email: string | null = null): JsonObject {
  const { id, username, fullName, confirmed } = member;
  const boards = world.boards().filter(({ memberships }) => memberships.some((m) => m.memberId === id));
  const organizations = [...world.organizations.values()].filter(({ memberIds }) => memberIds.has(id));
  return {
    ...memberSummary(member),
    bio: '',
    confirmed,
    email,
    idBoards: boards.map((board) => board.id),
    idOrganizations: organizations.map((organization) => organization.id),
    memberType: 'normal',
    url: `https://trello.com/${username}`,
    fullName,
  };
}

/** A member without a picture, as most are: there is no hash and no address. */
export function memberSummary({ id, username, fullName }: Member): JsonObject {
  const initials = fullName
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('');
  return { id, username, fullName, initials, avatarHash: null, avatarUrl: null, activityBlocked: false };
}

export function renderAction(world: World, action: Action): JsonObject {
  const { id, type, at, memberId, data, aboutMemberId } = action;
  const about = world.members.get(aboutMemberId ?? '');
  return {
    id,
    idMemberCreator: memberId,
    data,
    appCreator: null,
    type,
    date: iso(at),
    limits: null,
    ...(about === undefined ? {} : { member: memberSummary(about) }),
    memberCreator: creatorOf(world, memberId),
  };
}

function creatorOf(world: World, memberId: string): Json {
  const member = world.members.get(memberId);
  return member === undefined ? null : memberSummary(member);
}

export function renderWebhook(webhook: Webhook): JsonObject {
  const { id, description, idModel, callbackURL, active, failures, failingSince } = webhook;
  return {
    id,
    description,
    idModel,
    callbackURL,
    active,
    consecutiveFailures: failures,
    firstConsecutiveFailDate: failingSince === null ? null : iso(failingSince),
  };
}
