import { FairQueue } from './fair-queue.ts';
import type { RateLedger, RateReading } from './ledger.ts';
import type { Pace, RateWindow } from './rates.ts';
import type { Time } from './time.ts';

export interface GateOptions {
  readonly pace: Pace;
  readonly ledger: RateLedger;
  readonly time: Time;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Told each time that everything has to wait, or has to wait longer. */
  readonly onPause?: ((until: Date) => void) | undefined;
}

export interface GateRequest {
  /** Projects take turns. */
  readonly project: string;
  /** Windows that count this request besides those of the pace. */
  readonly also?: readonly RateWindow[] | undefined;
  /** Gives up waiting. What to do with a request that has left is the sender's affair. */
  readonly signal?: AbortSignal | undefined;
  /** A pause that is longer than this is not waited for. Default: any pause is. */
  readonly patienceMs?: number | undefined;
}

/** What an answer says of the pace. */
export interface Heard {
  /** The service wants fewer requests. */
  readonly slowDown?: SlowDown | undefined;
  readonly readings?: readonly RateReading[] | undefined;
}

export interface SlowDown {
  /** `undefined` when the service does not say for how long. */
  readonly retryAfterMs: number | undefined;
  /** The windows that are full. Default: all that counted the request. */
  readonly windows?: readonly RateWindow[] | undefined;
}

export type Hear = (heard: Heard) => void;

/** The service wants to be left alone for longer than the sender would wait. Nothing has been sent. */
export class GatePaused extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super(`paused until ${until.toISOString()}`);
    this.name = 'GatePaused';
    this.until = until;
  }
}

interface Turn {
  readonly project: string;
  readonly lane: string;
  readonly windows: readonly RateWindow[];
  readonly patienceMs: number;
  admit(): void;
  refuse(reason: unknown): void;
}

/** Doubling the pause that nobody has named ends here. */
const MOST_DOUBLINGS = 3;
/** Processes that were sent away together should not come back together. */
const PAUSE_JITTER_MS = 250;
/** A date that far away is a broken answer; beyond the year 275760 it is no date at all. */
const LONGEST_PAUSE_MS = 366 * 86_400_000;
const WEIGHT_OF_LAST_ANSWER = 0.2;

/** Paces every request made with one credential, across all projects of the process. */
export class Gate {
  readonly #pace: Pace;
  readonly #ledger: RateLedger;
  readonly #time: Time;
  readonly #random: () => number;
  readonly #onPause: ((until: Date) => void) | undefined;
  readonly #queue = new FairQueue<Turn>();
  #inFlight = 0;
  #answerMs: number;
  #pausedAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** After a pause one request goes ahead; the others follow once it was welcome. */
  #probing = false;
  #unsaidPauses = 0;
  #cancelWake = () => {};
  #serving = false;
  #serveAgain = false;

  constructor({ pace, ledger, time, random, onPause }: GateOptions) {
    this.#pace = pace;
    this.#ledger = ledger;
    this.#time = time;
    this.#random = random;
    this.#onPause = onPause;
    this.#answerMs = pace.expectedAnswerMs;
  }

  /** `undefined` while requests may leave. */
  pausedUntil(): Date | undefined {
    return this.#time.now() < this.#pausedUntil ? new Date(this.#pausedUntil) : undefined;
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Sends when the turn has come. `send` tells what it hears of the pace as soon as it hears it, and its result or
   * error is returned as it is.
   * @throws GatePaused when the pause is longer than the sender's patience; the signal's reason when it gave up waiting.
   */
  async run<T>(request: GateRequest, send: (hear: Hear) => Promise<T>): Promise<T> {
    const windows = [...this.#pace.windows, ...(request.also ?? [])];
    await this.#turn(request, windows);
    const sentAt = this.#time.now();
    try {
      return await send((heard) => this.#listen(heard, windows, sentAt));
    } finally {
      this.#inFlight -= 1;
      this.#answerMs += (this.#time.now() - sentAt - this.#answerMs) * WEIGHT_OF_LAST_ANSWER;
      this.#serve();
    }
  }

  /**
   * In how many seconds the last of that many more requests would be answered, behind all that wait already: what
   * the rate, a pause, and the answers seen so far allow. Others who use the credential are not foreseen.
   */
  async estimate(requests: number): Promise<number> {
    const ahead = this.#queue.size + requests;
    if (ahead === 0) return 0;
    const now = this.#time.now();
    const untilLeft = await this.#ledger.forecast(this.#pace.windows, ahead, now);
    const byRate = Math.max(untilLeft, this.#pausedUntil - now) + this.#answerMs;
    const byAnswers = Math.ceil((ahead + this.#inFlight) / this.#pace.maxInFlight) * this.#answerMs;
    return Math.max(byRate, byAnswers) / 1000;
  }

  #turn(request: GateRequest, windows: readonly RateWindow[]): Promise<void> {
    const { project, signal, patienceMs = Number.POSITIVE_INFINITY } = request;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.#tooLong(patienceMs)) return reject(new GatePaused(new Date(this.#pausedUntil)));
      const giveUp = () => this.#queue.remove(turn) && reject(signal?.reason);
      const turn: Turn = {
        project,
        lane: windows.map(({ name }) => name).join(' '),
        windows,
        patienceMs,
        admit() {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
        refuse(reason) {
          signal?.removeEventListener('abort', giveUp);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#queue.add(turn);
      this.#serve();
    });
  }

  #tooLong(patienceMs: number): boolean {
    return this.#pausedUntil - this.#time.now() > patienceMs;
  }

  #listen({ slowDown, readings = [] }: Heard, windows: readonly RateWindow[], sentAt: number): void {
    const now = this.#time.now();
    for (const reading of readings) this.#tell(() => this.#ledger.settle(reading, sentAt, now));
    if (slowDown) {
      const until = now + this.#pauseMs(slowDown, sentAt);
      this.#tell(() => this.#ledger.close(slowDown.windows ?? windows, until));
      this.#pause(until);
    } else if (sentAt >= this.#pausedUntil) {
      this.#probing = false;
      this.#unsaidPauses = 0;
    }
    this.#serve();
  }

  /** Others are told as a courtesy: that they cannot be told must not harm the request that made us tell them. */
  #tell(act: () => void | Promise<void>): void {
    void (async () => act())().catch(() => {});
  }

  #pauseMs({ retryAfterMs }: SlowDown, sentAt: number): number {
    const jitter = this.#random() * PAUSE_JITTER_MS;
    if (retryAfterMs !== undefined) return Math.min(Math.max(0, retryAfterMs), LONGEST_PAUSE_MS) + jitter;
    // Requests that left together were refused together: that is one refusal, not several.
    if (sentAt > this.#pausedAt) this.#unsaidPauses += 1;
    const doublings = Math.min(Math.max(0, this.#unsaidPauses - 1), MOST_DOUBLINGS);
    return this.#pace.unsaidPauseMs * 2 ** doublings + jitter;
  }

  #pause(until: number): void {
    this.#probing = true;
    this.#pausedAt = this.#time.now();
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#tell(() => this.#onPause?.(new Date(until)));
    for (const turn of this.#queue.entries()) {
      if (!this.#tooLong(turn.patienceMs)) continue;
      this.#queue.remove(turn);
      turn.refuse(new GatePaused(new Date(until)));
    }
  }

  #serve(): void {
    this.#serveAgain = true;
    if (this.#serving) return;
    this.#serving = true;
    void this.#serveAll();
  }

  async #serveAll(): Promise<void> {
    while (this.#serveAgain) {
      this.#serveAgain = false;
      await this.#serveOnce();
    }
    this.#serving = false;
  }

  /** Lets out whoever may leave, then arranges to be woken when the next one may. */
  async #serveOnce(): Promise<void> {
    this.#cancelWake();
    const waits = new Map<string, number>();
    const mayLeave = (lane: string) => !waits.has(lane);
    while (this.#inFlight < (this.#probing ? 1 : this.#pace.maxInFlight)) {
      const now = this.#time.now();
      if (now < this.#pausedUntil) return this.#wakeIn(this.#pausedUntil - now);
      const turn = this.#queue.next(mayLeave);
      if (!turn) return this.#wakeIn(Math.min(...waits.values()));
      const wait = await this.#take(turn, now);
      // A pause may have begun while the ledger was asked: the place is then given up, which errs on the safe side.
      if (wait === undefined || this.#time.now() < this.#pausedUntil) continue;
      if (wait > 0) {
        waits.set(turn.lane, wait);
        this.#heedClosure(turn, now + wait);
        continue;
      }
      // Who gave up while a shared ledger was asked leaves the place to the next of the lane, or to nobody.
      const served = this.#queue.serve((lane) => lane === turn.lane);
      if (!served) continue;
      this.#inFlight += 1;
      served.admit();
    }
  }

  /** `undefined` when the ledger failed; the turn has then been told. */
  async #take(turn: Turn, now: number): Promise<number | undefined> {
    try {
      return await this.#ledger.take(turn.windows, 1, now);
    } catch (error) {
      if (this.#queue.remove(turn)) turn.refuse(error);
      return undefined;
    }
  }

  /** No full window makes one wait longer than it lasts: another gate on these windows was sent away. */
  #heedClosure(turn: Turn, until: number): void {
    const longest = Math.max(...turn.windows.map(({ perMs }) => perMs));
    if (until - this.#time.now() > 2 * longest) this.#pause(until);
  }

  #wakeIn(ms: number): void {
    if (ms === Number.POSITIVE_INFINITY) return;
    this.#cancelWake = this.#time.after(ms, () => this.#serve());
  }
}
