import { JalonError, NotNow } from '#src/errors.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { ArmedFaults } from '../../simulators/armed-faults.ts';
import type { JsonObject } from '../../simulators/json.ts';
import { differences } from './difference.ts';

/** A team at work in a simulated service. */
export interface Team {
  cycle(): Promise<CycleReport>;
  /** Another process: what was in memory is gone. */
  restart(): void;
}

/** A request as far as a trial has to know it. */
export interface Request {
  readonly index: number;
  readonly route: string | undefined;
  /** The name of the fault that struck it. */
  readonly fault: string | undefined;
}

/** A moment in the life of a plan, at whose requests faults strike. */
export interface Scene<T> {
  readonly name: string;
  /** What comes before the cycle that is struck. */
  prepare(team: T): Promise<void>;
}

/** How a fault strikes the requests of a kind: the first of them only, or all of them until the cycle is over. */
export type Force = 'once' | 'all along';

export interface Strike<F> {
  readonly kind: string;
  readonly fault: F;
  readonly force: Force;
  /** What strikes besides, all along, once the first has struck: the look for what a lost answer has left. */
  readonly also?: { readonly kind: string; readonly fault: F };
}

/** A fault, and how it strikes. */
export type Blow<F> = Pick<Strike<F>, 'fault' | 'force'>;

/** What a trial has to know of a service. `S` is a moment from which teams can go on. */
export interface Ground<T extends Team, S, F, R extends Request> {
  start(): Promise<T>;
  startFrom(eve: S): Promise<T>;
  snapshot(team: T): Promise<S>;
  faultsOf(team: T): ArmedFaults<F, R>;
  logOf(team: T): { all(): readonly R[]; clear(): void };
  /** All that people see, without what differs from run to run. */
  pictureOf(team: T): JsonObject;
  /** What is wrong and does not show in the picture; `undefined` when nothing is. */
  problemBeside(team: T): string | undefined;
  /** The endpoint, and what makes one request to it unlike another. */
  kindOf(request: R): string;
  isRead(request: R): boolean;
  /** A request in a few words. */
  brief(request: R): string;
  nameOf(fault: F): string;
  /** What may strike in a storm. */
  readonly anyFault: readonly F[];
}

export interface Expected<S> {
  /** On the eve of the cycle that is struck. */
  readonly eve: S;
  readonly picture: JsonObject;
  /** Of the requests that a cycle without a fault sends, in the order of their first. */
  readonly kinds: readonly string[];
}

/** After the cycle that is struck, so many more must be enough. */
const MORE_CYCLES = 2;
/** Cycles during which anything may fail, each in a process of its own. */
const STORMY_CYCLES = 3;
const MOST_DIFFERENCES = 6;

/** Lets faults strike a plan, and says whether it ends as if there had been none. */
export class FaultTrial<T extends Team, S, F, R extends Request> {
  readonly #ground: Ground<T, S, F, R>;

  constructor(ground: Ground<T, S, F, R>) {
    this.#ground = ground;
  }

  /** What comes of the scene when nothing goes wrong. */
  async withoutFault(scene: Scene<T>): Promise<Expected<S>> {
    const { start, snapshot, logOf, pictureOf, problemBeside, kindOf } = this.#ground;
    const team = await start();
    await scene.prepare(team);
    const eve = await snapshot(team);
    logOf(team).clear();
    await settle(team);
    const kinds = [...new Set(logOf(team).all().map(kindOf))];
    const problem = problemBeside(team) ?? (await this.#problemWithQuiet(team));
    if (problem !== undefined) throw new Error(`${scene.name}, without a fault: ${problem}`);
    return { eve, picture: pictureOf(team), kinds };
  }

  /** What is wrong after the strike; `undefined` when nothing is. */
  async problemAfter(expected: Expected<S>, strike: Strike<F>): Promise<string | undefined> {
    const { startFrom, faultsOf, logOf, kindOf } = this.#ground;
    const { kind, fault, force, also } = strike;
    const team = await startFrom(expected.eve);
    const faults = faultsOf(team);
    const struckBy = () =>
      logOf(team)
        .all()
        .filter((request) => request.fault !== undefined);
    const times = force === 'once' ? 1 : Number.POSITIVE_INFINITY;
    faults.when((request) => kindOf(request) === kind, fault, { times });
    if (also)
      faults.when((request) => kindOf(request) === also.kind && struckBy().length > 0, also.fault, {
        times: Number.POSITIVE_INFINITY,
      });
    const ended = await team.cycle().catch((error: unknown) => error);
    const struck = new Set(struckBy().map(kindOf));
    faults.clear();
    // A process that was struck all along gives up; the next one is another.
    if (force === 'all along' || also) team.restart();
    const hasStruck = struck.has(kind) && (!also || struck.has(also.kind));
    const found =
      problemWithEnd(ended) ??
      (hasStruck ? undefined : 'it has not struck') ??
      (await this.#problemWithRest(team, expected, ended as CycleReport));
    return found === undefined ? undefined : `${this.#called(strike)}: ${found}`;
  }

  /** What is wrong after a time in which that share of all requests has failed, each with a fault by chance. */
  async problemAfterStorm(
    expected: Expected<S>,
    random: () => number,
    share: number,
  ): Promise<string | undefined> {
    const { startFrom, faultsOf, anyFault } = this.#ground;
    const team = await startFrom(expected.eve);
    const faults = faultsOf(team);
    for (let cycle = 0; cycle < STORMY_CYCLES; cycle += 1) {
      for (const fault of anyFault)
        faults.when(() => random() < share / anyFault.length, fault, { times: Number.POSITIVE_INFINITY });
      const problem = problemWithEnd(await team.cycle().catch((error: unknown) => error));
      if (problem !== undefined) return problem;
      faults.clear();
      team.restart();
    }
    return this.#problemWithRest(team, expected, await team.cycle());
  }

  #called({ kind, fault, force, also }: Strike<F>): string {
    const { nameOf } = this.#ground;
    const more = also === undefined ? '' : `, then ${also.kind} × ${nameOf(also.fault)}`;
    return `${kind} × ${nameOf(fault)}, ${force}${more}`;
  }

  async #problemWithRest(team: T, expected: Expected<S>, ended: CycleReport): Promise<string | undefined> {
    const { pictureOf, problemBeside } = this.#ground;
    const amiss = () => differences(expected.picture, pictureOf(team));
    let last = ended;
    for (let more = 0; more < MORE_CYCLES && (last.failures.length > 0 || amiss().length > 0); more += 1) {
      const next = await team.cycle().catch((error: unknown) => error);
      const problem = problemWithEnd(next);
      if (problem !== undefined) return problem;
      last = next as CycleReport;
    }
    const [failure] = last.failures;
    if (failure) return `still fails: ${failure.error}`;
    const lines = amiss();
    if (lines.length > 0) return `\n  ${lines.slice(0, MOST_DIFFERENCES).join('\n  ')}`;
    return problemBeside(team) ?? this.#problemWithQuiet(team);
  }

  /** One more cycle asks, and writes nothing. */
  async #problemWithQuiet(team: T): Promise<string | undefined> {
    const { logOf, isRead, kindOf, brief } = this.#ground;
    logOf(team).clear();
    const { failures } = await team.cycle();
    const [failure] = failures;
    if (failure) return `one more cycle fails: ${failure.error}`;
    const writes = logOf(team)
      .all()
      .filter((request) => !isRead(request));
    if (writes.length === 0) return undefined;
    return `one more cycle writes: ${writes.map((one) => `${kindOf(one)} ${brief(one)}`).join(', ')}`;
  }
}

/** A cycle that must not fail. */
export async function settle(team: Team): Promise<void> {
  const { failures } = await team.cycle();
  if (failures.length > 0) throw failures[0]?.error;
}

/** A cycle may end with an honest “not now”, and with nothing else. */
function problemWithEnd(ended: unknown): string | undefined {
  if (typeof ended !== 'object' || ended === null || !('failures' in ended))
    return `threw ${ended instanceof Error ? ended.stack : ended}`;
  const { failures } = ended as CycleReport;
  const wrong = failures.find(({ error }) => !(error instanceof JalonError && error instanceof NotNow));
  return wrong && `failed with ${wrong.error instanceof Error ? wrong.error.stack : wrong.error}`;
}
