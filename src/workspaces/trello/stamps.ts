import type { Item } from '#src/plan/item.ts';
import { pointsInOrder } from '../match-points.ts';
import { fitName } from './fit.ts';
import { fitLine } from './markdown.ts';
import type { Checklist } from './schema.ts';

/**
 * Checklists from which Trello can copy all points in one request, by the words of their points. None of them is
 * ticked. They may stand on the board of another project: the answer shows what the copy holds.
 */
export class Stamps {
  readonly #known = new Map<string, Promise<string | undefined>>();

  has(signature: string): boolean {
    return this.#known.has(signature);
  }

  /** The id of a checklist, once it is filled; `undefined` when there is none. */
  async of(signature: string): Promise<string | undefined> {
    return this.#known.get(signature);
  }

  /** The first to be offered stays. A promise that fails offers nothing. */
  offer(signature: string, checklist: Promise<string | undefined>): void {
    const filled = checklist.catch(() => undefined);
    if (!this.#known.has(signature)) this.#known.set(signature, filled);
  }

  /** Trello would not copy it: it is gone, or stands where we may not look any more. */
  forget(signature: string): void {
    this.#known.delete(signature);
  }

  /** Offers what was found on a board. */
  offerAll(checklists: Iterable<Checklist>): void {
    for (const { id, checkItems } of checklists) {
      const isPlain =
        checkItems.unreadable === 0 && checkItems.rows.every(({ state }) => state !== 'complete');
      const words = checkItems.rows.toSorted((a, b) => a.pos - b.pos).map(({ name }) => fitLine(name));
      if (isPlain && words.length > 0) this.offer(JSON.stringify(words), Promise.resolve(id));
    }
  }
}

/** The words of the points that a new card is to have. `undefined`: one is ticked, which a copy does not carry. */
export function signatureOf(points: readonly Item[]): string | undefined {
  if (points.some(({ fields }) => fields.done === true)) return undefined;
  return JSON.stringify(pointsInOrder(points).map(pointName));
}

/** Trello wants a name for everything. */
export function pointName({ fields }: Item): string {
  return fitName(fields.title ?? '') || '–';
}
