import { type Item, isArchived, text } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { Blueprint, Named } from '../workspace.ts';
import type { FoundSheet } from './identify.ts';
import { type SheetLayout, titleField } from './layout.ts';
import { cellText } from './text.ts';
import { Vocabulary } from './vocabulary.ts';

/** What comments are about, by the labels under which people choose it: a task by its title, a row with its register. */
export class About {
  /** What one may choose: tasks in the order of the plan, then the rows of each register. */
  readonly list: Vocabulary;
  readonly #agreed: ReadonlyMap<string, Item>;
  readonly #titles: ReadonlyMap<string, { readonly field: string; readonly register: string }>;

  constructor(agreed: ReadonlyMap<string, Item>, { registers, steps }: Blueprint) {
    this.#agreed = agreed;
    this.#titles = new Map(
      registers.map(({ key, title, columns }) => [key, { field: columns[0]?.key ?? '', register: title }]),
    );
    const places = new Map([...steps, ...registers].map(({ key }, index) => [key, index]));
    const placeOf = (item: Item) =>
      places.get(item.kind === 'task' ? text(item, 'step') : item.parent) ?? places.size;
    const choices = [...agreed.values()]
      .filter((item) => (item.kind === 'task' || item.kind === 'row') && !isArchived(item))
      .sort((a, b) => placeOf(a) - placeOf(b));
    this.list = new Vocabulary(
      choices.flatMap((item) => {
        const title = this.#labelOf(item);
        return title === '' ? [] : [{ key: item.key, title }];
      }),
    );
  }

  /** `undefined` for what nobody has agreed on: then nobody can tell what it is called. */
  labelOf(key: string): string | undefined {
    const item = this.#agreed.get(key);
    if (!item) return undefined;
    const label = this.list.labelOf(key);
    return label === key ? this.#labelOf(item) : label;
  }

  #labelOf(item: Item): string {
    if (item.kind !== 'row') return cellText(text(item, 'title'));
    const shape = this.#titles.get(item.parent);
    return shape ? labelOfRow(text(item, shape.field), shape.register) : '';
  }
}

/** `Caisse (Outils et flux)` */
function labelOfRow(title: string, register: string): string {
  return cellText(nameKey(title) === '' ? '' : `${title} (${register})`);
}

/**
 * Finds the key of what a cell names, by the titles that the sheets show now, or by the label of the drop-down.
 * `listed` are the labels that the drop-down has offered until now. Of several that are called the same it is the one
 * that the drop-down calls so, or else the first.
 */
export function aboutFinder(
  sheets: Iterable<FoundSheet>,
  listed: readonly Named[],
): (label: string) => string | undefined {
  const shown = [...sheets].flatMap(choicesIn);
  const current = new Map(shown.map(({ key, names }) => [key, names]));
  const keys = new Map<string, string>();
  const learn = (name: string, key: string) => {
    if (name !== '' && !keys.has(name)) keys.set(name, key);
  };
  const labels = listed
    .filter(({ key }) => current.has(key))
    .map(({ key, title }) => ({ key, name: nameKey(title), names: current.get(key) ?? [] }));
  for (const { key, name, names } of labels) if (isCurrent(name, key, names)) learn(name, key);
  for (const { key, names } of shown) for (const name of names) learn(name, key);
  for (const { key, name } of labels) learn(name, key);
  return (label) => keys.get(nameKey(label));
}

/** The label carries the key where two are called the same. */
function isCurrent(label: string, key: string, names: readonly string[]): boolean {
  return names.some((name) => label === name || label === nameKey(`${name} (${key})`));
}

function choicesIn({ layout, grid, identities }: FoundSheet): { key: string; names: readonly string[] }[] {
  if (layout.kind !== 'task' && layout.kind !== 'row') return [];
  return identities.rows.map(({ row, key }) => {
    const title = grid.fieldText(row, titleField(layout));
    return { key, names: namesOf(title, layout) };
  });
}

function namesOf(title: string, layout: SheetLayout): readonly string[] {
  if (nameKey(title) === '') return [];
  return layout.kind === 'task'
    ? [nameKey(title)]
    : [nameKey(labelOfRow(title, layout.title)), nameKey(title)];
}
