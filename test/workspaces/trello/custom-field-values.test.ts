import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { customFieldFor, customValue, readCustomValue } from '#src/workspaces/trello/custom-field-values.ts';
import { requestOf } from '#src/workspaces/trello/endpoint.ts';
import { setCustomFields } from '#src/workspaces/trello/endpoints/custom-fields.ts';
import { CustomFieldItem } from '#src/workspaces/trello/schema.ts';
import { fitTyped } from '#src/workspaces/trello/typed-value.ts';
import type { ColumnShape } from '#src/workspaces/workspace.ts';
import { REGISTER } from './plan.ts';
import { CARD_ID, LIST_ID } from './things.ts';

const OPTIONS = new Map([
  ['to-check', '5f2b1c3d4e5f6a7b8c9d0001'],
  ['ok', '5f2b1c3d4e5f6a7b8c9d0002'],
]);
const idOfOption = (key: string) => OPTIONS.get(key);
const keyOfOption = (id: string) => [...OPTIONS].find(([, one]) => one === id)?.[0];

function columnOf(key: string): ColumnShape {
  const column = REGISTER.columns.find((one) => one.key === key);
  if (!column) throw new Error(`There is no column ${key}.`);
  return column;
}

interface Sent {
  readonly value?: unknown;
  readonly idValue?: unknown;
}

/** What Trello keeps of a value, and tells of it: everything as texts, and nothing of what was cleared. */
async function kept(column: ColumnShape, value: Value): Promise<CustomFieldItem | undefined> {
  const custom = customValue(column, value, idOfOption);
  if (!custom) throw new Error('This cannot be shown.');
  const { body } = await requestOf(setCustomFields(CARD_ID, [{ idCustomField: LIST_ID, value: custom }]));
  const [sent = {}] = (JSON.parse(String(body)) as { customFieldItems: Sent[] }).customFieldItems;
  if (sent.value === '' || sent.idValue === '') return undefined;
  return CustomFieldItem.parse({ idCustomField: LIST_ID, idValue: null, value: null, ...sent });
}

describe('a column', () => {
  it.each([
    ['price', { name: 'Prix : par mois (€ HT)', type: 'number', options: [] }],
    ['share', { name: 'Part (%)', type: 'number', options: [] }],
    ['since', { name: 'Depuis le', type: 'date', options: [] }],
    ['state', { name: 'État', type: 'list', options: ['À vérifier', 'Conforme'] }],
    ['receives', { name: 'Réception', type: 'checkbox', options: [] }],
    ['version', undefined],
    ['link', undefined],
    ['why', undefined],
  ])('%s is the custom field %j', (key, field) => {
    expect(customFieldFor(columnOf(key))).toEqual(field);
  });

  it.each<[string, Value, object | undefined]>([
    ['share', 0.07, { number: 7 }],
    ['volume', 'x', { number: null }],
    ['since', '2027-07-14', { date: '2027-07-14T16:00:00.000Z' }],
    ['since', null, { date: null }],
    ['receives', false, { checked: null }],
    ['state', 'ok', { option: OPTIONS.get('ok') }],
    ['state', '', { option: null }],
    ['state', 'gone', undefined],
    ['version', 'x', undefined],
    ['why', 'x', undefined],
  ])('%s with %j is set to %j', (key, value, custom) => {
    expect(customValue(columnOf(key), value, idOfOption)).toEqual(custom);
  });

  it('of any value says it as it fits', async () => {
    const aNumber = fc.oneof(fc.double(), fc.constantFrom(0.07, 1e21, -0));
    const aDate = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    const aValue = fc.oneof(
      fc.tuple(fc.constantFrom('volume', 'price', 'share'), aNumber),
      fc.tuple(
        fc.constant('since'),
        aDate.map((date) => date.toISOString().slice(0, 10)),
      ),
      fc.tuple(fc.constant('state'), fc.constantFrom('ok', 'to-check', '')),
      fc.tuple(fc.constant('receives'), fc.boolean()),
    );
    await fc.assert(
      fc.asyncProperty(aValue, async ([key, value]) => {
        const column = columnOf(key);

        const read = readCustomValue(column, await kept(column, value), keyOfOption);

        const fitted = fitTyped(column.type, value);
        expect([read, fitted, 'value' in read && sameValue(read.value, fitted)]).toEqual([
          read,
          fitted,
          true,
        ]);
      }),
    );
  });

  it.each([
    ['volume', { number: 'viele' }, 'number'],
    ['since', { date: 'Invalid date' }, 'date'],
  ])('%s says nothing with %j', (key, value, unreadable) => {
    const item = { idCustomField: LIST_ID, idValue: null, value };

    expect(readCustomValue(columnOf(key), item, keyOfOption)).toEqual({ unreadable });
  });

  it('says nothing with an option of the team’s own', () => {
    const item = { idCustomField: LIST_ID, idValue: CARD_ID, value: null };

    expect(readCustomValue(columnOf('state'), item, keyOfOption)).toEqual({ unreadable: 'option' });
  });
});
