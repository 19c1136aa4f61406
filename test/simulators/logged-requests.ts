import type { JsonObject } from './json.ts';

/** A request as it arrived. */
export interface Arrival<Route extends string> {
  /** By the injected clock. */
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  /** Undefined where the service has no such endpoint. */
  readonly route: Route | undefined;
  readonly body: JsonObject | undefined;
}

export interface Logged<Route extends string> extends Arrival<Route> {
  /** From 0, in the order of arrival. */
  readonly index: number;
  /** What was answered; undefined when nothing was, or not yet. */
  status: number | undefined;
  code: string | undefined;
  /** The fault that was injected, by its name. */
  fault: string | undefined;
  /** Whether the endpoint has done its work, whatever was answered. */
  committed: boolean;
  /** Whether the client hung up before it had the whole answer. */
  abandoned: boolean;
}

/** Every request since the start, or since `clear`. Indexes go on. */
export class LoggedRequests<Route extends string, More extends object = object> {
  readonly #requests: (Logged<Route> & More)[] = [];
  #next = 0;

  add(request: Arrival<Route> & More): Logged<Route> & More {
    const logged: Logged<Route> & More = {
      ...request,
      index: this.#next,
      status: undefined,
      code: undefined,
      fault: undefined,
      committed: false,
      abandoned: false,
    };
    this.#next += 1;
    this.#requests.push(logged);
    return logged;
  }

  all(route?: Route): readonly (Logged<Route> & More)[] {
    return route === undefined ? this.#requests : this.#requests.filter((one) => one.route === route);
  }

  /** How many requests each endpoint had. */
  counts(): Partial<Record<Route | 'unknown', number>> {
    const counts: Partial<Record<Route | 'unknown', number>> = {};
    for (const { route } of this.#requests) {
      const name: Route | 'unknown' = route ?? 'unknown';
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** The most requests that arrived within any window of that length. */
  busiest(windowMs: number): number {
    const times = this.#requests.map(({ at }) => at.getTime());
    let most = 0;
    let start = 0;
    for (const [end, at] of times.entries()) {
      while ((times[start] ?? at) <= at - windowMs) start += 1;
      most = Math.max(most, end - start + 1);
    }
    return most;
  }

  clear(): void {
    this.#requests.length = 0;
  }
}
