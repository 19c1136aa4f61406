import type { Json, JsonObject } from '../json.ts';
import { namesModel } from './actions.ts';
import { itemsInOrder } from './checklists.ts';
import type { Action, Board, Card, List } from './records.ts';
import type { World } from './world.ts';

/** A card as a person reads it: names in place of ids. */
export interface ShownCard {
  readonly id: string;
  readonly name: string;
  readonly desc: string;
  readonly list: string;
  readonly closed: boolean;
  readonly due: string | null;
  readonly start: string | null;
  readonly dueComplete: boolean;
  readonly labels: readonly string[];
  readonly members: readonly string[];
  readonly role: string | null;
  readonly isTemplate: boolean;
  /** Items by checklist, the done ones with a tick: `✓ Lire la notice`. */
  readonly checklists: Readonly<Record<string, readonly string[]>>;
  readonly comments: readonly string[];
  readonly attachments: readonly string[];
  /** The name of the attachment, or the colour. */
  readonly cover: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a test looks at. Nothing here is a request. */
export class Look {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Boards of that name that are not closed, the oldest first. */
  boards(name?: string): Board[] {
    return this.#world
      .boards()
      .filter((board) => !board.closed && (name === undefined || board.name === name));
  }

  /** The one board of that name. @throws when there is none, or more than one. */
  board(name: string): Board {
    return only(this.boards(name), `board “${name}”`);
  }

  /** Lists that are not archived, from the left. */
  lists(boardId: string): List[] {
    return this.#world.listsOf(boardId).filter(({ closed }) => !closed);
  }

  list(boardId: string, name: string): List {
    return only(
      this.lists(boardId).filter((list) => list.name === name),
      `list “${name}”`,
    );
  }

  /** Cards that are not archived, in the order of the board; with `closed`, those that are. */
  cards(boardId: string, { closed = false } = {}): ShownCard[] {
    const cards = this.#world.cardsOf(boardId).filter((card) => card.closed === closed);
    return cards.map((card) => this.#shown(card));
  }

  /** By id or short link, also when it is archived. */
  card(cardId: string): ShownCard {
    const card = this.#world.get('card', cardId);
    if (card === undefined) throw new Error(`There is no card with the id ${cardId}.`);
    return this.#shown(card);
  }

  /** The one card of that name that is not archived. */
  cardNamed(boardId: string, name: string): ShownCard {
    return only(
      this.cards(boardId).filter((card) => card.name === name),
      `card “${name}”`,
    );
  }

  /** What the pattern finds in the descriptions of more than one card, archived ones included: keys must be there once. */
  duplicates(boardId: string, key: RegExp): string[] {
    const seen = new Map<string, number>();
    for (const { desc } of this.#world.cardsOf(boardId)) {
      const found = key.exec(desc);
      const name = found?.[1] ?? found?.[0];
      if (name !== undefined) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    return [...seen].filter(([, count]) => count > 1).map(([name]) => name);
  }

  /** What Trello keeps of what was done, the oldest first. */
  actions(boardId: string, type?: string): Action[] {
    return this.#world.actions.filter(
      (action) => namesModel(action, 'board', boardId) && (type === undefined || action.type === type),
    );
  }

  /** The bytes of an uploaded file. */
  bytesOf(cardId: string, name: string): Buffer | undefined {
    return this.#world.get('card', cardId)?.attachments.find((one) => one.name === name)?.bytes;
  }

  /**
   * Everything below a board, without ids and times, so that two runs can be compared: lists and cards in their order,
   * archived ones marked, labels, members, fields.
   */
  picture(boardId: string): JsonObject {
    const world = this.#world;
    const board = world.get('board', boardId);
    if (board === undefined) throw new Error(`There is no board with the id ${boardId}.`);
    const { name, desc, closed, prefs } = board;
    return {
      name,
      desc,
      closed,
      permissionLevel: prefs.permissionLevel,
      members: board.memberships.map(
        ({ memberId, role }) => `${world.members.get(memberId)?.username} (${role})`,
      ),
      labels: world.labelsOf(boardId).map((label) => `${label.name} (${label.color})`),
      fields: world.customFieldsOf(boardId).map((field) => `${field.name} (${field.type})`),
      lists: world.listsOf(boardId).map((list): Json => {
        const cards = world.cardsIn(list.id).map((card) => this.#pictureOf(card));
        return { name: list.name, closed: list.closed, cards };
      }),
    };
  }

  #pictureOf(card: Card): JsonObject {
    const { id: _id, list: _list, ...shown } = this.#shown(card);
    return JSON.parse(JSON.stringify(shown)) as JsonObject;
  }

  #shown(card: Card): ShownCard {
    const world = this.#world;
    const { id, name, desc, closed, due, start, dueComplete, isTemplate, cardRole } = card;
    return {
      id,
      name,
      desc,
      list: world.need('list', card.idList).name,
      closed,
      due,
      start,
      dueComplete,
      labels: card.idLabels.map((idLabel) => world.need('label', idLabel).name),
      members: card.idMembers.map((idMember) => world.members.get(idMember)?.username ?? idMember),
      role: cardRole,
      isTemplate,
      checklists: this.#checklists(card),
      comments: world.commentsOn(id).map(({ data }) => String(data.text)),
      attachments: card.attachments.map((attachment) => attachment.name),
      cover: coverOf(card),
      fields: this.#fields(card),
    };
  }

  #checklists(card: Card): Record<string, string[]> {
    const checklists: Record<string, string[]> = {};
    for (const checklist of this.#world.checklistsOf(card.id)) {
      const items = itemsInOrder(checklist).map(
        ({ name, state }) => `${state === 'complete' ? '✓ ' : ''}${name}`,
      );
      checklists[checklist.name] = [...(checklists[checklist.name] ?? []), ...items];
    }
    return checklists;
  }

  #fields(card: Card): Record<string, string> {
    return Object.fromEntries(
      [...card.fieldValues].map(([idField, { value, idValue }]) => {
        const field = this.#world.need('customField', idField);
        const option = field.options.find(({ id }) => id === idValue);
        return [field.name, option?.text ?? String(Object.values(value ?? {})[0] ?? '')];
      }),
    );
  }
}

function coverOf({ cover, attachments }: Card): string | null {
  const attachment = attachments.find(({ id }) => id === cover.idAttachment);
  return attachment?.name ?? (typeof cover.color === 'string' ? cover.color : null);
}

function only<T>(found: readonly T[], what: string): T {
  const [first, second] = found;
  if (first === undefined) throw new Error(`There is no ${what}.`);
  if (second !== undefined) throw new Error(`There are ${found.length} of ${what}.`);
  return first;
}
