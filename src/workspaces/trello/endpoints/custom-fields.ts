import { updateCardCustomFieldItem } from 'trello.js/cards';
import { checkedId, type Endpoint } from '../endpoint.ts';
import { CustomField, Removed } from '../schema.ts';

/** Custom fields exist from the Standard plan upwards. */

export interface NewCustomField {
  readonly idBoard: string;
  readonly name: string;
  readonly type: 'text' | 'number' | 'date' | 'checkbox' | 'list';
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

/** `null` clears. Trello wants every value as a text, a number and a tick too; an option by its id. */
export type CustomValue =
  | { readonly text: string | null }
  | { readonly number: number | null }
  | { readonly date: string | null }
  | { readonly checked: boolean | null }
  | { readonly option: string | null };

export function setCustomField(idCard: string, idCustomField: string, value: CustomValue): Endpoint<unknown> {
  const request = { idCard: checkedId(idCard), idCustomField: checkedId(idCustomField), body: bodyOf(value) };
  return {
    // trello.js does not know how a value is cleared.
    send: (trello) =>
      updateCardCustomFieldItem(trello, request as Parameters<typeof updateCardCustomFieldItem>[1]),
    answer: Removed,
  };
}

function bodyOf(value: CustomValue): object {
  if ('option' in value) return { idValue: value.option === null ? '' : checkedId(value.option) };
  const [[type, content] = ['text', null]] = Object.entries(value);
  return { value: content === null ? '' : { [type]: String(content) } };
}
