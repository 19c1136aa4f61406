import type { JalonError } from '#src/errors.ts';
import type { About } from '#src/i18n/trello.ts';
import { throwTogether } from '../throw-together.ts';
import { failureOf, type Outcome, type Refusal, type RefusalCode } from './outcome.ts';

/** Refusals that are about one object: the others can be written all the same. */
const OF_ONE_OBJECT = new Set<RefusalCode>([
  'forbidden',
  'notFound',
  'plan',
  'limit',
  'tooLong',
  'invalid',
  'malformed',
]);

export function isOfOneObject({ code }: Refusal): boolean {
  return OF_ONE_OBJECT.has(code);
}

/** What Trello would not take while all the rest went on. */
export class Refused {
  readonly #failures: JalonError[] = [];
  readonly #gone = new Set<string>();

  /** Names of what was found to be deleted while we wrote. The next read says what becomes of it. */
  get gone(): readonly string[] {
    return [...this.#gone];
  }

  /**
   * The value; `undefined` when it was refused for this object alone, which is told at the end.
   * @throws what stops everything: bad credentials, a pause, an answer that is not clear.
   */
  settle<T>(about: About, outcome: Outcome<T>): T | undefined {
    if (outcome.kind === 'ok') return outcome.value;
    const failure = failureOf(about, outcome);
    if (outcome.kind !== 'refused' || !isOfOneObject(outcome.refusal)) throw failure;
    this.#failures.push(failure);
    return undefined;
  }

  /** The same for what hangs on something that was there: where it is not there any more, nobody has refused anything. */
  settleExisting<T>(about: About, outcome: Outcome<T>): T | undefined {
    if (outcome.kind !== 'refused' || outcome.refusal.code !== 'notFound') return this.settle(about, outcome);
    this.#gone.add(about.name);
    return undefined;
  }

  /** @throws what was refused, if anything was. */
  throwAll(): void {
    throwTogether(this.#failures);
  }
}
