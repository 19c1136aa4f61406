import type { About } from '#src/i18n/notion.ts';
import { ARCHIVED, type Fields, type Item, isArchived } from '#src/plan/item.ts';
import { concurrently, type Job } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import type { Written } from '../workspace.ts';
import { toDoBlock } from './checklist.ts';
import { inRequests } from './children.ts';
import { rowToTakeOver } from './latest-row.ts';
import { keyProperties, type PageProperties, pageProperties, shareProperties, shownOf } from './mapping.ts';
import { need } from './outcome.ts';
import { PointWriter } from './point-writer.ts';
import { knownSchema } from './properties.ts';
import { readPoints } from './read-points.ts';
import type { Refusals } from './refusals.ts';
import type { Page, PropertyValue } from './schema.ts';
import { sharesOf, shownShare } from './share.ts';
import type { OpenTable } from './structure.ts';
import { KEY_FIELD } from './tables.ts';
import { dependenciesOf, type LineChange, type NewLine, sortWork } from './work.ts';
import type { WriteContext } from './write-values.ts';
import type { WriterOrder } from './writer-order.ts';

/** As many as the gate lets under way at once. */
const SIDE_BY_SIDE = 10;

/** Carries an order out on databases that are all there. */
export class LineWriter {
  readonly #input: WriterOrder;
  readonly #refusals: Refusals;
  readonly #points: PointWriter;
  readonly #shares: ReadonlyMap<string, number>;
  /** Rows that take over the page of an earlier one, by their key. */
  readonly #takenOver = new Map<string, { readonly earlier: string; readonly page: Page }>();
  /** Settles once the page of a task that is being made is there, or surely will not be. */
  readonly #arrivals = new Map<string, Promise<unknown>>();

  constructor(input: WriterOrder) {
    this.#input = input;
    this.#refusals = input.refusals;
    this.#points = new PointWriter(input);
    this.#shares = sharesOf(input.order.agreed);
  }

  /** Yields each item once it stands. What is refused for itself alone is told to the refusals. */
  async *run(): AsyncGenerator<Written> {
    const { order, redundant, remembered } = this.#input;
    const work = sortWork(order, (key) => this.#pageOf(key) !== undefined);
    for (const { item } of work.newLines) this.#takeOver(item);
    const changes = this.#withUpkeep(work.lines);
    const points = new Map(work.points.map((one) => [one.task, one]));
    const jobs: Job<Written>[] = [
      ...work.newLines.map((line) => this.#arriving(line)),
      // A page comes back before its points are looked at.
      ...[...new Set([...changes.keys(), ...points.keys()])].map((key) => async () => [
        ...(await this.#update(changes.get(key))),
        ...(await this.#points.carryOut(points.get(key))),
      ]),
      ...redundant.map((page) => () => this.#discard(page)),
    ];
    yield* concurrently(jobs, SIDE_BY_SIDE);
    for (const [parent, table] of this.#input.structure.tables)
      remembered.setSchema(parent, knownSchema(table));
  }

  /** Its row gets no page of its own: see `rowToTakeOver`. */
  #takeOver(item: Item): void {
    const { order, lines, remembered } = this.#input;
    const { agreed, blueprint } = order;
    const earlier = rowToTakeOver(item, { agreed, blueprint, lines, bot: remembered.bot });
    const page = earlier === undefined ? undefined : lines.get(earlier)?.page;
    if (earlier !== undefined && page) this.#takenOver.set(item.key, { earlier, page });
  }

  #pageOf(key: string): string | undefined {
    return this.#input.pages.get(key) ?? this.#input.remembered.line(key)?.page;
  }

  #tableOf(item: Item): OpenTable | undefined {
    return this.#input.structure.tables.get(item.parent);
  }

  /** Lines whose key, share of ticked points or newly made properties are to be written, with those that change. */
  #withUpkeep(asked: ReadonlyMap<string, LineChange>): ReadonlyMap<string, LineChange> {
    const { lines, order } = this.#input;
    const all = new Map(asked);
    const given = new Set([...this.#takenOver.values()].map(({ earlier }) => earlier));
    for (const [key, { page, stamped }] of lines) {
      if (given.has(key)) continue;
      const item = order.agreed.get(key);
      const table = item && this.#tableOf(item);
      if (!item || !table || isArchived(item) || all.has(key)) continue;
      const isDue = !stamped || table.unfilled.length > 0 || !this.#showsShare(item, page, table);
      if (isDue) all.set(key, { item, fields: {}, change: undefined });
    }
    return all;
  }

  #showsShare(item: Item, page: Page, { bound }: OpenTable): boolean {
    return item.kind !== 'task' || shownShare(page, bound) === this.#shareOf(item);
  }

  #shareOf({ key }: Item): number | null {
    return this.#shares.get(key) ?? null;
  }

  #arriving(line: NewLine): Job<Written> {
    const arrival = Promise.withResolvers<void>();
    this.#arrivals.set(line.item.key, arrival.promise);
    return async () => {
      try {
        const needed = dependenciesOf(line.item).map((key) => this.#earlierArrival(key, line.item.key));
        await Promise.all(needed);
        return await this.#create(line);
      } finally {
        arrival.resolve();
      }
    };
  }

  /** Only what was begun before may be waited for: two tasks that wait for each other would wait for ever. */
  #earlierArrival(key: string, than: string): Promise<unknown> | undefined {
    const keys = [...this.#arrivals.keys()];
    return keys.indexOf(key) < keys.indexOf(than) ? this.#arrivals.get(key) : undefined;
  }

  async #create({ item, points }: NewLine): Promise<readonly Written[]> {
    const table = this.#tableOf(item);
    if (!table || this.#refusals.isFull) return [];
    if (this.#takenOver.has(item.key)) return this.#moveIn(item, table);
    const { requests, connection, remembered } = this.#input;
    const about = aboutLine(item);
    const [children = [], ...more] = inRequests(points.map(({ fields }) => toDoBlock(fields)));
    const properties = this.#propertiesOf(item, item.fields, table, true);
    const shows = this.#input.fitted(item, item.fields);
    const creation = await createOnce(
      {
        send: () =>
          requests.createPage(about, {
            parent: { type: 'data_source_id', data_source_id: table.place.source },
            properties,
            ...(children.length > 0 && { children }),
          }),
        find: () => this.#findByKey(item, table),
        fetch: async (id) => {
          const page = await requests.page(about, id);
          return page.kind === 'ok' ? page.value : undefined;
        },
      },
      connection.time,
      requests.signal,
    );
    const page = this.#refusals.settle(about, creation.outcome);
    if (!page) return [];
    this.#input.pages.set(item.key, page.id);
    const made = Object.fromEntries(points.slice(0, children.length).map(({ key }) => [key, '']));
    remembered.setLine(item.key, { page: page.id, made: page.last_edited_time, points: made });
    if (page.created_by && page.created_by.id === page.last_edited_by?.id)
      remembered.bot = page.created_by.id;
    // A page whose answer was lost may have been made with some of its points only.
    const isCertain = !creation.adopted && more.length === 0;
    const written = isCertain
      ? points.map(
          (point): Written => ({
            key: point.key,
            done: 'created',
            shows: this.#input.fitted(point, point.fields),
          }),
        )
      : await this.#points.complete(item, page.id, points);
    return [{ key: item.key, done: creation.adopted ? 'adopted' : 'created', shows }, ...written];
  }

  /** All that the page shows of the earlier row gives way, its key first. */
  async #moveIn(item: Item, table: OpenTable): Promise<readonly Written[]> {
    const { earlier, page } = this.#takenOver.get(item.key) ?? {};
    if (earlier === undefined || page === undefined) return [];
    const { requests, remembered, pages } = this.#input;
    const blank = Object.fromEntries(
      table.table.properties.flatMap(({ field }) => (field === KEY_FIELD ? [] : [[field, null]])),
    );
    const fields = { ...blank, ...item.fields };
    const body = { page_id: page.id, properties: this.#propertiesOf(item, fields, table, true) };
    const about = aboutLine(item);
    const shows = this.#input.fitted(item, item.fields);
    if (!this.#refusals.settle(about, await requests.updatePage(about, body))) return [];
    remembered.forgetLine(earlier);
    remembered.setLine(item.key, { page: page.id });
    pages.delete(earlier);
    pages.set(item.key, page.id);
    return [{ key: item.key, done: 'created', shows }];
  }

  async #findByKey(item: Item, { place, bound }: OpenTable): Promise<Page | undefined> {
    const about = aboutLine(item);
    const property = bound.get(KEY_FIELD)?.id ?? '';
    const query = {
      data_source_id: place.source,
      filter: { property, rich_text: { equals: item.key } },
    };
    const { rows } = need(about, await this.#input.requests.lines(about, query));
    return rows.find(({ in_trash }) => !in_trash);
  }

  async #update(line: LineChange | undefined): Promise<readonly Written[]> {
    if (!line) return [];
    const { item, fields, change } = line;
    const pageId = this.#pageOf(item.key);
    const table = this.#tableOf(item);
    if (pageId === undefined || !table) return [];
    if (fields[ARCHIVED] === true && (await this.#hasNewPoints(item, pageId))) return [];
    const stamped = this.#input.lines.get(item.key)?.stamped ?? true;
    const filled = Object.fromEntries(table.unfilled.map((field) => [field, item.fields[field] ?? null]));
    const properties = this.#propertiesOf(item, { ...filled, ...fields }, table, !stamped);
    const body = {
      page_id: pageId,
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(ARCHIVED in fields && { in_trash: fields[ARCHIVED] === true }),
    };
    const about = aboutLine(item);
    const shows = this.#input.fitted(item, fields);
    const page = this.#refusals.settle(about, await this.#input.requests.updatePage(about, body));
    if (!page) return [];
    const { remembered, pages } = this.#input;
    remembered.setLine(item.key, { ...remembered.line(item.key), page: pageId });
    if (!page.in_trash) pages.set(item.key, pageId);
    if (!change) return [];
    const done = isArchived(item) ? 'archived' : change.kind === 'create' ? 'adopted' : 'updated';
    return [{ key: item.key, done, shows }];
  }

  /**
   * Whether someone has added a point that nobody has read: Notion counts in minutes, and tells of it late. The page goes
   * into the trash once it has been read, so that nothing goes with it unknown.
   */
  async #hasNewPoints(item: Item, page: string): Promise<boolean> {
    if (item.kind !== 'task') return false;
    const { requests, remembered, order } = this.#input;
    const known = [...order.agreed.values()].filter(
      ({ kind, parent }) => kind === 'check' && parent === item.key,
    );
    const task = { key: item.key, title: aboutLine(item).name, page };
    const { match } = await readPoints(requests, task, known, remembered);
    return match.added.length > 0;
  }

  /** With the share of its ticked points, which no item holds. */
  #propertiesOf(item: Item, fields: Fields, { bound }: OpenTable, withKey: boolean): PageProperties {
    const page = this.#input.lines.get(item.key)?.page;
    const context = this.#writing(page);
    const share = this.#shareOf(item);
    const isShown = isArchived(item) || (page ? shownShare(page, bound) : null) === share;
    // A line of the team's own that says nothing of its step stands where new tasks stand: views group by it.
    const start = withKey && item.kind === 'task' ? startOf(item) : {};
    return {
      ...pageProperties(bound, { ...start, ...fields }, context),
      ...(withKey && keyProperties(bound, item.key, context)),
      ...(!isShown && shareProperties(bound, share, context)),
    };
  }

  #writing(page: Page | undefined): WriteContext {
    const { people, order } = this.#input;
    return {
      people,
      sources: order.blueprint.sources,
      pageOf: (key) => this.#input.pages.get(key),
      present: (propertyId): PropertyValue | undefined => (page ? shownOf(page, propertyId) : undefined),
    };
  }

  /** It is ours, nobody has touched it, and another one stands for the same item. */
  async #discard(page: Page): Promise<readonly Written[]> {
    const about: About = { type: 'page', name: page.url };
    const body = { page_id: page.id, in_trash: true };
    this.#refusals.settle(about, await this.#input.requests.updatePage(about, body));
    return [];
  }
}

/** What a person calls the line. */
export function aboutLine(item: Item): About {
  const title = Object.values(item.fields).find((value) => typeof value === 'string' && value !== '');
  const name = typeof item.fields.title === 'string' ? item.fields.title : title;
  return { type: 'page', name: typeof name === 'string' && name !== '' ? name : item.key };
}

function startOf({ fields: { status = null, step = null } }: Item): Fields {
  return { status, step };
}
