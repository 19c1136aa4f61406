import type { Time } from '#src/workspaces/gate/time.ts';

interface Alarm {
  readonly due: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it, and then rings everything that falls due on the way, in order. */
export class FakeTime implements Time {
  readonly #alarms = new Set<Alarm>();
  #now: number;

  constructor(now = Date.UTC(2026, 10, 23, 9)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { due: this.#now + Math.max(0, ms), run };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** Alarms that are still set: none may be left once everything is done. */
  get pending(): number {
    return this.#alarms.size;
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let alarm = this.#soonest(); alarm && alarm.due <= end; alarm = this.#soonest()) {
      this.#now = Math.max(this.#now, alarm.due);
      this.#alarms.delete(alarm);
      alarm.run();
      await settle();
    }
    this.#now = end;
  }

  /** Rings on until no alarm is set any more, or until so much time has passed. */
  async runOut(limitMs = Number.POSITIVE_INFINITY): Promise<void> {
    const end = this.#now + limitMs;
    await settle();
    for (let alarm = this.#soonest(); alarm && alarm.due <= end; alarm = this.#soonest()) await this.next();
  }

  /** Rings the alarm that falls due next, if one is set. */
  async next(): Promise<void> {
    const alarm = this.#soonest();
    if (alarm) await this.advance(Math.max(0, alarm.due - this.#now));
  }

  #soonest(): Alarm | undefined {
    return [...this.#alarms].reduce<Alarm | undefined>(
      (one, other) => (one && one.due <= other.due ? one : other),
      undefined,
    );
  }
}

/** Lets every promise that can settle without more time do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
