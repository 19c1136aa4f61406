import { type RateRefusal, rateLimited } from './api-error.ts';
import type { Credential } from './records.ts';
import type { Settings } from './settings.ts';

const WINDOW_MS = 10_000;
const MEMBERS_WINDOW_MS = 900_000;

/** So many requests in each stretch of time, which begins with the first of them. */
class Window {
  readonly max: number;
  readonly intervalMs: number;
  #startedAt = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(max: number, intervalMs: number) {
    this.max = max;
    this.intervalMs = intervalMs;
  }

  left(now: number): number {
    return this.#isOver(now) ? this.max : Math.max(0, this.max - this.#used);
  }

  spend(count: number, now: number): void {
    if (this.#isOver(now)) {
      this.#startedAt = now;
      this.#used = 0;
    }
    this.#used += count;
  }

  #isOver(now: number): boolean {
    return now >= this.#startedAt + this.intervalMs;
  }
}

/** Budgets of the token, of its key, of the member, and a stricter one below /members. */
export class Rates {
  readonly #settings: Settings;
  readonly #windows = new Map<string, Window>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @throws ApiError 429 when a budget is spent, or the key was refused too often; such a request costs nothing. */
  spend(credential: Credential, count: number, readsMember: boolean, now: number): void {
    const { token, key, member, members, refusals } = this.#windowsOf(credential);
    const which = this.#refusal(credential, count, readsMember, now);
    if (which !== undefined) {
      refusals.spend(1, now);
      throw rateLimited(which);
    }
    for (const window of [token, key, member]) window.spend(count, now);
    if (readsMember) members.spend(count, now);
  }

  #refusal(
    credential: Credential,
    count: number,
    readsMember: boolean,
    now: number,
  ): RateRefusal | undefined {
    const { token, key, members, refusals } = this.#windowsOf(credential);
    if (refusals.left(now) === 0 || key.left(now) < count) return 'key';
    if (token.left(now) < count) return 'token';
    return readsMember && members.left(now) < count ? 'members' : undefined;
  }

  /** Told with every answer. */
  headers(credential: Credential, now: number): Record<string, string> {
    const { token, key, member } = this.#windowsOf(credential);
    return {
      ...headersOf('api-token', token, now),
      ...headersOf('api-key', key, now),
      ...headersOf('member', member, now),
    };
  }

  #windowsOf({ token, key, memberId }: Credential) {
    const { tokenPer10Seconds, keyPer10Seconds, memberPer10Seconds, membersPer900Seconds } = this.#settings;
    return {
      token: this.#window(`token ${token}`, tokenPer10Seconds),
      key: this.#window(`key ${key}`, keyPer10Seconds),
      member: this.#window(`member ${memberId}`, memberPer10Seconds),
      members: this.#window(`members ${token}`, membersPer900Seconds, MEMBERS_WINDOW_MS),
      refusals: this.#window(`refusals ${key}`, this.#settings.refusalsUntilClosed),
    };
  }

  #window(name: string, max: number, intervalMs = WINDOW_MS): Window {
    const window = this.#windows.get(name) ?? new Window(max, intervalMs);
    this.#windows.set(name, window);
    return window;
  }
}

function headersOf(name: string, window: Window, now: number): Record<string, string> {
  const prefix = `x-rate-limit-${name}`;
  return {
    [`${prefix}-interval-ms`]: String(window.intervalMs),
    [`${prefix}-max`]: String(window.max),
    [`${prefix}-remaining`]: String(window.left(now)),
  };
}
