import { isDeepStrictEqual } from 'node:util';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { TRELLO_REMARKS } from '#src/i18n/trello-words.ts';
import { PLAN_HEADERS } from '#src/i18n/workbook.ts';
import { type Fields, type Item, isArchived, type Status } from '#src/plan/item.ts';
import { concurrently, type Job } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import type { WriteOrder, Written } from '../workspace.ts';
import { type CardContent, type Content, cardChanges, nameOf } from './card-content.ts';
import { ChecklistWriter } from './checklist-writer.ts';
import { call } from './desk.ts';
import { createCard, updateCard } from './endpoints/cards.ts';
import { type FieldValue, setCustomFields } from './endpoints/custom-fields.ts';
import type { Line } from './identify.ts';
import { LABEL_FIELDS } from './labels.ts';
import { readMarker, roomBeside, withMarker } from './marker.ts';
import { refOf } from './match.ts';
import { need } from './outcome.ts';
import { PointWriter } from './point-writer.ts';
import type { Sighted } from './read.ts';
import type { Refused } from './refused.ts';
import type { Filled } from './remembered.ts';
import { rowContent } from './row-content.ts';
import type { Card } from './schema.ts';
import { fetchBoard } from './whole-board.ts';
import { type LineChange, type NewLine, sortWork } from './work.ts';

/** As many as the gate lets under way at once. */
const SIDE_BY_SIDE = 10;
const BETWEEN_CARDS = 16_384;

export interface CardsOrder extends Content {
  readonly order: WriteOrder;
  readonly sighted: Sighted;
  readonly refused: Refused;
  /** What the item shows once it is given these fields. */
  fitted(item: Item, fields: Fields): Fields;
}

/** Carries an order out on a board that has all its lists and labels. */
export class CardWriter {
  readonly #input: CardsOrder;
  readonly #refused: Refused;
  readonly #checklists: ChecklistWriter;
  readonly #points: PointWriter;

  constructor(input: CardsOrder) {
    this.#input = input;
    this.#refused = input.refused;
    const { desk, agreed, sighted, fitted } = input;
    const points = {
      desk,
      agreed,
      refused: this.#refused,
      checklistsOf: (card: string) => sighted.survey?.checklists.get(card) ?? [],
      fitted,
    };
    this.#checklists = new ChecklistWriter(points);
    this.#points = new PointWriter(points, this.#checklists);
  }

  /** Yields each item once it stands. */
  async *run(): AsyncGenerator<Written> {
    const { order, sighted, desk } = this.#input;
    const cardOf = (key: string) => sighted.lines.get(key)?.card.id ?? desk.remembered.card(key)?.card;
    const titleBefore = (key: string) => sighted.survey?.context.titleOf(key);
    const work = sortWork(order, titleBefore, (key) => cardOf(key) !== undefined);
    const jobs: Job<Written>[] = [
      ...work.newLines.map((line) => () => this.#create(line)),
      ...[...this.#withUpkeep(work.changes).values()].map((change) => () => this.#change(change, cardOf)),
    ];
    yield* concurrently(jobs, SIDE_BY_SIDE);
    desk.remembered.labels = Object.fromEntries(this.#input.structure.labels);
  }

  /**
   * Cards whose key is to be written, that bore a label which people have deleted, or of which a value stands in the
   * wrong place, with those that change.
   */
  #withUpkeep(asked: ReadonlyMap<string, LineChange>): ReadonlyMap<string, LineChange> {
    const { order, sighted } = this.#input;
    const all = new Map(asked);
    for (const [key, line] of sighted.lines) {
      const item = order.agreed.get(key);
      if (!item || all.has(key)) continue;
      const isOdd = !isArchived(item) && (!line.stamped || this.#isMisplaced(item, line));
      // Cards that are put away too: whoever brings one back finds it as it was.
      if (isOdd || Object.keys(this.#relabelled(item)).length > 0)
        all.set(key, { item, fields: {}, change: undefined, points: [] });
    }
    return all;
  }

  #isMisplaced(item: Item, { card }: Line): boolean {
    const { sighted, desk, structure } = this.#input;
    const { row } = sighted.kept.get(item.key) ?? {};
    const register = desk.blueprint.registers.find(({ key }) => key === item.parent);
    if (item.kind !== 'row' || !row || !register || sighted.survey?.isWhole !== true) return false;
    const order = { item, register, fields: {}, present: card, kept: row };
    const { changes, values, filled } = rowContent(order, structure.fields, desk);
    return changes.desc !== undefined || values.length > 0 || !isDeepStrictEqual(filled, row.filled);
  }

  /** Fields of a task on the board whose label has just been made anew. */
  #relabelled({ key, kind, fields }: Item): Fields {
    const { structure, sighted } = this.#input;
    const { restored } = structure;
    if (kind !== 'task' || restored.size === 0 || !sighted.lines.has(key)) return {};
    const lost = LABEL_FIELDS.filter((field) => restored.has(refOf(field, String(fields[field]))));
    return Object.fromEntries(lost.map((field) => [field, fields[field] ?? null]));
  }

  async #create({ item, points, place }: NewLine): Promise<readonly Written[]> {
    const { desk, structure, order } = this.#input;
    const { changes, values, filled, cut } = cardChanges(item, item.fields, undefined, {}, this.#input);
    const { idList, name = item.key, desc, due, start, dueComplete, idLabels, idMembers } = changes;
    if (idList === undefined) return [];
    const about: About = { type: 'card', name: nameOf(item) };
    const shows = this.#input.fitted(item, item.fields);
    const card = {
      idList,
      name,
      pos: place * BETWEEN_CARDS,
      ...(desc !== undefined && { desc }),
      ...(due && { due }),
      ...(start && { start }),
      ...(dueComplete && { dueComplete }),
      ...(idLabels && { idLabels }),
      ...(idMembers && idMembers.length > 0 && { idMembers }),
    };
    const { outcome, adopted } = await createOnce(
      {
        send: () => call(desk, createCard(card)),
        find: async () => {
          const bundle = need(about, await fetchBoard(desk, structure.board.id));
          return bundle.cards.rows.find((one) => readMarker(one.desc).key === item.key);
        },
      },
      desk.connection.time,
      desk.signal,
    );
    const made = this.#refused.settle(about, outcome);
    if (!made) return [];
    this.#remember(item, made.id);
    this.#tellCut(item, cut);
    if (!(await this.#setValues(about, made.id, values))) return [];
    this.#remember(item, made.id, filled);
    const written = await this.#checklists.create(item, made.id, points);
    order.signal?.throwIfAborted();
    return [{ key: item.key, done: adopted ? 'adopted' : 'created', shows }, ...written];
  }

  async #change(
    { item, fields, change, points }: LineChange,
    cardOf: (key: string) => string | undefined,
  ): Promise<readonly Written[]> {
    const id = cardOf(item.key);
    if (id === undefined) return [];
    const line = this.#input.sighted.lines.get(item.key);
    const { changes, values, filled } = this.#contentFor(item, fields, line);
    const about: About = { type: 'card', name: nameOf(item) };
    const written: Written[] = [];
    if (!(await this.#setValues(about, id, values))) return [];
    await this.#noteValues(item, id, { changes, values, filled });
    const isStanding =
      Object.keys(changes).length === 0 ||
      this.#refused.settleExisting(about, await call(this.#input.desk, updateCard(id, changes))) !==
        undefined;
    if (!isStanding) return [];
    this.#remember(item, id, filled);
    if (change) {
      const done = isArchived(item) ? 'archived' : change.kind === 'create' ? 'adopted' : 'updated';
      written.push({ key: item.key, done, shows: this.#input.fitted(item, fields) });
    }
    return [...written, ...(await this.#points.carryOut(item, id, points))];
  }

  /** Before the lines of these columns go: a run that is cut short in between leaves both. */
  async #setValues(about: About, card: string, values: readonly FieldValue[]): Promise<boolean> {
    if (values.length === 0) return true;
    const outcome = await call(this.#input.desk, setCustomFields(card, values));
    return outcome.kind === 'ok' || this.#refused.settleExisting(about, outcome) !== undefined;
  }

  /** Who edits a field while its line still stands is to be believed, also when this run goes no further. */
  async #noteValues(item: Item, card: string, { changes, values, filled }: Omit<CardContent, 'cut'>) {
    if (values.length === 0 || changes.desc === undefined) return;
    const before = this.#input.sighted.kept.get(item.key)?.row?.filled;
    this.#remember(item, card, { ...before, ...filled });
    await this.#input.desk.remembered.flush();
  }

  #contentFor(item: Item, fields: Fields, line: Line | undefined): CardContent {
    const kept = this.#input.sighted.kept.get(item.key) ?? {};
    const all = { ...this.#relabelled(item), ...fields };
    const content = cardChanges(item, all, line?.card ?? BLANK_CARD, kept, this.#input);
    const { changes } = content;
    this.#tellCut(item, content.cut);
    const desc =
      line && !line.stamped && changes.desc === undefined ? stampedText(line.card, item.key) : undefined;
    return desc === undefined ? content : { ...content, changes: { ...changes, desc } };
  }

  #remember(item: Item, card: string, filled?: Filled): void {
    const { remembered } = this.#input.desk;
    const status = item.kind === 'task' ? (item.fields.status as Status | undefined) : undefined;
    remembered.setCard(item.key, {
      ...remembered.card(item.key),
      card,
      ...(status && { status }),
      ...(filled && { filled }),
    });
  }

  #tellCut(item: Item, cut: readonly string[]): void {
    if (cut.length === 0) return;
    const { order, desk } = this.#input;
    const { locale } = desk.blueprint;
    const parts = cut
      .map((field) =>
        field in PLAN_HEADERS ? PLAN_HEADERS[field as keyof typeof PLAN_HEADERS][locale] : field,
      )
      .join(', ');
    order.tell(said(TRELLO_REMARKS.tooLong, { card: nameOf(item), parts }));
  }
}

/** A card that is known and was not on the board when it was read: everything is set. */
const BLANK_CARD: Card = {
  id: '',
  name: '',
  desc: '',
  closed: true,
  idList: '',
  pos: 0,
  due: null,
  start: null,
  dueComplete: false,
  idLabels: [],
  idMembers: [],
  shortLink: '',
  dateLastActivity: undefined,
  cardRole: null,
  mirrorSourceId: null,
  isTemplate: false,
};

/** What people have written stays as it is; the key goes below it, or, where there is no room for it, nowhere. */
function stampedText({ desc }: Card, key: string): string | undefined {
  const { text } = readMarker(desc);
  return text.length <= roomBeside(key) ? withMarker(text, key) : undefined;
}
