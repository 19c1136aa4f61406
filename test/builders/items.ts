import type { Fields, Item } from '#src/plan/item.ts';

/** A task as a builder: only what the test speaks of is named. Its step is the first part of its key. */
export function anItem(key: string, fields: Fields = {}): Item {
  const [step = ''] = key.split('/');
  return { key, kind: 'task', parent: 'plan', fields: { title: key, step, status: 'todo', ...fields } };
}

/** One point of a task's checklist. */
export function aPoint(task: string, name: string, fields: Fields = {}): Item {
  return {
    key: `${task}#${name}`,
    kind: 'check',
    parent: task,
    fields: { title: name, done: false, ...fields },
  };
}

export function agreedOn(...items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.key, item]));
}
