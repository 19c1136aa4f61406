import { canonicalText, nameKey } from '#src/reconcile/names.ts';
import type { Named } from '../workspace.ts';

/** The labels that cells show in place of keys, and the way back. */
export class Vocabulary {
  readonly entries: readonly Named[];
  readonly #labels = new Map<string, string>();
  readonly #keys = new Map<string, string>();

  /** `former` are labels that the workbook may still show: of before a title was reworded or the language changed. */
  constructor(entries: readonly Named[], former: readonly Named[] = []) {
    this.entries = distinct(entries);
    for (const { key, title } of this.entries) this.#labels.set(key, title);
    const known = new Set(this.entries.map(({ key }) => key));
    const spoken = [...this.entries, ...former.filter(({ key }) => known.has(key))];
    for (const { key, title } of spoken) this.#learn(title, key);
    for (const { key } of this.entries) this.#learn(key, key);
  }

  /** The key itself where there is no label for it. */
  labelOf(key: string): string {
    return this.#labels.get(key) ?? key;
  }

  /** `undefined` when no key has such a label. Case, accents, emoji, spaces and apostrophes do not matter. */
  keyOf(label: string): string | undefined {
    return this.#keys.get(lookup(label));
  }

  get labels(): readonly string[] {
    return this.entries.map(({ title }) => title);
  }

  #learn(label: string, key: string): void {
    const name = lookup(label);
    if (name !== '' && !this.#keys.has(name)) this.#keys.set(name, key);
  }
}

/** Two labels that read the same would be one and the same in a cell: the second one carries its key. */
function distinct(entries: readonly Named[]): readonly Named[] {
  const taken = new Set<string>();
  return entries.map(({ key, title }) => {
    const own = taken.has(lookup(title)) || lookup(title) === '' ? `${title} (${key})`.trim() : title;
    taken.add(lookup(own));
    return { key, title: own };
  });
}

/** A label of emoji alone has no name key: it is known by its own characters. */
function lookup(label: string): string {
  return nameKey(label) || canonicalText(label);
}
