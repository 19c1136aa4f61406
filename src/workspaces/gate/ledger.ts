import type { RateWindow } from './rates.ts';

/** What a service says, with an answer, of one of its windows. */
export interface RateReading {
  readonly window: RateWindow;
  /** How many requests it still allows. */
  readonly remaining: number;
}

/**
 * Who has taken how much of which window. One ledger for a process; processes that share a credential share
 * theirs through a store. Methods may answer at once or later.
 */
export interface RateLedger {
  /** Takes `n` requests out of every window and returns 0; or takes nothing and returns how many ms to wait. */
  take(windows: readonly RateWindow[], n: number, at: number): number | Promise<number>;
  /** Lets nothing more out of these windows before `until`. */
  close(windows: readonly RateWindow[], until: number): void | Promise<void>;
  /** Allows for requests of others that the service has counted. `sentAt`: when the request was sent that says so. */
  settle(reading: RateReading, sentAt: number, at: number): void | Promise<void>;
  /** How many ms until the last of `n` more requests may leave, if nobody else takes any. */
  forecast(windows: readonly RateWindow[], n: number, at: number): number | Promise<number>;
}

/**
 * A request arrives some time after it has left. Two that leave just over a window apart may arrive less than a
 * window apart, so a place is free again a little later than the window says: 3 % of the rate buys no 429.
 */
const MARGIN = 0.03;
const LONGEST_MARGIN_MS = 2_000;

/** How long a request occupies its place. */
function holdMs(window: RateWindow): number {
  return window.perMs + Math.min(window.perMs * MARGIN, LONGEST_MARGIN_MS);
}

interface Account {
  /** When requests left, oldest first. Those that have left the window stay for a while, to compare with the service's count. */
  departures: number[];
  closedUntil: number;
}

/** A ledger in this process's memory. */
export function createLedger(): RateLedger {
  const accounts = new Map<string, Account>();

  function accountOf(window: RateWindow, at: number): Account {
    const account = accounts.get(window.name) ?? { departures: [], closedUntil: 0 };
    accounts.set(window.name, account);
    const kept = account.departures.findIndex((departure) => departure > at - 2 * holdMs(window));
    account.departures.splice(0, kept === -1 ? account.departures.length : kept);
    return account;
  }

  /** When each place of the window is free, soonest first: as many as the window allows requests. */
  function freeAt(window: RateWindow, at: number): number[] {
    const { departures, closedUntil } = accountOf(window, at);
    const earliest = Math.max(at, closedUntil);
    const taken = departures.slice(-window.requests).map((departure) => departure + holdMs(window));
    const free = new Array<number>(window.requests - taken.length).fill(earliest);
    return [...free, ...taken.map((time) => Math.max(time, earliest))];
  }

  function waitFor(window: RateWindow, n: number, at: number): number {
    const { departures, closedUntil } = accountOf(window, at);
    if (closedUntil > at) return closedUntil - at;
    // The n-th place to come free is held by the request that left `requests - n` departures before the last.
    const holder = departures[departures.length - 1 - (window.requests - n)];
    return holder === undefined ? 0 : Math.max(0, holder + holdMs(window) - at);
  }

  return {
    take(windows, n, at) {
      const narrowest = Math.min(...windows.map(({ requests }) => requests));
      if (n > narrowest) throw new RangeError(`${n} requests at once never fit into ${narrowest}`);
      const wait = Math.max(0, ...windows.map((window) => waitFor(window, n, at)));
      if (wait > 0) return wait;
      for (const window of windows) accountOf(window, at).departures.push(...new Array<number>(n).fill(at));
      return 0;
    },

    close(windows, until) {
      for (const window of windows) {
        const account = accountOf(window, 0);
        account.closedUntil = Math.max(account.closedUntil, until);
      }
    },

    settle({ window, remaining }, sentAt, at) {
      // What was counted a whole window ago says nothing of now.
      if (at - sentAt > window.perMs) return;
      const { departures } = accountOf(window, at);
      // Everything of ours that the service can have counted, and more: only what surely is not ours is added.
      const ours = departures.filter((departure) => departure > sentAt - window.perMs).length;
      const others = Math.max(0, window.requests - ours - Math.max(0, remaining));
      departures.push(...new Array<number>(others).fill(at));
    },

    forecast(windows, n, at) {
      if (n <= 0) return 0;
      const waits = windows.map((window) => {
        const places = freeAt(window, at);
        const rounds = Math.floor((n - 1) / window.requests);
        return (places[(n - 1) % window.requests] ?? at) + rounds * holdMs(window) - at;
      });
      return Math.max(0, ...waits);
    },
  };
}
