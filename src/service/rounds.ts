/** Which projects a round is for: all of them, or those of which something was heard. */
export type Scope = 'all' | ReadonlySet<string>;

export interface Order {
  readonly scope: Scope;
  /** When it was due; `undefined` when nothing but the order says so. */
  readonly due: Date | undefined;
}

/** The rounds of one job, one at a time. */
export interface Rounds {
  /**
   * Resolves once a round that does what was ordered is over. A whole round joins the one that is under way, if that
   * is whole too; whatever else is ordered meanwhile follows in one round: what is under way may already be past it.
   */
  order(order: Order): Promise<void>;
  /** Starts nothing more: what waited is dropped. Resolves once what is under way is over. */
  close(): Promise<void>;
}

interface Ordered {
  readonly order: Order;
  readonly over: Promise<void>;
}

/** `run` must not reject: nobody in particular waits for a round. */
export function createRounds(run: (order: Order) => Promise<void>): Rounds {
  let closed = false;
  let current: Ordered | undefined;
  let next: Ordered | undefined;

  const start = (order: Order): Promise<void> => {
    const over = run(order).finally(() => {
      current = undefined;
    });
    current = { order, over };
    return over;
  };

  const follow = async (before: Promise<void>): Promise<void> => {
    await before;
    const order = next?.order;
    next = undefined;
    if (order && !closed) await start(order);
  };

  return {
    order(order) {
      if (closed) return Promise.resolve();
      if (current?.order.scope === 'all' && order.scope === 'all') return current.over;
      if (next) next = { order: together(next.order, order), over: next.over };
      else if (current) next = { order, over: follow(current.over) };
      else return start(order);
      return next.over;
    },
    async close() {
      closed = true;
      await current?.over;
    },
  };
}

function together(one: Order, other: Order): Order {
  const whole = one.scope === 'all' || other.scope === 'all';
  const scope = whole ? 'all' : new Set([...one.scope, ...other.scope]);
  return { scope, due: one.due ?? other.due };
}
