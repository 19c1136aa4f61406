import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestDatabase } from './databases.ts';
import type { Order, WorkerOptions } from './worker.ts';

/** A process that has started, and waits to be told to begin. */
export interface Worker extends AsyncDisposable {
  readonly process: ChildProcess;
  begin(): void;
  /** The next thing that it says. @throws when it ends without saying it. */
  says(): Promise<unknown>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

export async function startWorker(database: TestDatabase, order: Order): Promise<Worker> {
  const options: WorkerOptions = { ...database.options, order };
  const child = fork(new URL('worker.ts', import.meta.url), [JSON.stringify(options)], { execArgv: [] });
  const heard: unknown[] = [];
  const waiting: ((word: unknown) => void)[] = [];
  child.on('message', (word) => {
    const next = waiting.shift();
    if (next) next(word);
    else heard.push(word);
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`worker ended with ${code ?? signal}`);
  });
  ended.catch(() => {});

  const worker: Worker = {
    process: child,
    begin: () => void child.send('begin'),
    says: () => {
      const said = heard.length > 0 ? heard.shift() : new Promise((resolve) => waiting.push(resolve));
      return Promise.race([said, ended]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
    [Symbol.asyncDispose]: () => worker.kill(),
  };
  await worker.says();
  return worker;
}

/** Lets several processes carry out their orders at the same time, and returns what each came to. */
export async function allAtOnce(database: TestDatabase, orders: readonly Order[]): Promise<unknown[]> {
  const workers = await Promise.all(orders.map((order) => startWorker(database, order)));
  try {
    for (const worker of workers) worker.begin();
    const said = await Promise.all(workers.map((worker) => worker.says()));
    return said.map((word) => (word as { result: unknown }).result);
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
  }
}
