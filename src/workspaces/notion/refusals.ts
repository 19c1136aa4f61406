import type { JalonError } from '#src/errors.ts';
import type { About } from '#src/i18n/notion.ts';
import { throwTogether } from '../throw-together.ts';
import { failureOf, type Outcome, type RefusalCode } from './outcome.ts';

/** Refusals that are about one object: the others can be written all the same. */
const OF_ONE_OBJECT = new Set<RefusalCode>([
  'notShared',
  'restricted',
  'validation',
  'rowLimit',
  'malformed',
]);

/**
 * What Notion would not take while all the rest went on. A workspace that is full refuses every new block, and still
 * takes changes: after the first such refusal nothing more is created.
 */
export class Refusals {
  readonly #failures: JalonError[] = [];
  #isFull = false;

  get isFull(): boolean {
    return this.#isFull;
  }

  /**
   * The value; `undefined` when it was refused for this object alone, which is told at the end.
   * @throws what stops everything: a bad token, a pause, an answer that is not clear.
   */
  settle<T>(about: About, outcome: Outcome<T>): T | undefined {
    if (outcome.kind === 'ok') return outcome.value;
    const failure = failureOf(about, outcome);
    if (outcome.kind !== 'refused') throw failure;
    const { code } = outcome.refusal;
    if (code === 'blockLimit') {
      if (!this.#isFull) this.#failures.unshift(failure);
      this.#isFull = true;
    } else if (OF_ONE_OBJECT.has(code)) this.#failures.push(failure);
    else throw failure;
    return undefined;
  }

  /** @throws what was refused, if anything was. */
  throwAll(): void {
    throwTogether(this.#failures);
  }
}
