import type { Template } from '#src/plan/template.ts';
import { words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';

const STATES = [
  { key: 'to-check', title: words('To check') },
  { key: 'ok', title: words('Fine') },
];

/** Two registers that share a column, and have one of the same name that is not the same. */
export function fieldsTemplate(): Template {
  return smallTemplate({
    registers: [
      {
        key: 'tools',
        title: words('Tools'),
        summary: words('What we use'),
        step: 'first',
        columns: [
          { key: 'name', title: words('Name'), type: 'text' },
          { key: 'cost', title: words('Cost'), type: 'amount' },
          { key: 'link', title: words('Link'), type: 'url' },
          { key: 'since', title: words('Since'), type: 'date' },
          { key: 'state', title: words('State'), type: 'select', options: STATES },
          { key: 'used', title: words('Used'), type: 'checkbox' },
          { key: 'share', title: words('Share'), type: 'percent' },
          { key: 'notes', title: words('Remarks'), type: 'long-text' },
        ],
        rows: [
          {
            key: 'scale',
            values: {
              ...{ name: 'Scale', cost: 12.5, link: 'https://example.org', since: '2026-11-02' },
              ...{ state: 'ok', used: true, share: 0.07 },
            },
          },
          { key: 'till', values: { name: 'Till', cost: 30 } },
          { key: 'oven', values: { name: 'Oven' } },
        ],
      },
      {
        key: 'tests',
        title: words('Tests'),
        summary: words('What we have tried'),
        step: 'first',
        columns: [
          { key: 'name', title: words('Name'), type: 'text' },
          { key: 'price', title: words('Cost'), type: 'amount' },
          {
            ...{ key: 'state', title: words('State'), type: 'select' as const },
            options: [{ key: 'failed', title: words('Failed') }],
          },
        ],
        rows: [{ key: 'first', values: { name: 'First invoice', price: 4, state: 'failed' } }],
      },
    ],
  });
}
