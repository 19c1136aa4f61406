import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Handler = (visit: Visit, response: ServerResponse) => Answer | undefined;

/** An official site on loopback: what it answers by path, and who has come. */
export class OfficialSite {
  readonly visits: Visit[] = [];
  readonly #answers = new Map<string, Answer | Handler>();
  readonly #server: Server;
  #port = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<OfficialSite> {
    const site = new OfficialSite();
    await new Promise<void>((done) => site.#server.listen(0, '127.0.0.1', done));
    site.#port = (site.#server.address() as AddressInfo).port;
    onTestFinished(() => {
      site.#server.closeAllConnections();
      site.#server.close();
    });
    return site;
  }

  /** `127.0.0.1:<port>` */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  /** From now on; a handler may write to the response itself and answer nothing. */
  put(path: string, answer: Answer | Handler | string): this {
    this.#answers.set(path, typeof answer === 'string' ? { body: answer } : answer);
    return this;
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.visits.filter((visit) => visit.path === path).length;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = request.url ?? '';
    const visit: Visit = {
      method: request.method ?? '',
      path,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    this.visits.push(visit);
    const found = this.#answers.get(path) ?? { status: 404, body: 'Not here' };
    const answer = typeof found === 'function' ? found(visit, response) : found;
    if (!answer) return;
    response.writeHead(answer.status ?? 200, answer.headers);
    response.end(answer.body);
  }
}
