import { type Said, said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { BOARD_REMARKS } from '#src/i18n/trello-place.ts';
import { together } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import { call, type Desk } from './desk.ts';
import { getBoardBundle } from './endpoints/boards.ts';
import { createCustomField, createFieldOption } from './endpoints/custom-fields.ts';
import { fitLine } from './markdown.ts';
import { need, type Outcome } from './outcome.ts';
import { isOfOneObject } from './refused.ts';
import type { BoardPlace } from './remembered.ts';
import {
  BETWEEN_FIELDS,
  type FieldPlace,
  type FieldsFound,
  fieldsToMake,
  type MissingOption,
  placeOf,
  type RowFields,
  type WantedField,
} from './row-fields.ts';

/** Trello is asked again for what it would not make, since plans and limits change, though not at each run. */
const ASK_AGAIN_MS = 7 * 24 * 60 * 60_000;

/** Whether Trello may be asked for custom fields: not soon after it has refused one. */
export function mayMakeFields({ remembered, connection }: Desk): boolean {
  const { fieldsRefusedAt } = remembered;
  return fieldsRefusedAt === undefined || connection.time.now() - fieldsRefusedAt >= ASK_AGAIN_MS;
}

/**
 * Makes the custom fields of these registers, and the options that they lack. The first goes alone: where Trello will
 * not make it, the others are not asked for, their columns stay typed lines, and that is told once.
 */
export async function makeFields(
  desk: Desk,
  board: BoardPlace,
  found: FieldsFound,
  registers: ReadonlySet<string>,
  tell: (remark: Said) => void,
): Promise<RowFields> {
  const { fields, options } = fieldsToMake(found, registers);
  const maker = new FieldsMaker(desk, board, found, tell);
  const jobs = [
    ...fields.map((field) => () => maker.make(field)),
    ...Map.groupBy(options, ({ field }) => field.ref)
      .values()
      .map((missing) => () => maker.complete(missing)),
  ];
  const [first, ...others] = jobs;
  const made = first ? [await first()] : [];
  if (!maker.isRefused) made.push(...(await together(others.map((job) => job()))));
  const present = found.present.with(made.filter((one) => one !== undefined));
  // What was known stays so: a plan that loses its custom fields and gets them back has those of before.
  desk.remembered.fields = { ...desk.remembered.fields, ...present.refs() };
  return present;
}

type Made = readonly [ref: string, place: FieldPlace] | undefined;

class FieldsMaker {
  isRefused = false;
  readonly #desk: Desk;
  readonly #board: BoardPlace;
  readonly #found: FieldsFound;
  readonly #tell: (remark: Said) => void;

  constructor(desk: Desk, board: BoardPlace, found: FieldsFound, tell: (remark: Said) => void) {
    this.#desk = desk;
    this.#board = board;
    this.#found = found;
    this.#tell = tell;
  }

  async make(field: WantedField): Promise<Made> {
    const { ref, name, type, pos } = field;
    const about: About = { type: 'field', name };
    const options = type === 'list' ? field.options.map(({ title }) => fitLine(title)) : undefined;
    const wanted = { idBoard: this.#board.id, name, type, pos };
    const { outcome } = await createOnce(
      {
        send: () => call(this.#desk, createCustomField(options ? { ...wanted, options } : wanted)),
        find: async () => {
          const rows = await this.#fieldsNow(about);
          return rows.find(
            (one) => one.name === name && one.type === type && !this.#found.existing.has(one.id),
          );
        },
      },
      this.#desk.connection.time,
      this.#desk.signal,
    );
    const made = this.#settle(about, outcome);
    return made && [ref, placeOf(field, made)];
  }

  async complete(missing: readonly MissingOption[]): Promise<Made> {
    const [one] = missing;
    if (!one) return undefined;
    const options = new Map(one.place.options);
    for (const { field, option } of missing) {
      const about: About = { type: 'field', name: field.name };
      const at = (field.options.findIndex(({ key }) => key === option.key) + 1) * BETWEEN_FIELDS;
      const made = this.#settle(about, await this.#makeOption(about, one.place, fitLine(option.title), at));
      if (made) options.set(option.key, made.id);
    }
    return [one.field.ref, { ...one.place, options }];
  }

  async #makeOption(about: About, place: FieldPlace, title: string, pos: number) {
    const { outcome } = await createOnce(
      {
        send: () => call(this.#desk, createFieldOption(place.id, title, pos)),
        find: async () => {
          const rows = await this.#fieldsNow(about);
          const now = rows.find(({ id }) => id === place.id)?.options;
          return now?.find(({ id, value }) => value.text === title && !place.titles.has(id));
        },
      },
      this.#desk.connection.time,
      this.#desk.signal,
    );
    return outcome;
  }

  async #fieldsNow(about: About) {
    return need(about, await call(this.#desk, getBoardBundle(this.#board.id))).customFields.rows;
  }

  /** `undefined` where Trello will not. @throws what stops everything. */
  #settle<T>(about: About, outcome: Outcome<T>): T | undefined {
    if (outcome.kind !== 'refused' || !isOfOneObject(outcome.refusal)) return need(about, outcome);
    const { remembered, connection } = this.#desk;
    const { detail } = outcome.refusal;
    if (remembered.fieldsRefusedAt === undefined) this.#tell(said(BOARD_REMARKS.noFields, detail));
    this.isRefused = true;
    remembered.fieldsRefusedAt = connection.time.now();
    return undefined;
  }
}
