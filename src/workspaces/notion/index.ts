import { NotNow, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { PLACE_ERRORS } from '#src/i18n/notion-home.ts';
import { ARCHIVED, type Fields, type Item, type ItemRef, type Value } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { dueRegisters } from '../due-registers.ts';
import {
  type Blueprint,
  type Cost,
  type Diagnosis,
  REMEMBERED_URL,
  type Reading,
  type ReadOrder,
  type Workspace,
  type WriteOrder,
  type Written,
} from '../workspace.ts';
import { examine } from './check.ts';
import { fitCommentText, isNative } from './comment-content.ts';
import type { NotionConnection } from './connection.ts';
import { costOf } from './cost.ts';
import { withoutEarlierRows } from './latest-row.ts';
import { pageUrl, type Search } from './locate.ts';
import type { ProjectPerson } from './people.ts';
import type { SchemaMatch } from './properties.ts';
import { readPlace, type Sighted } from './read.ts';
import { Remembered } from './remembered.ts';
import { Requests } from './requests.ts';
import { shownFor } from './shown.ts';
import { planTable, registerTable, type Table } from './tables.ts';
import { standingOf, writePlace } from './write.ts';

export interface NotionPlace {
  /** `undefined` where the token is missing: everything but opening is then refused. */
  readonly connection: NotionConnection | undefined;
  /** The variable in which the token is looked for. */
  readonly tokenVariable: string;
  /** The slug of the project. */
  readonly project: string;
  /** The id of the page that was shared with the connection: the plan is made below it. */
  readonly parent: string;
  /** Ids of the pages below which the same project has its plan as well; none when left out. */
  readonly others?: readonly string[];
  readonly people: readonly ProjectPerson[];
  readonly blueprint: Blueprint;
  /** Of the team; Paris where it is absent. */
  readonly timeZone?: string | undefined;
  /** `YYYY-MM-DD`, in the team's time zone. */
  today(): string;
}

const PARIS = 'Europe/Paris';

/** A plan in Notion: a page with the plan and its registers as databases. */
export function notionWorkspace(place: NotionPlace): Workspace {
  return new NotionWorkspace(place);
}

class NotionWorkspace implements Workspace {
  readonly id: string;
  readonly kind = 'notion';
  readonly #place: NotionPlace;
  readonly #tables: ReadonlyMap<string, Table>;
  /** Ids of pages that a hint has named, to be looked at by the next read. */
  readonly #heard = new Set<string>();
  #hints = 0;
  #sighted: Sighted | undefined;
  /** Since the place was last read or written. */
  #remembered: Remembered | undefined;
  #home: string | undefined;

  constructor(place: NotionPlace) {
    this.#place = place;
    this.id = `notion:${place.parent.replaceAll('-', '')}`;
    const { blueprint } = place;
    const tables = [
      planTable(blueprint),
      ...blueprint.registers.map((register) => registerTable(register, blueprint)),
    ];
    this.#tables = new Map(tables.map((table) => [table.parent, table]));
  }

  get url(): string {
    return this.#home ?? pageUrl(this.#place.parent);
  }

  holds(item: ItemRef, field: string): boolean {
    if (item.kind === 'comment') return this.#holdsComment(item);
    if (field === ARCHIVED) return true;
    if (item.kind === 'check') return field === 'title' || field === 'done';
    const found = this.#sighted?.survey?.tables.get(item.parent);
    if (found) return found.match.bound.has(field) || found.match.missing.some((one) => one.field === field);
    return this.#tables.get(item.parent)?.properties.some((one) => one.field === field) ?? false;
  }

  /** Where we may not write comments, those of the team's there are still carried elsewhere. */
  #holdsComment({ key }: ItemRef): boolean {
    const denied = this.#remembered?.deniedComments;
    return denied === 'insert' ? this.#isNative(key) : denied !== 'read';
  }

  #isNative(key: string): boolean {
    return isNative(key, this.#sighted?.survey?.located.home.page);
  }

  fit(item: ItemRef, field: string, value: Value): Value {
    return this.#fit(item, field, value, this.#sighted?.survey?.tables.get(item.parent)?.match.bound);
  }

  #fit(item: ItemRef, field: string, value: Value, bound: SchemaMatch['bound'] | undefined): Value {
    if (item.kind === 'comment') return this.#fitComment(item, field, value);
    return shownFor(item, field, value, {
      propertyOf: (_item, name) => bound?.get(name),
      shownBefore: ({ key }, name) => this.#sighted?.shown.get(key)?.[name],
      isVisible: (key) => this.#sighted?.pages.has(key) ?? false,
    });
  }

  #fitComment({ key }: ItemRef, field: string, value: Value): Value {
    if (field !== 'text' || typeof value !== 'string') return value;
    return this.#remembered?.keptText(key) ?? fitCommentText(value);
  }

  due(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): readonly Change[] {
    const wanted = new Set(this.#wanted(agreed).map(({ parent }) => parent));
    const hidden = this.#sighted?.hidden ?? new Set();
    return withoutEarlierRows(changes, this.#place.blueprint, agreed).filter(({ key, item, kind }) => {
      if (item.kind === 'check') return !hidden.has(item.parent);
      if (item.kind === 'comment') {
        const line = agreed.get(item.parent);
        // One that was written here is not written again by us, wherever it has gone.
        const isLost = kind === 'create' && this.#isNative(key);
        return line !== undefined && wanted.has(line.parent) && !hidden.has(line.key) && !isLost;
      }
      return wanted.has(item.parent) && !hidden.has(key);
    });
  }

  foresee(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): Cost {
    const due = new Set(this.#wanted(agreed).flatMap(({ parent }) => (parent === 'plan' ? [] : [parent])));
    const rate = this.#place.connection?.ratePerMinute;
    return costOf(changes, due, standingOf(this.#sighted), rate);
  }

  /** The tables that are to be there now: those that are, and those of steps that have begun. */
  #wanted(agreed: ReadonlyMap<string, Item>): readonly Table[] {
    const { blueprint, today } = this.#place;
    const survey = this.#sighted?.survey;
    const due = dueRegisters(blueprint, agreed, today());
    return [...this.#tables.values()].filter(
      ({ parent }) =>
        !survey?.closed.has(parent) && (parent === 'plan' || due.has(parent) || survey?.tables.has(parent)),
    );
  }

  check(): Promise<readonly Diagnosis[]> {
    const { connection, parent } = this.#place;
    if (!connection) {
      const error = this.#noToken();
      return Promise.resolve([{ level: 'error', said: error.said, error }]);
    }
    return examine(connection, this.#requests(connection), parent);
  }

  async glance(): Promise<string | undefined> {
    const { connection, project } = this.#place;
    const survey = this.#sighted?.survey;
    if (!connection || !this.#sighted || !survey) return undefined;
    const isDue = connection.time.now() - this.#sighted.fullAt >= connection.fullCheckEveryMs;
    if (isDue) return undefined;
    const ids = [
      survey.located.home.page,
      ...[...survey.located.tables.values()].map(({ source }) => source),
    ];
    const sign = await connection.edits.sign(ids, project);
    return sign === undefined ? undefined : `${sign} ${this.#hints}`;
  }

  hear(remoteIds: readonly string[]): boolean {
    const sighted = this.#sighted;
    // A place that has not been read yet cannot tell: it may well be its.
    const isOurs = !sighted?.survey || remoteIds.some((id) => sighted.remoteIds.has(id.replaceAll('-', '')));
    if (!isOurs) return false;
    for (const id of remoteIds) this.#heard.add(id.replaceAll('-', ''));
    this.#hints += 1;
    return true;
  }

  async read(order: ReadOrder): Promise<Reading> {
    const connection = this.#connection();
    const heard = new Set(this.#heard);
    const search = this.#search(connection, order, order.known);
    const { reading, sighted } = await readPlace(search, order, this.#place.people, heard);
    this.#sighted = sighted;
    this.#remembered = search.remembered;
    this.#home = sighted.survey?.located.home.url;
    if (this.#home) order.memory.set(REMEMBERED_URL, this.#home);
    connection.bot ??= search.remembered.bot;
    for (const id of heard) this.#heard.delete(id);
    if (sighted.survey) connection.noteFullRead(`${this.#place.project} ${this.id}`, sighted.fullCost);
    return reading;
  }

  async *write(order: WriteOrder): AsyncIterable<Written> {
    const connection = this.#connection();
    if (!this.#sighted) throw new NotNow(said(PLACE_ERRORS.notRead));
    const search = this.#search(connection, order, order.agreed);
    this.#remembered = search.remembered;
    yield* writePlace({
      ...search,
      order,
      timeZone: this.#place.timeZone ?? PARIS,
      sighted: this.#sighted,
      wanted: this.#wanted(order.agreed),
      people: this.#place.people,
      fitted: (item, fields, bound) => this.#fitted(item, fields, bound),
    });
  }

  requests(): number {
    return this.#place.connection?.client.requests(this.#place.project) ?? 0;
  }

  #fitted(item: Item, fields: Fields, bound: SchemaMatch['bound'] | undefined): Fields {
    const held = Object.entries(fields).filter(([field]) => this.holds(item, field));
    return Object.fromEntries(held.map(([field, value]) => [field, this.#fit(item, field, value, bound)]));
  }

  #search(
    connection: NotionConnection,
    { memory, signal }: Pick<ReadOrder, 'memory' | 'signal'>,
    known: ReadonlyMap<string, Item>,
  ): Search {
    return {
      requests: this.#requests(connection, signal),
      connection,
      blueprint: this.#place.blueprint,
      remembered: new Remembered(memory),
      parent: this.#place.parent,
      others: this.#place.others ?? [],
      tables: [...this.#tables.values()],
      known,
    };
  }

  #requests({ client }: NotionConnection, signal?: AbortSignal): Requests {
    return new Requests(client, this.#place.project, signal);
  }

  #connection(): NotionConnection {
    if (this.#place.connection) return this.#place.connection;
    throw this.#noToken();
  }

  #noToken(): Refused {
    return new Refused(said(PLACE_ERRORS.noToken, { variable: this.#place.tokenVariable }));
  }
}
