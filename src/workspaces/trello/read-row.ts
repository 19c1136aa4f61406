import { type Said, said } from '#src/i18n/message.ts';
import { TRELLO_REMARKS } from '#src/i18n/trello-words.ts';
import type { Fields, Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import type { ColumnShape, RegisterShape } from '../workspace.ts';
import { hasValue } from './custom-field-values.ts';
import type { Desk } from './desk.ts';
import type { Line } from './identify.ts';
import { type RowReading, readRow } from './register-card.ts';
import type { Filled } from './remembered.ts';
import { type FieldPlace, type RowFields, readPlace } from './row-fields.ts';
import type { CustomFieldItem } from './schema.ts';
import { fitTyped, type Unreadable } from './typed-value.ts';

/** What the card of a row holds beside its values, to be written again with the rest. */
export interface KeptRow extends Pick<RowReading, 'kept' | 'rest'> {
  /** Columns that have a typed line. */
  readonly lined: ReadonlySet<string>;
  /** Custom fields that hold what was agreed, or what people have made of it since, by column. */
  readonly filled: Filled;
}

export interface RowRead {
  readonly fields: Fields;
  readonly kept: KeptRow;
  readonly remarks: readonly Said[];
}

/**
 * What the card of a row says. A blank custom field says that it was cleared only once it has been filled: not on a
 * card that a lost run has just made, nor where people have deleted the field and it was made anew.
 */
export function readRowFields(
  { card, key }: Line,
  register: RegisterShape,
  present: RowFields,
  desk: Pick<Desk, 'blueprint' | 'remembered' | 'known' | 'timeZone'>,
): RowRead {
  const text = readRow(card, register, desk.blueprint.locale);
  const typed = register.columns.slice(1).filter(({ type }) => type !== 'long-text');
  const lined = new Set(
    typed.map((column) => column.key).filter((one) => one in text.fields || one in text.kept),
  );
  const place = desk.remembered.card(key);
  const known = place?.card === card.id ? place : undefined;
  const items = card.customFieldItems;
  const reader = new FieldReader({
    card: card.name,
    items: items?.rows ?? [],
    isTold: items?.unreadable === 0,
    filled: known?.filled ?? {},
    // All values of a card are set in one request: with a lost store, one that is there vouches for the blanks.
    isForgotten: known === undefined,
    text,
    lined,
    agreed: desk.known.get(key)?.fields ?? {},
    timeZone: desk.timeZone,
  });
  for (const column of typed) reader.read(column, present.of(register, column));
  return {
    fields: { ...text.fields, ...reader.fields },
    kept: { kept: text.kept, rest: text.rest, lined, filled: reader.filled },
    remarks: [...text.remarks, ...reader.remarks],
  };
}

interface FieldSigns {
  readonly card: string;
  readonly items: readonly CustomFieldItem[];
  /** Trello has told all values of the card. */
  readonly isTold: boolean;
  readonly filled: Filled;
  readonly isForgotten: boolean;
  readonly text: RowReading;
  readonly lined: ReadonlySet<string>;
  readonly agreed: Fields;
  readonly timeZone: string;
}

/** An option was deleted together with what it said. */
const NOWHERE = '';

class FieldReader {
  readonly fields: Record<string, Value> = {};
  readonly filled: Record<string, string> = {};
  readonly remarks: Said[] = [];
  readonly #signs: FieldSigns;

  constructor(signs: FieldSigns) {
    this.#signs = signs;
  }

  read(column: ColumnShape, place: FieldPlace | undefined): void {
    const { lined, filled } = this.#signs;
    const { key } = column;
    const item = place && this.#signs.items.find(({ idCustomField }) => idCustomField === place.id);
    if (place && hasValue(item) && this.#isTrue(column, place, item)) this.#take(column, place, item);
    else if (lined.has(key)) return;
    else if (place && this.#isCleared(place, key)) this.#clear(column, place);
    else if (filled[key] !== undefined) this.filled[key] = filled[key];
  }

  /** Beside a line, a field is true when people have changed it: both stand only where a move was cut short. */
  #isTrue(column: ColumnShape, place: FieldPlace, item: CustomFieldItem): boolean {
    const { lined, text, filled, agreed, timeZone } = this.#signs;
    const { key } = column;
    if (!lined.has(key) || key in text.kept) return true;
    if (filled[key] !== place.id) return false;
    const read = readPlace(column, place, item, timeZone);
    return 'value' in read && !sameValue(read.value, fitTyped(column.type, agreed[key] ?? null));
  }

  #take(column: ColumnShape, place: FieldPlace, item: CustomFieldItem): void {
    const read = readPlace(column, place, item, this.#signs.timeZone);
    this.filled[column.key] = place.id;
    if ('value' in read) this.fields[column.key] = read.value;
    else this.#tell(column, place, item, read);
  }

  #isCleared(place: FieldPlace, key: string): boolean {
    const { isTold, filled, isForgotten, items } = this.#signs;
    return isTold && (filled[key] === place.id || (isForgotten && items.some(hasValue)));
  }

  #clear(column: ColumnShape, place: FieldPlace): void {
    const { key, type } = column;
    const agreed = this.#signs.agreed[key];
    const isLost =
      type === 'select' && typeof agreed === 'string' && agreed !== '' && !place.options.has(agreed);
    this.filled[key] = isLost ? NOWHERE : place.id;
    if (!isLost) this.fields[key] = fitTyped(type, type === 'checkbox' ? false : null);
  }

  #tell(column: ColumnShape, place: FieldPlace, item: CustomFieldItem, { unreadable }: Unreadable): void {
    const found = place.titles.get(item.idValue ?? '') ?? Object.values(item.value ?? {})[0] ?? '';
    const expected = column.options.map(({ title }) => title).join(', ');
    this.remarks.push(
      said(TRELLO_REMARKS[unreadable], { card: this.#signs.card, column: column.title, found, expected }),
    );
  }
}
