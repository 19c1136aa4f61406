import { NotNow, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { BOARD_ERRORS } from '#src/i18n/trello-place.ts';
import { ARCHIVED, type Fields, type Item, type ItemRef, type Status, type Value } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { dueRegisters } from '../due-registers.ts';
import { TRELLO_DEFAULT_PER_10_SECONDS } from '../gate/rates.ts';
import type {
  Blueprint,
  Cost,
  Diagnosis,
  Memory,
  Reading,
  ReadOrder,
  Workspace,
  WorkspaceWebhook,
  WriteOrder,
  Written,
} from '../workspace.ts';
import { boardWebhook } from './board-webhook.ts';
import { examine } from './check.ts';
import type { TrelloConnection } from './connection.ts';
import { costOf, type Standing } from './cost.ts';
import { PARIS } from './dates.ts';
import type { BoardWish, Desk } from './desk.ts';
import { fitField } from './fit.ts';
import { wantedLabels } from './labels.ts';
import { type Layout, registersIn, type WantedList, wantedLists } from './lists.ts';
import { partsOf } from './match.ts';
import { peopleRequests } from './members.ts';
import type { ProjectPerson } from './people.ts';
import { readPlace, type Sighted } from './read.ts';
import { Remembered } from './remembered.ts';
import { fieldRequests } from './row-cost.ts';
import { showsWhole } from './shows-whole.ts';
import { writePlace } from './write.ts';

export interface TrelloPlace {
  /** `undefined` where the key or the token is missing: everything but opening is then refused. */
  readonly connection: TrelloConnection | undefined;
  /** The variables in which they are looked for. */
  readonly missingVariable: string;
  /** The slug of the project. */
  readonly project: string;
  readonly place: BoardWish;
  readonly layout: Layout;
  /** Lists of the team's own that mean a status, by name. */
  readonly lists: Readonly<Record<string, Status>>;
  readonly people: readonly ProjectPerson[];
  readonly blueprint: Blueprint;
  readonly timeZone?: string | undefined;
  /** Where Trello is to tell of changes. `undefined`: nowhere. */
  readonly callbackURL?: string | undefined;
  /** `YYYY-MM-DD`, in the team's time zone. */
  today(): string;
}

/** For the board itself, for what its workspace gives, and for who is in that. */
const LOOKS_BEFORE_A_BOARD = 3;

/** A plan on a Trello board. */
export function trelloWorkspace(place: TrelloPlace): Workspace {
  return new TrelloWorkspace(place);
}

class TrelloWorkspace implements Workspace {
  readonly id: string;
  readonly kind = 'trello';
  readonly webhook: WorkspaceWebhook | undefined;
  readonly #place: TrelloPlace;
  #sighted: Sighted | undefined;
  /** Of a board that was made after the last reading. */
  #madeUrl: string | undefined;
  #hints = 0;

  constructor(place: TrelloPlace) {
    this.#place = place;
    const { place: wish, connection, project, callbackURL } = place;
    this.id = 'board' in wish ? `trello:${wish.board}` : `trello:${wish.organization}`;
    this.webhook =
      connection &&
      boardWebhook({
        connection,
        project,
        callbackURL,
        boardOf: (memory) => new Remembered(memory).board?.id,
      });
  }

  get url(): string {
    const { place } = this.#place;
    const known = this.#sighted?.survey?.bundle.url ?? this.#madeUrl;
    return known ?? `https://trello.com/${'board' in place ? `b/${place.board}` : `w/${place.organization}`}`;
  }

  holds({ kind }: ItemRef, field: string): boolean {
    if (kind === 'check') return field === 'title' || field === 'done' || field === ARCHIVED;
    return true;
  }

  fit(item: ItemRef, field: string, value: Value): Value {
    // A comment was said: nothing puts it away again.
    if (field === ARCHIVED) return item.kind !== 'comment' && value === true;
    return fitField(item, field, value, this.#place.blueprint);
  }

  showsWhole(item: Item, field: string): boolean {
    return showsWhole(item, field, this.#place.blueprint);
  }

  due(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): readonly Change[] {
    const wanted = this.#wantedRegisters(agreed);
    const hasCard = ({ kind, parent }: Pick<Item, 'kind' | 'parent'>) => kind !== 'row' || wanted.has(parent);
    return changes.filter((change) => {
      const { item, key, kind } = change;
      if (item.kind !== 'comment') return hasCard(item);
      // Only its author may change what is there, and what was deleted there stays away.
      if (kind === 'update') return this.#sighted?.comments.get(key)?.isOurs === true;
      const parent = agreed.get(item.parent);
      return parent !== undefined && hasCard(parent);
    });
  }

  foresee(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): Cost {
    const rate = this.#place.connection?.ratePer10Seconds ?? TRELLO_DEFAULT_PER_10_SECONDS;
    return costOf(changes, this.#standing(changes, agreed), rate);
  }

  #standing(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): Standing {
    const { blueprint, layout, place, people } = this.#place;
    const survey = this.#sighted?.survey;
    const isDue = this.#isDue(agreed);
    const lists = wantedLists(blueprint, layout).filter((one) => isDue(one) && !survey?.lists.has(one.ref));
    const labels = wantedLabels(blueprint, layout).filter(({ ref }) => !survey?.labels.has(ref));
    return {
      board: survey !== undefined || 'board' in place,
      missing: lists.length + labels.length,
      fields: this.#fieldRequests(changes, agreed),
      people: peopleRequests(people, survey?.people, changes),
      look: survey || 'board' in place ? 1 : LOOKS_BEFORE_A_BOARD,
      canCopy: (signature) => this.#place.connection?.stamps.has(signature) ?? false,
    };
  }

  #fieldRequests(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): number {
    const { blueprint, layout, timeZone = PARIS } = this.#place;
    if (!this.#sighted) return 0;
    return fieldRequests({
      changes,
      agreed,
      sighted: this.#sighted,
      registers: registersIn(wantedLists(blueprint, layout).filter(this.#isDue(agreed))),
      desk: { blueprint, timeZone },
    });
  }

  /** Registers whose step has begun, and those that have their list. */
  #wantedRegisters(agreed: ReadonlyMap<string, Item>): ReadonlySet<string> {
    const { blueprint, today } = this.#place;
    const listed = [...(this.#sighted?.survey?.lists.keys() ?? [])]
      .map(partsOf)
      .filter(({ kind }) => kind === 'register')
      .map(({ key }) => key);
    return new Set([...dueRegisters(blueprint, agreed, today()), ...listed]);
  }

  #isDue(agreed: ReadonlyMap<string, Item>): (list: WantedList) => boolean {
    const registers = this.#wantedRegisters(agreed);
    return ({ kind, key }) => kind !== 'register' || registers.has(key);
  }

  check(): Promise<readonly Diagnosis[]> {
    if (this.#place.connection) return examine(this.#desk(NO_MEMORY, new Map(), undefined));
    const error = this.#noCredentials();
    return Promise.resolve([{ level: 'error', said: error.said, error }]);
  }

  async glance(): Promise<string | undefined> {
    const { connection, project } = this.#place;
    const sighted = this.#sighted;
    if (!connection || !sighted?.survey) return undefined;
    // Labels that people put on cards move no activity.
    if (connection.time.now() - sighted.at >= connection.readUnaskedEveryMs) return undefined;
    const boards = await connection.boards({ project });
    const board =
      boards.kind === 'ok' ? boards.value.rows.find(({ id }) => id === sighted.survey?.bundle.id) : undefined;
    // A board that is not among the person's own is reached through the workspace: only reading it tells.
    return board ? `${board.dateLastActivity} ${this.#hints}` : undefined;
  }

  hear(remoteIds: readonly string[]): boolean {
    const isOurs =
      !this.#sighted?.survey || remoteIds.some((id) => this.#sighted?.remoteIds.has(id.toLowerCase()));
    if (isOurs) this.#hints += 1;
    return isOurs;
  }

  async read({ memory, cursor, known, signal }: ReadOrder): Promise<Reading> {
    const { reading, sighted } = await readPlace(this.#desk(memory, known, signal), cursor);
    this.#sighted = sighted;
    this.#note(sighted);
    return reading;
  }

  #note({ survey }: Sighted): void {
    const { connection } = this.#place;
    if (!connection || !survey) return;
    connection.noteBoard(survey.bundle.id);
    connection.stamps.offerAll(survey.bundle.checklists.rows);
  }

  async *write(order: WriteOrder): AsyncIterable<Written> {
    if (!this.#sighted) throw new NotNow(said(BOARD_ERRORS.notRead));
    const desk = this.#desk(order.memory, order.agreed, order.signal);
    try {
      yield* writePlace({
        desk,
        order,
        sighted: this.#sighted,
        isDue: this.#isDue(order.agreed),
        fitted: (item, fields) => this.#fitted(item, fields),
      });
    } finally {
      this.#madeUrl = desk.remembered.board?.url;
    }
  }

  requests(): number {
    return this.#place.connection?.client.requests(this.#place.project) ?? 0;
  }

  #fitted(item: Item, fields: Fields): Fields {
    const held = Object.entries(fields).filter(([field]) => this.holds(item, field));
    return Object.fromEntries(held.map(([field, value]) => [field, this.fit(item, field, value)]));
  }

  #desk(memory: Memory, known: ReadonlyMap<string, Item>, signal: AbortSignal | undefined): Desk {
    const { connection, project, place, layout, lists, people, blueprint, timeZone = PARIS } = this.#place;
    if (!connection) throw this.#noCredentials();
    return {
      connection,
      project,
      signal,
      wish: place,
      layout,
      ownLists: lists,
      people,
      timeZone,
      blueprint,
      remembered: new Remembered(memory),
      known,
    };
  }

  #noCredentials(): Refused {
    return new Refused(said(BOARD_ERRORS.noCredentials, { variables: this.#place.missingVariable }));
  }
}

/** A look at the credentials needs no memory of a board. */
const NO_MEMORY: Memory = {
  get: () => undefined,
  set: () => {},
  delete: () => {},
  flush: async () => {},
};
