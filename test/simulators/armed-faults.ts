/** A request as far as a fault has to know it. */
interface Struck {
  readonly index: number;
  readonly route: string | undefined;
}

interface Armed<Fault, Request> {
  readonly fault: Fault;
  readonly matches: (request: Request) => boolean;
  left: number;
  skip: number;
}

interface Times {
  readonly skip?: number;
  readonly times?: number;
}

/** Faults that wait for their request. */
export class ArmedFaults<Fault, Request extends Struck> {
  #armed: Armed<Fault, Request>[] = [];

  /** Strikes the request of that index. */
  at(index: number, fault: Fault): void {
    this.when((request) => request.index === index, fault);
  }

  /** Strikes requests to an endpoint: the first, or the first after `skip`, and as often as `times` says. */
  on(route: NonNullable<Request['route']>, fault: Fault, times: Times = {}): void {
    this.when((request) => request.route === route, fault, times);
  }

  /** Strikes requests of which the predicate is true. */
  when(matches: (request: Request) => boolean, fault: Fault, { skip = 0, times = 1 }: Times = {}): void {
    this.#armed.push({ fault, matches, skip, left: times });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Faults that have not struck yet. */
  waiting(): number {
    return this.#armed.length;
  }

  /** The fault for this request, which is thereby spent; undefined: none. */
  take(request: Request): Fault | undefined {
    for (const armed of this.#armed) {
      if (!armed.matches(request)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      this.#armed = this.#armed.filter(({ left }) => left > 0);
      return armed.fault;
    }
    return undefined;
  }
}
