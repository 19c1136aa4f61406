import { text } from '#src/plan/item.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { aCommit, aTask } from './samples.ts';

/** What a test asks of a process of its own. */
export type Order =
  | { readonly do: 'load' }
  | { readonly do: 'add'; readonly times: number }
  | { readonly do: 'claim'; readonly period: string; readonly run: string }
  /** Claims a message, and says so before it has settled it. */
  | { readonly do: 'send'; readonly key: string }
  | { readonly do: 'hold' }
  | { readonly do: 'commit-for-ever' };

export interface WorkerOptions {
  readonly home: string;
  readonly databaseUrl: string;
  readonly order: Order;
}

const PROJECT = 'martin';

async function carryOut(store: Store, order: Order): Promise<unknown> {
  switch (order.do) {
    case 'load':
      return (await store.load(PROJECT)).agreed.size;
    case 'add':
      for (let n = 0; n < order.times; n++)
        await store.withLock(PROJECT, { waitMs: 60_000 }, () => addOne(store));
      return 'added';
    case 'claim':
      return store.claimPeriod('digest', PROJECT, order.period, order.run);
    case 'send':
      return store.outbox.claim({ project: PROJECT, channel: 'email', key: order.key });
    case 'hold':
      return store.withLock(PROJECT, { owner: 'apply', waitMs: 0 }, () => {
        process.send?.('held');
        return new Promise(() => setInterval(() => {}, 1_000));
      });
    case 'commit-for-ever':
      return commitForEver(store);
  }
}

/** A read and a write that lose a count when two processes do them at the same time. */
async function addOne(store: Store): Promise<void> {
  const counter = (await store.load(PROJECT)).agreed.get('counter');
  const count = Number(counter ? text(counter, 'count') : '0') + 1;
  await store.commit(PROJECT, aCommit({ agreed: [aTask('counter', { count: String(count) })] }));
}

async function commitForEver(store: Store): Promise<never> {
  for (let round = 1; ; round++) {
    const agreed = Array.from({ length: 40 }, (_, n) => aTask(`t/${n}`, { round }));
    const seen = agreed.map(({ key, fields }) => ({ replica: 'x', key, fields }));
    const audit = agreed.map(({ key }) => {
      return { kind: 'changed', key, field: 'round', actor: 'x', old: round - 1, new: round } as const;
    });
    await store.commit(PROJECT, aCommit({ agreed, seen, audit }));
    if (round === 1) process.send?.('committing');
  }
}

const { order, ...options } = JSON.parse(process.argv[2] ?? '') as WorkerOptions;
process.send?.('ready');
// Stays until it is told to go: a process that has ended may lose what it claimed.
process.on('disconnect', () => process.exit());
process.once('message', async () => {
  const store = await openStore({ ...options, now: () => new Date() });
  const result = await carryOut(store, order);
  await store.close();
  process.send?.({ result });
});
