import { say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { SHEET_NAMES } from '#src/i18n/workbook.ts';
import { ARCHIVED, type Fields, type Item, isArchived } from '#src/plan/item.ts';
import { together } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import { pointsInOrder } from '../match-points.ts';
import type { Written } from '../workspace.ts';
import { nameOf } from './card-content.ts';
import { call, type Desk } from './desk.ts';
import { getCard, getCardChecklists } from './endpoints/cards.ts';
import { createCheckItem, createChecklist, removeCheckItem } from './endpoints/checklists.ts';
import { isGone } from './locate.ts';
import { need, type Outcome } from './outcome.ts';
import type { Refused } from './refused.ts';
import type { Checklist } from './schema.ts';
import { pointName, signatureOf } from './stamps.ts';

/** As far apart as Trello puts points itself. */
export const BETWEEN_POINTS = 16_384;

export interface PointsInput {
  readonly desk: Desk;
  readonly refused: Refused;
  readonly agreed: ReadonlyMap<string, Item>;
  /** The checklists of a card, as they were read. */
  checklistsOf(card: string): readonly Checklist[];
  fitted(item: Item, fields: Fields): Fields;
}

/** Makes checklists and the points in them. */
export class ChecklistWriter {
  readonly #input: PointsInput;
  readonly #opened = new Map<string, Promise<Checklist | undefined>>();
  /** Where the points stand that this run has added, by id. */
  readonly #positions = new Map<string, number>();

  constructor(input: PointsInput) {
    this.#input = input;
  }

  /** The points of a card that has just been made: copied where a checklist that is the same is known. */
  async create(task: Item, card: string, points: readonly Item[]): Promise<readonly Written[]> {
    const ordered = pointsInOrder(points);
    if (ordered.length === 0) return [];
    const { stamps } = this.#input.desk.connection;
    const signature = signatureOf(ordered);
    if (signature === undefined) return (await this.#fill(task, card, ordered)).written;

    const source = await stamps.of(signature);
    if (source !== undefined) {
      const outcome = await this.#copy(task, card, source);
      if (outcome.kind !== 'refused')
        return this.#keepCopied(task, card, ordered, this.#settle(task, outcome));
      stamps.forget(signature);
    }
    const made = this.#fill(task, card, ordered);
    stamps.offer(
      signature,
      made.then(({ checklist }) => checklist?.id),
    );
    return (await made).written;
  }

  async #fill(task: Item, card: string, points: readonly Item[]) {
    const checklist = await this.open(task, card);
    if (!checklist) return { checklist, written: [] };
    const written = await together(
      points.map((point, index) => this.add(task, card, checklist, point, (index + 1) * BETWEEN_POINTS)),
    );
    return { checklist, written: written.flat() };
  }

  /** What the copy shows is compared: what it lacks is added, what it has too many is taken away. */
  async #keepCopied(
    task: Item,
    card: string,
    points: readonly Item[],
    checklist: Checklist | undefined,
  ): Promise<readonly Written[]> {
    if (!checklist) return [];
    const left = [...checklist.checkItems.rows];
    const written = await together(
      points.map(async (point, index) => {
        const name = pointName(point);
        const at = left.findIndex((one) => one.name === name && one.state !== 'complete');
        const [copied] = at < 0 ? [] : left.splice(at, 1);
        if (!copied) return this.add(task, card, checklist, point, (index + 1) * BETWEEN_POINTS);
        this.remember(task.key, card, point.key, copied.id);
        return [this.standing(point, 'created', point.fields)];
      }),
    );
    for (const { id } of left) {
      const outcome = await call(this.#input.desk, removeCheckItem(card, id));
      if (!isGone(outcome)) this.#settle(task, outcome);
    }
    return written.flat();
  }

  /** One checklist for all the points of a card that has none: a run that died may have left it without. */
  open(task: Item, card: string): Promise<Checklist | undefined> {
    const opened =
      this.#opened.get(card) ??
      this.#copy(task, card, undefined).then((outcome) => this.#settle(task, outcome));
    this.#opened.set(card, opened);
    return opened;
  }

  /** Where these points stand, as far as this run has added them. */
  positionsOf(ids: readonly string[]): ReadonlyMap<string, number> {
    return new Map([...this.#positions].filter(([id]) => ids.includes(id)));
  }

  /** A new checklist: empty, or with all that the source holds. */
  async #copy(task: Item, card: string, source: string | undefined): Promise<Outcome<Checklist>> {
    const { desk } = this.#input;
    const name = say(desk.blueprint.locale, SHEET_NAMES.checks);
    const copy = source === undefined ? {} : { idChecklistSource: source };
    const { outcome } = await createOnce(
      {
        send: () => call(desk, createChecklist({ idCard: card, name, ...copy })),
        find: async () => {
          const { rows } = need(aboutPoints(task), await call(desk, getCardChecklists(card)));
          return rows.find((one) => one.name === name);
        },
      },
      desk.connection.time,
      desk.signal,
    );
    // A card that is no more is told as a value that is wrong.
    const isWrong = outcome.kind === 'refused' && outcome.refusal.code === 'invalid';
    const present = isWrong ? await call(desk, getCard(card)) : undefined;
    return present?.kind === 'refused' ? present : outcome;
  }

  async add(
    task: Item,
    card: string,
    checklist: Pick<Checklist, 'id'>,
    point: Item,
    pos: number,
  ): Promise<readonly Written[]> {
    const { desk } = this.#input;
    const name = pointName(point);
    const known = new Set(Object.values(desk.remembered.card(task.key)?.points ?? {}));
    const { outcome, adopted } = await createOnce(
      {
        send: () =>
          call(desk, createCheckItem(checklist.id, { name, pos, checked: point.fields.done === true })),
        find: async () => {
          const { rows } = need(aboutPoints(task), await call(desk, getCardChecklists(card)));
          return rows
            .flatMap(({ checkItems }) => checkItems.rows)
            .find((one) => one.name === name && one.pos === pos && !known.has(one.id));
        },
      },
      desk.connection.time,
      desk.signal,
    );
    const made = this.#settle(task, outcome);
    if (!made) return [];
    this.#positions.set(made.id, pos);
    this.remember(task.key, card, point.key, made.id);
    return [this.standing(point, adopted ? 'adopted' : 'created', point.fields)];
  }

  remember(task: string, card: string, point: string, id: string): void {
    const { remembered } = this.#input.desk;
    const place = remembered.card(task);
    remembered.setCard(task, { ...place, card, points: { ...place?.points, [point]: id } });
  }

  standing(point: Item, done: Written['done'], fields: Fields): Written {
    return {
      key: point.key,
      done,
      shows: this.#input.fitted(point, { ...fields, [ARCHIVED]: isArchived(point) }),
    };
  }

  #settle<T>(task: Item, outcome: Outcome<T>): T | undefined {
    return this.#input.refused.settleExisting(aboutPoints(task), outcome);
  }
}

export function aboutPoints(task: Item): About {
  return { type: 'checklist', name: nameOf(task) };
}
