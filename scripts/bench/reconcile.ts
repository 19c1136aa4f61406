import type { Fields, Item } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import type { Replica } from '#src/reconcile/replica.ts';
import { bestOf } from './best-of.ts';
import type { Figure } from './figure.ts';

const ITEMS = 100_000;

function items(edited = 0): Map<string, Item> {
  return new Map(
    Array.from({ length: ITEMS }, (_, i) => {
      const fields: Fields = {
        title: `Tâche ${i}`,
        step: 'comprendre',
        status: i < edited ? 'done' : 'todo',
        priority: 'normal',
        role: 'office-manager',
        with: ['direction'],
        people: ['Claire'],
        start: '2027-01-01',
        due: '2027-02-01',
        description: `Pourquoi la tâche ${i} compte`,
        deliverable: 'Une page',
        proof: 'Elle est datée',
        notes: '',
        archived: false,
      };
      return [`comprendre/t${i}`, { key: `comprendre/t${i}`, kind: 'task', parent: 'plan', fields }];
    }),
  );
}

function replica(id: string, authority: Replica['authority'], edited = 0): Replica {
  return {
    id,
    authority,
    shows: items(edited),
    complete: true,
    removed: new Set(),
    seen: new Map([...items()].map(([key, item]) => [key, item.fields])),
    holds: () => true,
    fit: (_item, _field, value) => value,
  };
}

export async function benchReconcile(): Promise<readonly Figure[]> {
  const base = items();
  const quiet = [replica('template', 'template'), replica('excel', 'person')];
  const busy = [replica('template', 'template'), replica('excel', 'person', ITEMS / 10)];
  return [
    {
      what: 'reconcile 100,000 items, nothing changed',
      measured: await bestOf(5, () => reconcile(base, quiet)),
      unit: 'ms',
      bar: 1000,
    },
    {
      what: 'reconcile 100,000 items, 10,000 edited',
      measured: await bestOf(5, () => reconcile(base, busy)),
      unit: 'ms',
      bar: 1000,
    },
    {
      what: 'reconcile 100,000 items into an empty place',
      measured: await bestOf(5, () => reconcile(new Map(), [replica('template', 'template')])),
      unit: 'ms',
    },
  ];
}
