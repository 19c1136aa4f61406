import { say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { SHEET_NAMES } from '#src/i18n/workbook.ts';
import { ARCHIVED, type Fields, type Item, isArchived } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { createOnce } from '../http/create-once.ts';
import { pointsInOrder } from '../match-points.ts';
import type { Written } from '../workspace.ts';
import { nameOf } from './card-content.ts';
import { call, type Desk } from './desk.ts';
import { getCardChecklists } from './endpoints/cards.ts';
import {
  createCheckItem,
  createChecklist,
  removeCheckItem,
  updateCheckItem,
} from './endpoints/checklists.ts';
import { fitName } from './fit.ts';
import { isGone } from './locate.ts';
import { need } from './outcome.ts';
import type { Refused } from './refused.ts';
import type { Checklist } from './schema.ts';

/** As far apart as Trello puts points itself. */
const BETWEEN_POINTS = 16_384;

export interface PointsInput {
  readonly desk: Desk;
  readonly refused: Refused;
  readonly agreed: ReadonlyMap<string, Item>;
  /** The checklists of a card, as they were read. */
  checklistsOf(card: string): readonly Checklist[];
  fitted(item: Item, fields: Fields): Fields;
}

/** Carries out what concerns the points of one card at a time. */
export class PointWriter {
  readonly #input: PointsInput;
  /** Checklists that this run has made, by the words of their points: one that is the same is stamped from it. */
  readonly #stamps = new Map<string, Promise<Checklist | undefined>>();

  constructor(input: PointsInput) {
    this.#input = input;
  }

  /** The points of a card that has just been made. */
  async create(task: Item, card: string, points: readonly Item[]): Promise<readonly Written[]> {
    const ordered = pointsInOrder(points);
    if (ordered.length === 0) return [];
    const signature = JSON.stringify(ordered.map(({ fields }) => fitName(fields.title ?? '')));
    const isPlain = ordered.every(({ fields }) => fields.done !== true);
    const stamp = isPlain ? this.#stamps.get(signature) : undefined;
    if (stamp) return this.#stamped(task, card, ordered, await stamp);
    const made = this.#fill(task, card, ordered);
    if (isPlain)
      this.#stamps.set(
        signature,
        made.then(
          ({ checklist }) => checklist,
          () => undefined,
        ),
      );
    return (await made).written;
  }

  async #fill(task: Item, card: string, points: readonly Item[]) {
    const checklist = await this.#makeChecklist(task, card, undefined);
    if (!checklist) return { checklist, written: [] };
    const written = await Promise.all(
      points.map((point, index) => this.#add(task, card, checklist, point, (index + 1) * BETWEEN_POINTS)),
    );
    return { checklist, written: written.flat() };
  }

  /** One request for all of them. What the copy carried is compared: what it did not is added. */
  async #stamped(
    task: Item,
    card: string,
    points: readonly Item[],
    source: Checklist | undefined,
  ): Promise<readonly Written[]> {
    const checklist = await this.#makeChecklist(task, card, source);
    if (!checklist) return [];
    const left = [...checklist.checkItems.rows];
    const written = await Promise.all(
      points.map(async (point, index) => {
        const at = left.findIndex(({ name }) => name === fitName(point.fields.title ?? ''));
        const [copied] = at < 0 ? [] : left.splice(at, 1);
        if (!copied) return this.#add(task, card, checklist, point, (index + 1) * BETWEEN_POINTS);
        this.#remember(task.key, card, point.key, copied.id);
        return [this.#standing(point, 'created', point.fields)];
      }),
    );
    return written.flat();
  }

  async #makeChecklist(
    task: Item,
    card: string,
    source: Checklist | undefined,
  ): Promise<Checklist | undefined> {
    const { desk, refused } = this.#input;
    const name = say(desk.blueprint.locale, SHEET_NAMES.checks);
    const about: About = { type: 'checklist', name: nameOf(task) };
    const copy = source && { idChecklistSource: source.id };
    const { outcome } = await createOnce(
      {
        send: () => call(desk, createChecklist({ idCard: card, name, ...copy })),
        find: async () => {
          const { rows } = need(about, await call(desk, getCardChecklists(card)));
          return rows.find((one) => one.name === name);
        },
      },
      desk.connection.time,
      desk.signal,
    );
    return refused.settle(about, outcome);
  }

  async #add(
    task: Item,
    card: string,
    checklist: Pick<Checklist, 'id'>,
    point: Item,
    pos: number,
  ): Promise<readonly Written[]> {
    const { desk, refused } = this.#input;
    const about: About = { type: 'checklist', name: nameOf(task) };
    const name = fitName(point.fields.title ?? '') || '–';
    const known = new Set(Object.values(desk.remembered.card(task.key)?.points ?? {}));
    const { outcome, adopted } = await createOnce(
      {
        send: () =>
          call(desk, createCheckItem(checklist.id, { name, pos, checked: point.fields.done === true })),
        find: async () => {
          const { rows } = need(about, await call(desk, getCardChecklists(card)));
          return rows
            .flatMap(({ checkItems }) => checkItems.rows)
            .find((one) => one.name === name && one.pos === pos && !known.has(one.id));
        },
      },
      desk.connection.time,
      desk.signal,
    );
    const made = refused.settle(about, outcome);
    if (!made) return [];
    this.#remember(task.key, card, point.key, made.id);
    return [this.#standing(point, adopted ? 'adopted' : 'created', point.fields)];
  }

  /** What is asked for on a card that is there. */
  async carryOut(task: Item, card: string, changes: readonly Change[]): Promise<readonly Written[]> {
    if (changes.length === 0) return [];
    // Points go with their task, and come back with it: they stay on its card.
    if (isArchived(task)) {
      return changes.map(({ item, ...change }) =>
        this.#standing(item, 'archived', change.kind === 'update' ? change.fields : item.fields),
      );
    }
    const written: Written[] = [];
    for (const change of changes) written.push(...(await this.#change(task, card, change)));
    return written;
  }

  async #change(task: Item, card: string, change: Change): Promise<readonly Written[]> {
    const { item } = change;
    const id = this.#input.desk.remembered.card(task.key)?.points?.[item.key];
    const fields = change.kind === 'update' ? change.fields : item.fields;
    if (isArchived(item)) {
      const done = id === undefined || (await this.#remove(task, card, item.key, id));
      return done ? [this.#standing(item, 'archived', fields)] : [];
    }
    if (id === undefined) return this.#insert(task, card, item);
    return this.#update(task, card, item, id, fields);
  }

  async #insert(task: Item, card: string, point: Item): Promise<readonly Written[]> {
    const [first] = this.#input.checklistsOf(card);
    const checklist = first ?? (await this.#makeChecklist(task, card, undefined));
    return checklist ? this.#add(task, card, checklist, point, this.#positionOf(task, card, point)) : [];
  }

  /** Between its neighbours, as far as they are shown. */
  #positionOf(task: Item, card: string, point: Item): number {
    const positions = new Map(
      this.#input
        .checklistsOf(card)
        .flatMap(({ checkItems }) => checkItems.rows.map(({ id, pos }) => [id, pos])),
    );
    const ids = this.#input.desk.remembered.card(task.key)?.points ?? {};
    const all = [...this.#input.agreed.values()].filter(
      ({ kind, parent }) => kind === 'check' && parent === task.key,
    );
    const order = pointsInOrder(all).map(({ key }) => key);
    const at = order.indexOf(point.key);
    const shown = (keys: readonly string[]) =>
      keys.map((key) => positions.get(ids[key] ?? '')).filter((pos) => pos !== undefined);
    const before = shown(order.slice(0, Math.max(0, at))).at(-1);
    const after = shown(order.slice(at + 1))[0];
    if (before !== undefined && after !== undefined && after > before) return (before + after) / 2;
    if (after !== undefined && before === undefined) return after / 2;
    return (Math.max(0, ...positions.values()) || 0) + BETWEEN_POINTS;
  }

  async #update(
    task: Item,
    card: string,
    point: Item,
    id: string,
    fields: Fields,
  ): Promise<readonly Written[]> {
    const { desk, refused } = this.#input;
    const about: About = { type: 'checklist', name: nameOf(task) };
    const changes = {
      ...('title' in fields && { name: fitName(point.fields.title ?? '') || '–' }),
      ...('done' in fields && {
        state: point.fields.done === true ? ('complete' as const) : ('incomplete' as const),
      }),
    };
    const isEmpty = Object.keys(changes).length === 0;
    if (isEmpty) return [this.#standing(point, 'updated', fields)];
    const made = refused.settle(about, await call(desk, updateCheckItem(card, id, changes)));
    return made ? [this.#standing(point, 'updated', fields)] : [];
  }

  /** A point that is gone already is as gone as we wanted it. */
  async #remove(task: Item, card: string, key: string, id: string): Promise<boolean> {
    const { desk, refused } = this.#input;
    const outcome = await call(desk, removeCheckItem(card, id));
    const about: About = { type: 'checklist', name: nameOf(task) };
    const isDone = isGone(outcome) || outcome.kind === 'ok';
    if (!isDone) refused.settle(about, outcome);
    const place = desk.remembered.card(task.key);
    if (isDone && place) {
      const { [key]: _gone, ...points } = place.points ?? {};
      desk.remembered.setCard(task.key, { ...place, points });
    }
    return isDone;
  }

  #remember(task: string, card: string, point: string, id: string): void {
    const { remembered } = this.#input.desk;
    const place = remembered.card(task);
    remembered.setCard(task, { ...place, card, points: { ...place?.points, [point]: id } });
  }

  #standing(point: Item, done: Written['done'], fields: Fields): Written {
    return {
      key: point.key,
      done,
      shows: this.#input.fitted(point, { ...fields, [ARCHIVED]: isArchived(point) }),
    };
  }
}
