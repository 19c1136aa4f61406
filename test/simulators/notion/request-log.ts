import type { JsonObject } from './json.ts';
import type { RouteName } from './routes.ts';

export interface LoggedRequest {
  /** From 0, in the order of arrival. */
  readonly index: number;
  /** When it arrived, by the injected clock. */
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  /** Undefined where Notion has no such endpoint. */
  readonly route: RouteName | undefined;
  readonly body: JsonObject | undefined;
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
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #next = 0;

  add(request: Pick<LoggedRequest, 'at' | 'method' | 'path' | 'route' | 'body'>): LoggedRequest {
    const logged: LoggedRequest = {
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

  all(route?: RouteName): readonly LoggedRequest[] {
    return route === undefined ? this.#requests : this.#requests.filter((one) => one.route === route);
  }

  /** How many requests each endpoint had. */
  counts(): Partial<Record<RouteName | 'unknown', number>> {
    const counts: Partial<Record<RouteName | 'unknown', number>> = {};
    for (const { route } of this.#requests)
      counts[route ?? 'unknown'] = (counts[route ?? 'unknown'] ?? 0) + 1;
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
