import { BadInput } from '#src/errors.ts';
import { logMessages as words } from '#src/i18n/log.ts';
import { said } from '#src/i18n/message.ts';
import type { Item } from '#src/plan/item.ts';
import { nearest } from '#src/plan/nearest.ts';
import { nameKey } from '#src/reconcile/names.ts';
import { titleOf } from '#src/service/report.ts';

/** Beyond this many, candidates are only counted. */
const MOST_CANDIDATES = 5;

/**
 * The item that a person means: by its key, by its title, or by a part of either that no other item has. Case,
 * accents and emoji do not matter.
 * @throws BadInput when none is called so, or several are; it names the nearest.
 */
export function findItem(found: string, items: ReadonlyMap<string, Item>): Item {
  const exact = items.get(found);
  if (exact) return exact;
  const wanted = nameKey(found);
  const all = [...items.values()];
  const named = all.filter((item) => nameKey(titleOf(item)) === wanted);
  const partly = all.filter(({ key, ...rest }) => {
    const names = [key.toLowerCase(), nameKey(titleOf({ key, ...rest }))];
    return wanted !== '' && names.some((name) => name.includes(wanted));
  });
  // A task is meant rather than a point or a remark of the same words.
  for (const some of [named, named.filter(isMain), partly, partly.filter(isMain)]) {
    const [only, ...others] = some;
    if (only && others.length === 0) return only;
  }
  const several = named.length > 0 ? named : partly;
  if (several.length > 0) throw ambiguous(found, several);
  throw new BadInput(said(words.unknownItem, { found, nearest: nearestTo(found, all) }));
}

function isMain({ kind }: Item): boolean {
  return kind === 'task' || kind === 'row';
}

function ambiguous(found: string, several: readonly Item[]): BadInput {
  const candidates = several.slice(0, MOST_CANDIDATES).map((item) => `${titleOf(item)} (${item.key})`);
  return new BadInput(
    said(words.severalItems, { found, candidates, more: several.length - candidates.length }),
  );
}

function nearestTo(found: string, items: readonly Item[]): readonly string[] {
  const guess = nearest(
    found,
    items.flatMap((item) => [titleOf(item), item.key]),
  );
  return guess === undefined ? [] : [guess];
}
