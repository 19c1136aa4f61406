import { updateCardCustomFields } from 'trello.js/cards';
import { checkedId, type Endpoint } from '../endpoint.ts';
import { CustomField, FieldOption, Removed } from '../schema.ts';

/** Custom fields exist from the Standard plan upwards. */

export interface NewCustomField {
  readonly idBoard: string;
  readonly name: string;
  readonly type: 'number' | 'date' | 'checkbox' | 'list';
  readonly pos: number;
  /** Of a list only. */
  readonly options?: readonly string[];
}

/** trello.js takes the options of a list for one text. */
export function createCustomField({
  idBoard,
  name,
  type,
  pos,
  options,
}: NewCustomField): Endpoint<CustomField> {
  const body = {
    idModel: checkedId(idBoard),
    modelType: 'board',
    name,
    type,
    pos,
    options: options?.map((text, index) => ({ value: { text }, pos: (index + 1) * 1_024 })),
    display_cardFront: false,
  };
  return {
    send: (trello) => trello.sendRequest({ url: '/customFields', method: 'POST', body }),
    answer: CustomField,
  };
}

export function createFieldOption(idCustomField: string, text: string, pos: number): Endpoint<FieldOption> {
  const url = `/customFields/${checkedId(idCustomField)}/options`;
  const body = { value: { text }, pos };
  return { send: (trello) => trello.sendRequest({ url, method: 'POST', body }), answer: FieldOption };
}

/** `null` clears. Trello wants every value as a text, a number and a tick too; an option by its id. */
export type CustomValue =
  | { readonly number: number | null }
  | { readonly date: string | null }
  | { readonly checked: boolean | null }
  | { readonly option: string | null };

export interface FieldValue {
  readonly idCustomField: string;
  readonly value: CustomValue;
}

/** Several values of a card in one request. */
export function setCustomFields(idCard: string, values: readonly FieldValue[]): Endpoint<unknown> {
  const customFieldItems = values.map(({ idCustomField, value }) => ({
    idCustomField: checkedId(idCustomField),
    ...bodyOf(value),
  }));
  const request = { idCard: checkedId(idCard), customFieldItems };
  return {
    // trello.js does not know how a value is cleared.
    send: (trello) => updateCardCustomFields(trello, request as Parameters<typeof updateCardCustomFields>[1]),
    answer: Removed,
  };
}

function bodyOf(value: CustomValue): object {
  if ('option' in value) return { idValue: value.option === null ? '' : checkedId(value.option) };
  const [[type, content] = ['number', null]] = Object.entries(value);
  return { value: content === null ? '' : { [type]: String(content) } };
}
