import type { About } from '#src/i18n/notion.ts';
import { ARCHIVED, type Fields, type Item, isArchived, text } from '#src/plan/item.ts';
import { sleep } from '../gate/time.ts';
import { LOOKS_MS } from '../http/create-once.ts';
import { living, type PointsMatch, shownBefore } from '../match-points.ts';
import type { Written } from '../workspace.ts';
import { matchChecklist, type ToDoShown, toDoBlock } from './checklist.ts';
import { inRequests } from './children.ts';
import type { Refusals } from './refusals.ts';
import type { RememberedLine } from './remembered.ts';
import type { PointChanges } from './work.ts';
import type { WriterOrder } from './writer-order.ts';

/** Carries out what concerns the points of tasks that have their page. */
export class PointWriter {
  readonly #input: WriterOrder;
  readonly #refusals: Refusals;

  constructor(input: WriterOrder) {
    this.#input = input;
    this.#refusals = input.refusals;
  }

  async carryOut(changes: PointChanges | undefined): Promise<readonly Written[]> {
    if (!changes) return [];
    const { task, added, changed } = changes;
    const item = this.#input.order.agreed.get(task);
    const line = this.#input.remembered.line(task);
    if (!item || !line) return [];
    // Points go with their task, and come back with it: their blocks stay on its page.
    if (isArchived(item))
      return changed.map((change) => this.#standing(change.item, 'archived', change.fields));
    const returning = changed.filter(({ key, fields }) => isReturning(fields) && !(line.points?.[key] ?? ''));
    const written: Written[] = [];
    for (const change of changed) {
      if (!returning.includes(change)) written.push(...(await this.#change(item, change)));
    }
    const missing: Item[] = [];
    for (const change of returning) {
      const back = await this.#bringBack(item, change.item, line);
      if (back) written.push(back);
      else missing.push(change.item);
    }
    const points = [...added, ...missing];
    return points.length === 0 ? written : [...written, ...(await this.complete(item, line.page, points))];
  }

  /** Makes sure that these points are on the page: those that are there are adopted, the others are added in their places. */
  async complete(task: Item, page: string, points: readonly Item[]): Promise<readonly Written[]> {
    const first = await this.#match(task, page, points);
    const written = points
      .filter(({ key }) => first.found.has(key))
      .map((point) => this.#standing(point, 'adopted', point.fields));
    const missing = points.filter(({ key }) => !first.found.has(key));
    for (const group of groupsByPlace(missing, this.#allPoints(task, points), first.found)) {
      written.push(...(await this.#append(task, page, group)));
    }
    return written;
  }

  async #match(task: Item, page: string, points: readonly Item[]): Promise<PointsMatch<ToDoShown>> {
    const { requests, remembered } = this.#input;
    const { rows } = await requests.blocks(aboutPoints(task), page);
    const line = remembered.line(task.key);
    const match = matchChecklist(
      this.#allPoints(task, points),
      rows,
      (key) => line?.points?.[key] || undefined,
    );
    const ids = Object.fromEntries([...match.found].map(([key, { id }]) => [key, id]));
    remembered.setLine(task.key, { ...line, page, points: { ...line?.points, ...ids } });
    return match;
  }

  /** Those that are agreed on, and those that are about to be. */
  #allPoints(task: Item, more: readonly Item[]): readonly Item[] {
    const agreed = [...this.#input.order.agreed.values()].filter(
      ({ kind, parent }) => kind === 'check' && parent === task.key,
    );
    const all = new Map([...agreed, ...more].map((point) => [point.key, point]));
    return [...all.values()].filter((point) => !isArchived(point));
  }

  /**
   * Adds points after one that is there. What an unclear answer may have added is looked for by its words, and only
   * what surely is not there is sent again, once.
   */
  async #append(task: Item, page: string, { points, after }: Group, again = false): Promise<Written[]> {
    if (this.#refusals.isFull) return [];
    const { requests } = this.#input;
    const about = aboutPoints(task);
    const written: Written[] = [];
    let position = after;
    for (const blocks of inRequests(points.map(({ fields }) => toDoBlock(fields)))) {
      const batch = points.slice(written.length, written.length + blocks.length);
      const body = { block_id: page, children: blocks, ...(position && { position: afterBlock(position) }) };
      const outcome = await requests.append(about, body);
      if (outcome.kind === 'unknown' || outcome.kind === 'committed') {
        return [
          ...written,
          ...(await this.#lookFor(task, page, points.slice(written.length), outcome, again)),
        ];
      }
      const list = this.#refusals.settle(about, outcome);
      if (!list) return written;
      this.#remember(
        task,
        batch,
        list.rows.map(({ id }) => id),
      );
      written.push(...batch.map((point) => this.#standing(point, 'created', point.fields)));
      position = list.rows.at(-1)?.id ?? position;
    }
    return written;
  }

  async #lookFor(
    task: Item,
    page: string,
    points: readonly Item[],
    outcome: Parameters<Refusals['settle']>[1],
    again: boolean,
  ): Promise<Written[]> {
    const { connection, requests } = this.#input;
    const failedAt = connection.time.now();
    let missing = points;
    let match: PointsMatch<ToDoShown> | undefined;
    for (const wait of LOOKS_MS) {
      await sleep(connection.time, Math.max(0, failedAt + wait - connection.time.now()), requests.signal);
      match = await this.#match(task, page, points);
      missing = points.filter(({ key }) => !match?.found.has(key));
      if (missing.length === 0) break;
    }
    const found = points
      .filter((point) => !missing.includes(point))
      .map((point) => this.#standing(point, 'adopted', point.fields));
    if (missing.length === 0) return found;
    // Twice unclear, and not there: the next run looks again.
    if (again) this.#refusals.settle(aboutPoints(task), outcome);
    const groups = groupsByPlace(missing, this.#allPoints(task, points), match?.found ?? new Map());
    const later = [];
    for (const group of groups) later.push(...(await this.#append(task, page, group, true)));
    return [...found, ...later];
  }

  async #change(
    task: Item,
    { item, fields }: { readonly item: Item; readonly fields: Fields },
  ): Promise<readonly Written[]> {
    const { requests, remembered } = this.#input;
    const about = aboutPoints(task);
    const line = remembered.line(task.key);
    const block = line && (await this.#blockOf(task, item, line));
    if (!line || block === undefined)
      return isArchived(item) ? [this.#standing(item, 'archived', fields)] : [];
    if (fields[ARCHIVED] === true) {
      if (!this.#isGone(about, await requests.deleteBlock(about, block))) return [];
      const { [item.key]: _gone, ...points } = line.points ?? {};
      remembered.setLine(task.key, { ...line, points, deleted: { ...line.deleted, [item.key]: block } });
      return [this.#standing(item, 'archived', fields)];
    }
    const { to_do } = toDoBlock(item.fields);
    const content = {
      ...('title' in fields && { rich_text: to_do.rich_text }),
      ...('done' in fields && { checked: to_do.checked }),
    };
    if (Object.keys(content).length === 0) return [this.#standing(item, 'updated', fields)];
    const outcome = await requests.updateBlock(about, { block_id: block, to_do: content });
    return this.#refusals.settle(about, outcome) ? [this.#standing(item, 'updated', fields)] : [];
  }

  /** A block that was deleted meanwhile is as gone as we wanted it. */
  #isGone(about: About, outcome: Parameters<Refusals['settle']>[1]): boolean {
    const isAlready =
      outcome.kind === 'refused' && ['notShared', 'validation'].includes(outcome.refusal.code);
    return isAlready || this.#refusals.settle(about, outcome) !== undefined;
  }

  /** Where the id is not known, the page is looked at. */
  async #blockOf(task: Item, point: Item, line: RememberedLine): Promise<string | undefined> {
    const known = line.points?.[point.key];
    if (known) return known;
    const match = await this.#match(task, line.page, [living(point)]);
    return match.found.get(point.key)?.id;
  }

  /** Out of the trash, which costs no block. `undefined` when it is not there any more. */
  async #bringBack(task: Item, point: Item, line: RememberedLine): Promise<Written | undefined> {
    const block = line.deleted?.[point.key];
    if (block === undefined) return undefined;
    const { requests, remembered } = this.#input;
    const body = { block_id: block, ...toDoBlock(point.fields), in_trash: false };
    const outcome = await requests.updateBlock(aboutPoints(task), body);
    if (outcome.kind === 'refused') return undefined;
    if (!this.#refusals.settle(aboutPoints(task), outcome)) return undefined;
    const { [point.key]: _back, ...deleted } = line.deleted ?? {};
    const now = remembered.line(task.key) ?? line;
    remembered.setLine(task.key, { ...now, points: { ...now.points, [point.key]: block }, deleted });
    return this.#standing(point, 'updated', point.fields);
  }

  #remember(task: Item, points: readonly Item[], ids: readonly string[]): void {
    const { remembered } = this.#input;
    const line = remembered.line(task.key);
    if (!line) return;
    const named = Object.fromEntries(points.map(({ key }, index) => [key, ids[index] ?? '']));
    remembered.setLine(task.key, { ...line, points: { ...line.points, ...named } });
  }

  #standing(point: Item, done: Written['done'], fields: Fields): Written {
    return { key: point.key, done, shows: this.#input.fitted(point, fields) };
  }
}

function isReturning(fields: Fields): boolean {
  return fields[ARCHIVED] === false;
}

function aboutPoints(task: Item): About {
  return { type: 'block', name: text(task, 'title') || task.key };
}

function afterBlock(id: string) {
  return { type: 'after_block' as const, after_block: { id } };
}

interface Group {
  readonly points: readonly Item[];
  /** `undefined`: at the end of the page. */
  readonly after: string | undefined;
}

/** New points that come after the same block are added together. */
function groupsByPlace(
  missing: readonly Item[],
  all: readonly Item[],
  blocks: PointsMatch<ToDoShown>['found'],
): readonly Group[] {
  const groups = Map.groupBy(missing, ({ key }) => shownBefore(key, all, blocks)?.id);
  return [...groups].map(([after, points]) => ({ points, after }));
}
