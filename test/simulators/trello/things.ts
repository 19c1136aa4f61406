import { inOrder } from './positions.ts';
import type { Board, Card, Checklist, CustomField, Label, List, Thing } from './records.ts';

type Kind = Thing['kind'];
type Found<K extends Kind> = Extract<Thing, { kind: K }>;

/** What hangs in what: lists, labels and fields in a board, cards in a list, checklists in a card. */
function holderOf(thing: Thing): string {
  switch (thing.kind) {
    case 'board':
      return '';
    case 'card':
      return thing.idList;
    case 'checklist':
      return thing.idCard;
    default:
      return thing.idBoard;
  }
}

/** Boards and everything on them, found quickly however many boards there are. */
export class Things {
  readonly #byId = new Map<string, Thing>();
  readonly #byShortLink = new Map<string, Thing>();
  readonly #below = new Map<string, Set<Thing>>();

  get count(): number {
    return this.#byId.size;
  }

  add<T extends Thing>(thing: T): T {
    this.#byId.set(thing.id, thing);
    if ('shortLink' in thing) this.#byShortLink.set(thing.shortLink, thing);
    this.#belowOf(holderOf(thing)).add(thing);
    return thing;
  }

  /** Takes it away with everything that hangs in it. */
  remove(thing: Thing): void {
    for (const held of [...this.#belowOf(thing.id)]) this.remove(held);
    this.#below.delete(thing.id);
    this.#belowOf(holderOf(thing)).delete(thing);
    this.#byId.delete(thing.id);
    if ('shortLink' in thing) this.#byShortLink.delete(thing.shortLink);
  }

  /** Puts a card into another list, of whichever board. */
  place(card: Card, list: List): void {
    this.#belowOf(card.idList).delete(card);
    card.idList = list.id;
    card.idBoard = list.idBoard;
    this.#belowOf(list.id).add(card);
  }

  /** All of them, what holds before what is held. */
  everything(): Thing[] {
    return [...this.#byId.values()];
  }

  boards(): Board[] {
    return this.#heldBy('', 'board');
  }

  byId(id: string): Thing | undefined {
    return this.#byId.get(id);
  }

  /** By id; a board or a card also by its short link. */
  get<K extends Kind>(kind: K, id: string): Found<K> | undefined {
    const thing = this.#byId.get(id) ?? this.#byShortLink.get(id);
    return thing?.kind === kind ? (thing as Found<K>) : undefined;
  }

  /** A thing that another one names, which is therefore there. */
  need<K extends Kind>(kind: K, id: string): Found<K> {
    const thing = this.get(kind, id);
    if (thing === undefined) throw new Error(`The simulator lost the ${kind} ${id}.`);
    return thing;
  }

  /** From the left. */
  listsOf(idBoard: string): List[] {
    return inOrder(this.#heldBy(idBoard, 'list'));
  }

  /** The oldest first. */
  labelsOf(idBoard: string): Label[] {
    return this.#heldBy(idBoard, 'label');
  }

  customFieldsOf(idBoard: string): CustomField[] {
    return inOrder(this.#heldBy(idBoard, 'customField'));
  }

  /** In the order of the lists, then of the cards in each. */
  cardsOf(idBoard: string): Card[] {
    return this.listsOf(idBoard).flatMap(({ id }) => this.cardsIn(id));
  }

  cardsIn(idList: string): Card[] {
    return inOrder(this.#heldBy(idList, 'card'));
  }

  checklistsOf(idCard: string): Checklist[] {
    return inOrder(this.#heldBy(idCard, 'checklist'));
  }

  /** Of all cards of a board, in their order. */
  checklistsOn(idBoard: string): Checklist[] {
    return this.cardsOf(idBoard).flatMap(({ id }) => this.checklistsOf(id));
  }

  boardOf(thing: Thing): Board {
    switch (thing.kind) {
      case 'board':
        return thing;
      case 'checklist':
        return this.need('board', this.need('card', thing.idCard).idBoard);
      default:
        return this.need('board', thing.idBoard);
    }
  }

  #heldBy<K extends Kind>(id: string, kind: K): Found<K>[] {
    const held = [...(this.#below.get(id) ?? [])].filter((thing) => thing.kind === kind);
    return held as Found<K>[];
  }

  #belowOf(id: string): Set<Thing> {
    const held = this.#below.get(id) ?? new Set();
    this.#below.set(id, held);
    return held;
  }
}
