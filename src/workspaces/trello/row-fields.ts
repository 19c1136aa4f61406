import { nameKey } from '#src/reconcile/names.ts';
import type { ColumnShape, Named, RegisterShape } from '../workspace.ts';
import { customFieldFor, readCustomValue } from './custom-field-values.ts';
import type { NewCustomField } from './endpoints/custom-fields.ts';
import { FIELDS_LIMIT } from './limits.ts';
import { match, type Wanted } from './match.ts';
import { hasCustomFields } from './plan.ts';
import type { BoardBundle, CustomField, CustomFieldItem } from './schema.ts';
import type { TypedValue } from './typed-value.ts';

/** As far apart as Trello puts fields and options itself. */
export const BETWEEN_FIELDS = 16_384;

/** A custom field as the registers ask for it. */
export interface WantedField extends Wanted {
  readonly type: NewCustomField['type'];
  readonly pos: number;
  readonly options: readonly Named[];
  /** Registers of which it is a column. */
  readonly registers: readonly string[];
}

/** A custom field that is on the board. */
export interface FieldPlace {
  readonly id: string;
  /** Ids of its options, by key; an option that is not there is missing. */
  readonly options: ReadonlyMap<string, string>;
  /** What all its options are called, the team's own included, by id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** What a card says of the column in that field. */
export function readPlace(
  column: ColumnShape,
  { options }: FieldPlace,
  item: CustomFieldItem | undefined,
  timeZone: string,
): TypedValue {
  const keyOf = (id: string) => [...options].find(([, option]) => option === id)?.[0];
  return readCustomValue(column, item, keyOf, timeZone);
}

interface FieldPlan {
  readonly wanted: readonly WantedField[];
  /** The `ref` of the field of a column, by the column as `columnId` writes it. */
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * Which columns are custom fields where the plan has them, in the order of the registers: numbers, dates, ticks and
 * choices. Columns of the same name, type and options share one; under a name that is taken by another kind of field,
 * and beyond what a board may hold, a column stays a typed line.
 */
export function planFields(registers: readonly RegisterShape[]): FieldPlan {
  const byName = new Map<string, { field: Omit<WantedField, 'pos'>; signature: string }>();
  const refs = new Map<string, string>();
  for (const register of registers) {
    for (const column of register.columns.slice(1)) {
      const shape = customFieldFor(column);
      if (!shape || nameKey(shape.name) === '') continue;
      const signature = JSON.stringify([shape.type, column.options.map(({ key, title }) => [key, title])]);
      const taken = byName.get(nameKey(shape.name));
      if (taken && taken.signature !== signature) continue;
      const ref = taken?.field.ref ?? `field:${columnId(register, column)}`;
      const registersOf = [...(taken?.field.registers ?? []), register.key];
      const field = { ref, ...shape, options: column.options, registers: registersOf };
      byName.set(nameKey(shape.name), { field, signature });
      refs.set(columnId(register, column), ref);
    }
  }
  const wanted = [...byName.values()].map(({ field }, index) => ({
    ...field,
    pos: (index + 1) * BETWEEN_FIELDS,
  }));
  return { wanted, refs };
}

function columnId(register: Named, column: Named): string {
  return `${register.key}.${column.key}`;
}

/** The custom fields that the registers have on a board, or are to have. */
export class RowFields {
  readonly #plan: FieldPlan;
  readonly #places: ReadonlyMap<string, FieldPlace>;

  constructor(plan: FieldPlan, places: ReadonlyMap<string, FieldPlace>) {
    this.#plan = plan;
    this.#places = places;
  }

  /** `undefined`: the column is a typed line. */
  of(register: RegisterShape, column: ColumnShape): FieldPlace | undefined {
    return this.#places.get(this.#plan.refs.get(columnId(register, column)) ?? '');
  }

  has({ ref }: Wanted): boolean {
    return this.#places.has(ref);
  }

  with(more: Iterable<readonly [string, FieldPlace]>): RowFields {
    return new RowFields(this.#plan, new Map([...this.#places, ...more]));
  }

  /** Ids by `ref`, as they are remembered: people rename fields and options. */
  refs(): Readonly<Record<string, string>> {
    const all = [...this.#places].flatMap(([ref, { id, options }]) => [
      [ref, id],
      ...[...options].map(([key, option]) => [optionRef(ref, key), option]),
    ]);
    return Object.fromEntries(all) as Record<string, string>;
  }
}

export interface MissingOption {
  readonly field: WantedField;
  readonly place: FieldPlace;
  readonly option: Named;
}

/** What the board has of the fields that the registers ask for. */
export interface FieldsFound {
  readonly present: RowFields;
  /** Not on the board, and the plan has custom fields. */
  readonly missing: readonly WantedField[];
  readonly missingOptions: readonly MissingOption[];
  /** Ids of all that the board has, the team's own included. */
  readonly existing: ReadonlySet<string>;
  /** How many more the board may hold. */
  readonly room: number;
}

/** On a board that is still to be made. `features`: of its workspace; `undefined` where they are not known. */
export function fieldsToCome(
  registers: readonly RegisterShape[],
  features: readonly string[] | undefined,
): FieldsFound {
  const plan = planFields(registers);
  return {
    present: new RowFields(plan, new Map()),
    missing: hasCustomFields(features) === true ? plan.wanted : [],
    missingOptions: [],
    existing: new Set(),
    room: FIELDS_LIMIT,
  };
}

/** `known`: ids by `ref`. `mayMake`: whether what is missing may be made now. */
export function findFields(
  registers: readonly RegisterShape[],
  { customFields, premiumFeatures, limits }: BoardBundle,
  known: Readonly<Record<string, string>>,
  mayMake: boolean,
): FieldsFound {
  const plan = planFields(registers);
  const offered = hasCustomFields(premiumFeatures);
  // Fields that are there show that there may be some. After a downgrade they are no place to write to.
  const existing = offered === false ? [] : customFields.rows;
  const isOffered = offered === true || existing.length > 0;
  const ids = matchFields(plan.wanted, existing, known);
  const found = plan.wanted.flatMap((field): (readonly [WantedField, CustomField])[] => {
    const there = existing.find(({ id }) => id === ids.get(field.ref));
    return there ? [[field, there]] : [];
  });
  const places = found.map(([field, there]) => [field, placeOf(field, there, known)] as const);
  const mayBeMade = mayMake && isOffered && customFields.unreadable === 0;
  const limit = limits?.customFields?.perBoard?.disableAt ?? FIELDS_LIMIT;
  return {
    present: new RowFields(plan, new Map(places.map(([{ ref }, place]) => [ref, place]))),
    missing: mayBeMade ? plan.wanted.filter(({ ref }) => !ids.has(ref)) : [],
    missingOptions: mayBeMade ? places.flatMap(([field, place]) => missingOptions(field, place)) : [],
    existing: new Set(existing.map(({ id }) => id)),
    room: Math.max(0, limit - existing.length),
  };
}

/** A field of another type is another field, whatever its name. */
function matchFields(
  wanted: readonly WantedField[],
  existing: readonly CustomField[],
  known: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const typed = <T extends { readonly name: string; readonly type: string }>(one: T) => ({
    ...one,
    name: `${one.type} ${one.name}`,
  });
  return match(wanted.map(typed), existing.map(typed), known).ids;
}

/** Also of a field that has just been made. */
export function placeOf(
  { ref, options }: WantedField,
  { id, options: existing = [] }: CustomField,
  known: Readonly<Record<string, string>> = {},
): FieldPlace {
  const wanted = options.map(({ key, title }) => ({ ref: optionRef(ref, key), name: title, key }));
  const named = existing.map((option) => ({ id: option.id, name: option.value.text }));
  const { ids } = match(wanted, named, known);
  const byKey = wanted.flatMap((option): (readonly [string, string])[] => {
    const found = ids.get(option.ref);
    return found === undefined ? [] : [[option.key, found]];
  });
  return {
    id,
    options: new Map(byKey),
    titles: new Map(named.map(({ id: option, name }) => [option, name])),
  };
}

function optionRef(field: string, key: string): string {
  return `${field}/${key}`;
}

/** None where Trello has not told what options there are. */
function missingOptions(field: WantedField, place: FieldPlace): readonly MissingOption[] {
  if (place.titles.size === 0) return [];
  const missing = field.options.filter(({ key }) => !place.options.has(key));
  return missing.map((option) => ({ field, place, option }));
}

/** What is to be made for these registers now, as far as there is room. */
export function fieldsToMake(
  { missing, missingOptions: options, room }: FieldsFound,
  registers: ReadonlySet<string>,
): { readonly fields: readonly WantedField[]; readonly options: readonly MissingOption[] } {
  const isDue = (field: WantedField) => field.registers.some((register) => registers.has(register));
  return {
    fields: missing.filter(isDue).slice(0, room),
    options: options.filter(({ field }) => isDue(field)),
  };
}
