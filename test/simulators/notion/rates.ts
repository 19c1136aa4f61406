import { rateLimited } from './api-error.ts';
import type { Connection } from './records.ts';
import { ratePerMinuteOf, type Settings } from './settings.ts';

const WINDOW_MS = 60_000;

interface Window {
  startedAt: number;
  used: number;
}

/** Budgets of 60 s, spendable in one burst: one for each connection, one shared by the workspace. */
export class Rates {
  readonly #settings: Settings;
  readonly #perConnection = new Map<Connection, Window>();
  readonly #workspace: Window = { startedAt: Number.NEGATIVE_INFINITY, used: 0 };

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @throws ApiError 429 when a budget is spent; such a request costs nothing. */
  spend(connection: Connection, now: number): void {
    const own = this.#perConnection.get(connection) ?? { startedAt: Number.NEGATIVE_INFINITY, used: 0 };
    this.#perConnection.set(connection, own);
    for (const window of [own, this.#workspace]) renew(window, now);
    if (own.used >= ratePerMinuteOf(this.#settings)) {
      const wait = Math.ceil((own.startedAt + WINDOW_MS - now) / 1000);
      throw rateLimited(wait, 'public_api_request_rate_limit');
    }
    if (this.#workspace.used >= this.#settings.workspacePerMinute) {
      throw rateLimited(this.#settings.workspaceRetryAfter, 'public_api_space_request_rate_limit');
    }
    own.used += 1;
    this.#workspace.used += 1;
  }
}

function renew(window: Window, now: number): void {
  if (now < window.startedAt + WINDOW_MS) return;
  window.startedAt = now;
  window.used = 0;
}
