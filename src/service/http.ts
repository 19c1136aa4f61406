import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { BadInput } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { serviceMessages } from '#src/i18n/service.ts';

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly lastRuns: () => Readonly<Record<string, string>>;
  /** Rejects when the service cannot do its work, e.g. because the store is out of reach. */
  readonly ready: () => Promise<void>;
  /** What is answered besides `/healthz` and `/readyz`. */
  readonly routes: readonly Hono[];
  readonly log: Logger;
}

export interface HttpServer {
  readonly url: string;
  /** Takes no more connections, answers what was asked, and hangs up on whoever takes longer than a second. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 1000;

/** `/healthz`: the process is alive. `/readyz`: it can do its work. Neither tells anything of a company. */
export function serviceApp(options: Omit<HttpOptions, 'host' | 'port'>): Hono {
  const app = new Hono();
  app.get('/healthz', (context) =>
    context.json({
      status: 'ok',
      version: options.version,
      upSeconds: Math.floor((options.now().getTime() - options.startedAt.getTime()) / 1000),
      lastRuns: options.lastRuns(),
    }),
  );
  app.get('/readyz', async (context) => {
    try {
      await options.ready();
      return context.json({ status: 'ready' });
    } catch {
      return context.json({ status: 'not ready' }, 503);
    }
  });
  for (const routes of options.routes) app.route('/', routes);
  app.onError((error, context) => {
    options.log.error({ err: error }, 'request failed');
    return context.body(null, 500);
  });
  return app;
}

/** @throws BadInput when the address cannot be listened on, e.g. because another process has it. */
export function listen(options: HttpOptions): Promise<HttpServer> {
  const { host, port } = options;
  const server = createAdaptorServer({ fetch: serviceApp(options).fetch });
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new BadInput(said(serviceMessages.cannotListen, { host, port, code: cause.code ?? '' }), { cause }),
      ),
    );
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
      resolve({ url, close: () => close(server) });
    });
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((done) => {
    const patience = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(patience);
      done();
    });
  });
}
