import { type Fields, type Item, isArchived } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { pointsInOrder } from '../match-points.ts';
import type { Written } from '../workspace.ts';
import { aboutPoints, BETWEEN_POINTS, type ChecklistWriter, type PointsInput } from './checklist-writer.ts';
import { call } from './desk.ts';
import { removeCheckItem, updateCheckItem } from './endpoints/checklists.ts';
import { isGone } from './locate.ts';
import { pointName } from './stamps.ts';

/** Carries out what concerns the points of one card that is there. */
export class PointWriter {
  readonly #input: PointsInput;
  readonly #checklists: ChecklistWriter;

  constructor(input: PointsInput, checklists: ChecklistWriter) {
    this.#input = input;
    this.#checklists = checklists;
  }

  async carryOut(task: Item, card: string, changes: readonly Change[]): Promise<readonly Written[]> {
    if (changes.length === 0) return [];
    // Points go with their task, and come back with it: they stay on its card.
    if (isArchived(task)) {
      return changes.map(({ item, ...change }) =>
        this.#checklists.standing(item, 'archived', change.kind === 'update' ? change.fields : item.fields),
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
      return done ? [this.#checklists.standing(item, 'archived', fields)] : [];
    }
    if (id === undefined) return this.#insert(task, card, item);
    return this.#update(task, card, item, id, fields);
  }

  async #insert(task: Item, card: string, point: Item): Promise<readonly Written[]> {
    const [first] = this.#input.checklistsOf(card);
    const checklist = first ?? (await this.#checklists.open(task, card));
    return checklist
      ? this.#checklists.add(task, card, checklist, point, this.#positionOf(task, card, point))
      : [];
  }

  /** Between its neighbours, as far as they are shown. */
  #positionOf(task: Item, card: string, point: Item): number {
    const shownAt = this.#input
      .checklistsOf(card)
      .flatMap(({ checkItems }) => checkItems.rows.map(({ id, pos }): [string, number] => [id, pos]));
    const ids = this.#input.desk.remembered.card(task.key)?.points ?? {};
    const positions = new Map([...shownAt, ...this.#checklists.positionsOf(Object.values(ids))]);
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
    const changes = {
      ...('title' in fields && { name: pointName(point) }),
      ...('done' in fields && {
        state: point.fields.done === true ? ('complete' as const) : ('incomplete' as const),
      }),
    };
    const isEmpty = Object.keys(changes).length === 0;
    if (isEmpty) return [this.#checklists.standing(point, 'updated', fields)];
    const outcome = await call(desk, updateCheckItem(card, id, changes));
    const made = refused.settleExisting(aboutPoints(task), outcome);
    return made ? [this.#checklists.standing(point, 'updated', fields)] : [];
  }

  /** A point that is gone already is as gone as we wanted it. */
  async #remove(task: Item, card: string, key: string, id: string): Promise<boolean> {
    const { desk, refused } = this.#input;
    const outcome = await call(desk, removeCheckItem(card, id));
    const isDone = isGone(outcome) || outcome.kind === 'ok';
    if (!isDone) refused.settle(aboutPoints(task), outcome);
    const place = desk.remembered.card(task.key);
    if (isDone && place) {
      const { [key]: _gone, ...points } = place.points ?? {};
      desk.remembered.setCard(task.key, { ...place, points });
    }
    return isDone;
  }
}
